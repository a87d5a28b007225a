"""Two versions of a policy drawn: each procedure that was touched, as it is now and as it was before.

In: both policies, checked, with their graphs. Out: drawings by the name of their file: `name.svg` as it is now, with
what is new or changed marked; `name.before.svg` as it was, with what is gone or changed marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.definitions import ChangedDefinitions
from praxe.engine.diff.matching import match
from praxe.engine.graph import DecisionGraph, NodeId
from praxe.visualize.changes import Change, ChartChanges, labelled
from praxe.visualize.changes_found import changes_on, sides
from praxe.visualize.chart import Chart, Way
from praxe.visualize.compose import compose
from praxe.visualize.drawing import Drawing
from praxe.visualize.sections import answer_sections
from praxe.visualize.voice import Voice
from praxe.visualize.words import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of two versions."""

    checked: CheckedPolicy
    graph: DecisionGraph


def changed_charts(old: Version, new: Version, *, language: str, form: str = "svg") -> Iterator[tuple[str, Drawing]]:
    """Yield the drawings of all procedures that were touched, by the name of their file.

    Raises:
        ValueError: there is no such language.
    """
    matching = match(old.graph, new.graph)
    changed = ChangedDefinitions(old.checked, new.checked)
    because = tuple(_because(each, changed, (new, old), language) for each in (old, new))
    for name in dict.fromkeys((*new.checked.procedures, *old.checked.procedures)):
        charts = tuple(_chart(each, name, language) for each in (old, new))
        before, after = sides(matching, (charts[0], old.graph), (charts[1], new.graph), (because[0], because[1]))
        words = lexicon(language)
        gone = changes_on(before, after, words, is_old=True)
        now = changes_on(after, before, words, is_old=False)
        if gone.is_nothing and now.is_nothing:
            continue
        files = f"{name}.{form}", f"{name}.before.{form}"
        has_old = charts[0] is not None and not gone.is_nothing
        if charts[1] is not None:
            ways = (Way(words.say("changes.way.old"), files[1]),) if has_old and form == "svg" else ()
            told = _with_figures(replace(charts[1], ways=ways), now, gone, Voice.of(new.checked, language))
            yield files[0], Drawing(*labelled(told, now, words))
        if charts[0] is not None and has_old:
            ways = (Way(words.say("changes.way.new"), files[0]),) if charts[1] is not None and form == "svg" else ()
            subtitle = (words.say("changes.old"), *charts[0].subtitle)
            told = replace(charts[0], id=f"{charts[0].id}--before", subtitle=subtitle, ways=ways)
            yield files[1], Drawing(*labelled(told, gone, words))


def _because(
    version: Version, changed: ChangedDefinitions, versions: tuple[Version, Version], language: str
) -> Mapping[NodeId, str]:
    """Return the nodes of a version that read a definition which changed, and which one."""
    found: dict[NodeId, str] = {}
    for node in version.graph.nodes.values():
        for name in changed.read_by(node):
            checked = next(each.checked for each in versions if name in each.checked.definitions)
            span = checked.definitions[name].name_span
            found[node.id] = lexicon(language).say(
                "changes.definition",
                label=checked.derived[name].label.in_language(language),
                place=f"{PurePath(span.path).name}:{span.line}",
            )
    return found


def _chart(version: Version, name: ProcedureName, language: str) -> Chart | None:
    if name not in version.graph.starts:
        return None
    chart = compose(version.checked, version.graph, name, language=language, links=lambda _: None)
    return replace(chart, sections=answer_sections(chart, version.graph, Voice.of(version.checked, language)))


def _with_figures(chart: Chart, now: ChartChanges, gone: ChartChanges, voice: Voice) -> Chart:
    """Return a chart that says under its title how much changed."""
    counts = Counter([*now.nodes.values(), *(each for each in gone.nodes.values() if each is Change.GONE)])
    parts = [voice.lexicon.count(f"changes.nodes.{each.value}", counts[each]) for each in Change if counts[each]]
    if not parts:
        return chart
    figures = voice.say("changes.figures", parts=", ".join(parts))
    return replace(chart, subtitle=(*chart.subtitle, figures))
