"""The decision graph as BPMN processes: one for the procedure asked for, and one for each that it calls.

In: a checked policy, its graph, a procedure, a dialect. Out: a `Model`. A step is a task, an answer a conditional flow,
a bounded retry a looping task, a wait an event gateway with its message and its timer, a gap an error. Where a called
procedure can end the whole case, it says so by an escalation that its caller catches, and so on up to the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactRef, OutcomeName, ProcedureName
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    DecisionGraph,
    End,
    Gap,
    GraphNode,
    NodeId,
    Retry,
    Return,
)
from praxe.visualize.bpmn.dialect import TODAY, Dialect, Scribe, variable_name
from praxe.visualize.bpmn.formula import Formula, Logic, every
from praxe.visualize.bpmn.model import (
    CaseOver,
    Element,
    Flow,
    Kind,
    Model,
    OpenGap,
    Process,
    Script,
    Trigger,
    Variable,
)
from praxe.visualize.bpmn.shapes import Shapes
from praxe.visualize.content import answer_text, procedure_title
from praxe.visualize.identify import slug
from praxe.visualize.voice import Voice


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a procedure can end, calls included."""

    outcomes: tuple[OutcomeName, ...]
    has_gap: bool


def build(
    checked: CheckedPolicy, graph: DecisionGraph, procedure: ProcedureName, *, language: str, dialect: Dialect
) -> Model:
    """Return the BPMN model of a procedure and of all that it calls.

    Raises:
        ValueError: there is no such language or no such procedure.
    """
    if procedure not in graph.starts:
        raise ValueError(f"no procedure {procedure!r}; there are: {', '.join(graph.starts)}")
    voice = Voice.of(checked, language)
    logic = Logic.sparing(checked.definitions, checked.fact)
    called = _called(graph, procedure)
    ids = _Ids()
    processes = {name: ids.new(name) for name in called}
    outlooks = {name: _outlook(graph, name) for name in called}
    made = [
        _Builder(
            voice=voice,
            graph=graph,
            procedure=name,
            processes=processes,
            outlooks=outlooks,
            scribe=Scribe(dialect, logic),
            ids=ids,
            is_called=name != procedure,
        ).build()
        for name in called
    ]
    return Model(
        name=procedure_title(voice, procedure),
        processes=tuple(made),
        words=(voice.say("bpmn.gap"), voice.say("bpmn.over")),
    )


def _called(graph: DecisionGraph, procedure: ProcedureName) -> list[ProcedureName]:
    """The procedure and all that it calls, each after one that calls it."""
    found: dict[ProcedureName, None] = {procedure: None}
    stack = [procedure]
    while stack:
        callees = [each.callee for each in _own(graph, stack.pop(0)) if isinstance(each, Call)]
        stack += [each for each in dict.fromkeys(callees) if each not in found]
        found |= dict.fromkeys(callees)
    return list(found)


def _own(graph: DecisionGraph, procedure: ProcedureName) -> Iterator[GraphNode]:
    return (node for node in graph.nodes.values() if node.procedure == procedure)


def _outlook(graph: DecisionGraph, procedure: ProcedureName) -> Outlook:
    nodes = [node for name in _called(graph, procedure) for node in _own(graph, name)]
    outcomes = dict.fromkeys(node.outcome for node in nodes if isinstance(node, End))
    return Outlook(tuple(outcomes), any(isinstance(node, Gap) for node in nodes))


