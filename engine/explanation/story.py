"""The story of a decision: the turns it took, each with the facts and clauses that decided there, and what followed.

In: a decision. Out: its steps before any turn, and its `Reason`s. Definitions and tables are opened up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import ClauseId, Definition, Expression, FactName, FactRef, Node, Today
from praxe.engine.evidence import answered_by, names_that_decide
from praxe.engine.explanation.records import CitedFact, Opened, Reason
from praxe.engine.explanation.voice import Voice
from praxe.engine.graph import Decision as Test
from praxe.engine.graph import Gap, GraphNode, Question, Retry, Step, Wait
from praxe.engine.records import Visit
from praxe.engine.values import TODAY, Known, Value, json_value
from praxe.engine.walk import Status

if TYPE_CHECKING:
    from praxe.engine.decision import Decision

_SILENT: Final = ("decision", "retry", "step")  # may be passed because the answer makes no difference


class Story:
    """Tells one decision."""

    def __init__(self, decision: Decision) -> None:
        self.voice = Voice.of(decision)
        self._decision = decision
        self._policy = decision.policy
        self._evaluator = decision.policy.program.evaluator
        self._known: Known = self._evaluator.with_answers(decision.known, {})

    def told(self) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
        """Return the steps that come first whatever the facts, and then the reasons with what follows each."""
        first: list[str] = []
        reasons: list[Reason] = []
        steps = list(self._decision.steps)
        unsaid = self._unsaid()
        for visit in self._decision.trace:
            reason = self._reason(visit, unsaid)
            reasons += [reason] if reason else []
            done: list[str] = []
            while steps and (steps[0].node == visit.node or (visit.kind == "wait" and steps[0].meanwhile)):
                done.append(self.voice.step(steps.pop(0)))
            if reasons:
                reasons[-1] = replace(reasons[-1], steps=(*reasons[-1].steps, *done))
            else:
                first += done
        return tuple(first), tuple(reasons)

    def reasons_with(self, names: Iterable[FactName]) -> tuple[Reason, ...]:
        """Return the turns at which one of these facts was read."""
        wanted = set(names)
        _, reasons = self.told()
        return tuple(each for each in reasons if not wanted.isdisjoint(facts_of(each)))

    def turns_at(self, node: str) -> tuple[Reason, ...]:
        """Return the turns at a node."""
        _, reasons = self.told()
        return tuple(each for each in reasons if each.node == node)

    def _unsaid(self) -> dict[FactName, None]:
        """Return the facts that no turn of the trace names, and that count all the same: they rule something out."""
        said = {name for visit in self._decision.trace for name in visit.facts}
        return {name: None for name in self._decision.facts if name not in said}

    def _reason(self, visit: Visit, unsaid: dict[FactName, None]) -> Reason | None:
        node = self._policy.graph.nodes[visit.node]
        is_last = visit is self._decision.trace[-1]
        if visit.branch is not None:
            if visit.facts or (isinstance(node, Test) and _reads_today(node.test)):
                refs = self._refs(node)
                return self._made(node, visit.kind, self._because(refs, node), self._opened(refs), visit.clauses)
            return None
        if is_last and self._decision.status is Status.GAP and not isinstance(node, Gap):
            return self._made(node, "hole", self._given(visit.facts), (), visit.clauses)
        is_open = is_last and self._decision.status in {Status.ASKS, Status.WAITS}
        if unsaid and (is_open or (not is_last and visit.kind in _SILENT and not self._is_open())):
            because = tuple(self._given(unsaid))
            unsaid.clear()
            return self._made(node, "open" if is_open else "either_way", because, (), visit.clauses if is_open else ())
        return None

    def _is_open(self) -> bool:
        return self._decision.status in {Status.ASKS, Status.WAITS}

    def _made(
        self,
        node: GraphNode,
        kind: str,
        because: Iterable[CitedFact],
        opened: Iterable[Opened],
        clauses: Sequence[ClauseId],
    ) -> Reason:
        procedure = self._policy.checked.procedures[node.procedure]
        title = procedure.title or node.procedure
        whole = {clause.name for source in procedure.body.sources for clause in source.clauses}
        return Reason(
            node=node.id,
            kind=kind,
            procedure=self._policy.checked.words(title, self.voice.lexicon.language),
            place=self.voice.place(node.span),
            because=tuple(because),
            opened=tuple(opened),
            steps=(),
            clauses=tuple(each for each in clauses if each not in whole),
            whole=tuple(each for each in clauses if each in whole),
        )

    def _refs(self, node: GraphNode) -> list[FactRef]:
        """Return the facts, derived ones closed, that decided the way on from a node."""
        match node:
            case Test():
                tests: list[Expression] = [node.test]
            case Step() | Retry():
                tests = [value for _, value in node.arguments]
            case Wait():
                tests = [value for step in node.meanwhile for _, value in step.arguments]
            case _:
                tests = []
        return [ref for test in tests for ref in names_that_decide(test, self._known, self._evaluator)]

    def _because(self, refs: Iterable[FactRef], node: GraphNode) -> Iterator[CitedFact]:
        yield from self._cited(refs)
        if isinstance(node, Question | Retry | Wait):
            yield from self._given([node.fact])
        if isinstance(node, Test) and _reads_today(node.test):
            yield from self._given([TODAY])

    def _cited(self, refs: Iterable[FactRef]) -> Iterator[CitedFact]:
        for name, ref in {each.name: each for each in refs}.items():
            value = self._worth(ref)
            if value is not None:
                yield self.voice.cited(name, value)

    def _given(self, names: Iterable[FactName]) -> Iterator[CitedFact]:
        for name in dict.fromkeys(names):
            value = self._known.get(name)
            if value is not None:
                yield self.voice.cited(name, value)

    def _worth(self, ref: FactRef) -> Value | None:
        """Return a derived fact's value, or a fact as it was given: of attempts all of them."""
        is_derived = ref.name in self._evaluator.definitions
        return self._evaluator.value(ref, self._known) if is_derived else self._known.get(ref.name)

    def _opened(self, refs: Iterable[FactRef]) -> Iterator[Opened]:
        """Yield the derived facts among `refs`, and those they rest on, each once."""
        seen: set[FactName] = set()
        stack = list(reversed(list(refs)))
        while stack:
            ref = stack.pop()
            if ref.name in seen or ref.name not in self._evaluator.definitions:
                continue
            seen.add(ref.name)
            answer = answered_by(ref.name, self._known, self._evaluator)
            below = [
                each for part in answer.expressions for each in names_that_decide(part, self._known, self._evaluator)
            ]
            stack.extend(reversed(below))
            value = self._worth(ref)
            if value is None:
                continue
            definition = self._evaluator.definitions[ref.name]
            reads = list(self._cited(below))
            if _reads_today(*answer.expressions):
                reads += self._given([TODAY])
            yield Opened(
                fact=ref.name,
                label=self.voice.label(ref.name),
                value=json_value(value, self._policy.checked.fact(ref.name)),
                text=self.voice.value_text(ref.name, value),
                kind="definition" if isinstance(definition, Definition) else "table",
                case=answer.case,
                rows=answer.rows,
                reads=tuple(reads),
                clauses=self._policy.checked.clauses_among(answer.clauses),
                place=self.voice.place(definition.span),
            )


def facts_of(reason: Reason) -> set[FactName]:
    """Return the facts that a turn of the story rests on."""
    return {each.fact for each in (*reason.because, *(fact for opened in reason.opened for fact in opened.reads))}


def _reads_today(*parts: Node) -> bool:
    return any(isinstance(node, Today) for part in parts for node in part.descendants())
