"""What the checks of branches, definitions, questions, waits and steps have to find, by trying every case.

In: every case of a small policy. Out: for each check the places that must be told, as (code, place, …).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

from praxe.dsl import tree as t
from praxe.dsl.source import Span
from praxe.dsl.vocabulary import FactType
from praxe.engine.graph import Branch, BranchKind, Decision, GraphNode, Question, Retry, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.prove.space import Space
from praxe.engine.tables import admitted
from praxe.engine.values import Known
from praxe.engine.wording import text_of
from tests.engine.prove.every_case import EveryCase

Told = set[tuple[Any, ...]]


def undecided(every: EveryCase) -> Told:
    """Return the places where some case finds no answer."""
    return {("PX410", every.policy.graph.nodes[way.hole].span) for way in every.ways if way.hole}  # type: ignore[index]


# --- branches ------------------------------------------------------------------------------------------------------


def is_turn(node: Decision) -> bool:
    """Return whether a decision is the turn of a `para cada`."""
    return isinstance(node.test, t.Contains) and node.test.member.span == node.span


def dead(every: EveryCase) -> Told:
    """Return the branches of decisions that are passed, which no case takes."""
    taken = {(every.policy.graph.nodes[name].span, key) for way in every.ways for name, key in way.branches}  # type: ignore[index]
    found: Told = set()
    for node in every.nodes.values():
        if isinstance(node, Decision) and not is_turn(node):
            for branch in every.policy.graph.branches[node.id]:
                if (node.span, branch.key) not in taken:
                    found.add(_dead(node, branch))
    return found


def _dead(node: Decision, branch: Branch) -> tuple[Any, ...]:
    match branch.kind:
        case BranchKind.YES:
            return ("PX412", node.span, "@never")
        case BranchKind.NO:
            return ("PX412", node.span, "@always")
        case _:
            span = branch.patterns[0].span.to(branch.patterns[-1].span) if branch.patterns else branch.span
            return ("PX411", span or node.span)


def idle_parts(every: EveryCase) -> Mapping[Span, set[Span]]:
    """Return, for each decision, the parts of its condition without which it answers the same."""
    found: dict[Span, set[Span]] = {}
    visits, nodes = every.visits, every.nodes
    for name, node in nodes.items():
        if not isinstance(node, Decision) or not isinstance(node.test, t.And | t.Or | t.Not):
            continue
        cases = [way.case for way, _ in visits[name]]
        cases = [case for case in cases if every.holds(node.test, case) is not None]
        if len({every.holds(node.test, case) for case in cases}) < 2:
            continue
        idle = set()
        for part, without in parts_left_out(node.test):
            if all(every.holds(node.test, case) == every.holds(without, case) for case in cases):
                idle.add(part.span)
        found[node.span] = found[node.span] & idle if node.span in found else idle
    return {span: parts for span, parts in found.items() if parts}


def parts_left_out(condition: t.Expression) -> Iterator[tuple[t.Expression, t.Expression]]:
    """Yield each part of a condition that `e` or `ou` puts together, with the condition without it."""
    match condition:
        case t.Not(operand=operand):
            for part, without in parts_left_out(operand):
                yield part, replace(condition, operand=without)
        case t.And(operands=operands) | t.Or(operands=operands):
            for place, operand in enumerate(operands):
                others = operands[:place] + operands[place + 1 :]
                yield operand, others[0] if len(others) == 1 else replace(condition, operands=others)
                for part, without in parts_left_out(operand):
                    yield part, replace(condition, operands=(*operands[:place], without, *operands[place + 1 :]))
        case _:
            return


# --- definitions ---------------------------------------------------------------------------------------------------


def idle_lines(every: EveryCase) -> Told:
    """Return the lines of definitions and rows of tables that answer no case."""
    found: Told = set()
    for definition in every.policy.checked.definitions.values():
        if isinstance(definition, t.Table):
            found |= _idle_rows(every, definition)
        elif definition.cases:
            left = list(every.possible)
            for each in definition.cases:
                if left and not any(every.holds(each.condition, case) is True for case in left):
                    found.add(("PX414", each.condition.span))
                left = [case for case in left if every.holds(each.condition, case) is False]
            if not left:
                found.add(("PX414", definition.otherwise.span))
    return found


def _idle_rows(every: EveryCase, table: t.Table) -> Told:
    used = set()
    for case in every.possible:
        for place, row in enumerate(table.rows):
            if all(_admits(every, subject, cell, case) for subject, cell in zip(table.inputs, row.cells, strict=True)):
                used.add(place)
                if table.hit_policy is t.HitPolicy.FIRST:
                    break
    return {("PX415", row.span) for place, row in enumerate(table.rows) if place not in used}


def _admits(every: EveryCase, subject: t.FactRef, cell: t.Cell, case: Known) -> bool:
    value = every.value(subject, dict(case))
    assert value is not None
    return not cell.patterns or admitted(cell.patterns)(value)


def forgotten(every: EveryCase) -> Told:
    """Return each `senão` with the values that fall into it and that no line names."""
    checked = every.policy.checked
    items: list[t.Node] = [*checked.procedures.values(), *checked.definitions.values(), *checked.rules]
    named = {each.name for item in items for each in item.descendants() if isinstance(each, t.ValueRef)}
    found: dict[tuple[str, Span], set[str]] = {}
    for way in every.ways:
        for name, key in way.branches:
            node = every.policy.graph.nodes[name]  # type: ignore[index]
            branch = next(each for each in every.policy.graph.branches[node.id] if each.key == key)
            if branch.kind is BranchKind.OTHERWISE and isinstance(node, Decision) and isinstance(node.test, t.FactRef):
                fact = every.policy.facts.get(node.test.name)
                if fact and fact.type is FactType.ONE_OF:
                    found.setdefault((name, branch.span or node.span), set()).add(str(way.case[fact.name]))
    told = {(span, tuple(sorted(values - named))) for (_, span), values in found.items()}
    return {("PX416", span, values) for span, values in told if values}


# --- questions and events ------------------------------------------------------------------------------------------


def changes_nothing(every: EveryCase, span: Span) -> bool:
    """Return whether no case that passes a condition or question fares otherwise whatever its answer is."""
    visits, nodes = every.visits, every.nodes
    for name, node in nodes.items():
        if node.span != span:
            continue
        if isinstance(node, Question):
            if any(
                node.fact in facts_at(every, each) for way, place in visits[name] for each in way.nodes[place + 1 :]
            ):
                return False
        elif isinstance(node, Decision):
            for way, _ in visits[name]:
                seen = {rest(every, branch.target, way.case) for branch in every.policy.graph.branches[node.id]}
                if len(seen) > 1:
                    return False
    return True


def facts_at(every: EveryCase, node: GraphNode) -> set[str]:
    """Return the facts that a node reads to go on."""
    match node:
        case Decision(facts=facts):
            return {*facts}
        case Question(fact=fact) | Retry(fact=fact) | Wait(fact=fact):
            return {fact} if not isinstance(node, Question) else set()
        case Step(arguments=arguments):
            definitions = every.policy.checked.definitions
            return {fact for _, value in arguments for fact in facts_read(value, definitions)}
        case _:
            return set()


def rest(every: EveryCase, name: str, case: Known) -> tuple[Hashable, ...]:
    """Return what is seen of a case from a node on, up to where its procedure ends."""
    graph = every.policy.graph
    seen: list[Hashable] = []
    stack: list[str] = []
    while True:
        node = graph.nodes[name]  # type: ignore[index]
        branches = graph.branches.get(node.id, ())
        kind = type(node).__name__
        if kind == "Call":
            stack.append(branches[0].target if branches else "")
            name = graph.starts[node.callee]  # type: ignore[union-attr]
        elif kind == "Return" and stack:
            name = stack.pop()
        else:
            if kind not in {"Start", "Decision"}:
                seen.append(_seen(node, case))
            if not branches:
                return tuple(seen)
            taken = _taken(every, node, branches, case)
            if taken is None:
                return (*seen, "hole")
            name = taken.target


def _seen(node: GraphNode, case: Known) -> Hashable:
    match node:
        case Step():
            arguments = tuple((name, text_of(value)) for name, value in node.arguments)
            return ("do", node.action, node.text, arguments, node.deadline)
        case Question(fact=fact):
            return ("ask", fact)
        case Wait():
            return ("wait", node.fact, tuple(_seen(step, case) for step in node.meanwhile))
        case Retry():
            return ("try", node.action, tuple(text_of(value) for _, value in node.arguments), node.attempts)
        case _:
            return (type(node).__name__, getattr(node, "outcome", None), getattr(node, "text", None))


def _taken(every: EveryCase, node: GraphNode, branches: tuple[Branch, ...], case: Known) -> Branch | None:
    match node:
        case Decision(test=test):
            value = every.value(test, dict(case))
            return next((each for each in branches if value is not None and _leads(each, value)), None)
        case Wait(fact=fact):
            value = every.value(t.FactRef(name=fact, span=node.span), dict(case))
            return next(each for each in branches if (each.kind is BranchKind.CAME) == (value is True))
        case Retry(fact=fact, attempts=attempts):
            tried = case[fact]
            assert isinstance(tried, tuple)
            return next(each for each in branches if (each.kind is BranchKind.SUCCEEDED) == any(tried[:attempts]))
        case _:
            return branches[0]


def _leads(branch: Branch, value: Any) -> bool:
    match branch.kind:
        case BranchKind.YES | BranchKind.NO:
            return bool(value) is (branch.kind is BranchKind.YES)
        case BranchKind.OTHERWISE:
            return True
        case _:
            return admitted(branch.patterns)(value)


def settled(every: EveryCase) -> Told:
    """Return the waits and retries that can end in one way only, or whose fact is known on every way there."""
    visits, nodes = every.visits, every.nodes
    found: dict[tuple[Span, str], bool] = {}
    for name, node in nodes.items():
        if not isinstance(node, Retry | Wait):
            continue
        bound = every.policy.attempts.get(node.fact, 1)
        is_known = all(any(_settles(each, node, bound) for each in way.nodes[:place]) for way, place in visits[name])
        found[node.span, ""] = found.get((node.span, ""), True) and is_known
        ended = {key for way, _ in visits[name] for other, key in way.branches if other == name}
        for branch in every.policy.graph.branches[node.id]:
            key = (node.span, branch.key)
            found[key] = found.get(key, True) and branch.key not in ended
    kinds = {node.span: "PX418" if isinstance(node, Wait) else "PX419" for node in nodes.values()}
    return {(kinds[span], span) for (span, _), is_settled in found.items() if is_settled}


def _settles(before: GraphNode, node: Retry | Wait, bound: int) -> bool:
    """Return whether passing one node leaves nothing to find out at another; `bound`: most attempts of its fact."""
    match before:
        case Retry(fact=fact, attempts=attempts):
            return fact == node.fact and attempts >= (node.attempts if isinstance(node, Retry) else bound)
        case Question(fact=fact) | Wait(fact=fact) | Decision(facts=(fact,)):
            return fact == node.fact
        case _:
            return False


# --- steps ---------------------------------------------------------------------------------------------------------


def told_twice(every: EveryCase) -> list[set[Span]]:
    """Return the places of each step that some case is told twice, a `para cada` apart."""
    groups: dict[Hashable, dict[str, Span]] = {}
    key_of: Callable[[Step], Hashable] = lambda step: (  # noqa: E731 - used in two places right below
        step.action,
        step.text,
        tuple((name, text_of(value)) for name, value in step.arguments),
    )
    for node in every.nodes.values():
        if isinstance(node, Step) and not node.is_script:
            groups.setdefault(key_of(node), {})[node.id] = node.span
    found = []
    for places in groups.values():
        if len(places) > 1 and len({*places.values()}) == 1:
            continue
        if any(sum(node.id in places for node in way.nodes) > 1 for way in every.ways):
            found.append({*places.values()})
    return found


def contradicting(every: EveryCase) -> set[frozenset[str]]:
    """Return the pairs of actions that may not go together and that some case is told both of."""
    actions = every.policy.vocabulary.actions
    pairs = {frozenset((name, other)) for name, action in actions.items() for other in action.conflicts}
    return {pair for pair in pairs if any(pair <= {*way.done} for way in every.ways)}


def sums_facts(every: EveryCase) -> bool:
    """Return whether some comparison is of several facts."""
    return any(not axis.is_simple for axis in Space(every.policy).axes)


def limits_of(values: Iterable[Any], among: Iterable[Any]) -> tuple[bool, ...] | None:
    """Return which of some answers, in order, are among others, if that turns just once; else None."""
    wanted = {*among}
    told = tuple(each in wanted for each in values)
    turns = sum(one != other for one, other in pairwise(told))
    return told if turns == 1 else None


def differing_places(every: EveryCase) -> set[tuple[str, str]]:
    """Return the actions, each with a number, that two places do up to (or from) different numbers."""
    found = set()
    for fact in every.policy.facts.values():
        if fact.type not in {FactType.INTEGER, FactType.DECIMAL, FactType.DATE}:
            continue
        answers = sorted({case[fact.name] for case in every.possible})  # type: ignore[type-var]
        at: dict[str, dict[str, set[Any]]] = {}
        for way in every.ways:
            for node in way.nodes:
                for action in _done_at(node) if node.id != way.hole else ():
                    at.setdefault(action, {}).setdefault(node.id, set()).add(way.case[fact.name])
        for action, places in at.items():
            limits = {each for each in (limits_of(answers, taken) for taken in places.values()) if each}
            if any(a != b and a[0] == b[0] for a, b in combinations(sorted(limits), 2)):
                found.add((action, str(fact.name)))
    return found


def _done_at(node: GraphNode) -> Iterable[str]:
    from tests.engine.prove.every_case import actions_of

    return actions_of(node)
