"""A policy whose names, types and coverage have been checked: what `engine` turns into a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import Always, ClauseId, Definition, FactName, File, Never, Procedure, ProcedureName, Table
from praxe.dsl.vocabulary import Assumption, Fact, Manifest, Vocabulary


@record
class CheckedPolicy(RecordBase):
    """The whole policy, names resolved.

    INVARIANT: calls form a DAG, definitions too; every name exists; every expression fits its type.
    """

    manifest: Manifest
    vocabulary: Vocabulary
    files: tuple[File, ...]
    procedures: Mapping[ProcedureName, Procedure]  # in the author's order, files by path
    definitions: Mapping[FactName, Definition | Table]  # each after the definitions it reads
    derived: Mapping[FactName, Fact]  # type, label and values of each definition's result
    rules: tuple[Never | Always, ...]
    translations: Mapping[str, Mapping[str, str]]  # language -> text in a *.praxe file -> its translation
    assumptions: tuple[Assumption, ...] = ()  # names resolved
    digest: str  # "sha256:…" of the policy's files (scenarios apart)

    def fact(self, name: FactName) -> Fact:
        """Return the fact called `name`, derived or not."""
        return self.derived.get(name) or self.vocabulary.facts[name]

    def clauses_among(self, cited: Iterable[ClauseId]) -> tuple[ClauseId, ...]:
        """Return those of the cited ids that are clauses: findings are cited in the same brackets."""
        return tuple(each for each in cited if each not in self.vocabulary.findings)

    def words(self, text: str, language: str) -> str:
        """Return the translation of a text of a *.praxe file, or the text itself."""
        return self.translations.get(language, {}).get(text, text)
