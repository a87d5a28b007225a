"""Policies of any size, built without text: trees of questions, long chains, deep nesting, wide tables."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.dsl.tree import ActionName, FactName, OutcomeName, ProcedureName
from praxe.dsl.vocabulary import Action, Fact, FactType, Manifest, Outcome, Value, Vocabulary, Words

HERE = Span("grown.praxe", 1, 1, 1, 2)
ENTRY = ProcedureName("inicio")
COLORS = ("azul", "verde", "roxo", "preto")
ACTIONS = tuple(ActionName(f"passo_{number}") for number in range(50))
OUTCOMES = tuple(OutcomeName(f"fim_{number}") for number in range(12))


def words(text: str) -> Words:
    """Return the same words in both languages."""
    return Words({"pt": text, "en": text})


def fact(name: str, kind: FactType, values: Iterable[str] = ()) -> Fact:
    """Return a fact; numbers go from 0 to 100,000."""
    listed = tuple(Value(name=each, label=words(each), span=HERE) for each in values)
    low, high = (Decimal(0), Decimal(100_000)) if kind is FactType.INTEGER else (None, None)
    return Fact(
        name=FactName(name),
        type=kind,
        label=words(name),
        question=words(name),
        values=listed,
        minimum=low,
        maximum=high,
        span=HERE,
    )


def ref(name: str) -> t.FactRef:
    """Return a fact as an expression."""
    return t.FactRef(name=FactName(name), span=HERE)


def block(*statements: t.Statement) -> t.Block:
    """Return statements as a block."""
    return t.Block(statements=statements, span=HERE)


def do(number: int) -> t.Do:
    """Return a step."""
    action = t.ActionRef(name=ACTIONS[number % len(ACTIONS)], span=HERE)
    clauses = (t.ClauseRef(name=t.ClauseId(f"c.{number}"), span=HERE),)
    return t.Do(step=t.ActionCall(action=action, span=HERE), deadline=None, clauses=clauses, span=HERE)


def end(number: int) -> t.End:
    """Return an end."""
    return t.End(outcome=t.OutcomeRef(name=OUTCOMES[number % len(OUTCOMES)], span=HERE), span=HERE)


def choose(test: t.Expression, yes: t.Block, no: t.Block | None) -> t.If:
    """Return a decision."""
    return t.If(branches=(t.IfBranch(condition=test, body=yes, span=HERE),), otherwise=no, span=HERE)


def policy_of(body: t.Block, facts: Sequence[Fact], tables: Sequence[t.Table] = ()) -> CheckedPolicy:
    """Return the checked policy of one procedure."""
    procedure = t.Procedure(name=ENTRY, name_span=HERE, title=None, body=body, span=HERE)
    answer = FactType.ONE_OF
    return CheckedPolicy(
        manifest=Manifest(
            name="grande", title=words("Grande"), version="1", language="pt", entry=ENTRY, entry_span=HERE, span=HERE
        ),
        vocabulary=Vocabulary(
            facts={each.name: each for each in facts},
            actions={name: Action(name=name, label=words(name), span=HERE) for name in ACTIONS},
            outcomes={name: Outcome(name=name, label=words(name), span=HERE) for name in OUTCOMES},
            clauses={},
        ),
        files=(),
        procedures={ENTRY: procedure},
        definitions={each.name: each for each in tables},
        derived={each.name: fact(each.name, answer, COLORS) for each in tables},
        rules=(),
        translations={},
        digest="sha256:" + "0" * 64,
    )


def tree_of(decisions: int, seed: int = 1) -> tuple[CheckedPolicy, list[Fact]]:
    """Return a policy of two trees after each other: it asks about as much as the logarithm of its size."""
    chance = random.Random(seed)
    count = max(12, decisions * 2 // 5)
    kinds = (FactType.YES_NO, FactType.ONE_OF, FactType.INTEGER)
    facts = [fact(f"f{each}", kinds[each % 3], COLORS if each % 3 == 1 else ()) for each in range(count)]
    made = iter(range(10**9))
    parts = [_grow(each, facts, chance, made) for each in _split(decisions, 2, chance)]
    return policy_of(block(*parts, end(0)), facts), facts


def _grow(decisions: int, facts: Sequence[Fact], chance: random.Random, made: Any) -> t.Statement:
    """Return a tree of so many decisions; its depth is that of a balanced one."""
    number = next(made)
    if not decisions:
        return do(number)
    one, other = _split(decisions - 1, 2, chance)
    yes, no = _grow(one, facts, chance, made), _grow(other, facts, chance, made)
    return choose(_test(chance.choice(facts), chance), block(do(number), yes), block(no))


def _split(total: int, parts: int, chance: random.Random) -> tuple[int, ...]:
    first = total // parts + (chance.randint(-total // 8, total // 8) if total > 8 else 0)
    return first, total - first


def _test(subject: Fact, chance: random.Random) -> t.Expression:
    match subject.type:
        case FactType.YES_NO:
            return ref(subject.name)
        case FactType.ONE_OF:
            value = t.ValueRef(name=chance.choice(COLORS), span=HERE)
            return t.Compare(operator=t.Comparison.IS, left=ref(subject.name), right=value, span=HERE)
        case _:
            bound = t.Literal(value=chance.randint(1, 99_999), span=HERE)
            return t.Compare(operator=t.Comparison.GREATER, left=ref(subject.name), right=bound, span=HERE)


def chain_of(decisions: int) -> tuple[CheckedPolicy, list[Fact]]:
    """Return a policy of so many decisions after each other, each with a step on one side."""
    facts = [fact(f"f{each}", FactType.YES_NO) for each in range(40)]
    parts = [choose(ref(f"f{each % 40}"), block(do(each)), None) for each in range(decisions)]
    return policy_of(block(*parts, end(0)), facts), facts


def nested_of(levels: int) -> tuple[CheckedPolicy, list[Fact]]:
    """Return a policy of so many decisions inside each other, with a step after each."""
    facts = [fact(f"f{each}", FactType.YES_NO) for each in range(40)]
    inner = block(do(0))
    for each in range(levels):
        inner = block(choose(ref(f"f{each % 40}"), inner, None), do(each + 1))
    return policy_of(block(*inner.statements, end(0)), facts), facts


def questions_of(depth: int) -> tuple[CheckedPolicy, list[Fact]]:
    """Return a full tree of questions, each asked of a fact of its level: 4,095 of them at depth 12."""
    facts = [fact(f"f{each}", FactType.YES_NO) for each in range(depth)]

    def grow(level: int, number: int) -> t.Block:
        if level == depth:
            return block(do(number), end(number))
        return block(choose(ref(f"f{level}"), grow(level + 1, 2 * number + 1), grow(level + 1, 2 * number + 2)))

    return policy_of(grow(0, 0), facts), facts


def table_of(rows: int, *, is_keyed: bool) -> tuple[CheckedPolicy, list[Fact]]:
    """Return a policy that decides by one table: by two keys, or by two intervals."""
    side = int(rows**0.5)
    width = 100_000 // side
    keys = tuple(f"v{each}" for each in range(side))
    kind = FactType.ONE_OF if is_keyed else FactType.INTEGER
    facts = [fact(name, kind, keys if is_keyed else ()) for name in ("a", "b")]

    def cell(place: int) -> t.Cell:
        if is_keyed:
            pattern: t.Pattern = t.ValuePattern(value=t.ValueRef(name=keys[place], span=HERE), span=HERE)
        else:
            pattern = t.RangePattern(low=place * width, high=(place + 1) * width - 1, span=HERE)
        return t.Cell(patterns=(pattern,), span=HERE)

    lines = tuple(
        t.Row(
            cells=(cell(row // side), cell(row % side)),
            output=t.ValueRef(name=COLORS[(row * 7) % len(COLORS)], span=HERE),
            span=HERE,
        )
        for row in range(side * side)
    )
    name = FactName("cor")
    table = t.Table(
        name=name,
        name_span=HERE,
        title=None,
        hit_policy=t.HitPolicy.FIRST,
        inputs=(ref("a"), ref("b")),
        rows=lines,
        span=HERE,
    )
    arms = tuple(
        t.Arm(
            patterns=(t.ValuePattern(value=t.ValueRef(name=color, span=HERE), span=HERE),),
            body=block(do(number), end(number)),
            span=HERE,
        )
        for number, color in enumerate(COLORS)
    )
    return policy_of(block(t.Case(subject=ref("cor"), arms=arms, otherwise=None, span=HERE)), facts, [table]), facts


def draw(facts: Sequence[Fact], count: int, seed: int = 3) -> list[dict[str, Any]]:
    """Return typed facts of so many cases."""
    chance = random.Random(seed)
    return [{each.name: _value(each, chance) for each in facts} for _ in range(count)]


def _value(subject: Fact, chance: random.Random) -> Any:
    match subject.type:
        case FactType.YES_NO:
            return chance.random() < 0.5
        case FactType.ONE_OF:
            return chance.choice(subject.values).name
        case _:
            return chance.randint(0, 99_999)
