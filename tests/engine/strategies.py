"""Random checked policies, small enough that every case of them can be tried, and random facts for them."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from itertools import chain, combinations, count, product
from typing import Any, assert_never

from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format import format_file
from praxe.dsl.source import Span
from praxe.dsl.tree import ActionName, FactName, OutcomeName, ProcedureName
from praxe.dsl.vocabulary import (
    Action,
    Assumption,
    CalendarSpec,
    Fact,
    FactType,
    Manifest,
    Outcome,
    Parameter,
    Value,
    Vocabulary,
    Words,
)
from praxe.engine import Policy

HERE = Span("random.praxe", 1, 1, 1, 2)
COLORS = ("azul", "verde", "roxo")
ITEMS = ("pao", "leite")
THRESHOLDS = (3, 8)
ATTEMPTS = 2
PROCEDURES = tuple(map(ProcedureName, ("inicio", "meio", "fecho")))
COMPARED = (t.Comparison.EQUAL, t.Comparison.GREATER, t.Comparison.LESS_EQUAL)


def words(text: str) -> Words:
    return Words({"pt": text, "en": f"{text} (en)"})


def _fact(name: str, kind: FactType, values: tuple[str, ...] = ()) -> Fact:
    low, high = (Decimal(0), Decimal(20)) if kind is FactType.INTEGER else (None, None)
    listed = tuple(Value(name=each, label=words(each.capitalize()), span=HERE) for each in values)
    label, question = words(name.capitalize()), words(f"{name}?")
    return Fact(
        name=FactName(name),
        type=kind,
        label=label,
        question=question,
        values=listed,
        minimum=low,
        maximum=high,
        span=HERE,
    )


FACTS = {
    each.name: each
    for each in (
        _fact("x", FactType.YES_NO),
        _fact("y", FactType.YES_NO),
        _fact("cor", FactType.ONE_OF, COLORS),
        _fact("n", FactType.INTEGER),
        _fact("itens", FactType.SET_OF, ITEMS),
        _fact("contato", FactType.YES_NO),  # of every retry
        _fact("resposta", FactType.YES_NO),  # of every wait
    )
}
ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "x": (True, False),
    "y": (True, False),
    "cor": COLORS,
    "n": (0, 3, 5, 8, 9),
    "itens": tuple(list(each) for each in chain.from_iterable(combinations(ITEMS, size) for size in range(3))),
    "contato": ([True], [False, True], [False, False]),
    "resposta": (True, False),
}
ACTIONS = {
    ActionName("ligar"): Action(name=ActionName("ligar"), label=words("Ligar"), span=HERE),
    ActionName("avisar"): Action(name=ActionName("avisar"), label=words("Avisar"), span=HERE),
    ActionName("levar"): Action(
        name=ActionName("levar"),
        label=words("Levar"),
        text=words("Levar {cor}"),
        parameters=(Parameter(name="cor", type=FactType.ONE_OF, label=words("Cor"), span=HERE),),
        span=HERE,
    ),
}
OUTCOMES = {
    OutcomeName(each): Outcome(name=OutcomeName(each), label=words(each), span=HERE) for each in ("aceito", "negado")
}


def ref(name: str) -> t.FactRef:
    return t.FactRef(name=FactName(name), span=HERE)


def literal(value: Any) -> t.Literal:
    return t.Literal(value=value, span=HERE)


def named(value: str) -> t.ValueRef:
    return t.ValueRef(name=value, span=HERE)


def block(*statements: t.Statement) -> t.Block:
    return t.Block(statements=statements, span=HERE)


# --- expressions -----------------------------------------------------------------------------------------------


def _atoms(derived: tuple[str, ...]) -> st.SearchStrategy[t.Expression]:
    plain = st.sampled_from(["x", "y", "contato", *derived]).map(ref)
    color = st.builds(
        lambda sign, value: t.Compare(operator=sign, left=ref("cor"), right=named(value), span=HERE),
        st.sampled_from([t.Comparison.IS, t.Comparison.NOT_EQUAL]),
        st.sampled_from(COLORS),
    )
    number = st.builds(
        lambda sign, value: t.Compare(operator=sign, left=ref("n"), right=literal(value), span=HERE),
        st.sampled_from(COMPARED),
        st.sampled_from(THRESHOLDS),
    )
    between = st.just(t.Between(subject=ref("n"), low=literal(3), high=literal(8), span=HERE))
    member = st.sampled_from(ITEMS).map(lambda each: t.Contains(collection=ref("itens"), member=named(each), span=HERE))
    among = st.just(t.In(subject=ref("cor"), members=(named("azul"), named("roxo")), span=HERE))
    return plain | color | number | between | member | among


@cache
def conditions(derived: tuple[str, ...] = ()) -> st.SearchStrategy[Any]:
    return st.recursive(
        _atoms(derived),
        lambda inner: (
            st.builds(lambda each: t.Not(operand=each, span=HERE), inner)
            | st.builds(lambda *each: t.And(operands=each, span=HERE), inner, inner)
            | st.builds(lambda *each: t.Or(operands=each, span=HERE), inner, inner)
        ),
        max_leaves=3,
    )


# --- statements ------------------------------------------------------------------------------------------------

_clauses = st.sampled_from([(), (), (t.ClauseRef(name=t.ClauseId("c.1"), span=HERE),)])
_deadlines = st.sampled_from(
    [
        None,
        None,
        t.Deadline(promptness=t.Promptness.SAME_DAY, span=HERE),
        t.Deadline(promptness=t.Promptness.WITHIN, duration=t.Duration(2, t.Unit.BUSINESS_DAY), span=HERE),
    ]
)


def _call(name: str, *arguments: t.Expression) -> t.ActionCall:
    given = tuple(t.Argument(parameter=None, value=each, span=HERE) for each in arguments)
    return t.ActionCall(action=t.ActionRef(name=ActionName(name), span=HERE), arguments=given, span=HERE)


_calls = st.sampled_from(
    [_call("ligar"), _call("ligar"), _call("avisar"), _call("levar", ref("cor")), _call("levar", named("azul"))]
)
_steps = st.builds(
    lambda step, deadline, clauses: t.Do(step=step, deadline=deadline, clauses=clauses, span=HERE),
    _calls | st.just("Anotar"),
    _deadlines,
    _clauses,
)
_ends = st.sampled_from(sorted(OUTCOMES)).map(
    lambda each: t.End(outcome=t.OutcomeRef(name=each, span=HERE), span=HERE)
) | st.just(t.Gap(text="cala", span=HERE))


@cache  # a strategy that is made anew each time is checked anew each time
def blocks(calls: tuple[ProcedureName, ...], derived: tuple[str, ...], depth: int) -> st.SearchStrategy[t.Block]:
    return _blocks(calls, derived, depth)


@st.composite
def _blocks(draw: st.DrawFn, calls: tuple[ProcedureName, ...], derived: tuple[str, ...], depth: int) -> t.Block:
    kinds = ["if", "case", "step", "ask"] if depth else ["step"]
    kinds += ["rule", "retry", "each", "wait"] if depth > 1 else []
    kinds += ["follow"] if calls and depth else []
    chosen = st.lists(st.sampled_from(kinds), min_size=min(depth, 2), max_size=3 if depth else 1)
    statements = [draw(_statements(kind, calls, derived, depth)) for kind in draw(chosen)]
    if draw(st.sampled_from([False, False, depth < 2])):
        statements.append(draw(_ends))
    return block(*statements)


@cache
def _statements(
    kind: str, calls: tuple[ProcedureName, ...], derived: tuple[str, ...], depth: int
) -> st.SearchStrategy[t.Statement]:
    return _statement(kind, calls, derived, depth)


@st.composite
def _statement(
    draw: st.DrawFn, kind: str, calls: tuple[ProcedureName, ...], derived: tuple[str, ...], depth: int
) -> t.Statement:
    inner = blocks(calls, derived, depth - 1)
    maybe = st.none() | inner
    match kind:
        case "step":
            return draw(_steps)
        case "ask":
            return t.Ask(fact=ref(draw(st.sampled_from(["x", "cor"]))), span=HERE)
        case "if":
            tests = draw(st.lists(conditions(derived), min_size=1, max_size=2))
            branches = tuple(t.IfBranch(condition=each, body=draw(inner), span=HERE) for each in tests)
            return t.If(branches=branches, otherwise=draw(maybe), span=HERE)
        case "case":
            return draw(_cases(inner))
        case "rule":
            exception = t.RuleException(condition=draw(conditions(derived)), body=draw(inner), span=HERE)
            return t.Rule(body=draw(inner), exceptions=(exception,), span=HERE)
        case "each":
            return t.ForEach(variable="item", collection=ref("itens"), body=draw(inner), span=HERE)
        case "retry":
            return t.Retry(
                attempts=draw(st.integers(1, ATTEMPTS)),
                call=draw(_calls),
                until=ref("contato"),
                body=draw(inner),
                otherwise=draw(maybe),
                span=HERE,
            )
        case "wait":
            return t.Wait(
                fact=ref("resposta"),
                deadline=t.Duration(3, t.Unit.DAY),
                on_time=draw(inner),
                meanwhile=draw(st.none() | _steps.map(block)),
                too_late=draw(maybe),
                span=HERE,
            )
        case _:
            callee = draw(st.sampled_from(calls))
            return t.Follow(procedure=t.ProcedureRef(name=callee, span=HERE), span=HERE)


@cache
def _cases(inner: st.SearchStrategy[t.Block]) -> st.SearchStrategy[t.Case]:
    return _case(inner)


@st.composite
def _case(draw: st.DrawFn, inner: st.SearchStrategy[t.Block]) -> t.Case:
    if draw(st.booleans()):
        arm = t.Arm(patterns=(t.ValuePattern(value=named("azul"), span=HERE),), body=draw(inner), span=HERE)
        return t.Case(subject=ref("cor"), arms=(arm,), otherwise=draw(inner), span=HERE)
    low = t.Arm(patterns=(t.RangePattern(low=0, high=3, span=HERE),), body=draw(inner), span=HERE)
    high = t.Arm(patterns=(t.RangePattern(low=4, high=None, span=HERE),), body=draw(inner), span=HERE)
    return t.Case(subject=ref("n"), arms=(low, high), span=HERE)


# --- policies and facts ----------------------------------------------------------------------------------------


@cache
def _definitions(name: str, derived: tuple[str, ...]) -> st.SearchStrategy[t.Definition | t.Table]:
    return _definition(name, derived)


@st.composite
def _definition(draw: st.DrawFn, name: str, derived: tuple[str, ...]) -> t.Definition | t.Table:
    own = FactName(name)
    if draw(st.booleans()):
        case = t.DefinitionCase(condition=draw(conditions(derived)), value=literal(draw(st.booleans())), span=HERE)
        otherwise = draw(conditions(derived))
        return t.Definition(name=own, name_span=HERE, title=None, cases=(case,), otherwise=otherwise, span=HERE)
    return draw(_tables(own, draw(st.sampled_from(t.HitPolicy))))


@st.composite
def _tables(draw: st.DrawFn, name: FactName, policy: t.HitPolicy) -> t.Table:
    """Draw a table that the checker accepts: every case has its row, and where one only may fit, no two do."""
    most = draw(st.sampled_from((3, 20)))
    below, above = (_cell(t.RangePattern(low=low, high=high, span=HERE)) for low, high in ((0, most), (most + 1, None)))
    blue, others = _cell(_color("azul")), _cell(*map(_color, ("verde", "roxo")))
    match policy:
        case t.HitPolicy.FIRST:
            cells = [(blue, below), (_cell(), _cell())]
        case t.HitPolicy.UNIQUE:
            cells = [(blue, below), *([(blue, above)] if most < 20 else []), (others, _cell())]
        case _:
            assert_never(policy)
    rows = tuple(
        t.Row(cells=each, output=literal(number == 0), span=HERE)  # only the first says yes
        for number, each in enumerate(cells)
    )
    inputs = (ref("cor"), ref("n"))
    return t.Table(name=name, name_span=HERE, title=None, hit_policy=policy, inputs=inputs, rows=rows, span=HERE)


def _cell(*patterns: t.Pattern) -> t.Cell:
    return t.Cell(patterns=patterns, span=HERE)


def _color(name: str) -> t.Pattern:
    return t.ValuePattern(value=named(name), span=HERE)


class RandomPolicy(CheckedPolicy):
    """A checked policy that shows itself as its text."""

    def __repr__(self) -> str:
        return format_file(self.files[0])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("\n" + repr(self))  # in what Hypothesis prints, too


def _placed(part: Any, lines: Iterator[int]) -> Any:
    """Return a part of a tree whose nodes each have a place of their own."""
    match part:
        case tuple():
            return tuple(_placed(each, lines) for each in part)
        case t.Node():
            line = next(lines)
            inner = {each.name: _placed(getattr(part, each.name), lines) for each in fields(part)}
            return replace(
                part,
                **{
                    name: Span(HERE.path, line, 1, line, 2) if value is HERE else value for name, value in inner.items()
                },
            )
        case _:
            return part


@st.composite
def policies(draw: st.DrawFn, depth: int = 3) -> CheckedPolicy:
    """Draw a checked policy of up to three procedures and two derived facts."""
    first, second = draw(_definitions("d", ())), draw(_definitions("e", ("d",)))
    derived = ("d", "e")
    procedures: dict[ProcedureName, t.Procedure] = {}
    for number, name in reversed(list(enumerate(PROCEDURES))):
        body = draw(blocks(PROCEDURES[number + 1 :], derived, depth - number))
        procedures[name] = t.Procedure(name=name, name_span=HERE, title=None, body=body, span=HERE)
    lines = count(1)
    in_order = {name: _placed(procedures[name], lines) for name in PROCEDURES}
    first, second = _placed(first, lines), _placed(second, lines)
    file = t.File(path="random.praxe", language="pt", items=(*in_order.values(), first, second), span=HERE)
    return RandomPolicy(
        manifest=Manifest(
            name="acaso",
            title=words("Acaso"),
            version="1",
            language="pt",
            entry=PROCEDURES[0],
            entry_span=HERE,
            calendar=CalendarSpec(name="seg-sex"),
            span=HERE,
        ),
        vocabulary=Vocabulary(facts=FACTS, actions=ACTIONS, outcomes=OUTCOMES, clauses={}),
        files=(file,),
        procedures=in_order,
        definitions={first.name: first, second.name: second},
        derived={name: _fact(name, FactType.YES_NO) for name in map(FactName, derived)},
        rules=(),
        translations={},
        digest="sha256:" + "0" * 64,
    )


def facts(names: tuple[str, ...] = tuple(ANSWERS)) -> st.SearchStrategy[dict[str, Any]]:
    """Draw answers for some of the facts."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(ANSWERS[name]) for name in names})


