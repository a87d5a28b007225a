"""A procedure's graph made into cards and edges.

In: the checked policy, its decision graph, a procedure. Out: a `Chart`. Steps that simply follow one another share
a card; a procedure's return is drawn once for each card it is reached from, so that no line has to cross the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, BranchKind, Call, DecisionGraph, GraphNode, NodeId, Return, Step, Wait
from praxe.visualize.chart import Card, Chart, Edge, EdgeKind, Way
from praxe.visualize.content import CardWriter, Links, procedure_title
from praxe.visualize.identify import slug, slugs
from praxe.visualize.style import Shape
from praxe.visualize.voice import Voice

_IN_LEGEND = (Shape.STEPS, Shape.QUESTION, Shape.WAIT, Shape.RETRY, Shape.CALL, Shape.GAP, Shape.SECTION)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which nodes share a card, and which card each branch leads to."""

    groups: tuple[tuple[GraphNode, ...], ...]
    target: Mapping[tuple[NodeId, str], int]  # branch -> group


def compose(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    links: Links,
    ways: tuple[Way, ...] = (),
    callers: DecisionGraph | None = None,
) -> Chart:
    """Return the chart of `procedure` in `language`.

    Args:
        links: where a call of another procedure leads.
        ways: links under the title.
        callers: the graph that tells who calls the procedure, if `graph` does not.
    """
    if procedure not in graph.starts:
        raise ValueError(f"no procedure {procedure!r}; there are: {', '.join(graph.starts)}")
    voice = Voice.of(checked, language)
    plan = _plan(_reachable(graph, procedure), graph)
    ids = slugs(_texts_to_identify(plan, graph))
    called = frozenset(node.callee for node in (callers or graph).nodes.values() if isinstance(node, Call))
    writer = CardWriter(voice=voice, graph=graph, ids=ids, links=links, called=called)
    cards = tuple(_told_apart([writer.card(f"n{number}", group) for number, group in enumerate(plan.groups, start=1)]))
    title = procedure_title(voice, procedure)
    return Chart(
        procedure=procedure,
        id=slug(procedure),
        language=language,
        title=title,
        subtitle=subtitle(voice),
        description=_description(voice, title, cards),
        digest=checked.digest,
        effective=checked.manifest.effective,
        cards=cards,
        edges=tuple(_edges(plan, graph, cards, ids)),
        legend=legend_of(voice, cards),
        ways=ways,
    )


# --- which nodes share a card -----------------------------------------------------------------------------------


def _reachable(graph: DecisionGraph, procedure: ProcedureName) -> tuple[GraphNode, ...]:
    """The nodes of a procedure that can be reached, in the author's order."""
    found = {graph.starts[procedure]}
    open_nodes = [graph.starts[procedure]]
    while open_nodes:
        for branch in graph.branches.get(open_nodes.pop(), ()):
            if branch.target not in found:
                found.add(branch.target)
                open_nodes.append(branch.target)
    return tuple(node for name, node in graph.nodes.items() if name in found)


def _plan(nodes: Sequence[GraphNode], graph: DecisionGraph) -> _Plan:
    following = dict(_followers(nodes, graph))
    inside = set(following.values())
    groups: list[tuple[GraphNode, ...]] = []
    home: dict[NodeId, int] = {}
    for node in nodes:
        if node.id not in inside:
            chain = [node]
            while chain[-1].id in following:
                chain.append(graph.nodes[following[chain[-1].id]])
            home.update((each.id, len(groups)) for each in chain)
            groups.append(tuple(chain))
    target: dict[tuple[NodeId, str], int] = {}
    returns: dict[tuple[NodeId, int], int] = {}
    for node in nodes:
        for branch in graph.branches.get(node.id, ()):
            if isinstance(graph.nodes[branch.target], Return):
                target[branch.source, branch.key] = _return_place(branch, returns, groups, home)
            else:
                target[branch.source, branch.key] = home[branch.target]
    return _Plan(tuple(groups), target)


