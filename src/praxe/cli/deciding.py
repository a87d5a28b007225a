"""What the commands that decide a case share: the options that give its facts, and one call of the engine.

In: the options. Out: a `Decision`; or what is wrong with the facts, on stderr, and exit code 2.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from praxe.cli.facts_input import GivenFacts
from praxe.cli.options import PATH, Moment
from praxe.cli.policies import known_procedure
from praxe.cli.terminal import Terminal
from praxe.dsl.report_line import safe
from praxe.dsl.source import Span
from praxe.engine.decision import Decision
from praxe.engine.facts import FactError
from praxe.engine.policy import Policy

if TYPE_CHECKING:
    from praxe.engine.compile import CompiledPolicy

Result = TypeVar("Result")

_OPTIONS: Final = (
    click.option("--facts", type=PATH),
    click.option("--fact", multiple=True),
    click.option("--start"),
    click.option("--now", type=Moment()),
)


@dataclass(frozen=True, kw_only=True)
class CaseOptions:
    """The case that a command line describes."""

    file: Path | None
    facts: tuple[str, ...]  # each `name=value`
    start: str | None
    now: datetime.datetime


def case_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add `--facts`, `--fact`, `--start` and `--now`; the function takes them together, as `case`."""

    @functools.wraps(function)
    def with_case(
        *args: Any,
        facts: Path | None,
        fact: tuple[str, ...],
        start: str | None,
        now: datetime.datetime | None,
        **others: Any,
    ) -> Result:
        case = CaseOptions(file=facts, facts=fact, start=start, now=now or _this_moment())
        return function(*args, case=case, **others)

    made: Callable[..., Result] = with_case
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


def given_facts(policy: Policy, case: CaseOptions, terminal: Terminal) -> GivenFacts:
    """Read the facts of the file and of the options; the engine has not checked them yet."""
    given = GivenFacts(policy.facts, terminal)
    given.read(case.file, case.facts)
    return given


def decided(policy: Policy, case: CaseOptions, terminal: Terminal, compiled: CompiledPolicy | None = None) -> Decision:
    """Read the facts and decide, by the policy's compiled form if there is one."""
    given = given_facts(policy, case, terminal)
    start = known_procedure(case.start, policy)
    try:
        return (compiled or policy).decide(given.values, start=start, now=case.now, language=terminal.language)
    except FactError as error:
        tell_fact_error(error, given.places, terminal)
        raise click.exceptions.Exit(2) from None


def tell_fact_error(error: FactError, places: dict[str, Span], terminal: Terminal) -> None:
    """Say what is wrong with each fact, and where it was written."""
    for each in error.problems:
        place = f"{places[each.fact]}: " if each.fact in places else ""
        terminal.trouble(safe(place + each.in_language(terminal.language)))


def _this_moment() -> datetime.datetime:
    """Return the local date and time: the door is the one place that looks at a clock."""
    return datetime.datetime.now().replace(microsecond=0)
