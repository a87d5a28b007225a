"""Part of pass 3: where paths end, by the shape of the text.

In: the resolved procedures. Out: diagnostics for recursion, for lines after the end of their block, and for a path
that falls off the entry procedure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Vocabulary

MAX_UNROLLED: Final = 10_000  # nodes of one procedure after `para cada` is written out


def call_order(procedures: Mapping[ProcedureName, t.Procedure]) -> tuple[list[ProcedureName], Diagnostic | None]:
    """Return the procedures, callees first; and the recursion that stands in the way, if any."""
    calls = {
        name: sorted(
            {node.procedure.name for node in each.descendants() if isinstance(node, t.Follow)} & set(procedures)
        )
        for name, each in sorted(procedures.items())
    }
    try:
        return list(TopologicalSorter(calls).static_order()), None
    except CycleError as error:
        cycle: list[ProcedureName] = list(reversed(error.args[1]))[:-1]
        start = cycle.index(min(cycle))
        ring = cycle[start:] + cycle[:start]
        ring.append(ring[0])
        following = ring[1]
        call = next(
            node
            for node in procedures[ring[0]].descendants()
            if isinstance(node, t.Follow) and node.procedure.name == following
        )
        return [], Diagnostic("PX261", call.procedure.span, {"cycle": " → ".join(ring)})


class Reach:
    """Which procedures can return, found callees first."""

    def __init__(
        self,
        procedures: Mapping[ProcedureName, t.Procedure],
        vocabulary: Vocabulary,
        returns: dict[ProcedureName, bool] | None = None,
    ) -> None:
        self.procedures = procedures
        self.vocabulary = vocabulary
        self.returns = {} if returns is None else returns
        self.diagnostics: list[Diagnostic] = []

    def check(self, entry: ProcedureName) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the reach of all procedures."""
        order, recursion = call_order(self.procedures)
        if recursion:
            return (recursion,)
        for name in order:
            procedure = self.procedures[name]
            self.returns[name] = self._falls(procedure.body)
            if self._size(procedure.body) > MAX_UNROLLED:
                found = {"limit": str(MAX_UNROLLED), "found": f"{self._size(procedure.body)}"}
                self.diagnostics.append(Diagnostic("PX263", procedure.name_span, found))
        if entry in self.procedures and self.returns[entry]:
            self._tell_fall(self.procedures[entry])
        return tuple(self.diagnostics)

    def _tell_fall(self, procedure: t.Procedure) -> None:
        place = next(self._falling_places(procedure.body), None)
        related = (Related(place.span, "place"),) if place else ()
        self.diagnostics.append(Diagnostic("PX305", procedure.name_span, {"procedure": procedure.name}, related))

    def _falls(self, block: t.Block | None) -> bool:
        """Return whether a walk can come out at the end of a block; tell of lines it never reaches."""
        if block is None:
            return True
        end: t.Statement | None = None
        for statement in block.statements:
            if end is not None:
                if not isinstance(statement, t.Note):
                    self.diagnostics.append(Diagnostic("PX304", statement.span, {}, (Related(end.span, "end"),)))
                    break
            elif not self._statement_falls(statement):
                end = statement
        return end is None

    def _statement_falls(self, statement: t.Statement) -> bool:
        match statement:
            case t.End() | t.Gap():
                return False
            case t.Do() | t.Say() | t.Ask() | t.Note() | t.Nothing():
                return True
            case t.Follow(procedure=ref):
                return self.returns.get(ref.name, True)
            case t.ForEach(body=body):
                self._falls(body)
                return True  # the set may hold none of the values that end the case
            case t.If() | t.Case() | t.Retry() | t.Wait() | t.Rule():
                falls = [self._falls(block) for block in blocks_of(statement)]  # all of them: each is checked
                return any(falls)
            case _:
                assert_never(statement)

    def _falling_places(self, block: t.Block) -> Iterator[t.Node]:
        """Yield the places where a walk comes out at the end of `block`, in the order of the text."""
        last = block.statements[-1] if block.statements else None
        match last:
            case t.If() | t.Case() | t.Retry() | t.Wait() | t.Rule():
                for inner in blocks_of(last):
                    if inner is None:
                        yield last
                    elif self._quietly_falls(inner):
                        yield from self._falling_places(inner)
            case None:
                yield block
            case _:
                yield last

    def _quietly_falls(self, block: t.Block) -> bool:
        return Reach(self.procedures, self.vocabulary, self.returns)._falls(block)

    def _size(self, block: t.Block) -> int:
        total = 0
        for statement in block.statements:
            inner = sum(self._size(each) for each in blocks_of(statement) if each)
            if isinstance(statement, t.ForEach):
                fact = self.vocabulary.facts.get(statement.collection.name)
                inner = (self._size(statement.body) + 1) * len(fact.values if fact else ())
            total += 1 + inner
        return total


def blocks_of(statement: t.Statement) -> list[t.Block | None]:
    """Return the blocks a walk can leave a compound statement from; None for a missing `senão`."""
    match statement:
        case t.If(branches=branches, otherwise=otherwise):
            return [*(each.body for each in branches), otherwise]
        case t.Case(arms=arms, otherwise=otherwise):
            return [*(each.body for each in arms), *([otherwise] if otherwise else [])]
        case t.Retry(body=body, otherwise=otherwise):
            return [body, otherwise]
        case t.Wait(on_time=on_time, too_late=too_late):
            return [on_time, too_late]
        case t.Rule(body=body, exceptions=exceptions):
            return [*(each.body for each in exceptions), body]
        case t.ForEach(body=body):
            return [body]
        case t.Do() | t.Say() | t.Ask() | t.Follow() | t.End() | t.Gap() | t.Note() | t.Nothing():
            return []
        case _:
            assert_never(statement)
