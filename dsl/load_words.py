"""All the YAML files of a policy, read together.

In: the texts of a policy's folder. Out: its manifest, vocabulary and translations, with every finding. Each file is
read even when another has mistakes; what cannot be known because of them is not reported a second time. What reads a
file is imported when it is read: with a keeper most are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keeping import Keeper, kept_or_made, name_of
from praxe.dsl.load import PolicyFiles
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import DEFAULT_LANGUAGE, Clause, Manifest, SourceFinding, Vocabulary

Loaded = TypeVar("Loaded")
_Read = tuple[Loaded, tuple[Diagnostic, ...]]  # what a file says, and what is wrong with it
_Vocabulary = tuple[Vocabulary | None, frozenset[str]]


@record
class PolicyWords(RecordBase):
    """What the YAML files of a policy say.

    `manifest` and `vocabulary` are None when their files are missing or have mistakes one cannot go on with;
    `broken_words` are names written in the vocabulary with a mistake that leaves them out of it.
    """

    manifest: Manifest | None
    vocabulary: Vocabulary | None
    broken_words: frozenset[str] = frozenset()
    translations: Mapping[str, Mapping[str, tuple[str, Span]]]  # language -> text -> translation and its place
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def language(self) -> str:
        """The policy's language, as far as it is known."""
        return self.manifest.language if self.manifest else DEFAULT_LANGUAGE


def load_words(files: PolicyFiles, *, reserved_words: frozenset[str], keeper: Keeper | None = None) -> PolicyWords:
    """Read the YAML files of a policy.

    Args:
        reserved_words: those of the language, which no name may be.
        keeper: of what each file says, so that only a changed one is read.
    """
    reading = _Reading(files, reserved_words, keeper)
    manifest = reading.manifest()
    reading.language = manifest.language if manifest else DEFAULT_LANGUAGE
    clauses = reading.clauses(manifest)
    findings = reading.findings(clauses)
    vocabulary, broken = reading.vocabulary(clauses)
    return PolicyWords(
        manifest=manifest,
        vocabulary=replace(vocabulary, clauses=clauses or {}, findings=findings) if vocabulary else None,
        broken_words=broken,
        translations=reading.translations(),
        diagnostics=tuple(reading.found),
    )


class _Reading:
    """The files of one policy being read, one after the other; `found` are the findings so far."""

    def __init__(self, files: PolicyFiles, reserved_words: frozenset[str], keeper: Keeper | None) -> None:
        self.language = DEFAULT_LANGUAGE
        self.found: list[Diagnostic] = []
        self._files = files
        self._reserved_words = reserved_words
        self._keeper = keeper

    def manifest(self) -> Manifest | None:
        source = self._files.manifest
        if source is None:
            return None

        def load() -> _Read[Manifest | None]:
            from praxe.dsl.load_manifest import load_manifest

            return load_manifest(source, reserved_words=self._reserved_words)

        return self._read("manifest", source, (), load)

    def clauses(self, manifest: Manifest | None) -> Mapping[ClauseId, Clause] | None:
        source = self._files.clauses
        if source is None:
            return None
        documents = [document for document, _ in manifest.documents] if manifest and manifest.documents else None

        def load() -> _Read[Mapping[ClauseId, Clause] | None]:
            from praxe.dsl.load_clauses import load_clauses

            return load_clauses(source, language=self.language, documents=documents)

        return self._read("clauses", source, (self.language, *_listed(documents)), load)

    def findings(self, clauses: Mapping[ClauseId, Clause] | None) -> Mapping[ClauseId, SourceFinding]:
        source = self._files.findings
        if source is None:
            return {}

        def load() -> _Read[Mapping[ClauseId, SourceFinding]]:
            from praxe.dsl.load_findings import load_findings

            return load_findings(source, language=self.language, clauses=clauses)

        return self._read("findings", source, (self.language, *_listed(clauses)), load)

    def vocabulary(self, clauses: Mapping[ClauseId, Clause] | None) -> _Vocabulary:
        """Return the vocabulary without its clauses, which are kept with their own file, and the broken names."""
        source = self._files.vocabulary
        if source is None:
            return None, frozenset()

        def load() -> _Read[_Vocabulary]:
            from praxe.dsl.load_vocabulary import load_vocabulary

            loaded, problems = load_vocabulary(
                source, language=self.language, clauses=clauses, reserved_words=self._reserved_words
            )
            if loaded is None:
                return (None, frozenset()), problems
            return (replace(loaded.vocabulary, clauses={}), loaded.broken), problems

        return self._read("vocabulary", source, (self.language, *_listed(clauses)), load)

    def translations(self) -> dict[str, Mapping[str, tuple[str, Span]]]:
        read = {language: self._table(language, source) for language, source in self._files.translations}
        return {language: table for language, table in read.items() if table is not None}

    def _table(self, language: str, source: SourceText) -> Mapping[str, tuple[str, Span]] | None:
        def load() -> _Read[Mapping[str, tuple[str, Span]] | None]:
            from praxe.dsl.load_texts import load_texts

            return load_texts(source, language=language)

        return self._read("texts", source, (language,), load)

    def _read(
        self, kind: str, source: SourceText, made_from: tuple[str, ...], load: Callable[[], _Read[Loaded]]
    ) -> Loaded:
        """Return what a file says, read or kept; `made_from` is what it is read by, beside its text."""
        loaded, problems = kept_or_made(self._keeper, (kind, *name_of(source), *made_from), load)
        self.found.extend(problems)
        return loaded


def _listed(names: Iterable[str] | None) -> tuple[str, ...]:
    return ("any",) if names is None else ("these", *names)
