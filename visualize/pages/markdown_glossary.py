"""The Markdown page of a policy's words: facts, actions, outcomes, named values.

In: the names of a book's files. Out: the text of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from praxe.visualize.pages import marks
from praxe.visualize.pages.entries import ActionEntry, FactEntry, OutcomeEntry, Place, Worked
from praxe.visualize.pages.markdown_pen import Pen, stamp
from praxe.visualize.pages.marks import anchor as anchor_of
from praxe.visualize.pages.marks import bold, item, link, table, text
from praxe.visualize.pages.names import Names, anchor
from praxe.visualize.words import Lexicon


def glossary_page(names: Names, words: Lexicon) -> str:
    """Return the page."""
    return marks.whole(_Glossary(names, words).parts())


class _Glossary:
    def __init__(self, names: Names, words: Lexicon) -> None:
        self._names = names
        self._words = words
        self._pen = Pen(names, words, names.page("glossary"))

    def parts(self) -> Iterator[str]:
        book, say = self._names.book, self._words.say
        yield stamp(self._words)
        yield f"# {say('nav.glossary')}"
        yield f"{link(text(book.title), self._names.index)} · {say('head.version', version=text(book.version))}"
        asked = [each for each in book.facts if each.worked is None]
        derived = [each for each in book.facts if each.worked is not None]
        for key, entries in (("facts", asked), ("derived", derived)):
            if entries:
                yield f"## {say(f'glossary.{key}')}"
            for fact in entries:
                yield from self._fact(fact)
        if book.actions:
            yield f"## {say('glossary.actions')}"
            for action in book.actions:
                yield from self._action(action)
        if book.outcomes:
            yield f"## {say('glossary.outcomes')}"
            for outcome in book.outcomes:
                yield from self._outcome(outcome)
        if book.values:
            yield f"## {say('glossary.values')}"
            rows = [
                (
                    f"{anchor_of(anchor('value', each.name))}{text(each.label)} ({marks.code(each.name)})",
                    bold(text(each.value)),
                    self._pen.cited(each.clauses),
                )
                for each in book.values
            ]
            yield table(("", say("glossary.value"), say("glossary.clauses")), rows)

    def _fact(self, fact: FactEntry) -> Iterator[str]:
        say = self._words.say
        yield self._head("fact", fact.name, fact.label)
        rows = [text(fact.question)] if fact.worked is None else []
        if fact.worked is None:
            rows.append(f"{say('procedure.kind')}: {self._answers(fact)}")
        rows += [f"{say('procedure.help')}: {text(fact.help)}"] if fact.help else []
        rows += [f"{say('procedure.examples_of')}:<br>{self._pen.quotes(fact)}"] if fact.examples else []
        rows += [f"{say('procedure.system')}: {text(fact.system)}"] if fact.system else []
        rows += self._common(fact.kept, fact.places)
        rows += [f"{say('glossary.clauses')}: {self._pen.cited(fact.clauses)}"] if fact.clauses else []
        yield "\n".join(item(each) for each in rows)
        if fact.worked is not None:
            yield self._worked(fact.worked)

    def _answers(self, fact: FactEntry) -> str:
        listed = ", ".join(
            text(each.label) if each.label == each.name else f"{text(each.label)} ({marks.code(each.name)})"
            for each in fact.answers
        )
        if not listed or all(each.label == each.name for each in fact.answers):
            return text(fact.kind)
        return f"{text(fact.kind)}: {listed}"

    def _worked(self, made: Worked) -> str:
        say = self._words.say
        if made.is_table:
            return table([text(each) for each in made.columns], [[text(cell) for cell in row] for row in made.rows])
        lines = [
            item(say("worked.line", condition=text(condition), value=bold(text(value))))
            if condition
            else item(f"{say('glossary.worked')}: {bold(text(value))}")
            for condition, value in made.rows
        ]
        return "\n".join(lines)

    def _action(self, action: ActionEntry) -> Iterator[str]:
        say = self._words.say
        yield self._head("action", action.name, action.label)
        rows = [f"{say('glossary.says')}: {text(action.text)}"] if action.text else []
        rows += [f"{say('glossary.actor')}: {text(action.actor)}"] if action.actor else []
        rows += [f"{say('glossary.nature')}: {text(action.nature)}"] if action.nature else []
        rows += [f"{say('glossary.details')}: {text(', '.join(action.details))}"] if action.details else []
        rows += self._common(action.kept, action.places)
        rows += [f"{say('glossary.clauses')}: {self._pen.cited(action.clauses)}"] if action.clauses else []
        yield "\n".join(item(each) for each in rows)

    def _outcome(self, outcome: OutcomeEntry) -> Iterator[str]:
        yield self._head("outcome", outcome.name, outcome.label)
        rows = [f"{self._words.say('glossary.meaning')}: {text(outcome.meaning)}"] if outcome.meaning else []
        rows += self._common(outcome.kept, outcome.places)
        yield "\n".join(item(each) for each in rows)

    def _head(self, kind: str, name: str, label: str) -> str:
        return f"{anchor_of(anchor(kind, name))}{bold(text(label))} ({marks.code(name)})"

    def _common(self, kept: str | None, places: Iterable[Place]) -> Iterator[str]:
        say = self._words.say
        yield f"{say('glossary.used_in')}: {self._pen.places(places, full=True) or say('glossary.unused')}"
        if kept:
            yield f"{say('glossary.kept')}: {text(kept)}"
