"""Random trees of the language, as an author could have written them (names unresolved)."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.keywords import reserved_words
from praxe.dsl.source import Span

NOWHERE = Span("random", 1, 1, 1, 2)


def _node(kind: Any, **parts: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, span=st.just(NOWHERE), **parts)


def _tuples(elements: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(elements, min_size=least, max_size=most).map(tuple)


names = (
    st.text("abcdeçãé_xyz0123456789", min_size=1, max_size=8)
    .map(lambda text: "n" + text)
    .filter(lambda name: name not in reserved_words())
)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], max_codepoint=0x2FFF).filter(
        lambda char: len(__import__("unicodedata").normalize("NFC", char)) == 1
    ),
    max_size=20,
).map(lambda text: __import__("unicodedata").normalize("NFC", text))
clause_ids = st.lists(names, min_size=2, max_size=4).map(".".join)
clauses = _tuples(_node(t.ClauseRef, name=clause_ids), most=3)
decimals = st.decimals(-1000, 1000, places=2, allow_nan=False).filter(lambda number: number or not number.is_signed())
numbers = st.integers(-9999, 9999) | decimals
dates = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1))
durations = st.builds(t.Duration, st.integers(0, 100), st.sampled_from(t.Unit))
terms = st.builds(t.Duration, st.integers(1, 100), st.sampled_from(t.Unit))  # of deadlines: none is zero

bare_names = _node(t.Name, name=names)
literals = bare_names | _node(t.Literal, value=st.booleans() | numbers | dates | texts)
facts = _node(t.FactRef, name=names)
actions = _node(t.ActionRef, name=names)


def _sums() -> st.SearchStrategy[Any]:
    atoms = literals | _node(t.DurationLiteral, value=durations) | _node(t.Today)
    days = _node(t.DaysBetween, business=st.booleans(), start=atoms, end=atoms)
    return atoms | days | _node(t.Arithmetic, subtract=st.booleans(), left=atoms | days, right=atoms)


sums = _sums()
comparisons = (
    _node(t.Compare, operator=st.sampled_from(t.Comparison), left=sums, right=sums)
    | _node(t.Between, subject=sums, low=sums, high=sums)
    | _node(t.In, subject=sums, members=_tuples(literals, 1))
    | _node(t.Contains, collection=sums, member=sums)
    | _node(t.OutcomeIs, outcome=_node(t.OutcomeRef, name=names))
)
expressions = st.recursive(
    bare_names | comparisons | sums,
    lambda inner: (
        _node(t.Not, operand=inner)
        | _node(t.And, operands=_tuples(inner, 2))
        | _node(t.Or, operands=_tuples(inner, 2))
        | _node(t.Compare, operator=st.sampled_from(t.Comparison), left=inner, right=inner)
        | _node(t.Arithmetic, subtract=st.booleans(), left=inner, right=inner)
        | _node(t.DaysBetween, business=st.booleans(), start=inner, end=inner)
    ),
    max_leaves=6,
)

patterns = _node(t.ValuePattern, value=literals) | _node(t.RangePattern, low=numbers, high=numbers | st.none())
arguments = _node(t.Argument, parameter=st.none() | names, value=literals)
calls = _node(t.ActionCall, action=actions, arguments=_tuples(arguments))
deadlines = _node(t.Deadline, promptness=st.sampled_from([t.Promptness.IMMEDIATELY, t.Promptness.SAME_DAY])) | _node(
    t.Deadline, promptness=st.just(t.Promptness.WITHIN), duration=terms
)
optional_deadlines = st.none() | deadlines
steps = _node(t.Do, step=calls | texts, deadline=optional_deadlines, clauses=clauses) | _node(
    t.Say, text=texts, deadline=optional_deadlines, clauses=clauses
)
simple_statements = (
    steps
    | _node(t.Ask, fact=facts, clauses=clauses)
    | _node(t.Follow, procedure=_node(t.ProcedureRef, name=names), clauses=clauses)
    | _node(t.End, outcome=_node(t.OutcomeRef, name=names), clauses=clauses)
    | _node(t.Gap, text=texts, clauses=clauses)
    | _node(t.Nothing, clauses=clauses)
)
sources = _tuples(_node(t.Source, clauses=_tuples(_node(t.ClauseRef, name=clause_ids), 1)), most=2)


def blocks_of(statements: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return blocks; a note is always followed by a statement."""
    noted = st.tuples(_node(t.Note, text=texts, clauses=clauses), statements)
    groups = st.lists(noted | st.tuples(statements), min_size=1, max_size=3)
    inside = groups.map(lambda found: tuple(each for group in found for each in group))
    return _node(t.Block, sources=sources, statements=inside, clauses=clauses)


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    blocks = blocks_of(inner)
    optional = st.none() | blocks
    branches = _tuples(_node(t.IfBranch, condition=expressions, body=blocks), 1)
    arms = _tuples(_node(t.Arm, patterns=_tuples(patterns, 1), body=blocks), 1)
    exceptions = _tuples(_node(t.RuleException, condition=expressions, body=blocks), 1, 2)
    return (
        _node(t.If, branches=branches, otherwise=optional)
        | _node(t.Case, subject=facts, arms=arms, otherwise=optional, clauses=clauses)
        | _node(t.ForEach, variable=names, collection=facts, body=blocks)
        | _node(t.Retry, attempts=st.integers(1, 9), call=calls, until=facts, body=blocks, otherwise=optional)
        | _node(
            t.Wait,
            fact=facts,
            deadline=terms | sums.filter(lambda each: not isinstance(each, t.DurationLiteral)),
            on_time=blocks,
            meanwhile=st.none() | blocks_of(steps),
            too_late=optional,
        )
        | _node(t.Rule, body=blocks, exceptions=exceptions)
    )


