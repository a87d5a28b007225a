"""How things look: the shape of each kind of node, and the colours of each shape.

In: a node, a shape, and whether it lies on a case's path. Out: a `Look`, whose colours are roles of the palette.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import assert_never

from praxe.dsl.vocabulary import Color
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.visualize.palette import Role

BODY, NOTE, TAB, TAG, CHIP, TITLE, SUBTITLE = (
    11.0,
    9.5,
    9.5,
    8.0,
    8.5,
    20.0,
    10.0,
)  # type sizes, in points: doubled, they are whole
LINE = 1.3  # the height of a line of text, in type sizes


class Shape(Enum):
    """The kinds of things in a drawing, by how they look; the value is the key of their name in words.yaml."""

    START = "start"
    STEPS = "step"
    QUESTION = "question"
    CALL = "call"
    RETRY = "retry"
    WAIT = "wait"
    RETURN = "return"
    END = "end"
    GAP = "gap"
    PROCEDURE = "procedure"  # in the summary of a policy
    SECTION = "section"  # a part of a procedure, shown on a page of its own
    JUMP = "jump"  # where a part goes on in another


def shape_of(node: GraphNode) -> Shape:
    """Return how a kind of node is drawn."""
    match node:
        case Start():
            return Shape.START
        case Step():
            return Shape.STEPS
        case Question() | Decision():
            return Shape.QUESTION
        case Call():
            return Shape.CALL
        case Retry():
            return Shape.RETRY
        case Wait():
            return Shape.WAIT
        case Return():
            return Shape.RETURN
        case End():
            return Shape.END
        case Gap():
            return Shape.GAP
        case _:
            assert_never(node)


class State(Enum):
    """Where something lies: on the path of a case, off it, where no scenario comes by; or what became of it."""

    PLAIN = "plain"
    ON = "on"
    OFF = "off"
    NEVER = "never"
    NEW = "new"  # of two versions compared
    GONE = "gone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a shape: what it is filled and outlined with, its text, and its tag."""

    fill: Role
    line: Role
    ink: Role
    tag: Role


_LOOKS: Mapping[Shape, Look] = MappingProxyType(
    {
        Shape.START: Look(Role.START, Role.START, Role.START_INK, Role.START_INK),
        Shape.STEPS: Look(Role.CARD, Role.CARD_LINE, Role.INK, Role.SAY_INK),
        Shape.QUESTION: Look(Role.QUESTION, Role.QUESTION_LINE, Role.QUESTION_INK, Role.QUESTION_LINE),
        Shape.CALL: Look(Role.CALL, Role.CALL_LINE, Role.CALL_INK, Role.CALL_LINE),
        Shape.RETRY: Look(Role.CALL, Role.CALL_LINE, Role.CALL_INK, Role.CALL_LINE),
        Shape.WAIT: Look(Role.WAIT, Role.WAIT_LINE, Role.WAIT_INK, Role.WAIT_LINE),
        Shape.RETURN: Look(Role.RETURN, Role.RETURN_LINE, Role.RETURN_INK, Role.RETURN_INK),
        Shape.END: Look(Role.GRAY, Role.GRAY, Role.GRAY_INK, Role.GRAY_INK),
        Shape.GAP: Look(Role.GAP, Role.GAP_LINE, Role.GAP_INK, Role.GAP_LINE),
        Shape.PROCEDURE: Look(Role.CALL, Role.CALL_LINE, Role.CALL_INK, Role.CALL_LINE),
        Shape.SECTION: Look(Role.RETURN, Role.RETURN_LINE, Role.RETURN_INK, Role.RETURN_INK),
        Shape.JUMP: Look(Role.RETURN, Role.RETURN_LINE, Role.RETURN_INK, Role.RETURN_INK),
    }
)
_OUTCOMES: Mapping[Color, tuple[Role, Role]] = MappingProxyType(
    {
        Color.GREEN: (Role.GREEN, Role.GREEN_INK),
        Color.RED: (Role.RED, Role.RED_INK),
        Color.BLUE: (Role.BLUE, Role.BLUE_INK),
        Color.AMBER: (Role.AMBER, Role.AMBER_INK),
        Color.PURPLE: (Role.PURPLE, Role.PURPLE_INK),
        Color.GRAY: (Role.GRAY, Role.GRAY_INK),
    }
)
CHANGED: Mapping[State, tuple[Role, Role]] = MappingProxyType(
    {
        State.NEW: (Role.GREEN, Role.GREEN_INK),
        State.GONE: (Role.RED, Role.RED_INK),
        State.OTHER: (Role.AMBER, Role.AMBER_INK),
    }
)  # of two versions compared: what is not as it was, and its label
_OFF = Look(Role.DIM, Role.DIM_LINE, Role.DIM_INK, Role.DIM_INK)
_TAKEN = Look(Role.PATH, Role.PATH, Role.PATH_INK, Role.PATH_INK)


def outcome_roles(color: Color) -> tuple[Role, Role]:
    """Return what an outcome of this colour is filled with, and its text."""
    return _OUTCOMES[color]


def look_of(shape: Shape, *, color: Color | None = None, state: State = State.PLAIN) -> Look:
    """Return the look of a shape; `color` is an outcome's own."""
    if state is State.OFF:
        return _OFF
    look = _LOOKS[shape]
    if color is not None:
        fill, ink = _OUTCOMES[color]
        look = Look(fill, fill, ink, ink)
    match state:
        case State.ON:
            return Look(look.fill, Role.PATH, look.ink, look.tag)
        case State.NEVER:
            return Look(look.fill, Role.GAP_LINE, look.ink, look.tag)
        case State.NEW | State.GONE | State.OTHER:
            return Look(look.fill, CHANGED[state][0], look.ink, look.tag)
        case State.PLAIN:
            return look
        case _:
            assert_never(state)


def tab_look(shape: Shape, *, state: State = State.PLAIN) -> Look:
    """Return the look of an answer on a card; ON means that this answer was given, NEVER that nobody gives it."""
    match state:
        case State.ON:
            return _TAKEN
        case State.OFF:
            return _OFF
        case State.NEVER:
            return _LOOKS[Shape.GAP]
        case State.NEW | State.GONE | State.OTHER:
            fill, ink = CHANGED[state]
            return Look(fill, fill, ink, ink)
        case State.PLAIN:
            look = _LOOKS[shape]
            return Look(Role.TAB, look.line, look.ink, look.tag)
        case _:
            assert_never(state)