class _Ids:
    """Hands out ids, none twice in a file."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def new(self, text: str) -> str:
        name = slug(text)
        self._taken[name] += 1
        return name if self._taken[name] == 1 else self.new(f"{name}-{self._taken[name]}")


@dataclass(slots=True, kw_only=True)
class _Builder:
    voice: Voice
    graph: DecisionGraph
    procedure: ProcedureName
    processes: dict[ProcedureName, str]
    outlooks: dict[ProcedureName, Outlook]
    scribe: Scribe
    ids: _Ids
    is_called: bool
    elements: list[Element] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    _first: dict[NodeId, str] = field(default_factory=dict)  # where the flows into a node lead
    _taken: dict[tuple[NodeId, str], str] = field(default_factory=dict)  # the conditions of flows
    _last: dict[NodeId, str] = field(default_factory=dict)  # where the flows out of it begin

    def build(self) -> Process:
        """Return the process of the procedure."""
        nodes = list(_own(self.graph, self.procedure))
        entries = Counter(branch.target for node in nodes for branch in self.graph.branches.get(node.id, ()))
        shapes = Shapes(self.voice, self.scribe, self.ids.new, self.processes)
        for node in nodes:
            if not isinstance(node, Return | End | Gap):  # these are made for each flow that leads to one
                self._place(node, shapes, is_joined=entries[node.id] > 1)
        for node in nodes:
            self._leave(node, shapes)
        return Process(
            id=self.processes[self.procedure],
            procedure=self.procedure,
            name=procedure_title(self.voice, self.procedure),
            documentation=tuple(self._described()),
            elements=tuple(self.elements),
            flows=tuple(self.flows),
            variables=tuple(self._variables()),
        )

    # --- nodes and the flows out of them -------------------------------------------------------------------------

    def _place(self, node: GraphNode, shapes: Shapes, *, is_joined: bool) -> None:
        read, self.scribe.facts = self.scribe.facts, {}
        chain = shapes.of(node)
        branches = self.graph.branches.get(node.id, ())
        if isinstance(node, Decision | Retry):
            self._taken |= {(node.id, each.key): self._condition(node, each, branches) for each in branches}
        chain = [*self._scripts(node), *chain]
        self.scribe.facts = read | self.scribe.facts
        if is_joined:
            chain = [Element(id=self.ids.new(f"{node.id}--join"), kind=Kind.GATEWAY), *chain]
        for before, after in pairwise(chain):
            self._flow(before.id, after.id)
        self.elements += chain
        self._first[node.id], self._last[node.id] = chain[0].id, chain[-1].id

    def _scripts(self, node: GraphNode) -> Iterator[Element]:
        """Yield the tasks that work out what a node reads and that takes too many tests to be written out there."""
        definitions, made = self.voice.checked.definitions, list[Element]()
        for name, definition in reversed(list(definitions.items())):  # each before those it reads
            if name in self.scribe.facts and name not in self.scribe.logic.definitions:
                script = Script(variable_name(name), self.scribe.script(name, definition))
                key, said = f"{node.id}--{name}", self.voice.say("bpmn.work_out", text=self.voice.label(name))
                made.append(Element(id=self.ids.new(key), kind=Kind.SCRIPT_TASK, name=said, script=script))
        yield from reversed(made)

    def _leave(self, node: GraphNode, shapes: Shapes) -> None:
        source = self._last.get(node.id)
        branches = self.graph.branches.get(node.id, ())
        if source is None:
            return
        for branch in branches:
            start, caught = shapes.way_out(node, branch.kind)
            if caught is not None:
                self.elements.append(caught)
                self._flow(source, caught.id)
            target = self._target(branch.target, f"{branch.source}--{branch.key}")
            is_asked = caught is None and branch.kind is not BranchKind.NEXT
            self._flow(
                caught.id if caught else start or source,
                target,
                name=answer_text(self.voice, node, branch) if is_asked else "",
                condition=self._taken[node.id, branch.key] if is_asked else None,
                documentation=tuple(shapes.clauses(branch.clauses)) if is_asked else (),
            )
        if isinstance(node, Call):
            self._leave_call(node, source, returns=bool(branches))

    def _leave_call(self, call: Call, source: str, *, returns: bool) -> None:
        """Lead on what ends inside a called procedure."""
        outlook = self.outlooks[call.callee]
        over = self._outcomes(outlook.outcomes)
        if not returns:  # then nothing comes after it but the end
            trigger: Trigger | None = CaseOver() if self.is_called else None
            end = self._end(f"{call.id}--end", over or self.voice.say("bpmn.gap"), None, trigger)
            self._flow(source, end.id)
        elif outlook.outcomes:
            self._catch(call, source, over, CaseOver())
        if outlook.has_gap:
            self._catch(call, source, self.voice.say("bpmn.gap"), OpenGap())

    def _catch(self, call: Call, host: str, name: str, trigger: CaseOver | OpenGap) -> None:
        key = "gap" if isinstance(trigger, OpenGap) else "over"
        said = self.voice.say(f"bpmn.exit_{key}")
        boundary = Element(
            id=self.ids.new(f"{call.id}--{key}"), kind=Kind.BOUNDARY, name=said, trigger=trigger, host=host
        )
        thrown = trigger if self.is_called or isinstance(trigger, OpenGap) else None
        self.elements.append(boundary)
        self._flow(boundary.id, self._end(f"{call.id}--{key}-end", name, None, thrown).id)

    def _outcomes(self, outcomes: Sequence[OutcomeName]) -> str:
        """Return the outcome that a case has when it ends in there, where there is just one."""
        if len(outcomes) > 1:
            return self.voice.say("bpmn.over")
        labels = (self.voice.checked.vocabulary.outcomes[each].label for each in outcomes)
        return "".join(label.in_language(self.voice.language) for label in labels)

    def _target(self, name: NodeId, key: str) -> str:
        """Return where a flow into a node leads: for an end, a new shape of it."""
        node = self.graph.nodes[name]
        match node:
            case Return():
                said = "pill.return" if self.is_called else "pill.finish"
                return self._end(f"{key}--return", self.voice.say(said), node, None).id
            case End():
                label = self.voice.checked.vocabulary.outcomes[node.outcome].label.in_language(self.voice.language)
                return self._end(f"{key}--end", label, node, CaseOver() if self.is_called else None).id
            case Gap():
                said = self.voice.say("bpmn.gap_named", text=self.voice.text(node.text))
                return self._end(f"{key}--gap", said, node, OpenGap()).id
            case _:
                return self._first[name]

    def _end(self, key: str, name: str, node: GraphNode | None, trigger: Trigger | None) -> Element:
        shapes = Shapes(self.voice, self.scribe, self.ids.new, self.processes)
        made = Element(
            id=self.ids.new(key),
            kind=Kind.END,
            name=name,
            node=node.id if node else None,
            trigger=trigger,
            documentation=tuple(shapes.described(node)) if node else (),
        )
        self.elements.append(made)
        return made

    def _flow(
        self,
        source: str,
        target: str,
        *,
        name: str = "",
        condition: str | None = None,
        documentation: tuple[str, ...] = (),
    ) -> None:
        self.flows.append(
            Flow(
                id=self.ids.new(f"flow-{source}--{target}"),
                source=source,
                target=target,
                name=name,
                condition=condition,
                documentation=documentation,
            )
        )

    # --- conditions ----------------------------------------------------------------------------------------------

    def _condition(self, node: Decision | Retry, branch: Branch, branches: Sequence[Branch]) -> str:
        """Return when a flow is taken. None is the default flow: an unknown fact stops a case and takes no flow."""
        if isinstance(node, Retry):
            fact = FactRef(name=node.fact, span=node.span)
            return self.scribe.fact_is(fact, branch.kind is BranchKind.SUCCEEDED)
        return self.scribe.condition(self._formula(node, branch, branches))

    def _formula(self, node: Decision, branch: Branch, branches: Sequence[Branch]) -> Formula:
        logic = self.scribe.logic
        match branch.kind:
            case BranchKind.YES | BranchKind.NO:
                return logic.certainly(node.test, branch.kind is BranchKind.YES)
            case BranchKind.VALUE:
                before = branches[: branches.index(branch)]  # of branches that both admit a value, the first is taken
                is_several = _can_admit_several(self.voice, node)
                earlier = [logic.admits(node.test, each.patterns, False) for each in before] if is_several else []
                return every((*earlier, logic.admits(node.test, branch.patterns, True)))
            case _:
                return every(logic.admits(node.test, each.patterns, False) for each in branches if each is not branch)

    # --- what is told of the process -----------------------------------------------------------------------------

    def _described(self) -> Iterator[str]:
        manifest = self.voice.checked.manifest
        yield self.voice.say(
            "bpmn.source", name=manifest.name, version=manifest.version, digest=self.voice.checked.digest
        )
        if self.scribe.facts or self.scribe.computed:
            yield self.voice.say("bpmn.variables")

    def _variables(self) -> Iterator[Variable]:
        scribe, checked = self.scribe, self.voice.checked
        for name in scribe.facts:
            if name in checked.definitions:  # a task before it works it out
                continue
            yield Variable(
                name=variable_name(name), type=checked.fact(name).type.value, label=self.voice.label(name), fact=name
            )
        if scribe.reads_today:
            yield Variable(name=TODAY, type="date", label=self.voice.say("bpmn.today"))
        for expression, variable in scribe.computed.items():
            label = self.voice.say("bpmn.computed")
            yield Variable(name=variable, type="computed", label=label, expression=expression)


def _can_admit_several(voice: Voice, node: Decision) -> bool:
    """Whether a value may fit two branches: only a set may, of which each branch names a member."""
    return isinstance(node.test, FactRef) and voice.checked.fact(node.test.name).type.value == "set_of"
