"""What is said alike in every part of a told comparison: how a customer ends before and after, and with which steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from praxe.engine.explanation.records import Ending, Moved
from praxe.engine.status import Status
from praxe.engine.words import Lexicon

REFUSED: Final = "refused"  # how it ends where a version does not decide on such facts


def endings(before: Ending | None, after: Ending | None, words: Lexicon) -> Iterator[str]:
    """Yield how it ended and how it ends now; once, where that is alike."""
    if _is_alike(before, after):
        yield words.say("diff.both", what=_ending(before, words))
    else:
        yield words.say("diff.before", what=_ending(before, words))
        yield words.say("diff.after", what=_ending(after, words))


def steps(removed: Iterable[str], added: Iterable[str], moved: Iterable[Moved], words: Lexicon) -> Iterator[str]:
    """Yield the steps that are gone, those that are new, and those due at another time."""
    yield from (words.say("diff.removed", step=each) for each in removed)
    yield from (words.say("diff.added", step=each) for each in added)
    none = words.say("diff.no_deadline")
    for each in moved:
        yield words.say("diff.moved", step=each.step, before=each.before or none, after=each.after or none)


def _is_alike(one: Ending | None, other: Ending | None) -> bool:
    return (one and (one.status, one.text)) == (other and (other.status, other.text))


def _ending(ending: Ending | None, words: Lexicon) -> str:
    if ending is None:
        return words.say("diff.unknown_answer")
    if ending.status == REFUSED:
        return words.say("diff.refused", text=ending.text)
    said = {Status.GAP: "diff.gap", Status.WAITS: "diff.waits", Status.ASKS: "diff.asks"}.get(Status(ending.status))
    return words.say(said, text=ending.text) if said else ending.text
