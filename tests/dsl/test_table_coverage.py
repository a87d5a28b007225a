"""Decision tables checked against all their cases, one by one; and tables too large or too tangled for that."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.table_coverage import check_table, ruled_out
from praxe.dsl.vocabulary import Assumption, Fact, FactType
from tests.dsl.tables import FACE, FACTS, HERE, Case, cases, conditions, fact, fits, holds, rows, table, value, world

UNIQUE, FIRST = t.HitPolicy.UNIQUE, t.HitPolicy.FIRST
Rows = Sequence[Sequence[Sequence[object]]]


def codes(found: Sequence[Diagnostic], code: str) -> list[int]:
    return [each.span.line for each in found if each.code == code]


def overlapping(written: Rows, possible: Sequence[Case]) -> list[int]:
    """Return the rows, from 1, that share a case with one above them."""
    hits = [[fits(row, case) for case in possible] for row in written]
    return [number + 1 for number, own in enumerate(hits) if any(any(map(min, own, other)) for other in hits[:number])]


@given(st.data())
def test_a_unique_table_is_as_all_its_cases_say(data: st.DataObject) -> None:
    facts = data.draw(FACTS)
    written = data.draw(rows(facts))
    found = list(check_table(table(facts, written, UNIQUE), world(facts), FACE))
    every = list(cases(facts))
    assert codes(found, "PX306") == overlapping(written, every)
    assert bool(codes(found, "PX307")) is any(not any(fits(row, case) for row in written) for case in every)


@given(st.data())
def test_a_first_hit_table_is_as_all_its_cases_say(data: st.DataObject) -> None:
    facts = data.draw(FACTS)
    written = data.draw(rows(facts))
    found = list(check_table(table(facts, written, FIRST), world(facts), FACE))
    hits = Counter(
        next((number for number, row in enumerate(written, start=1) if fits(row, case)), 0) for case in cases(facts)
    )
    assert codes(found, "PX308") == [number for number in range(1, len(written) + 1) if not hits[number]]
    assert bool(codes(found, "PX307")) is bool(hits[0])


@given(st.data())
def test_what_is_assumed_leaves_only_findings_of_cases_that_can_be(data: st.DataObject) -> None:
    facts = [*data.draw(FACTS), fact("outro", FactType.YES_NO), fact("mais", FactType.ONE_OF, "abc")]
    inputs = facts[:-2]
    written = data.draw(rows(inputs, most=6))
    hit_policy = data.draw(st.sampled_from(t.HitPolicy))
    assumed = [
        Assumption(when=data.draw(st.none() | conditions(facts)), then=data.draw(conditions(facts)), span=HERE)
        for _ in range(data.draw(st.integers(1, 2)))
    ]
    tested = table(inputs, written, hit_policy)
    possible = [case for case in cases(facts) if not any(_breaks(each, facts, case) for each in assumed)]
    assume(possible)  # that nothing can be is told of the assumptions (PX403), not of each table
    found = list(check_table(tested, world(facts, *assumed), FACE))
    is_open = any(not any(fits(row, case) for row in written) for case in possible)
    assert bool(codes(found, "PX307")) is is_open
    if hit_policy is UNIQUE:
        assert codes(found, "PX306") == overlapping(written, possible)
    freely = list(check_table(tested, world(facts), FACE))
    excused = list(ruled_out(tested, world(facts, *assumed), FACE))
    for code in ("PX306", "PX307"):
        assert sorted(codes(found, code) + codes(excused, code)) == sorted(codes(freely, code))


def _breaks(assumption: Assumption, facts: Sequence[Fact], case: Case) -> bool:
    named: dict[str, object] = {each.name: known for each, known in zip(facts, case, strict=True)}
    applies = assumption.when is None or holds(assumption.when, named)
    return applies and not holds(assumption.then, named)


def test_the_case_shown_can_be() -> None:
    facts = [fact("a", FactType.YES_NO), fact("b", FactType.ONE_OF, "abc")]
    no_a_without_c = Assumption(
        when=t.FactRef(name=facts[0].name, span=HERE),
        then=t.Compare(
            operator=t.Comparison.IS, left=t.FactRef(name=facts[1].name, span=HERE), right=value("c"), span=HERE
        ),
        span=HERE,
    )
    open_table = table(facts, [[[False], ["a", "b"]]], UNIQUE)
    (freely,) = check_table(open_table, world(facts), FACE)
    (found,) = check_table(open_table, world(facts, no_a_without_c), FACE)
    assert freely.args["example"] == "`a` = `sim`"
    assert found.args["example"] == "`a` = `sim`, `b` = `c`"
    crossing = table(facts, [[[], ["a", "c"]], [[True], []], [[False], ["b", "c"]]], UNIQUE)
    first, second = check_table(crossing, world(facts, no_a_without_c), FACE)
    assert (first.args["example"], second.args["example"]) == ("`a` = `sim`, `b` = `c`", "`a` = `não`, `b` = `c`")


def test_a_condition_that_is_no_set_of_values_stands_for_itself() -> None:
    facts = [fact("a", FactType.YES_NO), fact("b", FactType.YES_NO), fact("n", FactType.INTEGER)]
    one, other, number = (t.FactRef(name=each.name, span=HERE) for each in facts)
    doubled = t.Compare(
        operator=t.Comparison.GREATER,
        left=t.Arithmetic(subtract=False, left=number, right=number, span=HERE),
        right=value(3),
        span=HERE,
    )
    a_needs = Assumption(when=one, then=doubled, span=HERE)
    b_forbids = Assumption(when=other, then=t.Not(operand=doubled, span=HERE), span=HERE)
    tested = table(facts[:2], [[[True], [False]], [[False], []]], UNIQUE)  # both at once cannot be
    assert [each.code for each in check_table(tested, world(facts, a_needs), FACE)] == ["PX307"]
    assert not list(check_table(tested, world(facts, a_needs, b_forbids), FACE))


# --- large ones --------------------------------------------------------------------------------------------------


def _pigeons(birds: int, holes: str) -> tuple[list[Fact], list[list[list[object]]]]:
    """Return a table that decides every case, as birds outnumber holes; no short proof of it is known to a search."""
    facts = [fact(f"p{number}", FactType.ONE_OF, holes) for number in range(birds)]
    pairs = [(one, other) for one in range(birds) for other in range(one)]
    return facts, [[[hole] if bird in pair else [] for bird in range(birds)] for pair in pairs for hole in holes]


def test_a_tangled_table_ends_with_an_open_question() -> None:
    facts, written = _pigeons(11, "abcdefghij")
    before = time.process_time()
    found = list(check_table(table(facts, written, FIRST), world(facts), FACE))
    assert time.process_time() - before < 30
    assert [(each.code, dict(each.args)) for each in found] == [("PX311", {"what": "@table_gaps"})]
    facts, written = _pigeons(5, "abcd")
    assert not list(check_table(table(facts, written, FIRST), world(facts), FACE))


def test_columns_too_large_to_keep_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [fact(f"n{number}", FactType.DECIMAL) for number in range(4)]
    chance = random.Random(1)
    written = [[[(low := chance.randrange(10**9), low + 5)] for _ in facts] for _ in range(500)]
    assert [each.code for each in check_table(table(facts, written, UNIQUE), world(facts), FACE)] == ["PX307"]
    monkeypatch.setattr("praxe.dsl.table_coverage.MOST_BITS", 1_000_000)
    found = list(check_table(table(facts, written, UNIQUE), world(facts), FACE))
    assert [each.args["what"] for each in found] == ["@table_overlaps", "@table_gaps"]


def test_a_large_table_is_checked_wholly() -> None:
    facts = [fact(f"n{number}", FactType.ONE_OF, "abcde") for number in range(8)]
    chance = random.Random(500)
    written = [[[chance.choice("abcde")] if chance.random() < 0.6 else [] for _ in facts] for _ in range(500)]
    before = time.process_time()
    found = list(check_table(table(facts, [*written, [[] for _ in facts]], FIRST), world(facts), FACE))
    assert time.process_time() - before < 1  # 0.02 s where nothing else runs
    assert {each.code for each in found} == {"PX308"}
    masked = codes(found, "PX308")
    assert masked
    for number in masked[:3]:  # none of its cases is left to it
        row = written[number - 1]
        for _ in range(300):
            case = [chance.choice(cell or "abcde") for cell in row]
            assert any(fits(other, case) for other in written[: number - 1])


def test_many_ranges_of_one_number_are_checked_fast() -> None:
    facts = [fact("n", FactType.DECIMAL), fact("m", FactType.YES_NO)]
    stretches: list[list[list[object]]] = [
        [[(number * 10, number * 10 + 9)], [answer]] for number in range(1_000) for answer in (True, False)
    ]
    before = time.process_time()
    for hit_policy in t.HitPolicy:
        (gap,) = check_table(table(facts, stretches, hit_policy), world(facts), FACE)
        assert gap.args["example"].startswith("`n` = ")
    twice: list[list[list[object]]] = [*stretches, [[(5_000, 5_001)], []]]
    assert codes(list(check_table(table(facts, twice, UNIQUE), world(facts), FACE)), "PX306") == [2_001]
    assert codes(list(check_table(table(facts, twice, FIRST), world(facts), FACE)), "PX308") == [2_001]
    assert time.process_time() - before < 10
