"""The passes from text to a checked policy, in their order. Each takes what the one before gave.

read (load) → parse → resolve → check (coverage, tables, reach, unused). The later passes run only on what the
earlier ones found whole: what depends on a finding already told stays silent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.coverage import check_case
from praxe.dsl.diagnostics import Diagnostic, Related, in_file_order
from praxe.dsl.keeping import Keeper, kept_or_made, name_of
from praxe.dsl.keywords import Face, faces, reserved_words
from praxe.dsl.load import PolicyFiles, read_folder, read_texts
from praxe.dsl.load_words import PolicyWords, load_words
from praxe.dsl.messages import Severity, entry, read_ahead
from praxe.dsl.packed import pack
from praxe.dsl.reach import Reach
from praxe.dsl.record import RecordBase, record
from praxe.dsl.resolve import Resolved, resolve_policy
from praxe.dsl.source import SourceText
from praxe.dsl.table_coverage import World, check_table
from praxe.dsl.tree import FactName
from praxe.dsl.unused import unmatched_translations, unused_words
from praxe.dsl.vocabulary import Assumption, Fact, FactType, Vocabulary


@record
class Checked(RecordBase):
    """What checking a policy gives: the policy if it has no errors, and every finding in file order."""

    policy: CheckedPolicy | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceText]  # path -> text, for the places of the findings


def check_policy(
    folder: Path, *, cache: Path | None = None, keeper: Keeper | None = None, thorough: bool = True
) -> Checked:
    """Check the policy in `folder`.

    Args:
        cache: a file for the grammar's tables.
        keeper: of what each file says, so that after a change only that file is read again.
        thorough: also check what takes long and only an author needs to know.

    Raises:
        PraxeError: the folder is not there or cannot be read.
    """
    return check_files(read_folder(folder), cache=cache, keeper=keeper, thorough=thorough)


def check_policy_texts(folder: str, texts: Mapping[str, str]) -> tuple[CheckedPolicy | None, tuple[Diagnostic, ...]]:
    """Check a policy in memory: `texts` by their path below `folder`, which only names them in the findings."""
    checked = check_files(read_texts(folder, texts))
    return checked.policy, checked.diagnostics


def check_files(
    files: PolicyFiles, *, cache: Path | None = None, keeper: Keeper | None = None, thorough: bool = True
) -> Checked:
    """Run all passes over the texts of a policy; the arguments are those of `check_policy`."""
    words = load_words(files, reserved_words=reserved_words(), keeper=keeper)
    parsed = [_parsed(source, words.language, cache, keeper) for source in files.procedures]
    found = [*files.diagnostics, *words.diagnostics, *(each for _, findings in parsed for each in findings)]
    trees = tuple(file for file, _ in parsed)
    assumptions, mistakes = _assumptions(words, cache, keeper)
    found += mistakes
    if thorough and words.manifest:
        from praxe.dsl.calendar_check import check_calendar

        found += check_calendar(words.manifest)
    policy = None
    if words.manifest and words.vocabulary:
        whole = check_whole(
            trees, words, is_whole=not has_errors(found, keeper), assumptions=assumptions, keeper=keeper
        )
        found += whole.diagnostics
        if not has_errors(found, keeper):
            policy = _checked(files, trees, words, whole)
    return Checked(
        policy=policy,
        diagnostics=in_file_order(found),
        sources={source.path: source for source in files.sources},
    )


def _parsed(
    source: SourceText, language: str, cache: Path | None, keeper: Keeper | None
) -> tuple[t.File, tuple[Diagnostic, ...]]:
    def read() -> tuple[t.File, tuple[Diagnostic, ...]]:
        from praxe.dsl.parse import parse  # nothing to parse: nothing to wait for

        return parse(source, language=language, cache=cache)

    return kept_or_made(keeper, ("tree", *name_of(source), language), read)


def _assumptions(
    words: PolicyWords, cache: Path | None, keeper: Keeper | None
) -> tuple[tuple[Assumption, ...], tuple[Diagnostic, ...]]:
    written = words.vocabulary.assumptions if words.vocabulary else ()
    if not written:
        return (), ()

    def read() -> tuple[tuple[Assumption, ...], tuple[Diagnostic, ...]]:
        from praxe.dsl.load_assumptions import parse_assumptions

        return parse_assumptions(written, language=words.language, cache=cache)

    return kept_or_made(keeper, ("assumptions", json.dumps(pack(written)), words.language), read)


def check_whole(
    trees: tuple[t.File, ...],
    words: PolicyWords,
    *,
    is_whole: bool,
    assumptions: tuple[Assumption, ...] = (),
    keeper: Keeper | None = None,
) -> Resolved:
    """Resolve and check the trees of all files together; `is_whole`: nothing was wrong with them so far."""
    assert words.manifest
    assert words.vocabulary
    resolved = resolve_policy(
        trees,
        words.manifest,
        words.vocabulary,
        broken=words.broken_words,
        is_whole=is_whole,
        assumptions=assumptions,
    )
    if is_whole and not has_errors(resolved.diagnostics, keeper):
        found = (*resolved.diagnostics, *_check(trees, words, resolved))
        resolved = replace(resolved, diagnostics=found)
    return resolved


def has_errors(found: Iterable[Diagnostic], keeper: Keeper | None = None) -> bool:
    """Return whether any finding is an error."""
    codes = {each.code for each in found}
    if keeper and codes:
        read_ahead(codes, keeper)
    return any(entry(code).severity is Severity.ERROR for code in codes)


def _checked(files: PolicyFiles, trees: tuple[t.File, ...], words: PolicyWords, resolved: Resolved) -> CheckedPolicy:
    assert words.manifest
    assert words.vocabulary
    return CheckedPolicy(
        manifest=words.manifest,
        vocabulary=replace(words.vocabulary, assumptions=()),  # resolved below
        files=trees,
        procedures=resolved.procedures,
        definitions=resolved.definitions,
        derived=resolved.derived,
        rules=resolved.rules,
        assumptions=resolved.assumptions,
        translations={
            language: {text: translation for text, (translation, _) in table.items()}
            for language, table in words.translations.items()
        },
        digest=files.digest,
    )


def _check(trees: tuple[t.File, ...], words: PolicyWords, resolved: Resolved) -> list[Diagnostic]:
    """Pass 3: coverage and reach; words nobody uses only where nothing else is wrong."""
    assert words.manifest
    assert words.vocabulary
    found = list(_coverage(trees, resolved, words.vocabulary))
    found += Reach(resolved.procedures, words.vocabulary).check(words.manifest.entry)
    if not found:
        items = [*resolved.procedures.values(), *resolved.definitions.values(), *resolved.rules]
        found += unused_words(
            items,
            manifest=words.manifest,
            vocabulary=words.vocabulary,
            definitions=resolved.definitions,
            used_parameters=resolved.used_parameters,
        )
        found += unmatched_translations(items, words.translations)
    return found


def _coverage(trees: tuple[t.File, ...], resolved: Resolved, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    def fact(name: FactName) -> Fact:
        return resolved.derived.get(name) or vocabulary.facts[name]

    for tree in trees:
        face = faces()[tree.language]
        for item in tree.items:
            match item:
                case t.Procedure(name=name):
                    yield from _cases(resolved.procedures[name], fact, face)
                case t.Table(name=table_name):
                    table = resolved.definitions[table_name]
                    assert isinstance(table, t.Table)
                    yield from check_table(table, World(fact=fact, assumptions=resolved.assumptions), face)
                case _:
                    pass


def _cases(procedure: t.Procedure, fact: Callable[[FactName], Fact], face: Face) -> Iterator[Diagnostic]:
    for node in procedure.descendants():
        match node:
            case t.Case(subject=t.LoopRef(collection=collection)):
                yield from check_case(node, replace(fact(collection), type=FactType.ONE_OF), face)
            case t.Case(subject=t.FactRef(name=name)):
                yield from check_case(node, fact(name), face)
            case t.If(branches=branches):
                yield from _repeated_conditions(branches)
            case _:
                pass


def _repeated_conditions(branches: tuple[t.IfBranch, ...]) -> Iterator[Diagnostic]:
    seen: dict[t.Expression, t.IfBranch] = {}
    for branch in branches:
        first = seen.setdefault(branch.condition, branch)
        if first is not branch:
            yield Diagnostic("PX310", branch.condition.span, {}, (Related(first.condition.span, "first"),))
