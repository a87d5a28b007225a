"""Business days and due dates, against counting day by day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.tree import Duration, Unit
from praxe.dsl.vocabulary import CalendarSpec
from praxe.engine.deadlines import (
    Calendar,
    add_business_days,
    add_duration,
    days_between,
    due_at,
    subtract_business_days,
    subtract_duration,
)

DAY = datetime.timedelta(days=1)
CHRISTMAS = datetime.date(2026, 12, 25)
CALENDAR = Calendar(CalendarSpec(name="BR", holidays=(CHRISTMAS, datetime.date(2026, 12, 26), CHRISTMAS)))
dates = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


def is_business_day(day: datetime.date) -> bool:
    return day.weekday() < 5 and day != CHRISTMAS


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-20", 4, "2026-11-26"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-23", 2, "2026-12-28"),
    ],
)
def test_business_days_skip_weekends_and_holidays(start: str, count: int, end: str) -> None:
    day = datetime.date.fromisoformat(start)
    assert add_business_days(day, count, CALENDAR).isoformat() == end


@given(dates, st.integers(0, 400))
def test_business_days_agree_with_counting(start: datetime.date, count: int) -> None:
    later = earlier = start
    for _ in range(count):
        later += DAY
        earlier -= DAY
        while not is_business_day(later):
            later += DAY
        while not is_business_day(earlier):
            earlier -= DAY
    assert add_business_days(start, count, CALENDAR) == later
    assert subtract_business_days(start, count, CALENDAR) == earlier


@given(dates, dates)
def test_days_between_agree_with_counting(start: datetime.date, end: datetime.date) -> None:
    first, last = sorted((start, end))
    counted = sum(is_business_day(first + DAY * each) for each in range(1, (last - first).days + 1))
    assert days_between(start, end, CALENDAR) == (counted if start <= end else -counted)
    assert days_between(start, end) == (end - start).days


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_business_days(CHRISTMAS, -1, CALENDAR)
    with pytest.raises(ValueError, match="-1"):
        subtract_business_days(CHRISTMAS, -1, CALENDAR)


@pytest.mark.parametrize(
    ("start", "duration", "after", "before"),
    [
        ("2026-01-31", Duration(1, Unit.MONTH), "2026-02-28", "2025-12-31"),
        ("2028-02-29", Duration(12, Unit.MONTH), "2029-02-28", "2027-02-28"),
        ("2026-03-31", Duration(11, Unit.MONTH), "2027-02-28", "2025-04-30"),
        ("2026-11-20", Duration(30, Unit.DAY), "2026-12-20", "2026-10-21"),
        ("2026-11-20", Duration(47, Unit.HOUR), "2026-11-21", "2026-11-19"),
        ("2026-12-24", Duration(1, Unit.BUSINESS_DAY), "2026-12-28", "2026-12-23"),
        ("9999-12-01", Duration(100_000, Unit.DAY), "9999-12-31", "9726-02-15"),
        ("0001-01-02", Duration(100_000, Unit.MONTH), "8334-05-02", "0001-01-01"),
        ("9999-12-01", Duration(100_000, Unit.BUSINESS_DAY), "9999-12-31", "9616-08-10"),
    ],
)
def test_dates_and_durations(start: str, duration: Duration, after: str, before: str) -> None:
    day = datetime.date.fromisoformat(start)
    assert add_duration(day, duration, CALENDAR).isoformat() == after
    assert subtract_duration(day, duration, CALENDAR).isoformat() == before


def test_hours_are_due_at_a_time_of_day() -> None:
    now = datetime.datetime(2026, 11, 20, 23, 30, tzinfo=datetime.UTC)
    assert due_at(now, Duration(2, Unit.HOUR), CALENDAR).isoformat() == "2026-11-21T01:30:00+00:00"
    assert due_at(now, Duration(2, Unit.DAY), CALENDAR).isoformat() == "2026-11-22"
    far = due_at(datetime.datetime.max.replace(tzinfo=datetime.UTC), Duration(100_000, Unit.HOUR), CALENDAR)
    assert far.year == 9999
