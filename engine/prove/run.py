"""All checks of a policy, one after the other, each of which can be asked alone.

In: a policy. Out: what each check found, as soon as it is done, and the answer for every rule. Assumptions come first:
if they contradict each other, nothing else can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import Table
from praxe.engine.compile.uncollected import uncollected
from praxe.engine.policy import Policy
from praxe.engine.prove.assumed import contradicting_assumptions
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.branches import dead_branches, idle_parts
from praxe.engine.prove.clashes import clashing_rules, differing_limits
from praxe.engine.prove.confirmed import open_branches
from praxe.engine.prove.definitions import idle_lines
from praxe.engine.prove.events import settled_events
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case, of_every_case
from praxe.engine.prove.gaps import undecided_cases
from praxe.engine.prove.limits import differing_places
from praxe.engine.prove.otherwise import forgotten_values
from praxe.engine.prove.parted import parted_procedures
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.questions import idle_questions
from praxe.engine.prove.rules import Rule, prove_rule
from praxe.engine.prove.steps import contradicting_steps, repeated_steps
from praxe.engine.prove.verdict import Answer, Verdict

_Run = Callable[[Proofs], Iterable[ProofFinding]]

CHECKS: Final = tuple(Check)
CHEAP: Final = (  # those that `praxe check` runs too
    Check.ASSUMPTIONS,
    Check.COMPLETENESS,
    Check.BRANCHES,
    Check.DEFINITIONS,
    Check.OTHERWISE,
    Check.QUESTIONS,
    Check.EVENTS,
)
_RUNS: Final[Mapping[Check, tuple[_Run, ...]]] = MappingProxyType(
    {
        Check.ASSUMPTIONS: (contradicting_assumptions,),
        Check.COMPLETENESS: (undecided_cases,),
        Check.BRANCHES: (dead_branches, open_branches, idle_parts),
        Check.DEFINITIONS: (idle_lines,),
        Check.OTHERWISE: (forgotten_values,),
        Check.QUESTIONS: (idle_questions,),
        Check.EVENTS: (settled_events,),
        Check.STEPS: (repeated_steps, contradicting_steps),
        Check.CLASHES: (clashing_rules, differing_limits, differing_places, parted_procedures),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What one check came to. `rules` are the answers for each rule, of the check of rules alone."""

    check: Check
    findings: tuple[ProofFinding, ...]
    rules: tuple[tuple[Rule, Answer], ...] = ()


def prove(policy: Policy, checks: Collection[Check] = CHECKS, *, respects_assumptions: bool = True) -> Iterator[Proved]:
    """Yield what each of some checks comes to, in their order.

    Args:
        respects_assumptions: leave out the cases that break an assumption.
    """
    with uncollected():  # what is found out is kept for all checks
        proofs = Proofs(policy, respects_assumptions=respects_assumptions)
        contradiction = tuple(contradicting_assumptions(proofs)) if respects_assumptions else ()
    if contradiction:
        yield Proved(check=Check.ASSUMPTIONS, findings=contradiction)
        if not all(each.is_unknown for each in contradiction):
            return
    for check in CHECKS:
        if check in checks and not (check is Check.ASSUMPTIONS and contradiction):
            with uncollected():
                done = _rules(proofs) if check is Check.RULES else _run(proofs, check)
            yield done


def ruled_out_by_assumptions(policy: Policy, checks: Collection[Check] = CHECKS) -> tuple[ProofFinding, ...]:
    """Return the findings that would be there without the assumptions, and are not with them."""
    if not policy.checked.assumptions:
        return ()
    told = {_identity(each) for done in prove(policy, checks) for each in done.findings}
    freely = (each for done in prove(policy, checks, respects_assumptions=False) for each in done.findings)
    left = tuple(each for each in freely if _identity(each) not in told)
    return (*left, *_of_tables(policy)) if Check.DEFINITIONS in checks else left


def _of_tables(policy: Policy) -> Iterator[ProofFinding]:
    """Yield the gaps and overlaps of tables that only an assumption rules out: the checker has left them out."""
    from praxe.dsl.keywords import faces
    from praxe.dsl.table_coverage import World, ruled_out  # only `--assumed` asks

    checked = policy.checked
    languages = {item.name: file.language for file in checked.files for item in file.items if isinstance(item, Table)}
    world = World(fact=checked.fact, assumptions=checked.assumptions)
    for table in checked.definitions.values():
        if isinstance(table, Table):
            face = faces()[languages.get(table.name, checked.manifest.language)]
            for each in ruled_out(table, world, face):
                yield ProofFinding(check=Check.DEFINITIONS, diagnostic=each, answer=Answer(verdict=Verdict.PROVED))


def _identity(finding: ProofFinding) -> object:
    return (finding.diagnostic.code, finding.diagnostic.span)


def _run(proofs: Proofs, check: Check) -> Proved:
    found = chain.from_iterable(run(proofs) for run in _RUNS[check])
    return Proved(check=check, findings=tuple(sorted(found, key=_place)))


def _place(finding: ProofFinding) -> tuple[str, int, int, int, int]:
    span = finding.diagnostic.span
    return span.path, span.line, span.column, span.end_line, span.end_column  # compared faster than spans


def _rules(proofs: Proofs) -> Proved:
    answers = tuple((rule, prove_rule(proofs, rule)) for rule in proofs.policy.checked.rules)
    findings = (found for rule, answer in answers for found in _of_rule(proofs, rule, answer))
    return Proved(check=Check.RULES, findings=tuple(findings), rules=answers)


def _of_rule(proofs: Proofs, rule: Rule, answer: Answer) -> Iterator[ProofFinding]:
    if answer.is_vacuous:
        yield of_every_case(Check.RULES, "PX424", rule.span)
    elif answer.verdict is not Verdict.PROVED:
        example = ""
        related: tuple[Related, ...] = ()
        if answer.case:
            example = case_text(proofs.policy, answer.case.facts)
            last = answer.case.decision.arrival.spot.node
            related = (Related(last.span, "end"),)
        yield of_a_case(Check.RULES, "PX404", rule.span, answer, *related, example=example)
