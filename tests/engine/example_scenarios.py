"""Runs one example text of the catalogue that is a file of scenarios, against the shared example policy."""

from __future__ import annotations

import functools

from praxe.dsl import check_policy_texts
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.source import SourceText
from praxe.engine import Policy
from praxe.engine.scenarios import read_scenarios
from tests.dsl.example import example_files

MORE = """defina muito_atrasado: dias_atraso > 30

procedimento reclamacao "Reclamação":
  lacuna "O texto não fala de quem só reclama."  [ex.1]
"""


def check_scenarios(file_name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in an example, whose file is called `file_name`."""
    return read_scenarios([SourceText.of(file_name, text)], example_policy()).diagnostics


@functools.cache
def example_policy() -> Policy:
    """Return the shared example policy, with one fact that it works out and one gap."""
    checked, diagnostics = check_policy_texts("example", {**example_files(), "outro.praxe": MORE})
    assert checked, diagnostics
    return Policy(checked)
