"""The functions of one beginning, made when they are first called.

In: a plan and the procedure to begin with. Out: `full`, from facts to a path; `case`, from facts to a `Case`. Safe for
several threads: what two of them make at once is equal, and nothing half made is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, Final, Protocol

from praxe.engine.compile.arithmetic import Dates
from praxe.engine.compile.emit import Emitter, Style, Sum, leaving_source
from praxe.engine.compile.flow import Flow
from praxe.engine.compile.layout import Layout
from praxe.engine.compile.numbering import Key, Numbering
from praxe.engine.compile.paths import Case, Path, Paths, UntoldPath, case_of
from praxe.engine.compile.plan import Plan
from praxe.engine.compile.terms import Terms
from praxe.engine.compile.workshop import function_of

Facts = Mapping[str, Any]
MOST_KEPT: Final = 2**16  # paths that are kept for the next case that takes them
MOST_LISTED: Final = 2**19  # paths for which there is a list; a place in it costs eight bytes


class Unknowns(Protocol):
    """Says what to do where a fact is not known."""

    def way_or_question(self, facts: Facts, place: int) -> int | str | None:
        """Return the way taken at a place, or the fact that is surely asked for, or None."""

    def stop(self, facts: Facts, place: int, key: Key) -> Path:
        """Return the path of a case that comes to a place with this key."""

    def refuse(self, facts: Facts) -> Path:
        """Return the path of a case with a value that no test expects."""


class Machine:
    """Decides the cases of one beginning."""

    def __init__(self, plan: Plan, start: str, dates: Dates) -> None:
        self.flow = Flow(plan, start)
        self._reads_today = plan.reads_today
        self.layout = Layout(self.flow)
        self.numbering = Numbering(self.layout)
        self.paths = Paths(plan, self.flow.entry, self.numbering)
        self._terms = Terms(plan, dates, self._define)
        self._kept: dict[Key, Path] = {}
        self._asked: dict[tuple[int, Key, str], Path] = {}
        self._bases: dict[int, int] = {}
        self._unknowns: Unknowns

    def attach(self, unknowns: Unknowns) -> None:
        """Say who knows what to do where a fact is not known; then the machine can be used."""
        self._unknowns = unknowns
        names = self._terms.names
        is_small = not self.layout.in_keys and self.numbering.paths <= MOST_LISTED
        self._listed = 0
        self._list: list[Path | None] = [None] * self.numbering.paths if is_small else []
        self._running = "(P[n] or path(n))" if is_small else "(at(n) or path(n))"
        names |= {
            "P": self._list,
            "at": self._kept.get,
            "path": self._keep_in_list if is_small else self._keep,
            "Case": Case,
            "lost": unknowns.refuse,
            "asks": self.asks,
            "stop": unknowns.stop,
            "stopped": self._stopped,
        }
        names |= {f"v{cut}": partial(self._first_call, "v", cut) for cut in self.layout.cuts}
        names |= {f"p{cut}": partial(self._first_call, "p", cut) for cut in self.layout.cuts}
        self.full: Callable[[Facts], Path] = self._run_keys if self.layout.in_keys else self._made("v", self.flow.root)

    @cached_property
    def case(self) -> Callable[[Facts], Case]:
        """From facts to their path, together with them."""
        return self._case_of if self.layout.in_keys else self._made("c", self.flow.root)

    # --- functions ---------------------------------------------------------------------------------------------

    def _first_call(self, prefix: str, root: int, *given: Any) -> Any:
        return self._made(prefix, root)(*given)

    def _made(self, prefix: str, root: int) -> Any:
        """Make the function that begins at a cut; the next call finds it in place."""
        name = f"{prefix}{root}"
        source = self._emitter(prefix).function(root, name)
        function = self._define(name, source)
        self._terms.names[name] = function
        return function

    def source(self, prefix: str = "v", root: int | None = None) -> str:
        """Return the text of a function: for whoever wants to see it."""
        place = self.flow.root if root is None else root
        return self._emitter(prefix).function(place, f"{prefix}{place}")

    def _emitter(self, prefix: str) -> Emitter:
        style = Style(
            prefix == "p",
            prefix == "c",
            self._constant_path,
            self._running,
            self._stuck_text,
            self._leaving,
            self._lacking,
        )
        return Emitter(self.layout, self.numbering, self._terms, style, self._bases)

    def _define(self, name: str, source: str) -> Any:
        return function_of(name, source, self._terms.constants, self._terms.names)

    def _leaving(self, place: int) -> str:
        """Return the name of the function that finds the way on from a place."""
        name = f"i{place}"
        if name not in self._terms.names:
            self._terms.names[f"o{place}"] = partial(_leave, self._unknowns, place)
            source = leaving_source(self.flow.spots[place], self._terms, name, f"o{place}(F)")
            self._terms.names[name] = self._define(name, source)
        return name

    def _lacking(self, place: int) -> str:
        """Return the name of the function that finds the way on from a place whose one fact is not known."""
        if self._reads_today:  # there are two things to know
            return self._leaving(place)
        name = f"u{place}"
        if name not in self._terms.names:
            self._terms.names[name] = partial(self._leave_once, place)
        return name

    def _leave_once(self, place: int, facts: Facts) -> int | str | None:
        """Find the way on, the same for every case; the next one finds it in place."""
        way = self._unknowns.way_or_question(facts, place)
        self._terms.names[f"u{place}"] = lambda _: way
        return way

    # --- paths -------------------------------------------------------------------------------------------------

    def _constant_path(self, number: int) -> str:
        path = self._list[number] if self._list else self._kept.get(number)
        return self._terms.constant(path or self._terms.names["path"](number))

    def _keep_in_list(self, number: int) -> Path:
        self._listed += 1
        if self._listed > MOST_KEPT:
            self._list[:] = [None] * len(self._list)
            self._listed = 0
        path = self._list[number] = UntoldPath(self.paths, number)
        return path

    def _keep(self, key: Key) -> Path:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        path = self._kept[key] = UntoldPath(self.paths, key)
        return path

    def _stuck_text(self, place: int, total: Sum, asked: str) -> str:
        key = f"(*K, {total.text})" if self.layout.in_keys else total.text
        if asked == "None":
            return f"stop(F, {place}, {key})"
        if asked == "i":
            return f"stopped(F, {place}, {key}, i)"
        if not total.is_running and not self.layout.in_keys:
            return self._terms.constant(self.asks(place, total.known, self._terms.constants[asked.strip("'")]))
        return f"asks({place}, {key}, {asked})"

    def asks(self, place: int, key: Key, asked: str) -> Path:
        """Return the path of the cases that stop at a place to ask for a fact, or to wait for it."""
        found = self._asked.get((place, key, asked))
        if found is None:
            if len(self._asked) >= MOST_KEPT:
                self._asked.clear()
            found = self._asked[place, key, asked] = UntoldPath(self.paths, key, stop=place, asks=asked)
        return found

    def _stopped(self, facts: Facts, place: int, key: Key, asked: str | None) -> Path:
        return self._unknowns.stop(facts, place, key) if asked is None else self.asks(place, key, asked)

    # --- runs --------------------------------------------------------------------------------------------------

    def _run_keys_partly(self, facts: Facts) -> Path:
        """Decide a case of which something is not known."""
        numbers: list[int] = []
        returning: list[Any] = []
        run: Any = self._terms.names[f"p{self.flow.root}"]
        try:
            while run is not None:
                run = run(facts, numbers, returning)
                if isinstance(run, Path):
                    return run
        except KeyError:
            return self._unknowns.refuse(facts)
        key = tuple(numbers)
        return self._kept.get(key) or self._keep(key)

    def _run_keys(self, facts: Facts) -> Path:
        numbers: list[int] = []
        returning: list[Any] = []
        run = self._terms.names[f"v{self.flow.root}"]
        try:
            while run is not None:
                run = run(facts, numbers, returning)
        except KeyError:
            return self._run_keys_partly(facts)
        key = tuple(numbers)
        return self._kept.get(key) or self._keep(key)

    def _case_of(self, facts: Facts) -> Case:
        return case_of(self._run_keys(facts), facts)


def _leave(unknowns: Unknowns, place: int, facts: Facts) -> int | str | None:
    return unknowns.way_or_question(facts, place)
