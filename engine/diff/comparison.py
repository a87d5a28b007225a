"""Two versions of a policy compared.

In: two policies, perhaps their scenarios. Out: a `PolicyDifference`: the customers for whom something is different, in
groups by the last place where both versions agreed, each with a smallest example and its share of all cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.calendar_example import calendar_example
from praxe.engine.diff.calendars import calendar_change
from praxe.engine.diff.common import changed_facts, common_procedures
from praxe.engine.diff.fact_types import check_types
from praxe.engine.diff.grouping import Grouping
from praxe.engine.diff.part import Opening
from praxe.engine.diff.records import Begin, PolicyDifference
from praxe.engine.diff.together import Together
from praxe.engine.diff.touched import Both, Touched
from praxe.engine.diff.words_changed import words_changed
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario

MOST_PAIRS: Final = 400_000


def compare(old: Policy, new: Policy, scenarios: Iterable[Scenario] = ()) -> PolicyDifference:
    """Compare two versions of a policy.

    Args:
        scenarios: cases to decide by both, to tell which of them a change touches.

    Raises:
        FactTypesError: a fact is of another type in one version than in the other. A ValueError.
    """
    check_types(old, new)
    facts = changed_facts(old, new)
    opening = Opening(old, new, common_procedures(old, new, facts))
    starts = _starts(old, new)
    is_read_alike = not facts and old.manifest.calendar == new.manifest.calendar
    together = Together(opening.parts(), starts, most=MOST_PAIRS, is_read_alike=is_read_alike)
    while wanted := together.wanted(opening):
        opening.open(wanted)
        together = Together(opening.parts(), starts, most=MOST_PAIRS, is_read_alike=is_read_alike)
    grouping = Grouping(old, new, together, facts)
    groups = grouping.groups()
    also = tuple(grouping.also())
    calendar = calendar_change(old, new)
    if calendar is not None:
        example = calendar_example((old, new), together, grouping.examples, calendar)
        calendar = replace(calendar, example=example)
    given = tuple(scenarios)
    touched = _touched(Touched(old, new, facts), given) if given else []
    return PolicyDifference(
        groups=grouping.with_scenarios(groups, touched),
        words=words_changed(old.checked, new.checked),
        is_exact=together.is_exact,
        doors=_doors_of_one(old, new),
        has_questions=grouping.has_questions,
        also=also,
        scenarios_touched=tuple(dict.fromkeys(each.name for each, _ in touched)),
        scenarios_total=len(given),
        calendar=calendar,
    )


def _touched(touched: Touched, scenarios: Iterable[Scenario]) -> Sequence[tuple[Scenario, Both]]:
    return [(each, decisions) for each in scenarios if (decisions := touched.decided(each))]


def _starts(old: Policy, new: Policy) -> tuple[Begin, ...]:
    """Return what a case may begin with in both versions: the entry, whatever it is called, and doors of one name."""
    entry = Begin(old.manifest.entry, new.manifest.entry)
    doors = (Begin(each, each) for each in old.manifest.doors if each in new.manifest.doors)
    return tuple(dict.fromkeys((entry, *doors)))


def _doors_of_one(old: Policy, new: Policy) -> tuple[ProcedureName, ...]:
    return tuple(sorted({*old.manifest.doors} ^ {*new.manifest.doors}))
