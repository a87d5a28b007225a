"""Business days, and the days and times at which things are due.

In: dates, durations and the policy's calendar. Out: dates; those before year 1 or after 9999 become the first or
last day there is, so that no date of a policy or of a fact can stop a walk.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import assert_never

from praxe.dsl.calendar_check import subdivision_of
from praxe.dsl.errors import PraxeError
from praxe.dsl.tree import Duration, Unit
from praxe.dsl.vocabulary import CalendarSpec

_LAST = datetime.date.max.toordinal()
_MONTHS = 12
_YEARS = range(1990, 2101)  # of the public holidays


@dataclass(frozen=True)
class Calendar:
    """Business days are Monday to Friday, but for the days off of `spec`.

    Public holidays are those the `holidays` library knows for the country and state, from 1990 to 2100; it is asked
    when they are first needed.
    """

    spec: CalendarSpec = field(default_factory=lambda: CalendarSpec(name="mon-fri"))

    @property
    def name(self) -> str:
        """What a decision calls the calendar it counted by."""
        return self.spec.name

    @cached_property
    def holidays(self) -> tuple[int, ...]:
        """The ordinals of the days off from Monday to Friday, ascending, none twice.

        Raises:
            PraxeError: no holidays are known for the country or state.
        """
        days = {*self.spec.holidays, *_public_holidays(self.spec)}
        return tuple(sorted(each.toordinal() for each in days if each.weekday() < 5))

    def count_until(self, day: datetime.date) -> int:
        """Return how many business days there are from year 1 to `day`, `day` included."""
        weeks, rest = divmod(day.toordinal(), 7)  # day 1 of the calendar is a Monday
        return weeks * 5 + min(rest, 5) - bisect_right(self.holidays, day.toordinal())

    def business_day(self, number: int) -> datetime.date:
        """Return the business day that `count_until` counts as `number`."""
        if number < 1:
            return datetime.date.min
        skipped = 0
        while True:  # each round passes at least one holiday more, or is the last
            weeks, rest = divmod(number + skipped - 1, 5)
            ordinal = weeks * 7 + rest + 1
            passed = bisect_right(self.holidays, ordinal)
            if passed == skipped:
                return _from_ordinal(ordinal)
            skipped = passed


def _public_holidays(spec: CalendarSpec) -> Iterable[datetime.date]:
    if spec.country is None:
        return ()
    import holidays  # a tenth of a second, and only a policy with a country needs it

    try:
        places = holidays.list_supported_countries().get(spec.country, [])
        return holidays.country_holidays(spec.country, subdiv=subdivision_of(spec, places), years=_YEARS).keys()
    except NotImplementedError:
        where = spec.name
        raise PraxeError(
            {
                "pt": f"não se conhecem os feriados do calendário `{where}`; veja `calendar` em policy.yaml",
                "en": f"the holidays of the calendar `{where}` are not known; see `calendar` in policy.yaml",
            }
        ) from None


def add_business_days(start: datetime.date, count: int, calendar: Calendar) -> datetime.date:
    """Return the day `count` business days (zero or more) after `start`, itself day zero.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError(f"a negative number of business days: {count}")
    return calendar.business_day(calendar.count_until(start) + count) if count else start


def subtract_business_days(start: datetime.date, count: int, calendar: Calendar) -> datetime.date:
    """Return the day `count` business days (zero or more) before `start`, itself day zero.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError(f"a negative number of business days: {count}")
    if not count:
        return start
    before = _from_ordinal(start.toordinal() - 1)
    return calendar.business_day(calendar.count_until(before) - count + 1)


def days_between(start: datetime.date, end: datetime.date, calendar: Calendar | None = None) -> int:
    """Return the days from `start`, itself day zero, to `end`; negative when `end` comes first.

    Args:
        calendar: given, only its business days count.
    """
    if calendar is None:
        return (end - start).days
    return calendar.count_until(end) - calendar.count_until(start)


def add_duration(start: datetime.date, duration: Duration, calendar: Calendar) -> datetime.date:
    """Return the date `duration` after `start`. Only whole days of an amount of hours count."""
    amount = duration.amount
    match duration.unit:
        case Unit.HOUR:
            return _from_ordinal(start.toordinal() + amount // 24)
        case Unit.DAY:
            return _from_ordinal(start.toordinal() + amount)
        case Unit.BUSINESS_DAY:
            return add_business_days(start, amount, calendar)
        case Unit.MONTH:
            return _shift_months(start, amount)
        case _:
            assert_never(duration.unit)


def subtract_duration(start: datetime.date, duration: Duration, calendar: Calendar) -> datetime.date:
    """Return the date `duration` before `start`. Only whole days of an amount of hours count."""
    amount = duration.amount
    match duration.unit:
        case Unit.HOUR:
            return _from_ordinal(start.toordinal() - amount // 24)
        case Unit.DAY:
            return _from_ordinal(start.toordinal() - amount)
        case Unit.BUSINESS_DAY:
            return subtract_business_days(start, amount, calendar)
        case Unit.MONTH:
            return _shift_months(start, -amount)
        case _:
            assert_never(duration.unit)


def due_at(now: datetime.datetime, duration: Duration, calendar: Calendar) -> datetime.date:
    """Return when something given at `now` is due: a time of day for hours, else a date."""
    if duration.unit is not Unit.HOUR:
        return add_duration(now.date(), duration, calendar)
    try:
        return now + datetime.timedelta(hours=duration.amount)
    except OverflowError:
        return datetime.datetime.max.replace(microsecond=0, tzinfo=now.tzinfo)


def _shift_months(start: datetime.date, months: int) -> datetime.date:
    """Return the same day of another month, or that month's last day when it is shorter."""
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if year < datetime.MINYEAR:
        return datetime.date.min
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(start.day, _days_in_month(year, month + 1)))


def _days_in_month(year: int, month: int) -> int:
    if month == _MONTHS:
        return 31
    return (datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)).day


def _from_ordinal(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(min(max(ordinal, 1), _LAST))