statements = st.recursive(simple_statements, _compound, max_leaves=6)
blocks = blocks_of(statements)
titles = st.none() | texts
targets = _node(t.Target, name=names, is_end=st.booleans())
conditions = st.none() | expressions
definition_cases = _tuples(_node(t.DefinitionCase, condition=expressions, value=expressions, clauses=clauses), 1)


@st.composite
def tables(draw: st.DrawFn) -> t.Table:
    """Return a decision table whose rows all have as many cells as it has inputs."""
    inputs = draw(_tuples(facts, 1))
    cells = _tuples(_node(t.Cell, patterns=_tuples(patterns, 0, 2)), len(inputs), len(inputs))
    rows = draw(_tuples(_node(t.Row, cells=cells, output=literals, clauses=clauses), 1))
    return t.Table(
        span=NOWHERE,
        name=draw(names.map(t.FactName)),
        name_span=NOWHERE,
        title=draw(titles),
        hit_policy=draw(st.sampled_from(t.HitPolicy)),
        inputs=inputs,
        rows=rows,
        sources=draw(sources),
        clauses=draw(clauses),
    )


_NAMED: dict[str, Any] = {"name": names, "name_span": st.just(NOWHERE), "title": titles}
items = (
    _node(t.Procedure, **_NAMED, body=blocks)
    | _node(t.Definition, **_NAMED, cases=st.just(()), otherwise=expressions, clauses=clauses)
    | _node(
        t.Definition,
        **_NAMED,
        cases=definition_cases,
        otherwise=expressions,
        sources=sources,
        clauses=clauses,
        otherwise_clauses=clauses,
    )
    | tables()
    | _node(t.Never, target=targets, condition=conditions, clauses=clauses)
    | _node(t.Always, action=actions, before=st.none() | targets, condition=conditions, clauses=clauses)
)
files = _node(t.File, path=st.just("random.praxe"), language=st.sampled_from(["pt", "en"]), items=_tuples(items, 1, 3))
