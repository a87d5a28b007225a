"""What the files of a policy are called, and how long each may be."""

from __future__ import annotations

import re
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.source import Span

MANIFEST: Final = "policy.yaml"
VOCABULARY: Final = "vocabulary.yaml"
CLAUSES: Final = "clauses.yaml"
FINDINGS: Final = "findings.yaml"
TRANSLATIONS: Final = re.compile(r"texts\.(?P<language>[^.]+)\.yaml")
PROCEDURES: Final = ".praxe"
SCENARIOS: Final = "scenarios"  # a folder

MAX_BYTES: Final = 5 * 1024 * 1024


def is_yaml_of_a_policy(name: str) -> bool:
    """Return whether a file of that name in a policy's folder belongs to the policy."""
    return name in {MANIFEST, VOCABULARY, CLAUSES, FINDINGS} or bool(TRANSLATIONS.fullmatch(name))


def too_long(path: str) -> Diagnostic:
    """Return the finding about a file of more than `MAX_BYTES`."""
    return Diagnostic("PX161", Span(path, 1, 1, 1, 2), {"megabytes": str(MAX_BYTES // 1024**2)})
