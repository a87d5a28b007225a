"""Words that people read and that two versions of a policy say differently.

In: two checked policies. Out: each text of the vocabulary and the manifest that was changed, added or taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.vocabulary import Words
from praxe.engine.diff.records import WordChange


def words_changed(old: CheckedPolicy, new: CheckedPolicy) -> tuple[WordChange, ...]:
    """Return the words that differ, in the order of the new version, then those that are gone."""
    language = new.manifest.language
    before, after = dict(_words(old, language)), dict(_words(new, language))
    return tuple(
        WordChange(of=key[0], name=key[1], key=key[2], old=before.get(key), new=after.get(key))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    )


def _words(policy: CheckedPolicy, language: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    vocabulary, manifest = policy.vocabulary, policy.manifest
    yield from _said("policy", manifest.name, {"title": manifest.title}, language)
    for name, fact in vocabulary.facts.items():
        texts = {"label": fact.label, "question": fact.question, "help": fact.help, "unit": fact.unit}
        yield from _said("facts", name, texts, language)
        yield from _said("facts", name, {f"values.{each.name}": each.label for each in fact.values}, language)
    for action_name, action in vocabulary.actions.items():
        texts = {"label": action.label, "text": action.text, "actor": action.actor}
        yield from _said("actions", action_name, texts, language)
    for outcome_name, outcome in vocabulary.outcomes.items():
        yield from _said("outcomes", outcome_name, {"label": outcome.label, "meaning": outcome.meaning}, language)


def _said(
    of: str, name: str, texts: Mapping[str, Words | None], language: str
) -> Iterator[tuple[tuple[str, str, str], str]]:
    for key, words in texts.items():
        if words is not None:
            yield (of, name, key), words.in_language(language)
