"""Part of pass 3: words nobody uses. Warnings, told only when nothing else is wrong.

In: a policy without errors. Out: a warning for each fact, action, outcome, procedure, definition, clause and
translation that no line needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.source import Span
from praxe.dsl.tree import ClauseId, FactName
from praxe.dsl.vocabulary import Action, Fact, Manifest, Vocabulary

_WithText = t.Procedure | t.Definition | t.Table | t.Do | t.Say | t.Gap | t.Note
_WITH_TEXT: Final = (t.Procedure, t.Definition, t.Table, t.Do, t.Say, t.Gap, t.Note)


def unused_words(
    items: Iterable[t.Item],
    *,
    manifest: Manifest,
    vocabulary: Vocabulary,
    definitions: Mapping[FactName, t.Definition | t.Table],
    used_parameters: frozenset[str],
) -> Iterator[Diagnostic]:
    """Yield a warning for each word of a policy that nothing uses; `items` are resolved."""
    items = tuple(items)
    nodes = [node for item in items for node in item.descendants()]
    facts = {node.name for node in nodes if isinstance(node, t.FactRef)}
    targets = {node.name for node in nodes if isinstance(node, t.Target)}
    actions = {node.name for node in nodes if isinstance(node, t.ActionRef)}
    outcomes = {node.name for node in nodes if isinstance(node, t.OutcomeRef)}
    called = {node.procedure.name for node in nodes if isinstance(node, t.Follow)}
    for fact in vocabulary.facts.values():
        if fact.name not in facts and fact.name not in definitions and not fact.kept:
            yield Diagnostic("PX211", fact.span, {"name": fact.name})
    for action in vocabulary.actions.values():
        if action.name not in actions and not action.kept:
            yield Diagnostic("PX212", action.span, {"name": action.name})
    for outcome in vocabulary.outcomes.values():
        if outcome.name not in outcomes and outcome.name not in targets and not outcome.kept:
            yield Diagnostic("PX213", outcome.span, {"name": outcome.name})
    for item in items:
        if (
            isinstance(item, t.Procedure)
            and item.name not in called
            and item.name not in (manifest.entry, *manifest.doors)
        ):
            yield Diagnostic("PX214", item.name_span, {"name": item.name})
        elif isinstance(item, t.Definition | t.Table) and item.name not in facts:
            yield Diagnostic("PX216", item.name_span, {"name": item.name})
    for parameter in manifest.parameters.values():
        if parameter.name not in used_parameters:
            yield Diagnostic("PX209", parameter.span, {"name": parameter.name})
    yield from _unmet_sources(nodes, manifest, vocabulary)


def _unmet_sources(nodes: list[t.Node], manifest: Manifest, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    cited = {node.name for node in nodes if isinstance(node, t.ClauseRef)} | _cited_by(vocabulary)
    cited |= {clause for parameter in manifest.parameters.values() for clause in parameter.clauses}
    for clause in vocabulary.clauses.values():
        if clause.name not in cited and clause.guidance is None:
            yield Diagnostic("PX215", clause.span, {"name": clause.name})
    for finding in vocabulary.findings.values():
        if finding.name not in cited and finding.name not in manifest.readings and finding.explained is None:
            yield Diagnostic("PX219", finding.span, {"name": finding.name, "title": finding.title.in_language("")})


def _cited_by(vocabulary: Vocabulary) -> set[ClauseId]:
    words: list[Fact | Action] = [*vocabulary.facts.values(), *vocabulary.actions.values()]
    return {clause for word in words for clause in word.clauses}


def texts_of(items: Iterable[t.Item]) -> dict[str, Span]:
    """Return every text of the files that a reader sees, with its first place."""
    found: dict[str, Span] = {}
    for item in items:
        for node in item.descendants():
            if isinstance(node, _WITH_TEXT):
                text = _text_of(node)
                if text is not None:
                    found.setdefault(text, node.span)
    return found


def _text_of(node: _WithText) -> str | None:
    match node:
        case t.Procedure(title=title) | t.Definition(title=title) | t.Table(title=title):
            return title
        case t.Do(step=step):
            return step if isinstance(step, str) else None
        case t.Say(text=text) | t.Gap(text=text) | t.Note(text=text):
            return text
        case _:
            assert_never(node)


def unmatched_translations(
    items: Iterable[t.Item], translations: Mapping[str, Mapping[str, tuple[str, Span]]]
) -> Iterator[Diagnostic]:
    """Yield a warning for each text without its translation, and each translation without its text."""
    texts = texts_of(items) if translations else {}
    for language, table in translations.items():
        for text, span in texts.items():
            if text not in table:
                yield Diagnostic("PX218", span, {"text": text, "language": language})
        for text, (_, span) in table.items():
            if text not in texts:
                yield Diagnostic("PX217", span, {"text": text})
