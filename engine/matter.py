"""Whether an open fact can still change what follows: proved by going both ways at once.

In: a place where a walk stands still, what is known, and an open fact. Out: False only if every completion gives the
same result whatever the fact is. The case is walked with one answer and with another side by side; all other answers
are the same on both sides. What has been done on a side is never unsaid, so the first difference is final; and where
both sides stand at the same place, and nothing from there on reads the fact, they stay together. Beyond `MOST_PAIRS`
places, or where no few answers stand for all (`classes`), the fact counts as one that matters. Mostly it does, and that
is seen soon: where it is not, some whole cases are tried before the long way is gone.

Where assumptions tie the fact to others, answers that only one of both cases may have are left out: "all else being
equal" is impossible with them. So the fact may not matter by itself, and no answer to it stand for all nevertheless.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.follow import advance
from praxe.engine.observe import asked_in, course
from praxe.engine.program import Program, Spot, Way
from praxe.engine.values import Known, Value

MOST_PAIRS: Final = 2_000
MOST_AT_ONCE: Final = 48  # beyond them, a difference is looked for in another way first
MOST_DRAWN: Final = 12  # pairs of whole cases that are tried then


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two cases that differ in one answer."""

    spot: Spot
    calls: tuple[Way | None, ...]
    own: Value  # its answer
    ahead: tuple[Hashable, ...] = ()  # what was seen here and not yet on the other side
    asked: frozenset[FactName] = frozenset()  # by `pergunte`: nobody is asked twice
    lacking: tuple[FactName, ...] = ()
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    left: _Side
    right: _Side
    answers: Known  # the same on both sides


