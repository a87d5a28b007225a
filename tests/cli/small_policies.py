"""Random small policies as the texts of a folder: waits with duties, retries, calls, rules of every form.

Out: `SmallPolicy`, whose texts the checker takes or refuses, and its mended forms, in which one rule holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

VOCABULARY = """\
facts:
  fa: {type: yes_no, label: FA, question: "FA?"}
  fk: {type: one_of, label: FK, question: "FK?", values: {x: X, y: Y}}
  fn: {type: integer, label: FN, question: "FN?", min: 0, max: 9}
  fd: {type: decimal, label: FD, question: "FD?", min: 0, max: 9}
  fs: {type: set_of, label: FS, question: "FS?", values: {p: P, q: Q}}
  ft: {type: text, label: FT, question: "FT?"}
  fday: {type: date, label: FDay, question: "FDay?"}
  fr: {type: yes_no, label: FR, question: "FR?"}
  fw: {type: yes_no, label: FW, question: "FW?"}
  fv: {type: yes_no, label: FV, question: "FV?"}
actions:
  bat: {label: Bat}
  dot: {label: Dot, conflicts: [bat]}
  fin: {label: Fin}
  idle: {label: Idle}
outcomes:
  one: {label: One}
  two: {label: Two}
  spare: {label: Spare}
"""
TESTS = (
    "fa",
    "not fa",
    "fk is x",
    "fn > 4",
    "fd <= 2.5",
    "fs contains p",
    'ft is "a: #b"',
    "fday > 2027-01-01",
    "fn > 6 or fa",
    "fday < today",
)
ACTIONS = ("bat", "dot", "fin")
OUTCOMES = ("one", "two")
_STEPS = st.sampled_from([*(f"do {each}" for each in ACTIONS), 'do "bat it"', 'say "hi"'])


@dataclass(frozen=True, kw_only=True)
class SmallPolicy:
    """One policy. `bodies`: the lines of the procedures `p`, where cases begin, and `q`, where some begin too."""

    language: str
    bodies: Mapping[str, tuple[str, ...]]
    rules: tuple[str, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The files of its folder."""
        doors = ", ".join(name for name in self.bodies if name != "p")
        procedures = ["\n  ".join([f'procedure {name} "{name}":', *body]) for name, body in self.bodies.items()]
        head = 'name: p\ntitle: P\nversion: "1"\nentry: p\n'
        return {
            "policy.yaml": f"{head}language: {self.language}\ndoors: [{doors}]\n",
            "vocabulary.yaml": VOCABULARY,
            "p.praxe": "\n\n".join([*procedures, "\n".join(self.rules)]) + "\n",
        }

    def write_to(self, folder: Path) -> None:
        """Make the folder."""
        (folder / "scenarios").mkdir(parents=True)
        for name, text in self.texts.items():
            (folder / name).write_text(text, encoding="utf-8")

    def beginning_with(self, action: str) -> SmallPolicy:
        """Return the policy that does this first of all."""
        return replace(self, bodies={name: (f"do {action}", *body) for name, body in self.bodies.items()})

    def instead_of(self, name: str, other: str) -> SmallPolicy:
        """Return the policy that does, or ends in, something else."""
        wanted = re.compile(rf"\b{name}\b(?! it)")
        return replace(
            self, bodies={key: tuple(wanted.sub(other, line) for line in body) for key, body in self.bodies.items()}
        )


@st.composite
def small_policies(draw: st.DrawFn) -> SmallPolicy:
    """Draw a policy."""
    return SmallPolicy(
        language=draw(st.sampled_from(["en", "pt"])),
        bodies={
            "p": ("follow q", *_block(draw, 2, ["fw", "retry"], ends=True).lines),
            "q": ('say "q"', *_ending_in_part(_block(draw, 2, ["fv"], ends=False))),
        },
        rules=tuple(draw(st.lists(_rules(), min_size=1, max_size=3, unique=True))),
    )


@st.composite
def _rules(draw: st.DrawFn) -> str:
    condition = draw(st.sampled_from(["", *(f" when {each}" for each in (*TESTS[:4], "outcome is one"))]))
    action = draw(st.sampled_from(ACTIONS))
    before = draw(
        st.sampled_from([*(each for each in ACTIONS if each != action), *(f"end {each}" for each in OUTCOMES)])
    )
    forms = [
        f"never {action}{condition}",
        f"never {draw(st.sampled_from(OUTCOMES))}{condition.replace('outcome is one', 'fa')}",
    ]
    return draw(st.sampled_from([*forms, f"always {action}{condition}", f"always {action} before {before}"]))


def _ending_in_part(lines: _Lines) -> tuple[str, ...]:
    """Return lines that some case passes: what follows them is to be reached."""
    return lines.lines if lines.goes_on else ("if fa:", *(f"  {each}" for each in lines.lines))


@dataclass(frozen=True)
class _Lines:
    """Lines, and whether what stands below them is ever reached."""

    lines: tuple[str, ...]
    goes_on: bool = True

    def below(self, head: str) -> _Lines:
        return _Lines((head, *(f"  {each}" for each in self.lines)), self.goes_on)


def _branches(*branches: _Lines) -> _Lines:
    return _Lines(tuple(line for each in branches for line in each.lines), any(each.goes_on for each in branches))


def _block(draw: st.DrawFn, depth: int, once: list[str], *, ends: bool | None = None) -> _Lines:
    """Draw lines.

    Args:
        once: what may come once in all.
        ends: whether the last of them ends the case; None: perhaps.
    """
    lines: tuple[str, ...] = ()
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["step", "step", "if", "case", "each", *once] if depth else ["step"]))
        if kind in once:
            once.remove(kind)
        part = _statement(draw, kind, depth - 1, once)
        lines += part.lines
        if not part.goes_on:
            return _Lines(lines, goes_on=False)
    if ends or (ends is None and draw(st.booleans())):
        return _Lines((*lines, draw(st.sampled_from(["end one", "end two", 'gap "silent"']))), goes_on=False)
    return _Lines(lines)


def _statement(draw: st.DrawFn, kind: str, depth: int, once: list[str]) -> _Lines:
    def inside(head: str) -> _Lines:
        return _block(draw, depth, once).below(head)

    match kind:
        case "step":
            return _Lines((draw(_STEPS),))
        case "if":
            condition = f"if {draw(st.sampled_from(TESTS))}:"
            return _branches(inside(condition), inside("else:") if draw(st.booleans()) else _Lines(()))
        case "case":
            return _branches(_Lines(("case fk:",), goes_on=False), *(_indented(inside(f"{value}:")) for value in "xy"))
        case "each":
            return _Lines((draw(_STEPS),)).below("for each it in fs:")
        case "retry":
            attempt = f"try up to 2 times {draw(st.sampled_from(ACTIONS))} until fr:"
            return _branches(inside(attempt), inside("else:"))
        case "follow":
            return _Lines(("follow q",))
        case _:
            on_time = inside(f"wait for {kind} within 2 days:")
            duties = tuple(draw(st.lists(_STEPS, min_size=1, max_size=2)))
            meanwhile = replace(_Lines(duties).below("meanwhile:"), goes_on=False)
            return _branches(on_time, meanwhile, inside("else:"))


def _indented(lines: _Lines) -> _Lines:
    return replace(lines, lines=tuple(f"  {each}" for each in lines.lines))
