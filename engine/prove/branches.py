"""Branches that no case takes, conditions that are always yes or always no, and parts of them that change nothing.

In: what every possible case reaches. Out: findings, each true of every case. What lies beyond a branch never taken is
not told again; the copies of a line that `para cada` makes are one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from praxe.dsl.source import Span
from praxe.dsl.tree import And, Contains, Expression, Not, Or
from praxe.engine.graph import Branch, BranchKind, Decision
from praxe.engine.needed import facts_read
from praxe.engine.prove.authors_words import possible_text
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.proofs import Proofs

_JOINED: Final = (And, Or)
_WITH_PARTS: Final = (And, Or, Not)


class _Dead(NamedTuple):
    node: Decision
    branch: Branch
    here: int


def dead_branches(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the branches of decisions that no case takes."""
    flow, at, meets = proofs.flow, proofs.cases_at, proofs.diagrams.meets
    dead: dict[tuple[Span, str], _Dead] = {}
    for number, node in flow.decisions:
        here = at[number]
        for place, cases in enumerate(flow.cases_of[number] if here else ()):
            if not meets(here, cases) and not is_turn(node):
                branch = flow.branches[number][place]
                dead.setdefault((node.span, branch.key), _Dead(node, branch, here))
    lines = {span.line for span, _ in dead}
    for number, node in flow.decisions if dead else ():  # another copy of the line may take the branch
        if node.span.line in lines and at[number]:
            for branch, cases in zip(flow.branches[number], flow.cases_of[number], strict=True):
                if meets(at[number], cases):
                    dead.pop((node.span, branch.key), None)
    for found in dead.values():
        yield _dead(proofs, found)


def idle_parts(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the parts of conditions that change nothing where they stand."""
    meets, tested = proofs.diagrams.meets, []
    idle: dict[Span, Decision] = {}
    for number, node in proofs.flow.decisions:
        here = proofs.cases_at[number]
        if not here or not _is_put_together(node.test):
            continue
        truth = proofs.meaning.truth(node.test)
        if not meets(here, truth.yes) or not meets(here, truth.no):
            continue  # all of it is told already
        if not proofs.flow.is_total:  # where a condition has no answer, no part of it changes that
            here = proofs.diagrams.both(here, proofs.diagrams.either(truth.yes, truth.no))
        found = [part.span for part in _idle(proofs, node.test, here)]
        tested.append((node, found))
        for span in found:
            idle.setdefault(span, node)
    lines = {span.line for span in idle}
    for node, found in tested if idle else ():
        for part in _operands(node.test):
            if part.span.line in lines and part.span in idle and part.span not in found:
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
    node, branch, here = found
    known = possible_text(proofs, here, facts_read(node.test, proofs.policy.checked.definitions))
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
            settled = [truth.no if is_all else truth.yes for truth in truths]  # by each part alone
            whole = meaning.truth(condition)
            by_any = diagrams.both(here, whole.no if is_all else whole.yes)
            for place, operand in enumerate(operands):
                others = diagrams.any_of(settled[:place] + settled[place + 1 :])
                if not diagrams.meets(by_any, diagrams.without(others)):
                    yield operand  # of copies of the line, another may need it and not a part of it: go on
                if isinstance(operand, _WITH_PARTS):
                    yield from _idle(proofs, operand, diagrams.minus(here, others))
        case _:
            return


def _is_put_together(condition: Expression) -> bool:
    """Return whether a condition has parts, whatever is denied of it."""
    while isinstance(condition, Not):
        condition = condition.operand
    return isinstance(condition, _JOINED)


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
