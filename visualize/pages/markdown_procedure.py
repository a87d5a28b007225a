"""The Markdown page of a procedure.

In: its record, and the names of files. Out: the text of the page, with the drawing beside it and every link relative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from praxe.dsl.tree import ClauseId
from praxe.visualize.pages import marks
from praxe.visualize.pages.book import ProcedurePage
from praxe.visualize.pages.entries import GapEntry
from praxe.visualize.pages.markdown_pen import Pen, stamp
from praxe.visualize.pages.marks import anchor as anchor_of
from praxe.visualize.pages.marks import bold, item, line, link, table, text
from praxe.visualize.pages.names import Names, anchor
from praxe.visualize.pages.outline import Duty, Point, Way
from praxe.visualize.style import Shape
from praxe.visualize.words import Lexicon


def procedure_page(names: Names, page: ProcedurePage, words: Lexicon, *, has_expanded: bool) -> str:
    """Return the page of a procedure."""
    return _Page(names, page, words, has_expanded=has_expanded).written()


class _Page:
    def __init__(self, names: Names, page: ProcedurePage, words: Lexicon, *, has_expanded: bool) -> None:
        self._names = names
        self._page = page
        self._words = words
        self._pen = Pen(names, words, names.procedure(page.name))
        self._own = frozenset(each.name for each in page.clauses)
        self._has_expanded = has_expanded

    def written(self) -> str:
        """Return the whole page."""
        return marks.whole(
            [
                stamp(self._words),
                f"# {text(self._page.title)}",
                *self._head(),
                *self._chart(),
                *self._text(),
                *self._questions(),
                *self._times(),
                *self._gaps(),
                *self._clauses(),
                *self._rules(),
                *self._examples(),
                *self._mermaid(),
            ]
        )

    def _head(self) -> Iterator[str]:
        say, book, page = self._words.say, self._names.book, self._page
        home = link(text(book.title), self._names.index)
        parts = [home, say("head.version", version=text(book.version))]
        parts += [say("index.entry")] if page.is_entry else []
        parts += [say("index.door")] if page.is_door else []
        yield " · ".join(parts)
        for key, others in (("called_by", page.called_by), ("calls", page.calls)):
            if others:
                links = ", ".join(link(text(book.titles[each]), self._names.procedure(each)) for each in others)
                yield f"{say(f'procedure.{key}')}: {links}"

    def _chart(self) -> Iterator[str]:
        say, page = self._words.say, self._page
        yield f"## {say('procedure.chart')}"
        alternative = say("procedure.chart_alt", description=page.chart.description)
        yield marks.image(alternative, self._names.drawing(page.name))
        if self._has_expanded:
            yield link(say("procedure.chart_expanded"), self._names.expanded(page.name))

    # --- the numbered text ----------------------------------------------------------------------------------------

    def _text(self) -> Iterator[str]:
        outline = self._page.outline
        yield f"## {self._words.say('procedure.text')}"
        yield self._words.say("procedure.text_intro")
        lines = [f"{anchor_of(outline.start)}{bold(text(self._page.title))}"]
        lines += [f"*{text(each)}*" for each in outline.start_notes]
        lines += [self._source(outline.start_clauses)] if outline.start_clauses else []
        yield "<br>\n".join(lines)
        yield "\n".join(self._points(outline.points, 0))

    def _points(self, points: Sequence[Point], depth: int) -> Iterator[str]:
        for point in points:
            yield item(self._point(point), depth=depth, more=self._details(point))
            if point.duties:
                yield item(bold(text(point.duties_tag)), depth=depth + 1)
                yield from (self._duty(each, depth + 2) for each in point.duties)
            for way in point.ways:
                yield self._way(way, depth + 1)
                yield from self._points(way.points, depth + 2)

    def _point(self, point: Point) -> str:
        tag = f"{bold(text(point.tag))}: " if point.tag else ""
        said = self._said(point)
        return (
            f"{anchor_of(point.id)}{bold(f'{point.number}.')} {tag}{said}{self._chips(point)}{self._on(point.goes_on)}"
        )

    def _said(self, point: Point) -> str:
        if point.callee is not None:
            return link(text(point.text), self._names.procedure(point.callee))
        match point.shape:
            case Shape.QUESTION | Shape.END | Shape.RETURN | Shape.WAIT | Shape.GAP:
                return bold(text(point.text))
            case _:
                return text(point.text)

    def _details(self, point: Point | Duty) -> Iterator[str]:
        if isinstance(point, Point):
            yield from (f"• {text(each)}" for each in point.statements)
        yield from (f"*{text(each)}*" for each in point.notes)
        cited = point.sources if isinstance(point, Point) else point.clauses
        if cited:
            yield self._source(cited)

    def _duty(self, duty: Duty, depth: int) -> str:
        tag = f"{bold(text(duty.tag))}: " if duty.tag else ""
        return item(
            f"{anchor_of(duty.id)}{tag}{line(duty.text)}{self._chips(duty)}", depth=depth, more=self._details(duty)
        )

    def _way(self, way: Way, depth: int) -> str:
        more = [self._source(way.sources)] if way.sources else []
        return item(f"{anchor_of(way.id)}{bold(text(way.text))}{self._on(way.goes_on)}", depth=depth, more=more)

    def _chips(self, row: Point | Duty) -> str:
        return "".join(f" · *{text(each.text)}*" for each in row.chips)

    def _on(self, target: str | None) -> str:
        if target is None:
            return ""
        number = link(str(self._page.outline.numbers[target]), f"#{target}")
        return f" → {self._words.say('procedure.goes_on', number=number)}"

    def _source(self, cited: Iterable[ClauseId]) -> str:
        return f"{self._words.say('procedure.source')}: {self._pen.cited(dict.fromkeys(cited), own=self._own)}"

    # --- what is told about it ------------------------------------------------------------------------------------

    def _questions(self) -> Iterator[str]:
        say = self._words.say
        if self._page.questions:
            yield f"## {say('procedure.questions')}"
        for fact in self._page.questions:
            page = self._names.page("glossary")
            yield f"### {line(fact.question)}"
            label = link(text(fact.label), self._names.to(page, anchor("fact", fact.name), here=self._pen.here))
            rows = [f"{label}: {self._pen.answers(fact)}"]
            rows += [f"{say('procedure.help')}: {text(fact.help)}"] if fact.help else []
            rows += [f"{say('procedure.examples_of')}:<br>{self._pen.quotes(fact)}"] if fact.examples else []
            rows += [f"{say('procedure.system')}: {text(fact.system)}"] if fact.system else []
            rows.append(f"{say('procedure.asked_at')}: {self._pen.places(fact.places)}")
            yield "\n".join(item(each) for each in rows)

    def _times(self) -> Iterator[str]:
        say = self._words.say
        head = [say(f"procedure.{key}") for key in ("time_kind", "time_what", "time_limit")]
        rows = [
            (say(f"procedure.{each.kind}"), f"{self._pen.place(each.place)}. {text(each.text)}", text(each.limit))
            for each in self._page.times
        ]
        if rows:
            yield f"## {say('procedure.times')}"
            yield table(head, rows)

    def _gaps(self) -> Iterator[str]:
        say, page = self._words.say, self._page
        if page.gaps or page.findings:
            yield f"## {say('procedure.gaps')}"
        if page.gaps:
            yield "\n".join(item(self._gap(each)) for each in page.gaps)
        findings = self._names.page("findings")
        rows = [
            (
                link(text(each.name), self._names.to(findings, anchor("finding", each.name), here=self._pen.here)),
                f"{bold(text(each.title))}<br>{text(each.why)}",
                text(each.reading) if each.reading else "–",
                self._pen.places(place for place in each.places if place.procedure == page.name),
            )
            for each in page.findings
        ]
        head = (say("procedure.finding"), say("findings.why"), say("findings.reading"), say("procedure.steps"))
        yield table(head, rows)

    def _gap(self, gap: GapEntry) -> str:
        return f"{bold(self._words.say('procedure.gap'))} ({self._pen.place(gap.place)}): {text(gap.text)}"

    def _clauses(self) -> Iterator[str]:
        """Each point beside what the source text says of it."""
        say, named = self._words.say, set[ClauseId]()
        outline = self._page.outline
        rows = [*self._beside(text(self._page.title), outline.start_clauses, named)]
        for point in outline.walk():
            rows += self._beside(f"{link(str(point.number), f'#{point.id}')}. {text(point.text)}", point.sources, named)
            for duty in point.duties:
                rows += self._beside(text(duty.text), duty.clauses, named)
            for way in point.ways:
                label = f"{link(str(point.number), f'#{way.id}')} · {text(way.text)}"
                rows += self._beside(label, way.sources, named)
        if rows:
            yield f"## {say('procedure.clauses')}"
            yield say("procedure.clauses_intro")
            yield table((say("procedure.time_what"), say("procedure.clause")), rows)

    def _beside(self, label: str, cited: Iterable[ClauseId], named: set[ClauseId]) -> Iterator[tuple[str, str]]:
        told = []
        for name in cited:
            if name in self._own:
                clause = self._names.book.clauses[name]
                mark = "" if name in named else anchor_of(anchor("clause", name))
                named.add(name)
                quoted = "".join(f" “{text(each)}”" for each in clause.literals)
                told.append(f"{mark}{bold(text(clause.place))}: {text(clause.paraphrase)}{quoted} ({marks.code(name)})")
        if told:
            yield label, "<br>".join(told)

    def _rules(self) -> Iterator[str]:
        if self._page.rules:
            yield f"## {self._words.say('procedure.rules')}"
            page, rules = self._names.page("rules"), []
            for each in self._page.rules:
                number = link(str(each.number), f"{page}#{anchor('rule', each.number)}")
                rules.append(item(f"{number}. {text(each.text)}"))
            yield "\n".join(rules)

    def _examples(self) -> Iterator[str]:
        page = self._page
        if not page.examples:
            return
        yield f"## {self._words.say('procedure.examples')}"
        yield f"{self._words.count('procedure.examples_intro', page.passing)} {self._all_examples()}."
        for each in page.examples:
            yield from self._pen.example(each)

    def _all_examples(self) -> str:
        return link(self._words.say("procedure.examples_all"), self._names.page("examples"))

    def _mermaid(self) -> Iterator[str]:
        if self._page.mermaid:
            blocks = "\n\n".join(marks.fence("mermaid", each) for each in self._page.mermaid)
            yield marks.folded(self._words.say("procedure.mermaid"), blocks)
