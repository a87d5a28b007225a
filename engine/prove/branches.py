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
    taken: set[tuple[Span, str]] = set()
    dead: dict[tuple[Span, str], _Dead] = {}
    for number, node in enumerate(proofs.flow.nodes):
        here = proofs.whole.at[number]
        if not here or not isinstance(node, Decision) or is_turn(node):
            continue
        for edge in proofs.flow.edges[number]:
            key = (node.span, edge.branch.key)
            if proofs.diagrams.both(here, edge.cases):
                taken.add(key)
            else:
                dead.setdefault(key, _Dead(node, edge, here))
    for key, found in dead.items():
        if key not in taken:
            yield _dead(proofs, found)


def idle_parts(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the parts of conditions that change nothing where they stand."""
    idle: dict[Span, tuple[Decision, int] | None] = {}
    for number, node in enumerate(proofs.flow.nodes):
        here = proofs.whole.at[number]
        if not here or not isinstance(node, Decision) or not isinstance(node.test, And | Or | Not):
            continue
        truth = proofs.meaning.truth(node.test)
        if not proofs.diagrams.both(here, truth.yes) or not proofs.diagrams.both(here, truth.no):
            continue  # all of it is told already
        found = {part.span for part in _idle(proofs, node.test, here)}
        for part in node.test.descendants():
            if part.span in found:
                idle.setdefault(part.span, (node, here))
            elif isinstance(part, Expression):
                idle[part.span] = None  # in this copy of the line, or in this place, it does change something
    told: set[Span] = set()
    for span, where in idle.items():
        if where is not None and where[0].span not in told:
            told.add(where[0].span)  # with one part gone, another may count again
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
    diagrams, meaning = proofs.diagrams, proofs.meaning
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
                        left = diagrams.both(left, truth.yes if is_all else truth.no)
                counts = truths[place].no if is_all else truths[place].yes
                if left and not diagrams.both(left, counts):
                    yield operand
                elif left:
                    yield from _idle(proofs, operand, left)
        case _:
            return
