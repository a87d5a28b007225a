"""Other cases put into sentences: what stands against an end, the smallest change that leads to it, what if.

In: an `OtherEnd` or a `Comparison`. Out: blocks, to be laid out as text or Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from praxe.engine.explanation.layout import Block, Heading, Paragraph, Points, Title, Turn
from praxe.engine.explanation.records import Change, Ending, WayThere
from praxe.engine.explanation.sentences import sentences
from praxe.engine.explanation.tell_why import Telling, end_key, stopped
from praxe.engine.words import Lexicon

if TYPE_CHECKING:
    from praxe.engine.explanation.compare import Comparison
    from praxe.engine.explanation.other_end import OtherEnd


def told_other_end(other: OtherEnd) -> Iterator[Block]:
    """Yield how a case stands to an end that it has not."""
    words = sentences(other.language)
    telling = Telling(words, other.clauses)
    is_why_not = other.kind == "why_not"
    yield Title(words.say(f"why.{'not' if is_why_not else 'nearest'}.title", what=other.wanted_text))
    yield Paragraph(_so(words, other.now_so))
    yield Paragraph(_verdict(words, other))
    for number, way in enumerate(other.ways, start=1):
        yield _way(words, number, way, telling.against(way.against) if is_why_not else ((), ()))
    if other.more:
        yield Paragraph(words.say(f"why.more.{_count(other.more)}", n=str(other.more)))
    if other.untried and (other.verdict == "not_found" or (other.ways and len(other.ways[0].changes) > 1)):
        yield Paragraph(words.say("why.untried", facts=words.listed(other.untried, "and")))


def told_comparison(comparison: Comparison) -> Iterator[Block]:
    """Yield what would be otherwise."""
    words = sentences(comparison.language)
    telling = Telling(words, comparison.clauses)
    yield Title(
        words.say(
            "why.what_if.title", what="; ".join(_changed(words, comparison.changes)) or words.say("why.what_if.nothing")
        )
    )
    if comparison.same:
        yield Paragraph(words.say("why.what_if.same"))
        yield Paragraph(_so(words, comparison.after))
        return
    if _ends_alike(comparison):
        yield Paragraph(words.say("why.what_if.same_end"))
    else:
        yield Paragraph(_so(words, comparison.before))
        yield Paragraph(words.say(f"why.would.{end_key(comparison.after)}", what=stopped(comparison.after.text)))
    yield from _steps(words, comparison.added, comparison.removed)
    if comparison.moved:
        yield Heading(words.say("why.moved"))
        none = words.say("why.no_deadline")
        yield Points(
            tuple(
                words.say("why.moved_step", step=each.step, before=each.before or none, after=each.after or none)
                for each in comparison.moved
            )
        )
    if comparison.parted:
        yield Heading(words.say("why.parted"))
        yield from (
            telling.turn(number, each, with_steps=False) for number, each in enumerate(comparison.parted, start=1)
        )


def _so(words: Lexicon, ending: Ending) -> str:
    return words.say(f"why.now.{end_key(ending)}", what=stopped(ending.text))


def _ends_alike(comparison: Comparison) -> bool:
    before, after = comparison.before, comparison.after
    return (before.status, before.outcome, before.text) == (after.status, after.outcome, after.text)


def _verdict(words: Lexicon, other: OtherEnd) -> str:
    """Return what was found; where not every value was tried, nothing is said of the others."""
    told = _found(words, other)
    says_no = other.verdict == "not_found" or (other.verdict == "changes" and len(other.ways[0].changes) > 1)
    if other.untried and says_no:
        return words.say("why.as_tried", told=told[0].lower() + told[1:])
    return told


def _found(words: Lexicon, other: OtherEnd) -> str:
    what = other.wanted_text
    match other.verdict:
        case "changes":
            changes = len(other.ways[0].changes)
            return words.say(f"why.verdict.changes.{_count(changes)}", n=str(changes), what=what)
        case "not_found" if other.searched >= 0:
            return words.say(f"why.verdict.not_found.{_count(other.searched)}", n=str(other.searched), what=what)
        case "not_found":
            return words.say("why.verdict.too_many", what=what)
        case _:
            return words.say(f"why.verdict.{other.verdict}", what=what)


def _way(words: Lexicon, number: int, way: WayThere, against: tuple[tuple[str, ...], tuple[str, ...]]) -> Turn:
    lead = list(_changed(words, way.changes))
    answered = [words.say("why.answered", label=each.label, value=each.text) for each in way.answers]
    remarks: list[str] = []
    if lead and answered:
        remarks.append(words.say("why.also", facts="; ".join(answered)))
    ending = words.say(f"why.would.{end_key(way.ending)}", what=stopped(way.ending.text))
    counts = [
        words.say(f"why.steps.{key}.{_count(len(steps))}", n=str(len(steps)))
        for key, steps in (("added", way.added), ("removed", way.removed))
        if steps and lead
    ]
    told = words.say("why.steps.told", what=words.listed(counts, "and")) if counts else ""
    remarks.append(f"{ending} {told}".rstrip())
    opened, clauses = against
    return Turn(number, stopped("; ".join(lead or answered)), remarks=(*remarks, *opened), clauses=clauses)


def _changed(words: Lexicon, changes: Iterable[Change]) -> Iterator[str]:
    for each in changes:
        if each.after_text is None:
            yield words.say("why.forgotten", label=each.label, before=each.before_text or "")
        elif each.before_text is None:
            yield words.say("why.answered", label=each.label, value=each.after_text)
        else:
            yield words.say("why.changed", label=each.label, before=each.before_text, after=each.after_text)


def _steps(words: Lexicon, added: tuple[str, ...], removed: tuple[str, ...]) -> Iterator[Block]:
    for key, steps in (("added", added), ("removed", removed)):
        if steps:
            yield Heading(words.say(f"why.{key}"))
            yield Points(steps)


def _count(number: int) -> str:
    return ("none", "one", "many")[min(number, 2)]
