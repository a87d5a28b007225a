"""The site: closed to the outside, nothing of a policy runs in it, and it can be read without eyes, mouse or script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from praxe.dsl.passes import check_policy_texts
from praxe.dsl.source import SourceText
from praxe.engine import Policy
from praxe.engine.scenarios import read_scenarios
from praxe.visualize.pages.html import INDEX, SCRIPT, STYLE
from praxe.visualize.pages.inline import inlined
from praxe.visualize.pages.plan import Form, planned
from praxe.visualize.pages.search import plain
from praxe.visualize.palette import SHADES, Role
from praxe.visualize.words import LANGUAGES, lexicon
from tests.visualize.test_pages_links import DRAWN, Page, lost, pages

CSS = Path(__file__).parents[2] / "visualize" / "pages" / "templates" / "site.css"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' & </title> [x](javascript:y) {{ z }} **b** `c`"
FILES = {
    "policy.yaml": 'name: mau\ntitle: "{e}"\nversion: "{e}"\nlanguage: pt\nentry: p\nowner: "{e}"\n'
    'documents: {{d: "{e}"}}\nparameters:\n  q: {{type: text, value: "{e}", label: "{e}"}}\nreadings: {{F1: "{e}"}}\n',
    "vocabulary.yaml": 'facts:\n  f: {{type: one_of, label: "{e}", question: "{e}?", help: "{e}", system: "{e}",'
    ' values: {{um: "{e}", dois: "b"}}, examples: [{{says: "{e}", answer: um}}]}}\n'
    '  w: {{type: yes_no, label: "{e}", question: "{e}"}}\n'
    'actions:\n  x: {{label: "{e}", text: "<i>{{t}}</i>", actor: "{e}", params: {{t: {{type: text, label: "{e}"}}}}}}\n'
    'outcomes:\n  o: {{label: "{e}", meaning: "{e}"}}\n',
    "clauses.yaml": 'd.1: {{document: d, section: "{e}", locator: "{e}", kind: obligation, paraphrase: "{e}",'
    ' literals: ["{e}"]}}\n',
    "findings.yaml": 'F1: {{type: risk, severity: low, title: "{e}", why: "{e}", clauses: [d.1]}}\n',
    "p.praxe": 'procedimento p "{e}":\n  nota "{e}"  [d.1, F1]\n  faça x("{e}") no mesmo dia\n  diga "{e}"\n'
    '  aguarde w em até 2 dias:\n    nada\n  enquanto isso:\n    faça "{e}"\n  senão:\n    lacuna "{e}"\n'
    "  caso f:\n    um:\n      fim o\n    dois:\n      siga r\n  fim o\n"
    'procedimento r "{e}":\n  faça x("b")\nnunca o quando f é um\n',
}
SCENARIOS = '- name: "{e}"\n  story: "{e}"\n  facts: {{f: um, w: sim}}\n  expect: {{outcome: o}}\n'


def evil(form: str) -> str:
    """Return a file's text with the hostile words in it, quoted as YAML and Praxe do."""
    return form.format(e=EVIL.replace("\\", "\\\\").replace('"', '\\"'))


@cache
def hostile(form: Form) -> Mapping[str, str]:
    """Return the documentation of a policy every text of which is hostile."""
    texts = {name: evil(text) for name, text in FILES.items()}
    texts["p.praxe"] = texts["p.praxe"].replace('\\"', "”")  # there a text ends at the next quote
    checked, findings = check_policy_texts("mau", texts)
    assert checked, findings
    policy = Policy(checked)
    cases = read_scenarios([SourceText.of("scenarios/mau.yaml", evil(SCENARIOS))], policy)
    assert len(cases.scenarios) == 1, cases.diagnostics
    files = planned(policy, cases.scenarios, language="pt", form=form, draw=lambda drawing, has_font: DRAWN)
    return {each.name: each.make().decode() for each in files}


def test_no_text_of_a_policy_becomes_markup() -> None:
    shown = 0
    for name, text in hostile("html").items():
        if name.endswith(".html"):
            page = Page(text)
            assert page.tags.count("script") == 2, name
            assert "img" not in page.tags
            assert not [each for each, _ in page.attributes if each.startswith("on") or each == "style"], name
            assert "javascript:" not in "".join(page.links)
            shown += text.count("&lt;script&gt;alert(1)")
    assert shown > 40
    assert list(lost(hostile("html"))) == []


def test_no_text_of_a_policy_becomes_markdown() -> None:
    for name, text in hostile("md").items():
        if name.endswith(".md"):
            bare = re.sub(r"```mermaid.*?```", "", text, flags=re.DOTALL)  # there nothing is read as Markdown
            for sign in ("<script", "<img", "{{", r"(?<!\\)\]\(javascript"):
                assert not re.search(sign, bare), (name, sign)
    assert list(lost(hostile("md"))) == []