full_facts = st.fixed_dictionaries({name: st.sampled_from(answers) for name, answers in ANSWERS.items()})


def fitted(policy: Policy, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case as the policy takes it: attempts as far as its retries go, or one answer if it has none."""
    fitting = dict(case)
    attempts = fitting.get("contato")
    bound = policy.attempts.get(FactName("contato"))
    if attempts is not None and bound is not None:
        fitting["contato"] = attempts[:bound]
    elif attempts is not None:
        fitting["contato"] = True in attempts if True in attempts or len(attempts) == ATTEMPTS else None
    return fitting


def completions(known: Mapping[str, Any], names: Sequence[str] = tuple(ANSWERS)) -> Iterator[dict[str, Any]]:
    """Yield every case of these facts that agrees with what is known; attempts known are the first of all attempts."""
    options = [_options(name, known.get(name)) for name in names]
    for answers in product(*options):
        yield {**known, **dict(zip(names, answers, strict=True))}


def _options(name: str, known: Any) -> tuple[Any, ...]:
    if name == "contato" and isinstance(known, list):
        return tuple(each for each in ANSWERS[name] if each[: len(known)] == known)
    return ANSWERS[name] if known is None else (known,)


def random_case(policy: Policy, chance: random.Random, *, share: float) -> dict[str, Any]:
    """Return a case of a real policy: each fact known with the probability `share`, in the form in which it comes."""
    known = [fact for fact in policy.facts.values() if chance.random() < share]
    return {fact.name: _random_value(policy, fact, chance) for fact in known}


def _random_value(policy: Policy, fact: Fact, chance: random.Random) -> Any:
    if fact.name in policy.attempts:
        made = chance.randint(1, policy.attempts[fact.name])
        return [False] * (made - 1) + [chance.random() < 0.5]
    match fact.type:
        case FactType.YES_NO:
            return chance.random() < 0.5
        case FactType.ONE_OF:
            return chance.choice(fact.values).name
        case FactType.SET_OF:
            return [each.name for each in fact.values if chance.random() < 0.4]
        case FactType.INTEGER | FactType.DECIMAL:
            low = int(fact.minimum or 0)
            high = min(low + 60, int(fact.maximum)) if fact.maximum is not None else low + 60
            return chance.randint(low, high)
        case FactType.DATE:
            return datetime.date(2026, 9, 1) + datetime.timedelta(days=chance.randint(0, 180))
        case FactType.TEXT:
            return chance.choice(["a", "Zé ", " b"])


@st.composite
def assuming(draw: st.DrawFn, depth: int = 3) -> CheckedPolicy:
    """Draw a policy as `policies`, with assumptions that rule some cases out, perhaps all."""
    derived = ("d", "e")
    found = st.lists(st.tuples(st.none() | conditions(derived), conditions(derived)), min_size=1, max_size=2)
    assumed = tuple(Assumption(when=when, then=then, span=HERE) for when, then in draw(found))
    return replace(draw(policies(depth)), assumptions=assumed)
