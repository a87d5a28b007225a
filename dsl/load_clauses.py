"""`clauses.yaml`: the register of what the source texts say, clause by clause.

In: the text of the file. Out: the clauses by id, in the declared order, and the findings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import CLAUSES
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Clause, Words
from praxe.dsl.yaml_fields import Fields, block, fields
from praxe.dsl.yaml_names import is_clause_id
from praxe.dsl.yaml_nodes import Entry
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report, first_line
from praxe.dsl.yaml_values import text

KINDS: Final = (
    "obligation",
    "prohibition",
    "permission",
    "condition",
    "definition",
    "deadline",
    "literal",
    "guidance",
    "example",
    "exception",
    "structure",
)

DIGEST: Final = re.compile(r"[0-9a-f]{16}")

_REQUIRED: Final = ("document", "kind", "paraphrase")
_KEYS: Final = ("document", "section", "locator", "lines", "digest", "kind", "paraphrase", "literals", "guidance")


def load_clauses(
    source: SourceText, *, language: str, documents: Collection[str] | None = None
) -> tuple[Mapping[ClauseId, Clause] | None, tuple[Diagnostic, ...]]:
    """Read `clauses.yaml`; None if it cannot be read at all.

    Args:
        documents: the ids of the source texts that `policy.yaml` names; None if they are not known.
    """
    node, problems = read_yaml(source)
    if node is None and problems:
        return None, problems
    report = Report(source.path, language=language)
    if node is None:
        report.empty_file(CLAUSES)
        return None, report.findings()
    read = [_clause(report, entry, documents) for entry in block(report, CLAUSES, node)]
    return {clause.name: clause for clause in read if clause}, (*problems, *report.findings())


def _clause(report: Report, entry: Entry, documents: Collection[str] | None) -> Clause | None:
    """Read one clause; what is missing is left blank, so that it can still be cited."""
    if not is_clause_id(report, entry.key):
        return None
    found = fields(report, entry.key, entry.value, keys=_KEYS, required=_REQUIRED) if report.is_filled(entry) else None
    found = found or Fields.none(report, entry.key)
    return Clause(
        name=ClauseId(entry.key.text),
        document=_document(found, documents) or "",
        section=found.text("section") or "",
        locator=found.text("locator") or "",
        kind=found.one_of("kind", KINDS) or "",
        paraphrase=found.words("paraphrase") or Words({report.language: entry.key.text}),
        literals=found.texts("literals"),
        lines=found.wholes("lines"),
        digest=_digest(found),
        guidance=found.words("guidance"),
        span=entry.key.span,
    )


def _document(found: Fields, documents: Collection[str] | None) -> str | None:
    document, node = found.text("document"), found.node("document")
    if node and document and documents is not None and document not in documents:
        found.report.add("PX179", node.span, name=document, near=found.report.near(document, documents))
    return document


def _digest(found: Fields) -> str | None:
    written, node = found.text("digest"), found.node("digest")
    if node is None or written is None or DIGEST.fullmatch(written):
        return written
    found.report.add("PX165", first_line(node.span), key="digest", expected="@digest", example='"0123456789abcdef"')
    return None


def cited_clauses(found: Fields, known: Collection[str] | None) -> tuple[ClauseId, ...]:
    """Return the list of clauses under `clauses`; one that is not in the register is noted.

    Args:
        known: the ids of the register; None if there is none, and any may be cited.
    """
    cited: list[ClauseId] = []
    for node in found.items("clauses"):
        name = text(found.report, "clauses", node)
        if name and known is not None and name not in known:
            found.report.add("PX178", node.span, name=name, near=found.report.near(name, known))
        elif name:
            cited.append(ClauseId(name))
    return tuple(cited)
