"""Proofs as JSON.

In: what the checks came to. Out: a record: a verdict for each check and rule, each finding with its case.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from praxe.cli.findings import in_words
from praxe.cli.terminal import Terminal
from praxe.dsl.messages import Severity, entry
from praxe.dsl.report import as_json
from praxe.engine.policy import Policy
from praxe.engine.prove.findings import ProofFinding
from praxe.engine.prove.run import Proved
from praxe.engine.prove.verdict import ShownCase
from praxe.engine.values import json_value


def proof_record(
    policy: Policy, done: Sequence[Proved], freed: Sequence[ProofFinding] | None, terminal: Terminal
) -> dict[str, Any]:
    """Return the record of proofs; `freed` are the findings that only an assumption rules out, if they were asked."""
    every = [found for each in done for found in each.findings]
    return {
        "policy": dict(policy.identity),
        "verdict": _worst(every),
        "checks": [
            {
                "check": each.check.value,
                "verdict": _worst(each.findings),
                "findings": [_finding(found, terminal) for found in each.findings],
            }
            for each in done
        ],
        "rules": [
            {
                "path": rule.span.path,
                "line": rule.span.line,
                "verdict": answer.verdict.value,
                "vacuous": answer.is_vacuous,
                "clauses": [clause.name for clause in rule.clauses],
            }
            for each in done
            for rule, answer in each.rules
        ],
        "assumed": None if freed is None else [_finding(found, terminal) for found in freed],
    }


def case_record(case: ShownCase, language: str) -> dict[str, Any]:
    """Return a case: all its facts, those that make it what it is, and what the policy decides on it."""
    decision, known = case.decision.in_language(language), case.decision.policy.facts
    facts = {name: json_value(value, known.get(name)) for name, value in decision.facts.items()}
    return {
        "start": decision.start,
        "now": decision.now.isoformat() if decision.now else None,
        "facts": facts,
        "deciding": [name for name in case.facts if name in facts],
        "status": decision.status.value,
        "outcome": decision.outcome,
        "steps": [step.text for step in decision.steps],
        "path": [{"node": visit.node, "branch": visit.branch} for visit in decision.trace],
    }


def _finding(found: ProofFinding, terminal: Terminal) -> dict[str, Any]:
    (told,) = json.loads(as_json(in_words([found.diagnostic], terminal)))
    return {
        **told,
        "verdict": _verdict(found),
        "why": found.answer.why.value if found.answer.why else None,
        "case": case_record(found.case, terminal.language) if found.case else None,
    }


def _verdict(found: ProofFinding) -> str:
    if found.is_unknown:
        return "unknown"
    return "refuted" if entry(found.diagnostic.code).severity is Severity.ERROR else "remark"


def _worst(found: Sequence[ProofFinding]) -> str:
    verdicts = {_verdict(each) for each in found}
    return next((each for each in ("refuted", "unknown", "remark") if each in verdicts), "proved")
