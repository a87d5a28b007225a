"""A BPMN file before it has a layout or is XML: what `build` makes of the decision graph.

Conditions, arguments and deadlines are already texts of an expression language; names are in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from praxe.engine.graph import NodeId


class Kind(Enum):
    """The kinds of BPMN elements we use; the value is the element's name."""

    START = "startEvent"
    END = "endEvent"
    MANUAL_TASK = "manualTask"
    USER_TASK = "userTask"
    SCRIPT_TASK = "scriptTask"
    CALL = "callActivity"
    GATEWAY = "exclusiveGateway"
    EVENT_GATEWAY = "eventBasedGateway"
    CATCH = "intermediateCatchEvent"
    BOUNDARY = "boundaryEvent"


@dataclass(frozen=True, slots=True)
class Message:
    """What is waited for has come."""

    fact: str


@dataclass(frozen=True, slots=True)
class Timer:
    """A deadline has passed: `tag` is `timeDuration` or `timeDate`."""

    tag: str
    expression: str


@dataclass(frozen=True, slots=True)
class CaseOver:
    """The whole case has ended, inside a procedure that others call (BPMN: escalation)."""


@dataclass(frozen=True, slots=True)
class OpenGap:
    """The source text does not decide (BPMN: error)."""


Trigger = Message | Timer | CaseOver | OpenGap


@dataclass(frozen=True, slots=True)
class Loop:
    """Do it again while `condition` holds, `most` times at most."""

    most: int
    condition: str


@dataclass(frozen=True, slots=True)
class Script:
    """A derived fact worked out: what stands in the task, and the variable it gives a value."""

    variable: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One shape. INVARIANT: ids are unique in the file."""

    id: str
    kind: Kind
    name: str = ""  # empty: a gateway that only joins
    node: NodeId | None = None
    fact: str | None = None  # what is answered, or waited for, here
    action: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()  # parameter, expression
    documentation: tuple[str, ...] = ()
    trigger: Trigger | None = None
    loop: Loop | None = None
    script: Script | None = None
    called: str | None = None  # the id of a process
    host: str | None = None  # the call that a boundary event stands on


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One arrow."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    documentation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something a process reads: a fact of the case, or what the host works out for it."""

    name: str
    type: str
    label: str
    fact: str | None = None
    expression: str | None = None  # in the policy's own words, when the host has to work it out


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One procedure."""

    id: str
    procedure: str
    name: str
    documentation: tuple[str, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One file: the procedure asked for, and after it all that it calls, directly or not."""

    name: str
    processes: tuple[Process, ...]
    words: tuple[str, str]  # what an open gap and a case that is over are called
