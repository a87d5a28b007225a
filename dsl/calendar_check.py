"""Whether the country and state of a policy's calendar are known. Part of a thorough check.

In: the manifest. Out: a finding when no holidays are known for them. Asking the `holidays` library costs a tenth of a
second, so a policy that is only loaded to decide is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.near import nearest
from praxe.dsl.vocabulary import Manifest


def check_calendar(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield a finding if the calendar's country or state is unknown."""
    spec = manifest.calendar
    if spec.country is None:
        return
    import holidays

    known = holidays.list_supported_countries()
    span = spec.span or manifest.span
    if spec.country not in known:
        yield Diagnostic("PX181", span, {"name": spec.country})
    elif spec.state is not None and spec.state not in known[spec.country]:
        near = nearest(spec.state, known[spec.country])
        listed = ", ".join(f"`{each}`" for each in known[spec.country])
        yield Diagnostic("PX184", span, {"name": spec.state, "known": listed} | ({"near": near} if near else {}))