class Comparison:
    """Compares the answers to one fact, all else being equal."""

    def __init__(self, program: Program, known: Known, fact: FactName, given: Known | None = None) -> None:
        """Begin a comparison.

        Args:
            given: what is known, if `known` holds also answers that make no difference: `pergunte` asks for those.
        """
        self._program = program
        self._reads = program.reads
        self._known = known
        self._told = known if given is None else given
        self._fact = fact
        tied = program.answers.tied
        self._reading = program.reads.bits(tied if fact in tied else [fact])  # what tells both cases apart
        self._answers = program.answers.of(fact, known)
        self._left = 0  # places that may still be looked at
        self._is_short = False  # whether some answer was left out that the case on the right may have
        self.tried = 0  # places that were looked at

    def can_matter(self, spot: Spot, calls: Sequence[Way | None]) -> bool:
        """Return False if it is proved that the fact makes no difference from `spot` on."""
        answers = self._answers
        if answers is None:
            return True
        here = tuple(calls)
        first, *others = (_Side(spot, here, each) for each in answers)
        starts = [_Pair(first, each, {}) for each in others]
        found = self._differ(starts, MOST_AT_ONCE) if starts else False
        if found is None:
            found = self._is_seen_to_matter(spot, here, answers) or self._differ(starts, MOST_PAIRS)
        return found is not False

    def idle_answer(self, spot: Spot, calls: Sequence[Way | None]) -> Value | None:
        """Return an answer with which every case goes on that the fact could have, of one that does not matter."""
        here = tuple(calls)
        for own in self._answers or ():
            starts = [_Pair(_Side(spot, here, own), _Side(spot, here, each), {}) for each in self._answers or ()]
            self._is_short = False
            found = self._differ([each for each in starts if each.right.own != own], MOST_PAIRS)
            if found is False and not self._is_short:
                return own
        return None

    def always_matters(self, spot: Spot, calls: Sequence[Way | None]) -> bool:
        """Return True if the fact makes a difference whatever else is answered, as far as is seen at once."""
        answers = self._answers or ()
        sides = [self._advanced(_Side(spot, tuple(calls), each), {}) for each in answers]
        return any(_clash(one, other) for one, other in combinations(sides, 2))

    def _is_seen_to_matter(self, spot: Spot, calls: tuple[Way | None, ...], answers: Sequence[Value]) -> bool:
        """Whether some whole cases, drawn always the same, are told apart by the fact: mostly one of the first is."""
        chance = _scattered()
        for _ in range(MOST_DRAWN):
            others: dict[FactName, Value | None] = {}
            place = next(chance) % len(answers)
            sides = [_Side(spot, calls, each) for each in (answers[place], answers[place - 1])]
            courses = [self._whole(each, others, chance) for each in sides]
            is_apart = None not in courses and courses[0] != courses[1]
            if is_apart and self._is_possible(_Pair(sides[0], sides[1], others)):
                return True
        return False

    def _whole(self, side: _Side, others: Known, chance: Iterator[int]) -> tuple[Hashable, ...] | None:
        """Return what is seen of a whole case; answers that it needs are drawn and added to `others`."""
        while True:
            side = self._advanced(side, others)
            if side.is_over:
                return side.ahead
            name = side.lacking[0]
            answers = self._of(name, side, others)
            if not answers or name in others:
                return None
            others[name] = answers[next(chance) % len(answers)]

    def _differ(self, starts: Sequence[_Pair], most: int) -> bool | None:
        """Whether some completion of a pair of cases tells them apart; None beyond so many places."""
        self._left = most
        is_open = False
        for each in starts:
            found = self._differs(each)
            if found:
                return True
            is_open = is_open or found is None
        return None if is_open else False

    def _differs(self, start: _Pair) -> bool | None:
        pairs = [start]
        seen: set[Hashable] = set()  # of this pair of answers alone
        while pairs:
            self._left -= 1
            self.tried += 1
            pair = pairs.pop()
            met = self._go_on(pair)
            if met is None:
                if self._is_possible(pair):
                    return True
                self._is_short = True
                continue
            if self._left < 0:
                return None
            key = self._key(met)
            if key not in seen and not self._is_together(met):
                seen.add(key)
                following = self._split(met)
                if following is None:
                    return True
                pairs.extend(following)
        return False

    def _go_on(self, pair: _Pair) -> _Pair | None:
        """Go on on both sides as far as is known; None if they have come to differ."""
        left, right = self._advanced(pair.left, pair.answers), self._advanced(pair.right, pair.answers)
        if _clash(left, right):
            return None
        shared = min(len(left.ahead), len(right.ahead))
        left, right = replace(left, ahead=left.ahead[shared:]), replace(right, ahead=right.ahead[shared:])
        return _Pair(left, right, pair.answers)

    def _advanced(self, side: _Side, answers: Known) -> _Side:
        if side.is_over:
            return side
        known = self._case(side, answers)
        picks: list[Way] = []
        calls = list(side.calls)
        end = advance(side.spot, known, picks, calls)
        seen = course(side.spot, picks, side.calls, known, self._told, side.asked)
        lacking = self._program.lacking(end, known)
        if lacking:
            seen = seen[:-1]  # the place itself: what is done there is not certain yet
        return replace(
            side,
            spot=end,
            calls=tuple(calls),
            ahead=side.ahead + seen,
            asked=side.asked.union(asked_in(seen)),
            lacking=lacking,
            is_over=not lacking,
        )

    def _case(self, side: _Side, answers: Known) -> Known:
        return self._program.evaluator.with_answers(self._known, {**answers, self._fact: side.own})

    def _is_together(self, pair: _Pair) -> bool:
        left, right = pair.left, pair.right
        if left.is_over and right.is_over:
            return True
        if left.spot is not right.spot or left.calls != right.calls or left.ahead or right.ahead:
            return False
        return not self._reading & self._reads.below(left.spot, left.calls)

    def _key(self, pair: _Pair) -> Hashable:
        """Return by what two pairs are the same: answers that nothing reads any more do not count."""
        sides = (pair.left, pair.right)
        read = 0
        for side in sides:
            read |= 0 if side.is_over else self._reads.below(side.spot, side.calls)
        names = self._reads.names(read) | self._program.answers.tied  # these tell what others can be
        answers = frozenset((name, value) for name, value in pair.answers.items() if name in names)
        return (*((each.spot.number, each.calls, each.ahead, each.asked, each.is_over) for each in sides), answers)

    def _split(self, pair: _Pair) -> list[_Pair] | None:
        """Return the pairs that the next answer makes of one; None where no few answers stand for all."""
        side = pair.right if pair.left.is_over else pair.left
        name = side.lacking[0]
        answers = self._of(name, side, pair.answers)
        if answers is None:
            return None
        if name in self._program.answers.tied and not (pair.left.is_over or pair.right.is_over):
            answers = self._of_both(pair, name)
        return [_Pair(pair.left, pair.right, {**pair.answers, name: each}) for each in reversed(answers)]

    def _of(self, name: FactName, side: _Side, answers: Known) -> Sequence[Value] | None:
        return self._program.answers.of(name, self._known, self._case(side, answers))

    def _of_both(self, pair: _Pair, name: FactName) -> Sequence[Value]:
        """Return the answers that both cases may have."""
        one, other = (self._of(name, side, pair.answers) or () for side in (pair.left, pair.right))
        self._is_short = self._is_short or not set(other) <= set(one)
        return [each for each in one if each in other]

    def _is_possible(self, pair: _Pair) -> bool:
        """Whether two cases can go on to whole ones that keep the assumptions, alike in all else."""
        tied = self._program.answers.tied
        if self._fact not in tied:
            return True
        open_names = [name for name in sorted(tied) if self._known.get(name) is None and name != self._fact]
        stack = [pair.answers]
        for _ in range(MOST_PAIRS):
            if not stack:
                return False
            here = stack.pop()
            name = next((each for each in open_names if each not in here), None)
            if name is None:
                if all(self._program.answers.fits(self._case(side, here)) for side in (pair.left, pair.right)):
                    return True
                continue
            one, other = (self._of(name, side, here) for side in (pair.left, pair.right))
            if one is None or other is None:
                return True
            stack += ({**here, name: each} for each in one if each in other)
        return True


def _scattered() -> Iterator[int]:
    """Yield numbers without order, the same every time (a linear congruential generator: D. E. Knuth, MMIX)."""
    state = 0
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33


def _clash(one: _Side, other: _Side) -> bool:
    """Whether what was seen on two sides differs for good."""
    shared = min(len(one.ahead), len(other.ahead))
    if one.ahead[:shared] != other.ahead[:shared]:
        return True
    return (one.is_over and len(other.ahead) > shared) or (other.is_over and len(one.ahead) > shared)
