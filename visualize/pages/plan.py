"""Which files the documentation of a policy consists of, and how each is made, without making any yet.

In: a policy and its scenarios. Out: `PlannedFile`s. `key` stands for all that goes into a file, so that who has made it
before need not make it again; it is the same on every machine, which a drawing's bytes are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Call
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario
from praxe.visualize import Way, expanded, level_ways, summary, to_dot
from praxe.visualize.drawing import Drawing
from praxe.visualize.pages.book import Book
from praxe.visualize.pages.content import book
from praxe.visualize.pages.examples import group_of
from praxe.visualize.pages.inline import inlined
from praxe.visualize.pages.markdown import markdown_pages
from praxe.visualize.pages.names import UNSTAMPED, Names, policy_stem, procedure_stems

if TYPE_CHECKING:
    from praxe.visualize.pages.html import Page

Form = Literal["md", "html"]
Draw = Callable[[Drawing, bool], bytes]  # a drawing, and whether it brings its font, to SVG
_MOST_OPENED: Final = 80  # nodes of a drawing with calls opened: beyond, nobody finds the way


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """One file."""

    name: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing stamped with its own digest instead of the policy's, which changes where the picture does not."""

    drawing: Drawing
    has_font: bool

    @classmethod
    def of(cls, drawing: Drawing, *, has_font: bool) -> Picture:
        """Return the picture of a drawing."""
        return cls(drawing=Drawing(replace(drawing.chart, digest=UNSTAMPED), drawing.marks), has_font=has_font)

    @property
    def key(self) -> str:
        """All that goes into it."""
        return key_of(repr(self.has_font), to_dot(self.drawing))

    def make(self, draw: Draw) -> bytes:
        """Return its SVG."""
        return stamped(draw(self.drawing, self.has_font), self.key)


def planned(
    policy: Policy, scenarios: Iterable[Scenario], *, language: str, form: Form, draw: Draw
) -> tuple[PlannedFile, ...]:
    """Return the files of a policy's documentation.

    Args:
        language: `pt` or `en`, of every word.
        form: Markdown pages with a drawing beside each, or a site.
        draw: makes the SVG of a drawing; perhaps it remembers.
    """
    cases = tuple(scenarios)
    places = _Places(policy, cases, language, form)
    made = book(policy, cases, language=language, links=places.procedure, ways=places.ways)
    return tuple((_markdown if form == "md" else _site)(policy, made, places, draw))


class _Places:
    """Where the drawings lead: to each other, or to the pages that hold them."""

    def __init__(self, policy: Policy, cases: Sequence[Scenario], language: str, form: Form) -> None:
        manifest, calls = policy.manifest, [each for each in policy.graph.nodes.values() if isinstance(each, Call)]
        self._stems = procedure_stems(policy.checked.procedures, map(group_of, cases), language)
        self._language = language
        self._ending = "svg" if form == "md" else "html"
        self._summary = f"{policy_stem(manifest.name)}--summary.svg" if form == "md" else "index.html"
        begun = dict.fromkeys((manifest.entry, *manifest.doors))
        self.opened = tuple(name for name in begun if any(each.procedure == name for each in calls))

    def procedure(self, name: ProcedureName) -> str:
        """Return where a procedure is drawn."""
        return f"{self._stems[name]}.{self._ending}"

    def expanded(self, name: ProcedureName) -> str:
        """Return where a procedure is drawn with its calls opened."""
        return f"{self._stems[name]}--expanded.{self._ending}"

    def ways(self, name: ProcedureName) -> tuple[Way, ...]:
        """Return the links from the chart of a procedure to the other levels."""
        expanded = self.expanded(name) if name in self.opened else None
        return level_ways(self._language, summary=self._summary, expanded=expanded)

    def ways_back(self, name: ProcedureName) -> tuple[Way, ...]:
        """Return the links from the chart with calls opened."""
        return level_ways(self._language, summary=self._summary, procedure=self.procedure(name))


def _whole(policy: Policy, made: Book, places: _Places) -> Drawing:
    return summary(policy.checked, policy.graph, language=made.language, links=places.procedure)


def _opened(policy: Policy, made: Book, places: _Places) -> Mapping[ProcedureName, Drawing]:
    """Return the drawings of the procedures that a case may begin with, their calls opened."""
    return {
        name: expanded(
            policy.checked,
            policy.graph,
            name,
            language=made.language,
            links=places.procedure,
            limit=_MOST_OPENED,
            ways=places.ways_back(name),
        )
        for name in places.opened
    }


def _markdown(policy: Policy, made: Book, places: _Places, draw: Draw) -> Iterator[PlannedFile]:
    names = Names(made, "md")
    pictures = {names.summary: _whole(policy, made, places)}
    pictures |= {places.procedure(each.name): Drawing(each.chart) for each in made.procedures}
    pictures |= {places.expanded(name): drawing for name, drawing in _opened(policy, made, places).items()}
    for name, drawing in pictures.items():
        picture = Picture.of(drawing, has_font=True)
        yield PlannedFile(name=name, key=picture.key, make=partial(picture.make, draw))
    for name, text in markdown_pages(made, has_summary=True, expanded=places.opened).items():
        key = key_of(text)
        yield PlannedFile(name=name, key=key, make=partial(stamped, text.encode(), key))


def _site(policy: Policy, made: Book, places: _Places, draw: Draw) -> Iterator[PlannedFile]:
    from praxe.visualize.pages.html import shared_files, site_pages  # brings Jinja2 along

    names, nothing = Names(made, "html"), frozenset[str]()
    charts = {names.index: (_whole(policy, made, places), nothing)}
    charts |= {places.procedure(each.name): (Drawing(each.chart), each.outline.ids) for each in made.procedures}
    charts |= {places.expanded(name): (each, nothing) for name, each in _opened(policy, made, places).items()}
    for page in site_pages(made, expanded=places.opened):
        drawing, told = charts.get(page.name, (None, nothing))
        picture = Picture.of(drawing, has_font=False) if drawing else None
        key = key_of(page.text, picture.key if picture else "")
        yield PlannedFile(name=page.name, key=key, make=partial(_page, page, key, picture, told, draw))
    for name, text in shared_files(made).items():
        yield PlannedFile(name=name, key=key_of(text), make=partial(str.encode, text))


def _page(page: Page, key: str, picture: Picture | None, told: frozenset[str], draw: Draw) -> bytes:
    return stamped(page.with_chart(inlined(picture.make(draw), told) if picture else None).encode(), key)


def stamped(content: bytes, key: str) -> bytes:
    """Return a file with its key in the place that is kept for it; it stands before every text of a policy."""
    return content.replace(UNSTAMPED.encode(), f"sha256:{key}".encode(), 1)


def key_of(*parts: str) -> str:
    """Return what stands for all the parts together."""
    whole = sha256()
    for part in parts:
        raw = part.encode()
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()
