"""A policy opened for a command.

In: a folder, or a file of `praxe compile`. Out: a `Policy` ready to decide; or its findings on stderr and exit code 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxe.cli import policy_cache
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.load import PolicyFiles, read_folder, read_texts
from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy

if TYPE_CHECKING:
    from praxe.engine.compile import CompiledPolicy


def open_policy(folder: Path, terminal: Terminal) -> Policy:
    """Return the policy in `folder`, or of a compiled file; tell its errors and leave if it has any."""
    if is_compiled(folder):
        return open_compiled(folder).policy
    files = read_folder(folder)
    policy = policy_cache.kept(files)
    if policy is None:
        policy = _checked(files, terminal)
        policy_cache.keep(files, policy)
    return Policy(policy)


def is_compiled(path: Path) -> bool:
    """Whether a path names a file of `praxe compile`: a policy itself is a folder."""
    return path.suffix == ".json" and not path.is_dir()


def open_compiled(path: Path) -> CompiledPolicy:
    """Return the compiled policy in a file.

    Raises:
        CompiledError: there is none. A PraxeError.
    """
    from praxe.engine.compile import CompiledPolicy

    return CompiledPolicy.load(path)


def open_texts(name: str, texts: Mapping[str, str], terminal: Terminal) -> Policy:
    """Return the policy of texts that lie in no folder; tell its errors and leave if it has any."""
    return Policy(_checked(read_texts(name, texts), terminal))


def _checked(files: PolicyFiles, terminal: Terminal) -> CheckedPolicy:
    from praxe.cli.findings import has_errors, in_words, tell_findings
    from praxe.cli.grammar_cache import grammar_cache
    from praxe.cli.text_cache import TextCache
    from praxe.dsl.passes import check_files

    keeper = TextCache()
    checked = check_files(files, cache=grammar_cache(), keeper=keeper, thorough=False)
    keeper.tidy()
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
