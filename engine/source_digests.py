"""Whether the source texts still say what they said when their clauses were last read.

In: the register and the source texts. Out: a `Comparison`. The texts themselves are in no repository; a clause keeps
the digest of its paragraphs, which says that they changed but not what they say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Clause
from praxe.engine.sources import SourceReport

_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing the texts with the register gave; clauses by name, in the order of the register."""

    digests: Mapping[ClauseId, str]  # as the texts are now; none where a clause names no lines, or too high ones
    same: tuple[ClauseId, ...]
    changed: tuple[ClauseId, ...]
    unrecorded: tuple[ClauseId, ...]  # no digest yet
    without_text: Mapping[str, int]  # document -> its clauses, where no text was given
    without_lines: tuple[ClauseId, ...]  # the register does not say where they stand
    diagnostics: tuple[Diagnostic, ...]  # PX182 for what changed, PX183 for lines that are not there


def digest_of(text: SourceText, lines: Sequence[int]) -> str:
    """Return the digest of some lines, numbered from 1; how they are spaced does not count."""
    said = "\n".join(" ".join(text.line(number).split()) for number in lines)  # NFC already
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def compare(report: SourceReport, texts: Mapping[str, SourceText]) -> Comparison:
    """Compare each clause's lines with its digest.

    Args:
        texts: the source texts by the ids of their documents.
    """
    digests: dict[ClauseId, str] = {}
    sorted_out: dict[str, list[ClauseId]] = {"same": [], "changed": [], "unrecorded": [], "without_lines": []}
    without_text: dict[str, int] = {}
    found: list[Diagnostic] = []
    for each in report.clauses:
        clause = each.clause
        text = texts.get(clause.document)
        if text is None:
            without_text[clause.document] = without_text.get(clause.document, 0) + 1
        elif not clause.lines:
            sorted_out["without_lines"].append(clause.name)
        elif beyond := _beyond(clause, text):
            found.append(beyond)
        else:
            digests[clause.name] = digest_of(text, clause.lines)
            kind = _kind(clause, digests[clause.name])
            sorted_out[kind].append(clause.name)
            if kind == "changed":
                citing = dict.fromkeys(f"`{line.span.path}:{line.span.line}`" for line in each.lines)
                found.append(_changed(clause, ", ".join(citing)))
    return Comparison(
        digests=digests,
        without_text=without_text,
        diagnostics=tuple(found),
        **{kind: tuple(names) for kind, names in sorted_out.items()},
    )


def _kind(clause: Clause, now: str) -> str:
    if clause.digest is None:
        return "unrecorded"
    return "same" if clause.digest == now else "changed"


def _changed(clause: Clause, citing: str) -> Diagnostic:
    numbers = ", ".join(map(str, clause.lines))
    args = {"name": clause.name, "document": clause.document, "lines": numbers}
    return Diagnostic("PX182", clause.span, args | ({"citing": citing} if citing else {}))


def _beyond(clause: Clause, text: SourceText) -> Diagnostic | None:
    total = len(text.text.removesuffix("\n").split("\n")) if text.text else 0
    wrong = next((number for number in clause.lines if not 0 < number <= total), None)
    if wrong is None:
        return None
    args = {"name": clause.name, "document": clause.document, "line": str(wrong), "total": str(total)}
    return Diagnostic("PX183", clause.span, args)
