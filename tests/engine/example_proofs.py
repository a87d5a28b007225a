"""Runs one example text of the catalogue through all proofs, as a file of the shared example policy."""

from __future__ import annotations

from types import MappingProxyType

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.passes import check_policy_texts
from praxe.engine.policy import Policy
from praxe.engine.prove.run import prove
from tests.dsl.example import example_files


def check_proofs(file_name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what checks and proofs find in the shared example policy when `text` is its file `file_name`."""
    files = dict(example_files())
    if file_name.endswith(".praxe"):
        files = {name: known for name, known in files.items() if not name.endswith(".praxe")}
    policy, diagnostics = check_policy_texts("example", MappingProxyType(files | {file_name: text}))
    if policy is None:
        return diagnostics
    return (*diagnostics, *(each.diagnostic for done in prove(Policy(policy)) for each in done.findings))
