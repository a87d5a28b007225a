"""Branches that no case takes, conditions that are always yes or always no, and parts of them that change nothing.

In: what every possible case reaches. Out: findings, each true of every case. What lies beyond a branch never taken is
not told again; the copies of a line that `para cada` makes are one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from praxe.dsl.source import Span
from praxe.dsl.tree import And, Contains, Expression, Not, Or
from praxe.engine.graph import BranchKind, Decision
from praxe.engine.needed import facts_read
from praxe.engine.prove.authors_words import possible_text
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.flow import Edge
from praxe.engine.prove.proofs import Proofs


class _Dead(NamedTuple):
    node: Decision
    edge: Edge
    here: int


def dead_branches(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the branches of decisions that no case takes."""
    flow, at, both = proofs.flow, proofs.cases_at, proofs.diagrams.both
    dead: dict[tuple[Span, str], _Dead] = {}
    for number, node in flow.decisions:
        here = at[number]
        for place, cases in enumerate(flow.cases_of[number] if here else ()):
            if not both(here, cases) and not is_turn(node):
                edge = flow.edges[number][place]
                dead.setdefault((node.span, edge.branch.key), _Dead(node, edge, here))
    lines = {span.line for span, _ in dead}
    for number, node in flow.decisions if dead else ():  # another copy of the line may take the branch
        if node.span.line in lines and at[number]:
            for edge in flow.edges[number]:
                if both(at[number], edge.cases):
                    dead.pop((node.span, edge.branch.key), None)
    for found in dead.values():
        yield _dead(proofs, found)


def idle_parts(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the parts of conditions that change nothing where they stand."""
    both, tested = proofs.diagrams.both, []
    idle: dict[Span, Decision] = {}
    for number, node in proofs.flow.decisions:
        here = proofs.cases_at[number]
        if not here or not isinstance(node.test, And | Or | Not):
            continue
        truth = proofs.meaning.truth(node.test)
        if not both(here, truth.yes) or not both(here, truth.no):
            continue  # all of it is told already
        found = [part.span for part in _idle(proofs, node.test, here)]
        tested.append((node, found))
        for span in found:
            idle.setdefault(span, node)
    for node, found in tested if idle else ():
        for part in _operands(node.test):
            if part.span in idle and part.span not in found:
                del idle[part.span]  # in this copy of the line, or in this place, it does change something
    told: set[Span] = set()
    for span, node in idle.items():
        if node.span not in told:
            told.add(node.span)  # with one part gone, another may count again
            yield of_every_case(Check.BRANCHES, "PX413", span)


def is_turn(node: Decision) -> bool:
    """Return whether a decision is the turn of a `para cada`: nobody wrote it as a condition."""
    return isinstance(node.test, Contains) and node.test.member.span == node.span


def _dead(proofs: Proofs, found: _Dead) -> ProofFinding:
    node, edge, here = found
    known = possible_text(proofs, here, facts_read(node.test, proofs.policy.checked.definitions))
    branch = edge.branch
    match branch.kind:
        case BranchKind.YES:
            return of_every_case(Check.BRANCHES, "PX412", node.span, answer="@never", known=known)
        case BranchKind.NO:
            return of_every_case(Check.BRANCHES, "PX412", node.span, answer="@always", known=known)
        case _:
            span = branch.patterns[0].span.to(branch.patterns[-1].span) if branch.patterns else branch.span
            return of_every_case(Check.BRANCHES, "PX411", span or node.span, known=known)


def _idle(proofs: Proofs, condition: Expression, here: int) -> Iterator[Expression]:
    """Yield the parts that `e` and `ou` put together without need: the others decide."""
    both, meaning = proofs.diagrams.both, proofs.meaning
    match condition:
        case Not(operand=operand):
            yield from _idle(proofs, operand, here)
        case And(operands=operands) | Or(operands=operands):
            is_all = isinstance(condition, And)
            truths = [meaning.truth(each) for each in operands]
            for place, operand in enumerate(operands):
                left = here
                for other, truth in enumerate(truths):
                    if other != place and left != NO_CASE:
                        left = proofs.diagrams.minus(left, truth.no if is_all else truth.yes)
                if not both(left, truths[place].no if is_all else truths[place].yes):
                    yield operand  # of copies of the line, another may need it and not a part of it: go on
                if isinstance(operand, And | Or | Not):
                    yield from _idle(proofs, operand, left)
        case _:
            return


def _operands(condition: Expression) -> Iterator[Expression]:
    """Yield what `e`, `ou` and `não` put together, at any depth."""
    match condition:
        case Not(operand=operand):
            yield from _operands(operand)
        case And(operands=operands) | Or(operands=operands):
            for each in operands:
                yield each
                yield from _operands(each)
        case _:
            return
