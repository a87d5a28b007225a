"""Whether the country and state of a policy's calendar are known. Part of a thorough check.

In: the manifest. Out: a finding when no holidays are known for them. The `holidays` library takes a while to load, so a
policy that is only loaded to decide is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.near import nearest
from praxe.dsl.vocabulary import CalendarSpec, Manifest


def check_calendar(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield a finding if the calendar's country or state is unknown."""
    spec = manifest.calendar
    if spec.country is None:
        return
    import holidays
    from holidays.registry import EntityLoader

    span = spec.span or manifest.span
    if spec.country not in EntityLoader.get_country_codes():
        yield Diagnostic("PX181", span, {"name": spec.country})
        return
    places = list(getattr(holidays, spec.country).subdivisions)
    for name in (spec.state, spec.city):
        if name is not None and not _fitting(name, places):
            near = nearest(name, places)
            listed = ", ".join(f"`{each}`" for each in places)
            yield Diagnostic("PX184", span, {"name": name, "known": listed} | ({"near": near} if near else {}))


def subdivision_of(spec: CalendarSpec, places: Sequence[str]) -> str | None:
    """Return what the `holidays` library calls the city or state of a calendar, one of its `places`."""
    return next((_fitting(name, places) or name for name in (spec.city, spec.state) if name), None)


def _fitting(name: str, places: Sequence[str]) -> str | None:
    return next((each for each in places if each in (name, f"{name} Capital")), None)
