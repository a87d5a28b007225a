"""The levels of random policies: each is checked to be a quotient of the finer one whenever it is made."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import Call, DecisionGraph, NodeId, Return, Start
from praxe.visualize import CasePath, flowchart, summary
from praxe.visualize.expand import expand
from praxe.visualize.outline import fine_arcs, outline
from praxe.visualize.part_chart import Album
from praxe.visualize.parts import Divider
from praxe.visualize.path import trail_of
from praxe.visualize.quotient import QuotientError
from praxe.visualize.voice import Voice
from tests.visualize.building import Builder, fact, outcome, policy, ref
from tests.visualize.stress import STRESS, stress

Made = tuple[CheckedPolicy, DecisionGraph]


def random_policy(seed: int) -> Made:
    """Return a policy whose procedures call later ones, under random answers."""
    random = Random(seed)
    names = [f"p{number}" for number in range(random.randint(1, 5))]
    builders = tuple(_procedure(random, names, place) for place in range(len(names)))
    facts = tuple(fact(f"f{each}", f"F{each}?") for each in range(3))
    return policy(builders, facts=facts, outcomes=(outcome("fim", "Fim", Color.GRAY),))


def _procedure(random: Random, names: list[str], place: int) -> Builder:
    draw = Builder(names[place], names[place].upper())
    at, count = draw.start(), 0

    def piece() -> NodeId:
        nonlocal count
        count += 1
        later = names[place + 1 :]
        if later and random.random() < 0.6:
            return draw.call(f"c{count}", random.choice(later))
        return draw.step(f"s{count}", "Passo")

    for number in range(random.randint(0, 5)):
        match random.choice(("piece", "fork", "skip", "end")):
            case "piece":
                after = piece()
                draw.chain(at, after)
            case kind:
                test, yes, after = (
                    draw.decide(f"d{number}", ref(f"f{number % 3}")),
                    piece(),
                    draw.step(f"m{number}", "E"),
                )
                draw.chain(at, test)
                draw.fork(test, yes, draw.end(f"e{number}", "fim") if kind == "end" else after)
                draw.chain(yes, after)
        at = after
    draw.chain(at, draw.back())
    return draw


def random_path(random: Random, graph: DecisionGraph, start: ProcedureName) -> CasePath:
    """Return a way through a policy as a walk takes it, into calls and back."""
    visited: list[tuple[NodeId, str | None]] = []
    standing: list[NodeId | None] = []
    node: NodeId | None = graph.starts[start]
    while node is not None and len(visited) < 200:
        branches, found = graph.branches.get(node, ()), graph.nodes[node]
        if isinstance(found, Call):
            visited.append((node, None))
            standing.append(branches[0].target)
            node = graph.starts[found.callee]
        elif isinstance(found, Return):
            visited.append((node, None))
            node = standing.pop() if standing else None
        else:
            branch = random.choice(branches) if branches else None
            visited.append((node, branch.key if branch else None))
            node = branch.target if branch else None
    return CasePath(visited=tuple(visited))


seeds = st.integers(0, 10**6)


@given(seeds)
def test_the_summary_of_any_policy_is_a_quotient_of_it(seed: int) -> None:
    checked, graph = random_policy(seed)
    drawn = outline(graph, entries=(checked.manifest.entry,))
    assert set(drawn.procedures) == set(graph.starts)
    chart = summary(checked, graph, language="pt").chart
    assert len(chart.cards) == len(drawn.cards) and len(chart.edges) == len(drawn.arcs)
    seen = drawn.seen(trail_of(graph, random_path(Random(seed), graph, checked.manifest.entry)))
    assert set(seen.nodes) <= drawn.cards
    assert all(drawn.arcs[way] in seen.nodes for way in seen.followed)


@given(seeds, st.integers(0, 60))
def test_any_procedure_is_a_quotient_of_itself_with_its_calls_opened(seed: int, limit: int) -> None:
    checked, graph = random_policy(seed)
    made = expand(graph, checked.manifest.entry, limit=limit)
    assert not any(isinstance(node, Start) and node.procedure != made.procedure for node in made.graph.nodes.values())
    path = random_path(Random(seed), graph, checked.manifest.entry)
    trail = trail_of(made.graph, made.lifted(path))
    shown = {(str(node.procedure), str(name).rpartition(">")[2]) for name, node in made.graph.nodes.items()}
    assert {str(name).rpartition(">")[2] for name in trail.nodes} <= {name for _, name in shown}
    places = sorted(trail.nodes.values())
    assert places == list(range(len(places)))  # in the opened graph a walk comes by each node once
    back = trail.seen_through(made.quotient)
    own = {node for node, _ in path.visited if graph.nodes[node].procedure == made.procedure}
    assert set(back.nodes) == own


@given(seeds, st.integers(3, 20))
def test_the_parts_of_any_chart_are_quotients_of_it(seed: int, cards: int) -> None:
    checked, graph = stress(seed)
    chart = flowchart(checked, graph, STRESS, language="pt").chart
    whole = Divider(chart, lambda part: len(part.cards) + len(part.inner) <= cards).divide()
    album = Album(chart, whole, lambda part: part.head, Voice.of(checked, "pt"))
    shown = [edge.id for part in album.parts for edge in album.picture(part).edges if edge.source in part.cards]
    assert sorted(shown) == sorted(edge.id for edge in chart.edges)


def test_a_summary_that_forgets_a_call_is_refused() -> None:
    checked, graph = random_policy(3)
    drawn = outline(graph, entries=(checked.manifest.entry,))
    arcs = dict(drawn.arcs)
    assert len(arcs) > 1
    arcs.popitem()
    with pytest.raises(QuotientError):
        drawn.quotient.check(fine_arcs(graph, drawn.entries), arcs, cards=drawn.cards)
