"""A policy opened for a command.

In: a folder. Out: a `Policy` ready to decide; or its findings on stderr and exit code 1.
"""

from __future__ import annotations

from pathlib import Path

import click

from praxe.cli import policy_cache
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.load import PolicyFiles, read_folder
from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy


def open_policy(folder: Path, terminal: Terminal) -> Policy:
    """Return the policy in `folder`; tell its errors and leave if it has any."""
    files = read_folder(folder)
    policy = policy_cache.kept(files)
    if policy is None:
        policy = _checked(files, terminal)
        policy_cache.keep(files, policy)
    return Policy(policy)


def _checked(files: PolicyFiles, terminal: Terminal) -> CheckedPolicy:
    from praxe.cli.findings import has_errors, in_words, tell_findings
    from praxe.cli.grammar_cache import grammar_cache
    from praxe.dsl.passes import check_files

    checked = check_files(files, cache=grammar_cache(), thorough=False)
    if checked.policy is None:
        errors = [each for each in checked.diagnostics if has_errors(in_words([each], terminal))]
        tell_findings(errors, checked.sources, terminal)
        raise click.exceptions.Exit(1)
    return checked.policy


def known_procedure(name: str | None, policy: Policy) -> ProcedureName | None:
    """Return the name of a procedure, once it is found in the policy."""
    procedures = policy.checked.procedures
    if name is None:
        return None
    if name not in procedures:
        from praxe.dsl.near import nearest

        near = nearest(name, procedures)
        hint = "misuse.near" if near else None
        raise Misuse("misuse.procedure", hint=hint, name=name, near=near, known=", ".join(procedures))
    return ProcedureName(name)
