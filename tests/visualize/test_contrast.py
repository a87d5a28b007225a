"""Everything drawn can be seen: WCAG AA contrast of each text and each line, in both themes and every state."""

from __future__ import annotations

import itertools
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from praxe.dsl.vocabulary import Color
from praxe.engine.policy import Policy
from praxe.visualize import CoverageMarks, Drawing, flowchart, render, summary
from praxe.visualize.html import SCALE
from praxe.visualize.palette import Role
from praxe.visualize.style import Shape, State, look_of, tab_look
from tests.visualize import checking, gallery, sample
from tests.visualize.checking import SVG, contrast

TEXT, LARGE_TEXT, GRAPHICS = 4.5, 3.0, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
LARGE, LARGE_BOLD = 18.0, 14.0  # points
DECORATION = {
    Role.RULE,  # the hairline between the rows of one card, which are numbered
    Role.SECTION_LINE,  # the edge of the ground that the cards of one answer stand on, below the tab that names it
}
HALO = {Role.PAGE}  # around a badge, so that it stands off what it lies on
TABBED = (Shape.QUESTION, Shape.WAIT, Shape.RETRY, Shape.SECTION, Shape.PROCEDURE, Shape.CALL)


def _gallery(case: str) -> Drawing:
    checked, graph = gallery.gallery()
    paths = {"waits": gallery.waiting_case, "asks": gallery.asking_case, "gap": gallery.gap_case}
    path = paths[case]() if case in paths else None
    coverage = None
    if case == "coverage":
        visited = gallery.waiting_case().visited
        branches = {(node, key): 3 for node, key in visited if key is not None}
        coverage = CoverageMarks(visits={node: 3 for node, _ in visited}, branches=branches)
    return flowchart(checked, graph, gallery.GALLERY, language="pt", path=path, coverage=coverage)


def _drawing(name: str) -> Drawing:
    match name:
        case "summary":
            opened = Policy.load("policy/promad")
            return summary(opened.checked, opened.graph, language="pt")
        case "email":
            return flowchart(*sample.email(), sample.EMAIL, language="pt", path=sample.email_case())
        case _:
            return _gallery(name)


@cache
def _root(name: str) -> ET.Element:
    return checking.read_svg(render(_drawing(name), "svg", embed_font=False))


_NAMES = ("plain", "waits", "asks", "gap", "coverage", "email", "summary")
every_drawing = pytest.mark.parametrize("name", _NAMES)
both_themes = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@both_themes
@every_drawing
def test_every_text_can_be_read(name: str, dark: bool) -> None:
    sizes = {"".join(each.itertext()): _size(each) for each in _root(name).iter(f"{SVG}text")}
    for each in checking.written(_root(name)):
        size, is_bold = sizes[each.text]
        least = LARGE_TEXT if size >= (LARGE_BOLD if is_bold else LARGE) else TEXT
        assert contrast(each.ink, each.fill, dark=dark) >= least, each


def _size(text: ET.Element) -> tuple[float, bool]:
    return float(text.attrib["font-size"]) / SCALE, text.get("font-weight") == "bold"


@both_themes
@every_drawing
def test_every_outline_and_line_can_be_seen(name: str, dark: bool) -> None:
    roles = {role for each in _root(name).iter() if (role := _stroke(each)) is not None} - HALO - DECORATION
    assert roles
    for role in roles:
        assert contrast(role, Role.PAGE, dark=dark) >= GRAPHICS, role


@both_themes
@every_drawing
def test_every_arrow_and_badge_can_be_seen(name: str, dark: bool) -> None:
    for group in _root(name).iter(f"{SVG}g"):
        if group.get("class") == "edge" or group.get("id", "").startswith(("badge-", "count-")):
            for shape in group.iter(f"{SVG}polygon"):
                role = checking.role_of(shape, "fill")
                assert role is None or contrast(role, Role.PAGE, dark=dark) >= GRAPHICS, group.get("id")


def _stroke(element: ET.Element) -> Role | None:
    return checking.role_of(element, "stroke")


@both_themes
@pytest.mark.parametrize(("shape", "state"), list(itertools.product(Shape, State)))
def test_every_look_has_enough_contrast(shape: Shape, state: State, dark: bool) -> None:
    looks = [look_of(shape, state=state)]
    if shape is Shape.END:
        looks += [look_of(shape, state=state, color=color) for color in Color]
    if shape in TABBED:
        looks.append(tab_look(shape, state=state))
    for look in looks:
        assert contrast(look.line, Role.PAGE, dark=dark) >= GRAPHICS, look
        assert contrast(look.ink, look.fill, dark=dark) >= TEXT, look
        assert contrast(look.tag, look.fill, dark=dark) >= TEXT, look


@both_themes
@pytest.mark.parametrize("role", [Role.EDGE, Role.DIM_EDGE, Role.GAP_LINE, Role.PATH])
def test_every_line_of_an_answer_can_be_seen(role: Role, dark: bool) -> None:
    assert contrast(role, Role.PAGE, dark=dark) >= GRAPHICS


@both_themes
def test_the_path_of_a_case_stands_out_from_the_rest(dark: bool) -> None:
    lit, dim = contrast(Role.PATH, Role.PAGE, dark=dark), contrast(Role.DIM_EDGE, Role.PAGE, dark=dark)
    assert lit > 1.8 * dim


@both_themes
def test_the_only_faint_colour_is_decoration(dark: bool) -> None:
    lines = {role for role in Role if role.name.endswith(("LINE", "EDGE", "RULE"))}
    faint = {role for role in lines if contrast(role, Role.PAGE, dark=dark) < GRAPHICS}
    assert faint == DECORATION