def test_the_index_of_the_search_is_only_data() -> None:
    text = hostile("html")[INDEX]
    data = text.removeprefix("globalThis.praxeIndex = ").removesuffix(";\n")
    assert text.isascii()
    assert all(len(entry) == 4 for entry in json.loads(data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_is_there(language: str) -> None:
    files = pages("rc", "html", language)
    found = json.loads(files[INDEX].removeprefix("globalThis.praxeIndex = ").removesuffix(";\n"))
    ids = {name: set(Page(text).ids) for name, text in files.items() if name.endswith(".html")}
    assert len(found) > 150
    for title, kind, target, _ in found:
        page, _, fragment = target.partition("#")
        assert title
        assert kind
        assert page in ids, target
        assert not fragment or fragment in ids[page], target


def test_accents_and_capitals_make_no_difference_to_the_order() -> None:
    assert plain("Ação ÀÉÎÕÜÇ ﬁm") == "acao aeiouc fim"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_closes_itself_to_the_outside(language: str) -> None:
    for name, text in pages("rc", "html", language).items():
        if not name.endswith(".html"):
            continue
        (rules,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
        assert "default-src 'none'" in rules
        assert "unsafe" not in rules
        for style in re.findall(r"<style>(.*?)</style>", text, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in rules, name
        assert not re.search(r"https?:", text.replace("http-equiv", "").replace("http://www.w3.org/", "")), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_can_be_read_without_seeing_it(language: str) -> None:
    for name, text in pages("rc", "html", language).items():
        if not name.endswith(".html"):
            continue
        page = Page(text)
        assert f'<html lang="{language}">' in text
        assert [page.tags.count(each) for each in ("h1", "main", "header", "footer", "title")] == [1] * 5, name
        assert text.index('class="skip" href="#content"') < text.index("<header")
        assert 'id="content"' in text
        assert "<search hidden" in text  # a script shows what only works with it
        levels = [int(each[1]) for each in page.tags if re.fullmatch(r"h[1-6]", each)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)
        for tag, attributes in page.elements:
            if tag in {"nav", "section"} or attributes.get("role") == "region":
                assert {"aria-label", "aria-labelledby"} & attributes.keys(), (name, tag)


INKS = (  # what stands on what, in the order of the style sheet
    *(("ink", ground) for ground in ("page", "card")),
    *(("muted", ground) for ground in ("page", "card")),
    *(("call-line", ground) for ground in ("page", "card")),  # links
    *(("question-ink", "page"), ("wait-ink", "page"), ("call-ink", "page"), ("question-line", "page")),
    *(("gap-ink", "gap"), ("actor-ink", "actor"), ("due-ink", "due")),
    *((f"{color}-ink", color) for color in ("green", "red", "blue", "amber", "purple", "gray")),
)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), INKS, ids=" on ".join)
def test_every_ink_can_be_read_on_its_ground(ink: str, ground: str, theme: int) -> None:
    one, other = (SHADES[Role[each.upper().replace("-", "_")]][theme] for each in (ink, ground))
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(color: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_the_style_sheet_is_one_of_the_palette() -> None:
    own = CSS.read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--([\w-]+)\)", own))
    style = pages("rc", "html", "pt")[STYLE]
    assert used <= set(re.findall(r"--([\w-]+):", style))
    inks = {each for pair in INKS for each in pair}
    assert set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", own)) <= inks | {"inherit"}
    assert not re.search(r"#[0-9a-f]{3,6}\b(?!-)", re.sub(r"#(found|query|search)[\w-]*", "", own), re.IGNORECASE)
    assert style.count("@font-face") == 2
    assert len(pages("rc", "html", "pt")[SCRIPT]) < 3000


def test_a_drawing_in_a_page_takes_no_id_of_the_text() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 10"'
        ' aria-labelledby="t d" style="max-width:100%"><title id="t">T</title><style>.a{}</style><g id="um"><title>x'
        '</title><text>1</text></g><g id="dois"><a href="y.html" xlink:href="y.html"><text>2</text></a></g>'
        '<g id="outro"><text>3</text></g></svg>'
    )
    made = inlined(svg.encode(), {"um", "dois"})
    assert made.style.startswith(".a{}")
    assert "<style" not in made.markup
    assert "style=" not in made.markup
    assert re.findall(r'id="([^"]+)"', made.markup) == ["c.t", "c.um", "c.dois", "c.outro"]
    assert 'aria-labelledby="c.t c.d"' in made.markup
    assert (
        '<g id="c.um"><title>x</title><a href="#um" tabindex="-1" class="to-text"><text>1</text></a></g>' in made.markup
    )
    assert re.findall(r'href="([^"]+)"', made.markup) == ["#um", "y.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_complete(language: str) -> None:
    table = "pages/words.yaml"
    phrases, other = lexicon(language, table).phrases, lexicon("en", table).phrases
    places = re.compile(r"\{(\w+)\}")
    assert phrases.keys() == other.keys()
    for key, phrase in phrases.items():
        assert phrase.strip()
        assert set(places.findall(phrase)) == set(places.findall(other[key])), key


def test_every_word_is_used() -> None:
    folder = CSS.parents[1]
    files = [*folder.glob("*.py"), *folder.glob("templates/*.html")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    quoted = set(re.findall(r"[\"']([\w.]+)[\"']", code))
    stems = set(re.findall(r"[\"']([\w.]+\.)(?:\{|[\"'] ~)", code))
    for key in lexicon("pt", "pages/words.yaml").phrases:
        bare = re.sub(r"\.(one|many)$", "", key)
        assert bare in quoted or any(bare.startswith(each) for each in stems), f"nothing says {key}"
