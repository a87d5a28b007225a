"""Our BPMN files walked by SpiffWorkflow, a workflow engine: what it does with the facts of a case.

We play the host: we complete the tasks for people, answer what a retry asks, deliver the message of a wait or let its
deadline pass. Which way to go is the engine's own business, from the expressions in the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition, timer
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from praxe.dsl.tree import FactName
from praxe.engine import Policy
from praxe.engine.values import Value, json_value
from praxe.visualize.bpmn.write import NAMESPACES

LONG_AGO = datetime.datetime(1990, 1, 1, tzinfo=datetime.UTC)
MUCH_LATER = datetime.datetime(2400, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Done:
    """A task that was done."""

    node: str
    action: str | None
    arguments: Mapping[str, Any]
    attempt: int | None


@dataclass(frozen=True)
class Ran:
    """What became of a case: its tasks, and where it stands; `status` as our decisions have it."""

    steps: tuple[Done, ...]
    status: str
    node: str | None


@dataclass(frozen=True)
class Shown:
    """What a file tells of an element."""

    kind: str
    node: str  # empty: none of ours
    fact: FactName
    action: str | None
    arguments: Mapping[str, str]
    is_top: bool  # in the process that was started
    is_gap: bool
    is_last: bool  # an end of the whole case, inside of a called procedure or by a gap


_PREFIXES = dict(NAMESPACES)


class Clock(datetime.datetime):
    """The engine's clock, moved by the tests."""

    current: datetime.datetime = LONG_AGO

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """Return the time that the test has set."""
        return cls.current


@contextmanager
def our_clock() -> Iterator[None]:
    """Let the engine go by our clock."""
    theirs, timer.datetime = timer.datetime, Clock
    try:
        yield
    finally:
        timer.datetime = theirs
        Clock.current = LONG_AGO


class Engine:
    """One BPMN file, ready to run."""

    def __init__(self, text: str) -> None:
        root = ET.fromstring(text)
        processes = root.findall("bpmn:process", _PREFIXES)
        first = processes[0].attrib["id"]
        parser = BpmnParser()
        parser.add_bpmn_str(text.encode())
        self._spec = parser.get_spec(first)
        self._called = parser.get_subprocess_specs(first)
        self._shown = {
            each.attrib["id"]: _shown(each, is_top=process is processes[0])
            for process in processes
            for each in process
            if "id" in each.attrib
        }
        path = "bpmn:process/bpmn:extensionElements/praxe:procedure/praxe:variable"
        self._variables = {each.attrib["name"]: each.attrib.get("fact") for each in root.iterfind(path, _PREFIXES)}

    def run(self, policy: Policy, known: Mapping[FactName, Value], today: datetime.date | None) -> Ran:
        """Run a case as far as what is known leads."""
        environment = TaskDataEnvironment({"date": datetime.date, "timedelta": datetime.timedelta})
        workflow = BpmnWorkflow(self._spec, self._called, script_engine=PythonScriptEngine(environment))
        (start,) = workflow.get_tasks(state=TaskState.READY)
        for variable, fact in self._variables.items():
            start.data[variable] = _given(policy, FactName(fact), known) if fact else today
        return _Case(self, workflow, known).run()

    def shown(self, task: Any) -> Shown:
        """Return what the file tells of a task."""
        return self._shown.get(task.task_spec.bpmn_id, _NOTHING)


_NOTHING = Shown("", "", FactName(""), None, {}, is_top=False, is_gap=False, is_last=False)


