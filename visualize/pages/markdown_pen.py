"""What several Markdown pages write alike: links to points, citations, answers, examples.

In: records of a book, and the page they are written on. Out: Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from praxe.dsl.tree import ClauseId
from praxe.visualize.pages import marks
from praxe.visualize.pages.book import Example, StepTaken
from praxe.visualize.pages.entries import FactEntry, Place
from praxe.visualize.pages.marks import bold, item, line, link, text
from praxe.visualize.pages.names import UNSTAMPED, Names, anchor
from praxe.visualize.words import Lexicon


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes what several pages share."""

    names: Names
    words: Lexicon
    here: str  # the page being written

    def place(self, place: Place, *, full: bool = False) -> str:
        """Return a link to a point: its number, or also the procedure it is in."""
        target = self.names.place(place, here=self.here)
        point = self.words.say("procedure.point", number=str(place.number))
        label = f"{text(self.names.book.titles[place.procedure])}, {point}" if full else str(place.number)
        return link(label, target)

    def places(self, places: Iterable[Place], *, full: bool = False) -> str:
        """Return links to several points, those of one procedure together."""
        if not full:
            return ", ".join(map(self.place, places))
        titles = self.names.book.titles
        by_procedure = groupby(places, key=lambda each: each.procedure)
        told = ((name, [self.place(each) for each in found]) for name, found in by_procedure)
        return "; ".join(
            self.words.say("procedure.at", title=text(titles[name]), points=", ".join(links)) for name, links in told
        )

    def cited(self, names: Iterable[ClauseId], *, own: Iterable[ClauseId] = ()) -> str:
        """Return clauses and findings as links; a clause that is not told on this page (`own`) is only named."""
        return "; ".join(dict.fromkeys(self._cited(each, each in own) for each in names))

    def example(self, each: Example) -> Iterator[str]:
        """Yield an example: the case, and what happened in it."""
        say = self.words.say
        yield f"{bold(text(each.name))}"
        if each.story:
            yield line(each.story)
        facts = "; ".join(f"{text(label)}: {bold(text(value))}" for _, label, value in each.facts)
        known = f"{say('example.known')}: {facts or say('example.nothing')}"
        yield f"{say('example.now', now=text(each.now))}. {known}" if each.now else known
        yield self.result(each)
        if not each.passed:
            yield bold(say("example.failed"))
        if each.steps:
            yield marks.folded(f"{say('example.steps')} ({len(each.steps)})", "\n".join(self._steps(each)))

    def result(self, each: Example) -> str:
        """Return how an example ended."""
        said = self.words.say(f"example.{each.end_kind}", end=text(each.end))
        where = f" ({self.place(each.stopped, full=True)})" if each.stopped else ""
        return f"{self.words.say('example.result')}: {bold(said)}{where}"

    def answers(self, fact: FactEntry) -> str:
        """Return the answers a fact may have."""
        return " · ".join(text(each.label) for each in fact.answers) or text(fact.kind)

    def quotes(self, fact: FactEntry) -> str:
        """Return what people say, and which answer it shows."""
        said = (
            self.words.say("procedure.says", says=text(each.says), answer=text(each.answer)) for each in fact.examples
        )
        return "<br>".join(said)

    def _steps(self, each: Example) -> Iterator[str]:
        """Yield the steps of an example under the procedures they are in."""
        for name, steps in groupby(each.steps, key=lambda step: step.place.procedure if step.place else None):
            if name is not None:
                yield item(bold(text(self.names.book.titles[name])))
            yield from (item(self._step(step), depth=1 if name is not None else 0) for step in steps)

    def _step(self, step: StepTaken) -> str:
        said = self.words.say("example.say", text=text(step.text)) if step.is_said else text(step.text)
        said += f" (×{step.times})" if step.times > 1 else ""
        return f"{self.place(step.place)}. {said}" if step.place else line(step.text)

    def _cited(self, name: ClauseId, is_own: bool) -> str:
        book = self.names.book
        if name in book.clauses:
            label = text(book.clauses[name].place or name)
            return link(label, f"#{anchor('clause', name)}") if is_own else label
        page = self.names.page("findings")
        return link(text(name), self.names.to(page, anchor("finding", name), here=self.here))


def stamp(words: Lexicon) -> str:
    """Return the comment that every generated page begins with; `UNSTAMPED` gives way to the digest of the page."""
    return marks.comment(f"{words.say('generated')} {UNSTAMPED}")
