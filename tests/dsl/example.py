"""Runs one example text of the catalogue: alone with the shared example policy, as if it were a file of it."""

from __future__ import annotations

import functools
from pathlib import Path
from types import MappingProxyType
from typing import Final

from praxe.dsl.diagnostics import Diagnostic

EXAMPLE_POLICY: Final = Path(__file__).parent / "example"


def check_example(file_name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in an example, whose file is called `file_name`."""
    if file_name.endswith(".yaml"):
        from tests.dsl import example_yaml

        return tuple(example_yaml.check_example(file_name, text))
    return check_in_policy(file_name, text)


def check_in_policy(file_name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in the shared example policy when `text` is its file `file_name`."""
    from praxe.dsl.passes import check_policy_texts

    if file_name.startswith("scenarios/"):
        from tests.engine.example_scenarios import check_scenarios

        return check_scenarios(file_name, text)
    files = dict(example_files())
    if file_name.endswith(".praxe"):
        files = {name: known for name, known in files.items() if not name.endswith(".praxe")}
    _, diagnostics = check_policy_texts("example", MappingProxyType(files | {file_name: text}))
    return diagnostics


@functools.cache
def example_files() -> MappingProxyType[str, str]:
    """Return the texts of the shared example policy."""
    return MappingProxyType({path.name: path.read_text("utf-8") for path in sorted(EXAMPLE_POLICY.iterdir())})
