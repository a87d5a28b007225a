"""Any text in Markdown comes out as that text, in both dialects, wherever it stands."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from praxe.visualize.measure import clean
from praxe.visualize.pages import marks

HOSTILE = (
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) ![b](c) <javascript:x>",
    "**a** __b__ _c_ `d` ~~e~~ \\ \\* $f$ $$g$$ {{ h }} {% i %} @j",
    "# título",
    "1. um",
    "1) um",
    "a. um",
    "- item",
    "+ item",
    "* item",
    "> citação",
    "=====",
    "-----",
    "~~~",
    "```praxe x#y",
    "| a | b |",
    "&amp; &lt; &#38;",
    "(x)=",
    "% comentário",
    ": definição",
    "!!! nota",
    ":smile: a:b:c",
    "<!-- x -->",
    "[^1]: nota",
    "*[HTML]: x",
    "^a^",
    "a_b_c http://exemplo.com/a_b_c",
    "'''",
    '"""',
)
EXTENSIONS = ["tables", "fenced_code", "md_in_html", "footnotes", "attr_list", "def_list", "abbr", "admonition"]


class Text(HTMLParser):
    """Reads what a page says, and which elements it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def said(self) -> str:
        """The whole text, spaces as one."""
        return " ".join("".join(self.parts).split())


def dialects(source: str) -> list[Text]:
    """Return a page as both dialects read it."""
    common = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [Text(common.render(source)), Text(markdown.markdown(source, extensions=EXTENSIONS))]


texts = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(HOSTILE)
each_hostile = pytest.mark.parametrize("written", HOSTILE)


@given(st.text("\\`*_[]&<>|~${}@:()#+-=%!^\"' 1a.\n\té", max_size=16))
@example("1.")
@example("a)")
@example("1 .")
def test_a_line_is_the_text_itself(written: str) -> None:
    for read in dialects(f"{marks.line(written)}\n"):
        assert read.said == " ".join(clean(written).split())
        assert read.tags <= {"p"}


@given(texts)
def test_a_text_is_the_text_itself(written: str) -> None:
    for read in dialects(f"x{marks.text(written)}x\n"):
        assert read.said == " ".join(f"x{clean(written)}x".split())
        assert read.tags <= {"p"}


@each_hostile
def test_in_a_list_a_table_a_heading_and_a_link(written: str) -> None:
    said = " ".join(clean(written).split())
    listed = marks.whole([marks.item(f"**1.** {marks.text(written)}", more=[f"*x {marks.text(written)} x*"])])
    for read in dialects(listed):
        assert read.said == f"1. {said} x {said} x"
    head = marks.whole([f"### {marks.line(written)}"])
    for read in dialects(head):
        assert (read.said, read.tags) == (said, {"h3"})
    rows = marks.table(("a", "b"), [(f"x {marks.text(written)}", "2")])
    for read in dialects(f"{rows}\n"):
        assert read.said == f"a b x {said} 2"
        assert "td" in read.tags
    for read in dialects(f"{marks.link(marks.text(written), 'a.md#b')}\n"):
        assert (read.said, read.tags) == (said, {"p", "a"})


@each_hostile
def test_as_a_name_and_in_a_summary(written: str) -> None:
    for read in dialects(f"x {marks.code(written)} x\n"):
        assert read.said == f"x {' '.join(clean(written).split())} x"
        assert read.tags <= {"p", "code"}
    for read in dialects(f"{marks.folded(written, 'dentro')}\n"):
        assert read.said == f"{' '.join(clean(written).split())} dentro"
        assert read.tags <= {"details", "summary", "p"}


@each_hostile
def test_in_a_fence_and_a_comment(written: str) -> None:
    for read in dialects(f"{marks.fence('mermaid', written)}\n"):
        assert read.said == " ".join(written.split())
    for read in dialects(f"{marks.comment(written)}\n\nfim\n"):
        assert read.said == "fim"


def test_a_list_in_a_list_is_nested_in_both_dialects() -> None:
    source = "\n".join(marks.item(f"n{depth}", depth=depth, more=["mais"]) for depth in range(6))
    for read in (MarkdownIt().render(source), markdown.markdown(source)):
        assert read.count("<ul>") == 6
        assert "<code>" not in read
