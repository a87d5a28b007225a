"""Shapes and colours."""

from __future__ import annotations

import itertools
import re

import pytest

from praxe.dsl.vocabulary import Color
from praxe.visualize.palette import SHADES, Role, Theme
from praxe.visualize.style import Shape, State, look_of, shape_of, tab_look
from praxe.visualize.svg import marked_paint
from tests.visualize.checking import contrast
from tests.visualize.gallery import gallery

_AA = 4.5


def test_every_kind_of_node_has_a_shape() -> None:
    _, graph = gallery()
    of_other_levels = {Shape.PROCEDURE, Shape.SECTION, Shape.JUMP}
    assert {shape_of(node) for node in graph.nodes.values()} == set(Shape) - of_other_levels


def test_every_role_has_two_shades_and_a_mark_of_its_own() -> None:
    assert set(SHADES) == set(Role)
    assert all(re.fullmatch("#[0-9A-F]{6}", shade) for pair in SHADES.values() for shade in pair)
    assert len({marked_paint(role) for role in Role}) == len(Role)
    assert Theme.AUTO.shade(Role.INK) == Theme.LIGHT.shade(Role.INK) != Theme.DARK.shade(Role.INK)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("shape", "state"), list(itertools.product(Shape, State)))
def test_every_look_is_readable(shape: Shape, state: State, dark: bool) -> None:
    looks = [look_of(shape, state=state)]
    if shape in {Shape.QUESTION, Shape.WAIT, Shape.RETRY, Shape.PROCEDURE}:
        looks.append(tab_look(shape, state=state))
    for look in looks:
        assert contrast(look.ink, look.fill, dark=dark) >= _AA
        assert contrast(look.tag, look.fill, dark=dark) >= _AA


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("color", Color)
def test_every_outcome_is_readable(color: Color, dark: bool) -> None:
    look = look_of(Shape.END, color=color)
    assert contrast(look.ink, look.fill, dark=dark) >= _AA
    assert look != look_of(Shape.END, color=next(each for each in Color if each is not color))


def test_the_vocabulary_decides_the_colour_of_an_outcome() -> None:
    assert look_of(Shape.END, color=Color.RED).fill is Role.RED
    assert look_of(Shape.END, color=Color.GREEN).fill is Role.GREEN
