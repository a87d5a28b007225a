"""What the scenarios of a policy would not notice, for people and for programs.

In: a mutation score. Out: lines, or a record for JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from praxe.cli.layout import wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.report_line import safe
from praxe.engine.mutants.score import MutationScore, Tried
from praxe.engine.words import lexicon


def score_lines(score: MutationScore, terminal: Terminal) -> Iterator[str]:
    """Yield the mistakes that no scenario noticed, then the score."""
    for each in score.missed:
        yield terminal.paint(safe(str(each.edit.span)), Style.DIM)
        yield from (f"  {line}" for line in wrapped(_told(each, terminal), terminal.width - 2, indent="  "))
    if score.missed:
        yield ""
    noticed, total = len(score.tried) - len(score.missed), len(score.tried)
    share = lexicon(terminal.language).number(Decimal(f"{_percent(score):.1f}"))
    words = terminal.say("mutants.score", noticed=noticed, total=total, percent=share)
    yield terminal.paint(words, Style.BOLD, Style.GREEN if not score.missed else Style.AMBER)


def score_record(score: MutationScore, terminal: Terminal) -> dict[str, object]:
    """Return the same for programs: every mistake tried, with the scenario that noticed it."""
    return {
        "score": round(_percent(score) / 100, 6),
        "noticed": len(score.tried) - len(score.missed),
        "total": len(score.tried),
        "mutants": [
            {
                "kind": each.edit.kind.value,
                "path": each.edit.span.path,
                "line": each.edit.span.line,
                "column": each.edit.span.column,
                "before": each.edit.before,
                "after": each.edit.after,
                "message": _told(each, terminal),
                "noticed_by": each.noticed_by.name if each.noticed_by else None,
            }
            for each in score.tried
        ],
    }


def _percent(score: MutationScore) -> float:
    """Return the share in percent, rounded down to a tenth: 100 only when all were noticed."""
    total = len(score.tried)
    return (total - len(score.missed)) * 1000 // total / 10 if total else 100.0


def _told(tried: Tried, terminal: Terminal) -> str:
    edit = tried.edit
    key = f"mutants.{edit.kind.value}"
    if edit.before and edit.after:
        return safe(terminal.say("mutants.changed", what=terminal.say(key), before=edit.before, after=edit.after))
    if edit.before:
        return safe(terminal.say("mutants.lost", what=terminal.say(key), before=edit.before))
    return terminal.say(key)
