"""`vocabulary.yaml`: the facts, actions and outcomes that the procedures speak of, and what is taken for granted.

In: the text of the file. Out: the `Vocabulary`, the names that were written but cannot be used, and the findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.file_names import VOCABULARY
from praxe.dsl.load_actions import check_conflicts, read_action
from praxe.dsl.load_assumptions import read_assumptions
from praxe.dsl.load_facts import read_fact
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId, OutcomeName
from praxe.dsl.vocabulary import Clause, Color, Outcome, Vocabulary, Words
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_names import is_name
from praxe.dsl.yaml_nodes import Entry, Scalar
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report

_KINDS: Final = ("facts", "actions", "outcomes")
_KEYS: Final = (*_KINDS, "assumptions")


@record
class LoadedVocabulary(RecordBase):
    """What `vocabulary.yaml` says.

    `broken` are the names of entries that are written there with a mistake that leaves them out of `vocabulary`:
    whoever finds one used need not call it unknown.
    """

    vocabulary: Vocabulary
    broken: frozenset[str] = frozenset()


def load_vocabulary(
    source: SourceText,
    *,
    language: str,
    clauses: Mapping[ClauseId, Clause] | None = None,
    reserved_words: frozenset[str] = frozenset(),
) -> tuple[LoadedVocabulary | None, tuple[Diagnostic, ...]]:
    """Read `vocabulary.yaml`; None if it cannot be read at all.

    Args:
        language: the policy's, in which texts are written that do not say theirs.
        clauses: the register; None if the policy has none, and any clause may be cited.
        reserved_words: the words of the language, which cannot be names.
    """
    node, problems = read_yaml(source)
    if node is None and problems:
        return None, problems
    report = Report(source.path, language=language, reserved_words=reserved_words)
    found = fields(report, VOCABULARY, node, keys=_KEYS)
    loaded = _load(source, found, clauses) if found else None
    return loaded, (*problems, *report.findings())


def _load(source: SourceText, found: Fields, clauses: Mapping[ClauseId, Clause] | None) -> LoadedVocabulary:
    report = found.report
    facts = [(entry.key, read_fact(report, entry, clauses)) for entry in found.entries("facts")]
    actions = [(entry.key, read_action(source, report, entry, clauses)) for entry in found.entries("actions")]
    outcomes = [(entry.key, _read_outcome(report, entry)) for entry in found.entries("outcomes")]
    _check_names(report, (key for key, _ in (*facts, *actions, *outcomes)))
    check_conflicts(report, found.entries("actions"), found.names("actions"))
    vocabulary = Vocabulary(
        facts={fact.name: fact for _, fact in facts if fact},
        actions={action.name: action for _, action in actions if action},
        outcomes={outcome.name: outcome for _, outcome in outcomes if outcome},
        clauses=clauses or {},
        assumptions=read_assumptions(found, clauses),
    )
    written = {name for kind in _KINDS for name in found.names(kind)}
    usable = {*vocabulary.facts, *vocabulary.actions, *vocabulary.outcomes}
    return LoadedVocabulary(vocabulary=vocabulary, broken=frozenset(written - usable))


def _check_names(report: Report, keys: Iterable[Scalar]) -> None:
    """Find names that stand under two of the three kinds: conditions and rules could mean either."""
    first: dict[str, Span] = {}
    for key in sorted(keys, key=lambda each: each.span):
        if key.text in first:
            report.add("PX177", key.span, related=(Related(first[key.text], "first"),), name=key.text)
        else:
            first[key.text] = key.span


def _read_outcome(report: Report, entry: Entry) -> Outcome | None:
    can_be_named = is_name(report, entry.key)
    found = fields(report, entry.key, entry.value, keys=("label", "meaning", "color", "kept"), required=("label",))
    if not found:
        return None
    label, meaning, color = found.words("label"), found.words("meaning"), found.member("color", Color)
    if not can_be_named:
        return None
    return Outcome(
        name=OutcomeName(entry.key.text),
        label=label or Words({report.language: entry.key.text}),
        meaning=meaning,
        kept=found.words("kept"),
        color=color or Color.GRAY,
        span=entry.key.span,
    )
