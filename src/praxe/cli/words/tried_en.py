"""What the commands that try a policy say in English: scenarios, test, prove."""

from __future__ import annotations

from typing import Final

PHRASES: Final = {
    # --- scenarios
    "scenarios.progress": "making cases",
    "scenarios.met": "the scenarios reach {met} of {goals} places, answers and limits",
    "scenarios.how": "`--generate --missing` makes the missing ones",
    "scenarios.made": (
        "{cases} cases for {goals} places, answers and limits ({met_before} met already, {unmet} without a case)"
    ),
    "scenarios.written": (
        "{path}: {cases} cases for {goals} places, answers and limits ({met_before} met already, {unmet} without"
        " a case)"
    ),
    # --- test --mutants
    "mutants.progress": "mistakes made on purpose",
    "mutants.score": "the scenarios notice {noticed} of {total} mistakes made on purpose ({percent}%)",
    "mutants.changed": "{what}: `{before}` became `{after}`, and no scenario notices",
    "mutants.lost": "{what}: `{before}`, and no scenario notices",
    "mutants.limit": "another limit",
    "mutants.swapped": "two branches in each other's place, and no scenario notices",
    "mutants.dropped": "forgotten",
    "mutants.argument": "another detail",
    "mutants.value": "another answer",
    "mutants.negation": "a condition turned round",
    "mutants.connective": "another condition",
    "mutants.outcome": "another outcome",
    "mutants.deadline": "another deadline",
    "mutants.result": "another result",
    # --- prove
    "prove.saved": "saved: {path}",
    "prove.progress": "proving ({number} of {total}): {check}",
    "prove.assuming.one": "starts from {n} assumption of the vocabulary",
    "prove.assuming.many": "starts from {n} assumptions of the vocabulary",
    "prove.check.assumptions": "Assumptions that go together",
    "prove.check.rules": "Rules",
    "prove.check.decided": "Every case is decided",
    "prove.check.branches": "Every branch is taken by some case",
    "prove.check.definitions": "Every line of a definition or table has its use",
    "prove.check.otherwise": "No value forgotten in an `else`",
    "prove.check.questions": "Every question changes something",
    "prove.check.events": "Every wait or retry can end either way",
    "prove.check.steps": "No step repeated or contrary",
    "prove.check.clashes": "No rule or limit against another",
    "prove.fine": "proved for every case",
    "prove.found.one": "{n} finding",
    "prove.found.many": "{n} findings",
    "prove.rules": "{proved} of {total} proved for every case",
    "prove.case": "The case",
    "prove.told": "What is done",
    "prove.end": "How it ends",
    "prove.lacking": "What is missing",
    "prove.late": "What comes too late",
    "prove.late_at": "{step}: only as step {number}",
    "prove.clause": "What the rule stands for",
    "prove.any_case": "any case",
    "prove.none": "none",
    "prove.today": "Today",
    "prove.assumed.one": "{n} finding that only an assumption rules out",
    "prove.assumed.many": "{n} findings that only an assumption rules out",
    "prove.not_assumed": "what only an assumption rules out was not looked for: the assumptions contradict each other",
    "prove.refuted.one": "{n} refuted",
    "prove.refuted.many": "{n} refuted",
    "prove.unknown.one": "{n} left open",
    "prove.unknown.many": "{n} left open",
    "prove.remarks.one": "{n} remark",
    "prove.remarks.many": "{n} remarks",
    "prove.nothing": "all proved, nothing to report",
    # --- test
    "test.none": "the policy has no scenarios; `praxe scenarios … --generate` makes some",
    "test.all.one": "{n} scenario, as expected",
    "test.all.many": "{n} scenarios, all as expected",
    "test.some": "{passed} of {total} scenarios as expected",
    "test.covered": "coverage: {taken} of {total} answers ({percent}%)",
    "test.figures": "{taken} of {total}",
    "test.thousands": ",",
    "test.paths": "distinct paths taken: {taken} ({finished} to an end); the flow's shape has {possible} whole ones",
    "test.no_answer": "no scenario gives these answers:",
    "test.no_step": "no scenario comes to these steps:",
    "test.no_gap": "no scenario meets these gaps:",
}
