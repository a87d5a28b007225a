"""A told comparison laid out: one numbered turn for each group of customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from praxe.engine.diff.layout_calendar import calendar_blocks
from praxe.engine.diff.records import ChangeKind, WordChange
from praxe.engine.diff.tell import (
    ToldAlso,
    ToldAsked,
    ToldBehind,
    ToldDefinition,
    ToldDifference,
    ToldGroup,
    ToldLimits,
)
from praxe.engine.diff.texts import endings, steps
from praxe.engine.diff.words import words_of
from praxe.engine.explanation.layout import Block, Heading, Paragraph, Points, Title, Turn
from praxe.engine.words import Lexicon

_MOST_NAMES = 8  # of scenarios that a sentence lists


def blocks_of(told: ToldDifference) -> Iterator[Block]:
    """Yield the blocks of a comparison."""
    words = words_of(told.language)
    yield Title(words.say("diff.title", title=told.title))
    yield Paragraph(_summary(told, words))
    if told.doors:
        yield Paragraph(words.say("diff.doors", names=words.listed([f"`{each}`" for each in told.doors], "and")))
    if (told.groups or told.calendar) and not told.is_exact:
        yield Paragraph(words.say("diff.unsure"))
    if not told.has_questions:
        yield Paragraph(words.say("diff.no_questions"))
    for number, group in enumerate(told.groups, start=1):
        yield _turn(number, group, words, told.scenarios_total)
    if told.also:
        yield Heading(words.say("diff.also"))
        yield Points(tuple(_also(each, words) for each in told.also))
    if told.calendar:
        yield from calendar_blocks(told.calendar, words)
    if told.words:
        yield Heading(words.say("diff.words"))
        yield Points(tuple(_word(each, words) for each in told.words))
    if told.scenarios_total:
        yield Paragraph(_scenarios(told, words))


def _summary(told: ToldDifference, words: Lexicon) -> str:
    if not told.groups:
        if told.calendar:
            return words.say("diff.same.calendar" if told.is_exact else "diff.changed.calendar")
        key = "diff.same" if told.is_same else "diff.same.else" if told.is_exact else "diff.same.unsure"
        return words.say(key)
    return words.say("diff.groups.one" if len(told.groups) == 1 else "diff.groups.many", n=str(len(told.groups)))


def _turn(number: int, group: ToldGroup, words: Lexicon, scenarios: int) -> Turn:
    kind = words.say(f"diff.kind.{group.kind.value}")
    place = _place(group.place, words, is_gone=group.is_gone)
    is_all = group.share_of_kind == group.share
    lead = words.say(
        "diff.lead" if is_all else "diff.lead.part",
        kind=kind,
        share=_percent(group.share_of_kind, words),
        rest=_percent(group.share - group.share_of_kind, words),
        place=place,
    )
    remarks = list(_definitions(group.definitions, words))
    if group.limits:
        remarks.append(_limits(group.limits, words))
    behind = tuple(_behind(each, words) for each in group.behind)
    if group.asked:
        behind += (_asked(group.asked, words),)
    if scenarios and group.kind is not ChangeKind.QUESTIONS:  # a scenario does not tell what is asked
        remarks.append(_noticed(len(group.scenarios_touched), scenarios, words))
    if not group.has_example:
        return Turn(number, lead, remarks=(*remarks, words.say("diff.no_example")), steps=behind)
    facts = "; ".join(f"{each.label}: {each.text}" for each in group.decisive) or words.say("diff.anybody")
    remarks.append(words.say("diff.example", facts=facts))
    remarks += endings(group.before, group.after, words)
    return Turn(number, lead, remarks=tuple(remarks), steps=(*_changes(group, words), *behind))


def _noticed(touched: int, total: int, words: Lexicon) -> str:
    if not touched:
        return words.say("diff.noticed.none")
    return words.say("diff.noticed", touched=str(touched), total=str(total), share=_percent(touched / total, words))


def _place(place: str, words: Lexicon, *, is_gone: bool) -> str:
    return words.say("diff.place.gone", place=place) if is_gone else place


def _definitions(definitions: Sequence[ToldDefinition], words: Lexicon) -> Iterator[str]:
    for each in definitions:
        place = _place(each.place, words, is_gone=each.is_gone)
        yield words.say("diff.definition", label=each.label, name=each.name, place=place)


def _limits(limits: ToldLimits, words: Lexicon) -> str:
    before = _range(limits.old_least, limits.old_most, words)
    after = _range(limits.new_least, limits.new_most, words)
    return words.say("diff.limits", label=limits.label, name=limits.fact, before=before, after=after)


def _range(least: str | None, most: str | None, words: Lexicon) -> str:
    key = "none" if least is None and most is None else "least" if most is None else "most" if least is None else "both"
    low, high = (each and each.replace(".", words.say("number.point")) for each in (least, most))
    return words.say(f"diff.limits.{key}", least=low or "", most=high or "")


def _behind(behind: ToldBehind, words: Lexicon) -> str:
    kind = words.say(f"diff.behind.{behind.kind.value}")
    place = _place(behind.place, words, is_gone=behind.is_gone)
    return " ".join([words.say("diff.behind", kind=kind, place=place), *_definitions(behind.definitions, words)])


def _asked(asked: ToldAsked, words: Lexicon) -> str:
    facts = "; ".join(f"{each.label}: {each.text}" for each in asked.decisive) or words.say("diff.anybody")
    questions = "; ".join(_questions(asked, words))
    return words.say("diff.asked.only", share=_percent(asked.share, words), questions=questions, facts=facts)


def _also(also: ToldAlso, words: Lexicon) -> str:
    said = [_place(also.place, words, is_gone=also.is_gone), *_definitions(also.definitions, words)]
    if not also.passed_by:
        return " — ".join([*said, words.say("diff.no_example")])
    facts = "; ".join(f"{each.label}: {each.text}" for each in also.decisive) or words.say("diff.anybody")
    version = words.say(f"diff.also.{also.passed_by[0] if len(also.passed_by) == 1 else 'both'}")
    return " — ".join([*said, words.say("diff.also.example", facts=facts, version=version)])


def _changes(group: ToldGroup, words: Lexicon) -> Iterator[str]:
    yield from steps(group.removed, group.added, group.moved, words)
    yield from _questions(group, words)


def _questions(asked: ToldGroup | ToldAsked, words: Lexicon) -> Iterator[str]:
    yield from (words.say("diff.asked.removed", label=each) for each in asked.asked_removed)
    yield from (words.say("diff.asked.added", label=each) for each in asked.asked_added)


def _percent(share: float, words: Lexicon) -> str:
    """Return a share as people read it; a small one is never shown as none."""
    if 0 < share < 0.001:
        return f"<{0.1:.1f}%".replace(".", words.say("number.point"))
    return f"{share * 100:.1f}%".replace(".", words.say("number.point"))


def _word(change: WordChange, words: Lexicon) -> str:
    key = "changed" if change.old and change.new else "added" if change.new else "removed"
    return words.say(f"diff.words.{key}", name=change.name, what=change.key, old=change.old or "", new=change.new or "")


def _scenarios(told: ToldDifference, words: Lexicon) -> str:
    if not told.scenarios_touched:
        return words.say("diff.scenarios.none", total=str(told.scenarios_total))
    names = [f"“{each}”" for each in told.scenarios_touched[:_MOST_NAMES]]
    more = ["…"] if len(told.scenarios_touched) > _MOST_NAMES else []
    return words.say(
        "diff.scenarios.one" if len(told.scenarios_touched) == 1 else "diff.scenarios.many",
        touched=str(len(told.scenarios_touched)),
        total=str(told.scenarios_total),
        share=_percent(len(told.scenarios_touched) / told.scenarios_total, words),
        names=", ".join([*names, *more]),
    )
