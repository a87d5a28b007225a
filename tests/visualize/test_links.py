"""Only links to safe places get into a picture, whatever a policy or a caller writes."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.visualize import Drawing, Way, flowchart, render
from praxe.visualize.links import safe_link
from tests.visualize import checking, gallery

_SAFE = (
    "outro.svg",
    "../promad/outro.svg#parte",
    "#parte",
    "?a=1&b=2",
    "/desenhos/outro.svg",
    "https://exemplo.com/a?b=c#d",
    "HTTP://exemplo.com",
    "mailto:ana@exemplo.com",
)
_HOSTILE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \t\njavascript:alert(1)",
    "java\x00script:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1f javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "\u202ejavascript:alert(1)",
    "javascript\x7f:alert(1)",
    "java\u00adscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://exemplo.com/1",
    "view-source:https://exemplo.com",
    "https\x00:javascript:alert(1)//",
    "//exemplo.com/outro.svg",
    "\x00//exemplo.com/outro.svg",
    "",
    "   ",
    "\x00\x01",
)
_SCHEME = re.compile(r"(?:https?|mailto):|(?![a-z][a-z0-9+.-]*:)(?!//)", re.IGNORECASE)


def _is_safe(target: str) -> bool:
    """Whether a browser, which drops controls and blanks before it looks, stays with the schemes we allow."""
    seen = "".join(each for each in target if ord(each) > 0x20).replace("\\", "/")
    return bool(seen) and target.isascii() and target.isprintable() and _SCHEME.match(seen) is not None


@cache
def _drawing(target: str) -> Drawing:
    checked, graph = gallery.gallery()
    ways = (Way("acima", target),)
    return flowchart(checked, graph, gallery.GALLERY, language="pt", links=lambda _: target, ways=ways)


@pytest.mark.parametrize("target", _SAFE)
def test_a_safe_link_is_kept(target: str) -> None:
    assert safe_link(target) == target
    links = [each.get("href") for each in checking.read_svg(render(_drawing(target), "svg")).iter(f"{checking.SVG}a")]
    assert links == [target, target]  # the way under the title, and the call


@pytest.mark.parametrize("target", _HOSTILE, ids=range(len(_HOSTILE)))
def test_a_hostile_link_is_left_out(target: str) -> None:
    kept = safe_link(target)
    assert kept is None or _is_safe(kept)
    root = checking.read_svg(render(_drawing(target), "svg"))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href":
                assert _is_safe(value), value
    assert "acima" in checking.texts(root) or kept is None
    dot = render(_drawing(target), "dot").decode()
    for value in re.findall(r'(?:URL|HREF|href)="?([^" ]*)', dot):
        assert _is_safe(value), value


@given(st.text(max_size=30))
def test_what_is_let_through_is_always_safe(target: str) -> None:
    for written in (target, f"javascript:{target}", f"{target}javascript:alert(1)", f"{target[:3]}//{target[3:]}"):
        kept = safe_link(written)
        assert kept is None or _is_safe(kept)
        assert kept is None or safe_link(kept) == kept
