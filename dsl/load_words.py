"""All the YAML files of a policy, read together.

In: the texts of a policy's folder. Out: its manifest, vocabulary and translations, with every finding. Each file is
read even when another has mistakes; what cannot be known because of them is not reported a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.load import PolicyFiles
from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.load_findings import load_findings
from praxe.dsl.load_manifest import DEFAULT_LANGUAGE, load_manifest
from praxe.dsl.load_texts import load_texts
from praxe.dsl.load_vocabulary import LoadedVocabulary, load_vocabulary
from praxe.dsl.source import Span
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Clause, Manifest, SourceFinding, Vocabulary


@dataclass(frozen=True, kw_only=True)
class PolicyWords:
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


def load_words(files: PolicyFiles, *, reserved_words: frozenset[str]) -> PolicyWords:
    """Read the YAML files of a policy; `reserved_words` are those of the language, which no name may be."""
    found: list[Diagnostic] = []
    manifest = _manifest(files, reserved_words, found)
    language = manifest.language if manifest else DEFAULT_LANGUAGE
    clauses = _clauses(files, language, manifest, found)
    findings = _findings(files, language, clauses, found)
    loaded = _vocabulary(files, language, clauses, reserved_words, found)
    return PolicyWords(
        manifest=manifest,
        vocabulary=replace(loaded.vocabulary, findings=findings) if loaded else None,
        broken_words=loaded.broken if loaded else frozenset(),
        translations=_translations(files, found),
        diagnostics=tuple(found),
    )


def _manifest(files: PolicyFiles, reserved_words: frozenset[str], found: list[Diagnostic]) -> Manifest | None:
    if files.manifest is None:
        return None
    manifest, problems = load_manifest(files.manifest, reserved_words=reserved_words)
    found.extend(problems)
    return manifest


def _clauses(
    files: PolicyFiles, language: str, manifest: Manifest | None, found: list[Diagnostic]
) -> Mapping[ClauseId, Clause] | None:
    if files.clauses is None:
        return None
    documents = [document for document, _ in manifest.documents] if manifest and manifest.documents else None
    clauses, problems = load_clauses(files.clauses, language=language, documents=documents)
    found.extend(problems)
    return clauses


def _findings(
    files: PolicyFiles, language: str, clauses: Mapping[ClauseId, Clause] | None, found: list[Diagnostic]
) -> Mapping[ClauseId, SourceFinding]:
    if files.findings is None:
        return {}
    findings, problems = load_findings(files.findings, language=language, clauses=clauses)
    found.extend(problems)
    return findings


def _vocabulary(
    files: PolicyFiles,
    language: str,
    clauses: Mapping[ClauseId, Clause] | None,
    reserved_words: frozenset[str],
    found: list[Diagnostic],
) -> LoadedVocabulary | None:
    if files.vocabulary is None:
        return None
    loaded, problems = load_vocabulary(
        files.vocabulary, language=language, clauses=clauses, reserved_words=reserved_words
    )
    found.extend(problems)
    return loaded


def _translations(files: PolicyFiles, found: list[Diagnostic]) -> dict[str, Mapping[str, tuple[str, Span]]]:
    translations = {}
    for language, source in files.translations:
        table, problems = load_texts(source, language=language)
        found.extend(problems)
        if table is not None:
            translations[language] = table
    return translations
