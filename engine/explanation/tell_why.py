"""An explanation put into sentences.

In: an `Explanation`. Out: blocks, to be laid out as text or Markdown. A clause is told in full the first time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import ClauseId, FactName
from praxe.engine.explanation.layout import Block, Heading, Paragraph, Points, Title, Turn
from praxe.engine.explanation.records import CitedClause, CitedFact, Ending, Opened, Reason
from praxe.engine.explanation.sentences import sentences
from praxe.engine.words import Lexicon

if TYPE_CHECKING:
    from praxe.engine.explanation.why import Explanation

_REMARKS: Final = frozenset({"hole", "either_way", "open"})  # kinds of turns that say more than their facts


def told(explanation: Explanation) -> Iterator[Block]:
    """Yield the explanation, from its title to the remark that nothing else decided."""
    words = sentences(explanation.language)
    telling = Telling(words, explanation.clauses)
    ending = explanation.ending
    yield Title(words.say(f"why.title.{end_key(ending)}", what=ending.text))
    if explanation.first:
        yield Heading(words.say("why.first"))
        yield Points(explanation.first)
    number = 0
    for number, reason in enumerate(_joined(explanation.reasons), start=1):
        yield telling.turn(number, reason)
    closing = words.say(f"why.end.{end_key(ending)}", what=stopped(ending.text))
    yield Turn(number + 1, closing, clauses=telling.clauses(ending.clauses))
    amount = ("none", "one", "many")[min(len(explanation.facts), 2)]
    yield Paragraph(words.say(f"why.enough.{amount}", n=str(len(explanation.facts))))


def _joined(reasons: Iterable[Reason]) -> list[Reason]:
    """Return the turns with those joined that follow from the same facts, with nothing to be done in between."""
    joined: list[Reason] = []
    for each in reasons:
        last = joined[-1] if joined else None
        alike = last and last.because == each.because and last.opened == each.opened
        if last and alike and not last.steps and not {last.kind, each.kind} & _REMARKS:
            clauses = tuple(dict.fromkeys((*last.clauses, *each.clauses)))
            whole = tuple(dict.fromkeys((*last.whole, *each.whole)))
            joined[-1] = replace(last, steps=each.steps, clauses=clauses, whole=whole)
        else:
            joined.append(each)
    return joined


class Telling:
    """Puts reasons into sentences; it remembers which clauses it has told in full."""

    def __init__(self, words: Lexicon, clauses: Iterable[CitedClause]) -> None:
        self._words = words
        self._clauses = {each.clause: each for each in clauses}
        self._opened_before: set[FactName] = set()

    def turn(self, number: int, reason: Reason, *, with_steps: bool = True) -> Turn:
        """Return one turn of the story."""
        key = reason.kind if reason.kind in _REMARKS else "turn"
        cited = [*reason.clauses, *(each for opened in reason.opened for each in opened.clauses)]
        opened = {each.fact: self._opened(each) for each in reason.opened if each.fact not in self._opened_before}
        self._opened_before |= opened.keys()
        plain = [each for each in reason.because if each.fact not in opened]
        remarks = list(opened.values())
        lead = stopped(self._words.say(f"why.lead.{key}", facts=self.facts(plain))) if plain else remarks.pop(0)
        whole = self.clauses(each for each in reason.whole if each in self._clauses)
        steps = reason.steps if with_steps else ()
        return Turn(number, lead, remarks=tuple(remarks), steps=steps, clauses=(*whole, *self.clauses(cited)))

    def against(self, reasons: Iterable[Reason]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what the turns that stand against a way say: definitions opened up, and clauses."""
        turns = list(reasons)
        opened = {each.fact: each for reason in turns for each in reason.opened}
        cited = [*(each for reason in turns for each in reason.clauses)]
        cited += (each for one in opened.values() for each in one.clauses)
        texts = [self._words.say("why.as_it_is", what=self._opened(each)) for each in opened.values()]
        return tuple(texts), self.clauses(cited)

    def facts(self, facts: Sequence[CitedFact]) -> str:
        """Return facts in one line: `Caso aberto: Sim; Motivo: Técnico`."""
        return "; ".join(self._words.say("why.fact", label=each.label, value=each.text) for each in facts)

    def clauses(self, names: Iterable[ClauseId]) -> tuple[str, ...]:
        """Return a line for each clause told for the first time, and one for the names of the others."""
        full: list[str] = []
        names_only: list[str] = []
        for name in dict.fromkeys(names):
            clause = self._clauses.pop(name, None)
            if clause is None:
                names_only.append(name)
            else:
                where = f" ({clause.place})" if clause.place else ""
                full.append(f"{name}{where}: {clause.paraphrase}")
        return (*full, *([", ".join(names_only)] if names_only else []))

    def _opened(self, opened: Opened) -> str:
        say, places = self._words.say, {"label": opened.label, "value": opened.text}
        if opened.kind == "table":
            rows = self._words.listed(list(map(str, opened.rows)), "and")
            text = say(f"why.table.{'one' if len(opened.rows) == 1 else 'many'}", rows=rows, **places)
        elif opened.case is not None:
            text = say("why.definition.case", n=str(opened.case), **places)
        else:
            text = say("why.definition.plain", **places)
        told = say("why.since", what=text, reads=self.facts(opened.reads)) if opened.reads else text
        return stopped(told)


def end_key(ending: Ending) -> str:
    """Return the key of words for an end."""
    return "returned" if ending.status == "finished" and ending.outcome is None else ending.status


def stopped(text: str) -> str:
    """Return a text that ends in a stop of its own."""
    return text if text.rstrip("”")[-1:] in {".", "?", "!", "…"} else f"{text}."
