"""The summary of a whole policy as a chart: one card a procedure, the answers that lead from one to another.

In: a checked policy and its decision graph. Out: a `Chart`, and the `Outline` it shows. A card counts what is inside:
steps and questions, waits, gaps; and shows the outcomes in their colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import End, GraphNode, NodeId
from praxe.visualize.chart import Card, Chart, Chip, ChipKind, Edge, EdgeKind, Row, Tab, Way
from praxe.visualize.compose import subtitle
from praxe.visualize.content import Links, procedure_title, statement_text
from praxe.visualize.identify import slugs
from praxe.visualize.links import safe_link
from praxe.visualize.measure import shorten
from praxe.visualize.outline import Lead, Outline, entry_name
from praxe.visualize.path import ENTER
from praxe.visualize.style import Shape, shape_of
from praxe.visualize.voice import Voice

_COUNTED = (Shape.STEPS, Shape.QUESTION, Shape.RETRY)
_FEW, _WIDE, _NARROW = 8, 170.0, 140.0  # procedures, and how wide a line on their cards is
_NAMED = 1  # outcomes on a card where there is little room; several are counted
_LONGEST = 120  # characters; the procedure's own chart has all of it


def summary_chart(
    checked: CheckedPolicy, outline: Outline, *, language: str, links: Links, ways: tuple[Way, ...] = ()
) -> Chart:
    """Return the chart of `outline` in `language`; `links` says where a procedure's card leads."""
    voice = Voice.of(checked, language)
    numbers = {name: f"n{number}" for number, name in enumerate(_names(outline), start=1)}
    ids = slugs(_texts_to_identify(outline))
    cards = tuple(_cards(outline, voice, links, ids, numbers))
    title = voice.say("summary.title", policy=checked.manifest.title.in_language(language))
    return Chart(
        procedure=checked.manifest.entry,
        id="summary",
        language=language,
        title=title,
        subtitle=subtitle(voice)[1:],
        description=_description(voice, outline),
        digest=checked.digest,
        effective=checked.manifest.effective,
        cards=cards,
        edges=tuple(_edges(outline, cards, ids, numbers)),
        legend=((Shape.PROCEDURE, voice.say("kind.procedure")),),
        ways=ways,
        is_across=True,
    )


def _names(outline: Outline) -> Iterator[str]:
    for name in outline.procedures:
        if name in outline.entries:
            yield entry_name(name)
        yield name


def _texts_to_identify(outline: Outline) -> Iterator[str]:
    for name in _names(outline):
        yield name
    for name, leads in outline.leads.items():
        for lead in leads:
            yield f"{name}--{lead.key}"
            yield from (f"{name}--{lead.way(callee)}" for callee in lead.callees)


def _cards(
    outline: Outline, voice: Voice, links: Links, ids: Mapping[str, str], numbers: Mapping[str, str]
) -> Iterator[Card]:
    is_tight = len(outline.procedures) > _FEW
    for name in outline.procedures:
        if name in outline.entries:
            pill = entry_name(name)
            row = Row(node=NodeId(pill), id=ids[pill], text=_entry_text(voice, name))
            yield Card(name=numbers[pill], id=ids[pill], shape=Shape.START, rows=(row,))
        row = Row(
            node=NodeId(name),
            id=ids[name],
            text=procedure_title(voice, name),
            notes=tuple(filter(None, [_counts(voice, outline.nodes[name])])),
            chips=tuple(_chips(voice, outline.nodes[name], is_tight=is_tight)),
        )
        tabs = tuple(_tab(name, lead, voice, outline, ids) for lead in outline.leads[name])
        yield Card(
            name=numbers[name],
            id=ids[name],
            shape=Shape.PROCEDURE,
            rows=(row,),
            tabs=() if _only_way(outline.leads[name]) else tabs,
            href=safe_link(links(name)),
            width=_NARROW if is_tight else _WIDE,
        )


def _entry_text(voice: Voice, name: ProcedureName) -> str:
    manifest = voice.checked.manifest
    kind = "entry" if name == manifest.entry else "door" if name in manifest.doors else "alone"
    return voice.say(f"summary.{kind}")


def _only_way(leads: tuple[Lead, ...]) -> bool:
    return len(leads) == 1 and leads[0].guard is None


def _tab(name: ProcedureName, lead: Lead, voice: Voice, outline: Outline, ids: Mapping[str, str]) -> Tab:
    tab_id = ids[f"{name}--{lead.key}"]
    if lead.guard is None:
        return Tab(key=lead.key, id=tab_id, text=voice.say("summary.always"))
    node = next(each for each in outline.nodes[name] if each.id == lead.guard.source)
    return Tab(key=lead.key, id=tab_id, text=shorten(statement_text(voice, node, lead.guard), length=_LONGEST))


def _edges(
    outline: Outline, cards: tuple[Card, ...], ids: Mapping[str, str], numbers: Mapping[str, str]
) -> Iterator[Edge]:
    has_tabs = {card.name: bool(card.tabs) for card in cards}
    for name in outline.procedures:
        if name in outline.entries:
            pill = entry_name(name)
            yield Edge(
                id=f"edge-{ids[pill]}",
                source=numbers[pill],
                tab=None,
                target=numbers[name],
                node=NodeId(pill),
                key=ENTER,
                kind=EdgeKind.PLAIN,
            )
        for place, lead in enumerate(outline.leads[name]):
            for callee in lead.callees:
                yield Edge(
                    id=f"edge-{ids[f'{name}--{lead.way(callee)}']}",
                    source=numbers[name],
                    tab=place if has_tabs[numbers[name]] else None,
                    target=numbers[callee],
                    node=NodeId(name),
                    key=lead.way(callee),
                    kind=EdgeKind.PLAIN,
                )


# --- what is inside -------------------------------------------------------------------------------------------------


def _counts(voice: Voice, nodes: tuple[GraphNode, ...]) -> str:
    numbers = Counter(shape_of(node) for node in nodes)
    return " · ".join(
        voice.lexicon.count(f"count.{shape.value}", numbers[shape]) for shape in _COUNTED if numbers[shape]
    )


def _chips(voice: Voice, nodes: tuple[GraphNode, ...], *, is_tight: bool) -> Iterator[Chip]:
    numbers = Counter(shape_of(node) for node in nodes)
    if numbers[Shape.WAIT]:
        yield Chip(ChipKind.WAIT, voice.lexicon.count("count.wait", numbers[Shape.WAIT]))
    if numbers[Shape.GAP]:
        yield Chip(ChipKind.GAP, voice.lexicon.count("summary.gaps", numbers[Shape.GAP]))
    outcomes = tuple(dict.fromkeys(node.outcome for node in nodes if isinstance(node, End)))
    if is_tight and len(outcomes) > _NAMED:
        yield Chip(ChipKind.END, voice.lexicon.count("count.end", len(outcomes)))
        return
    for name in outcomes:
        outcome = voice.checked.vocabulary.outcomes[name]
        yield Chip(ChipKind.END, outcome.label.in_language(voice.language), outcome.color)


def _description(voice: Voice, outline: Outline) -> str:
    every = [node for name in outline.procedures for node in outline.nodes[name]]
    numbers = Counter(shape_of(node) for node in every)
    numbers[Shape.PROCEDURE] = len(outline.procedures)
    shapes = (Shape.PROCEDURE, *_COUNTED, Shape.WAIT, Shape.GAP)
    parts = [voice.lexicon.count(f"count.{shape.value}", numbers[shape]) for shape in shapes if numbers[shape]]
    title = voice.checked.manifest.title.in_language(voice.language)
    return voice.say("summary.description", title=title, parts=", ".join(parts))
