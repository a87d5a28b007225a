"""What the checks found: a diagnostic each, with a case where there is one to show.

In: codes, places and cases. Out: `ProofFinding`; the words come from the catalogue, the case from a walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.source import Span
from praxe.engine.prove.verdict import PROVED, Answer, ShownCase, Verdict


class Check(Enum):
    """One kind of question that is put to the whole policy; each can be asked alone."""

    ASSUMPTIONS = "assumptions"  # do they contradict each other?
    RULES = "rules"  # does every rule hold for every case?
    COMPLETENESS = "decided"  # is every case decided?
    BRANCHES = "branches"  # is every branch taken, every condition sometimes yes and sometimes no?
    DEFINITIONS = "definitions"  # does every line of a definition and row of a table answer some case?
    OTHERWISE = "otherwise"  # does a `senão` take values that nobody ever named?
    QUESTIONS = "questions"  # does every answer asked for change something?
    EVENTS = "events"  # can every wait and every retry end either way?
    STEPS = "steps"  # is a step done twice, do two steps on one path contradict each other?
    CLASHES = "clashes"  # do two rules demand what cannot be had together?


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFinding:
    """One finding. `answer` says how sure it is: refuted with a case, unknown and why, or true of every case."""

    check: Check
    diagnostic: Diagnostic
    answer: Answer

    @property
    def case(self) -> ShownCase | None:
        """The case that shows it."""
        return self.answer.case

    @property
    def is_unknown(self) -> bool:
        """Whether the question stays open."""
        return self.answer.verdict is Verdict.UNKNOWN


def of_every_case(check: Check, code: str, span: Span, *related: Related, **args: str) -> ProofFinding:
    """Return a finding that is proved of every case."""
    return ProofFinding(check=check, diagnostic=Diagnostic(code, span, args, related), answer=PROVED)


def of_a_case(check: Check, code: str, span: Span, answer: Answer, *related: Related, **args: str) -> ProofFinding:
    """Return a finding that a case shows; or, where none could be shown, the question that stays open."""
    if answer.verdict is Verdict.UNKNOWN:
        assert answer.why is not None
        args = {"why": f"@{answer.why.value}", "check": f"@{check.value}"}
        return ProofFinding(check=check, diagnostic=Diagnostic("PX405", span, args, related), answer=answer)
    return ProofFinding(check=check, diagnostic=Diagnostic(code, span, args, related), answer=answer)