def _followers(nodes: Sequence[GraphNode], graph: DecisionGraph) -> Iterator[tuple[NodeId, NodeId]]:
    """Each step with the step right after it, where no other way leads in or out between them."""
    entries = Counter(branch.target for node in nodes for branch in graph.branches.get(node.id, ()))
    for node in nodes:
        branches = graph.branches.get(node.id, ())
        if isinstance(node, Step) and len(branches) == 1:
            after = graph.nodes[branches[0].target]
            if isinstance(after, Step) and entries[after.id] == 1:
                yield node.id, after.id


def _return_place(
    branch: Branch,
    returns: dict[tuple[NodeId, int], int],
    groups: list[tuple[GraphNode, ...]],
    home: Mapping[NodeId, int],
) -> int:
    """The card of the return that `branch` leads to: one for each card it is reached from."""
    key = (branch.target, home[branch.source])
    if key not in returns:
        first_time = all(node != branch.target for node, _ in returns)
        returns[key] = home[branch.target] if first_time else len(groups)
        if not first_time:
            groups.append(groups[home[branch.target]])
    return returns[key]


# --- cards and edges --------------------------------------------------------------------------------------------


def _texts_to_identify(plan: _Plan, graph: DecisionGraph) -> Iterator[str]:
    for group in plan.groups:
        for node in group:
            yield node.id
            yield from (f"{node.id}--{branch.key}" for branch in graph.branches.get(node.id, ()))
            if isinstance(node, Wait):
                yield from (step.id for step in node.meanwhile)


def _told_apart(cards: Sequence[Card]) -> Iterator[Card]:
    """Give the copies of a return their own ids."""
    seen: Counter[str] = Counter()
    for card in cards:
        seen[card.id] += 1
        yield card if seen[card.id] == 1 else _renamed(card, f"{card.id}--{seen[card.id]}")


def _renamed(card: Card, name: str) -> Card:
    return replace(card, id=name, rows=tuple(replace(row, id=name) for row in card.rows))


def _edges(plan: _Plan, graph: DecisionGraph, cards: Sequence[Card], ids: Mapping[str, str]) -> Iterator[Edge]:
    for place, group in enumerate(plan.groups):
        for branch in graph.branches.get(group[-1].id, ()):
            card, end = cards[place], cards[plan.target[branch.source, branch.key]]
            tabs = [tab.key for tab in card.tabs]
            yield Edge(
                id=f"edge-{ids[f'{branch.source}--{branch.key}']}",
                source=card.name,
                tab=tabs.index(branch.key) if tabs else None,
                target=end.name,
                node=branch.source,
                key=branch.key,
                kind=_edge_kind(branch, end),
            )


def _edge_kind(branch: Branch, end: Card) -> EdgeKind:
    if end.shape is Shape.GAP:
        return EdgeKind.GAP
    return EdgeKind.DEADLINE if branch.kind is BranchKind.PASSED else EdgeKind.PLAIN


# --- the words around it ----------------------------------------------------------------------------------------


def legend_of(voice: Voice, cards: Sequence[Card]) -> tuple[tuple[Shape, str], ...]:
    """Return the kinds of cards that need explaining, each with its name."""
    return tuple((shape, voice.say(f"kind.{shape.value}")) for shape in _IN_LEGEND if _has(cards, shape))


def _has(cards: Sequence[Card], shape: Shape) -> bool:
    return any(card.shape is shape for card in cards)


def subtitle(voice: Voice) -> tuple[str, ...]:
    """Return the line under a title, in parts: the policy, its version, and since when it is in force."""
    manifest = voice.checked.manifest
    parts = [manifest.title.in_language(voice.language), voice.say("heading.version", version=manifest.version)]
    if manifest.effective is not None:
        parts.append(voice.say("heading.effective", date=voice.date(manifest.effective)))
    return tuple(part for part in parts if part)


def _description(voice: Voice, title: str, cards: Sequence[Card]) -> str:
    numbers: Counter[Shape] = Counter()
    for card in cards:
        numbers[card.shape] += len(card.rows)
    counted = [
        voice.lexicon.count(f"count.{shape.value}", numbers[shape])
        for shape in (*_IN_LEGEND, Shape.END)
        if numbers[shape]
    ]
    return voice.say("heading.description", title=title, parts=", ".join(counted) or voice.say("pill.finish"))