class _Case:
    def __init__(self, engine: Engine, workflow: BpmnWorkflow, known: Mapping[FactName, Value]) -> None:
        self.engine, self.workflow, self.known = engine, workflow, known
        self.steps: list[Done] = []

    def run(self) -> Ran:
        """Go on until the case ends or something is wanted."""
        while True:
            try:
                self.workflow.do_engine_steps()
            except WorkflowException:
                return self._stuck()
            ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
            if ready:
                (task,) = ready
                stopped = self._perform(task)
            elif self.workflow.completed:
                return self._ended()
            else:
                stopped = self._wait()
            if stopped:
                return stopped

    def _stop(self, status: str, node: str | None) -> Ran:
        return Ran(tuple(self.steps), status, node)

    def _stuck(self) -> Ran:
        """A gateway of which no flow can be taken: its answer is not known, or there is none."""
        (task,) = self.workflow.get_tasks(state=TaskState.ERROR)
        return self._stop("asks", self.engine.shown(task).node)

    def _ended(self) -> Ran:
        """The end that was reached: innermost where the case ended inside of a called procedure."""
        ends = [self.engine.shown(each) for each in self.workflow.get_tasks(state=TaskState.COMPLETED)]
        reached = [each for each in ends if each.kind == "endEvent" and each.node and each.is_last]
        if reached:
            (end,) = reached
            return self._stop("gap" if end.is_gap else "finished", end.node)
        (last,) = [each for each in ends if each.kind == "endEvent" and each.is_top]
        return self._stop("finished", last.node)

    # --- the host's part -----------------------------------------------------------------------------------------

    def _perform(self, task: Any) -> Ran | None:
        """Do a task for people, or stop where it cannot be done yet."""
        shown = self.engine.shown(task)
        evaluate = self.workflow.script_engine.evaluate
        worth = {name: evaluate(task, value) for name, value in shown.arguments.items()}
        if None in worth.values():
            return self._stop("asks", shown.node)
        if shown.kind == "manualTask":
            self._did(shown, worth)
        elif shown.action is None:  # a question
            if self.known.get(shown.fact) is None:
                return self._stop("asks", shown.node)
        else:
            attempt = task.internal_data["iteration"]
            self._did(shown, worth, attempt + 1)
            given = self.known.get(shown.fact, ())
            assert isinstance(given, tuple)  # of attempts
            if attempt >= len(given):
                return self._stop("asks", shown.node)
            task.data[shown.fact] = given[attempt]
        task.run()
        return None

    def _did(self, shown: Shown, worth: Mapping[str, Any], attempt: int | None = None) -> None:
        arguments = {name: value if isinstance(value, list) else json_value(value) for name, value in worth.items()}
        self.steps.append(Done(shown.node, shown.action, arguments, attempt))

    def _wait(self) -> Ran | None:
        """Let come what is waited for, or its deadline pass; stop where neither is known."""
        waiting = [each for each in self.workflow.get_tasks(state=TaskState.WAITING) if each.task_spec.bpmn_id]
        (shown,) = [found for each in waiting if (found := self.engine.shown(each)).kind == "eventBasedGateway"]
        came = self.known.get(shown.fact)
        if came is None:
            return self._stop("waits", shown.node)
        if came:
            self.workflow.catch(BpmnEvent(MessageEventDefinition(shown.fact)))
        else:
            Clock.current = MUCH_LATER
            self.workflow.refresh_timers()
            Clock.current = LONG_AGO
        return None


def _shown(element: ET.Element, *, is_top: bool) -> Shown:
    node = element.find("bpmn:extensionElements/praxe:node", _PREFIXES)
    about = {} if node is None else node.attrib
    names = [each.tag.rpartition("}")[2] for each in element]
    return Shown(
        kind=element.tag.rpartition("}")[2],
        node=about.get("id", ""),
        fact=FactName(about.get("fact", "")),
        action=about.get("action"),
        arguments={each.attrib["name"]: each.text or "" for each in element.iterfind(".//praxe:argument", _PREFIXES)},
        is_top=is_top,
        is_gap="errorEventDefinition" in names,
        is_last=bool({"errorEventDefinition", "escalationEventDefinition"} & set(names)),
    )


def _given(policy: Policy, fact: FactName, known: Mapping[FactName, Value]) -> Any:
    """Return a fact as a variable: sets as lists, numbers as JSON has them, attempts as what came of them all."""
    value = known.get(fact)
    match value:
        case frozenset():
            return json_value(value, policy.facts[fact])
        case Decimal():
            return float(value)
        case tuple():
            return True if any(value) else False if len(value) >= policy.attempts[fact] else None
        case _:
            return value
