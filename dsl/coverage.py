"""Part of pass 3: every value of a `caso` has just one branch.

In: a resolved procedure. Out: diagnostics for values without a branch, with two, and for a `senão` never reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import Face
from praxe.dsl.record import RecordBase, record
from praxe.dsl.vocabulary import Fact, FactType

_INFINITE: Final = Decimal("Infinity")
Number = int | Decimal


@record(kw_only=False)
class Interval(RecordBase):
    """Numbers from `low` to `high`, both included; the pattern it came from."""

    low: Decimal
    high: Decimal
    pattern: t.Pattern


def check_case(case: t.Case, fact: Fact, face: Face) -> Iterator[Diagnostic]:
    """Yield what is wrong with the branches of one `caso` over `fact`."""
    if fact.type in (FactType.INTEGER, FactType.DECIMAL):
        yield from _numbers(case, fact, face)
    else:
        yield from _named(case, fact, face)


def interval_of(pattern: t.Pattern) -> Interval | None:
    """Return the numbers a pattern admits; None when it holds no number (told already)."""
    match pattern:
        case t.RangePattern(low=low, high=high):
            return Interval(Decimal(low), _INFINITE if high is None else Decimal(high), pattern)
        case t.ValuePattern(value=t.Literal(value=int() | Decimal() as value)) if not isinstance(value, bool):
            return Interval(Decimal(value), Decimal(value), pattern)
        case _:
            return None


def key_of(pattern: t.Pattern, face: Face) -> str | None:
    """Return the value a pattern names, as the author writes it."""
    match pattern.value if isinstance(pattern, t.ValuePattern) else None:
        case t.ValueRef() as value:
            return value.name
        case t.Literal(value=bool() as answer):
            return face.word("YES" if answer else "NO")
        case t.Literal(value=str() as text):
            return f'"{text}"'
        case _:
            return None


def names_of(fact: Fact, face: Face) -> list[str] | None:
    """Return every value of a fact as the author writes it; None when they cannot be listed."""
    match fact.type:
        case FactType.YES_NO:
            return [face.word("YES"), face.word("NO")]
        case FactType.ONE_OF:
            return [value.name for value in fact.values]
        case _:
            return None


def gaps(intervals: list[Interval], fact: Fact) -> list[tuple[Decimal, Decimal]]:
    """Return the stretches of numbers within the fact's bounds that no interval holds."""
    whole = fact.type is FactType.INTEGER
    step = Decimal(1) if whole else Decimal(0)
    low = fact.minimum if fact.minimum is not None else -_INFINITE
    top = fact.maximum if fact.maximum is not None else _INFINITE
    found = []
    for each in sorted(intervals, key=lambda each: each.low):
        if each.low > low:
            found.append((low, each.low - step))
        low = max(low, each.high + step)
    if low < top or (whole and low == top):
        found.append((low, top))
    return found


def _named(case: t.Case, fact: Fact, face: Face) -> Iterator[Diagnostic]:
    seen: dict[str, t.Pattern] = {}
    for pattern in _patterns(case):
        name = key_of(pattern, face)
        if name is None:
            continue
        first = seen.setdefault(name, pattern)
        if first is not pattern:
            yield Diagnostic("PX309", pattern.span, {"name": name}, (Related(first.span, "first"),))
    every = names_of(fact, face)
    missing = [name for name in every or () if name not in seen]
    if every is None and case.otherwise is None:
        missing = [face.word("ELSE")]
    yield from _complete(case, fact, missing)


def _numbers(case: t.Case, fact: Fact, face: Face) -> Iterator[Diagnostic]:
    intervals = [each for each in map(interval_of, _patterns(case)) if each and each.low <= each.high]
    for index, later in enumerate(intervals):
        for earlier in intervals[:index]:
            if later.low <= earlier.high and earlier.low <= later.high:
                shared = written(max(later.low, earlier.low), min(later.high, earlier.high), face)
                related = (Related(earlier.pattern.span, "first"),)
                yield Diagnostic("PX302", later.pattern.span, {"text": shared}, related)
                break
    yield from _complete(case, fact, [written(low, high, face) for low, high in gaps(intervals, fact)])


def _complete(case: t.Case, fact: Fact, missing: list[str]) -> Iterator[Diagnostic]:
    if case.otherwise is None and missing:
        text = ", ".join(f"`{name}`" for name in missing)
        yield Diagnostic("PX301", case.subject.span, {"missing": text, "fact": fact.name})
    elif case.otherwise is not None and not missing and fact.type is not FactType.TEXT:
        yield Diagnostic("PX303", case.otherwise.span)


def _patterns(case: t.Case) -> Iterator[t.Pattern]:
    for arm in case.arms:
        yield from arm.patterns


def written(low: Decimal, high: Decimal, face: Face) -> str:
    """Return a stretch of numbers as the author would write it."""
    if high == _INFINITE:
        return f"{_plain(low)}+" if low != -_INFINITE else "…"
    if low == high:
        return _plain(low)
    return f"{'…' if low == -_INFINITE else _plain(low)} {face.word('RANGE_TO')} {_plain(high)}"


def _plain(number: Decimal) -> str:
    return format(number, "f")
