"""A compiled policy: the same decisions as `Policy.decide`, from generated code.

In: a plan, and where the policy's words are. Out: decisions. The words, the graph and the walk are looked up only when
somebody looks at words, or where the walk has to say what follows from what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

from praxe.engine.compile.decided import CompiledDecision
from praxe.engine.compile.document import content_of, document_of, packed, read_content, text_of, unpacked
from praxe.engine.today import TODAY

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    import datetime
    from os import PathLike
    from typing import Any

    from praxe.engine.compile.intake import PlainIntake
    from praxe.engine.compile.kept import Keeper
    from praxe.engine.compile.machine import Machine
    from praxe.engine.compile.paths import Case, Path
    from praxe.engine.compile.plan import Plan
    from praxe.engine.decision import Decision
    from praxe.engine.policy import Policy


class CompiledPolicy:
    """A policy as code. Read-only, and safe to share between threads.

    `decide` checks its facts and answers as `Policy.decide` does, byte for byte. `evaluate` and `case` take facts that
    are typed already (`check` types them) and do not look at them again: a name that is missing is not known, None is
    no value, and a value that does not fit its fact may go any way or raise TypeError.
    """

    def __init__(
        self,
        document: Callable[[], Mapping[str, Any]],
        identity: Mapping[str, str],
        *,
        plan: Plan | None = None,
        policy: Policy | None = None,
        words: str = "",
    ) -> None:
        """Prepare a plan.

        Args:
            document: returns the plan as JSON.
            identity: name, version and digest of the policy.
            plan: the plan itself, if it is at hand.
            policy: the policy itself, if it is at hand.
            words: else what it is made of, when it is wanted.
        """
        self.identity = MappingProxyType(dict(identity))
        self._document = document
        self._words = words
        if plan is not None:
            self.plan = plan
        if policy is not None:
            self.policy = policy
        self._machines: dict[str, Machine] = {}

    @classmethod
    def load(cls, path: str | PathLike[str]) -> CompiledPolicy:
        """Read what `save` wrote.

        Raises:
            CompiledError: there is no such file, it is cut short, was changed, or is of another version. A PraxeError.
        """
        return cls._of(read_content(path))

    @classmethod
    def from_json(cls, document: object, *, name: str = "JSON") -> CompiledPolicy:
        """Return the compiled policy whose `to_json` this is.

        Raises:
            CompiledError: it is none, was changed, or is of another version. A PraxeError.
        """
        return cls._of(content_of(document, name=name))

    @classmethod
    def _of(cls, content: Mapping[str, Any]) -> CompiledPolicy:
        plan = content["plan"]
        return cls(lambda: plan, content["policy"], words=content["words"])

    def to_json(self) -> dict[str, Any]:
        """Return the compiled policy as data: no code, and all that deciding and telling need."""
        words = self._words or packed(self.policy.checked)
        return document_of(self._document(), words, self.identity)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the policy to a file; the same policy gives the same bytes."""
        text = text_of(self.to_json())
        with open(path, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - as in `document`
            file.write(text)

    @cached_property
    def policy(self) -> Policy:
        """The policy: its words, its graph, its walk."""
        return unpacked(self._words)

    @cached_property
    def plan(self) -> Plan:
        """All that deciding needs."""
        from praxe.engine.compile.plan import read_plan  # loading does not need it, nor what follows

        return read_plan(self._document())

    @cached_property
    def _intake(self) -> PlainIntake:
        from praxe.engine.compile.intake import PlainIntake

        return PlainIntake(self.plan.facts)

    def machine(self, start: str | None = None) -> Machine:
        """Return the functions that decide cases beginning with a procedure, the entry by default.

        Raises:
            ValueError: there is no such procedure.
        """
        name = self.plan.entry if start is None else start
        found = self._machines.get(name)
        if found is None:
            if name not in self.plan.starts:
                self.policy.procedure(name)  # says what is wrong
            from praxe.engine.compile.beginning import machine_of  # loading a policy does not need it

            found = self._machines[name] = machine_of(self, name)
        return found

    @cached_property
    def evaluate(self) -> Callable[..., Path]:
        """`evaluate(facts) -> Path`, from typed facts; `evaluate(facts, today)` where the policy reads `hoje`."""
        return self.evaluator()

    @cached_property
    def case(self) -> Callable[..., Case]:
        """`case(facts) -> Case`, the path together with the facts; else as `evaluate`."""
        make = self.machine().case
        return (lambda facts, today: make({**facts, TODAY: today})) if self.plan.reads_today else make

    def evaluator(self, start: str | None = None) -> Callable[..., Path]:
        """Return `evaluate` for cases that begin with another procedure."""
        run = self.machine(start).full
        return (lambda facts, today: run({**facts, TODAY: today})) if self.plan.reads_today else run

    def check(self, facts: Mapping[str, object], language: str | None = None) -> dict[str, Any]:
        """Return the facts that have a value, typed.

        Raises:
            FactError: facts do not fit the vocabulary, or break one of its assumptions. A ValueError.
        """
        known = self._intake.typed(facts)
        if known is None:
            return {str(name): value for name, value in self.policy.check(facts, language).items()}
        if self.plan.assumptions:
            self._refuse_broken(known, language)
        return known

    def _refuse_broken(self, known: dict[str, Any], language: str | None) -> None:
        """Make sure that no assumption is surely broken."""
        if not self._keeper.are_kept(known):
            given: Any = dict(known)
            self.policy.assumed.refuse(given, language or self.plan.language)

    @cached_property
    def _keeper(self) -> Keeper:
        from praxe.engine.compile.arithmetic import Dates
        from praxe.engine.compile.kept import Keeper

        return Keeper(self.plan, Dates(lambda: self.policy.calendar))

    def decide(
        self,
        facts: Mapping[str, object],
        start: str | None = None,
        now: datetime.datetime | None = None,
        language: str | None = None,
    ) -> Decision:
        """Decide a case, as `Policy.decide` does: same arguments, same answers, same exceptions."""
        known = self._intake.typed(facts)
        is_usual = language in {None, "pt", "en"} and (start is None or start in self.plan.starts)
        if known is None or not is_usual or not self._fits(now):
            typed, entry, language = self.policy.case(facts, start, now, language)
            return self._decided({str(name): value for name, value in typed.items()}, entry, now, language)
        if now is not None:
            known[TODAY] = now.date()
        if self.plan.assumptions:
            self._refuse_broken(known, language)
        return self._decided(known, start or self.plan.entry, now, language or self.plan.language)

    def _fits(self, now: datetime.datetime | None) -> bool:
        """Whether the time is given where it has to be, and is one."""
        if now is None:
            return not self.plan.reads_today
        from datetime import datetime as moment

        return isinstance(now, moment)

    def _decided(
        self, known: dict[str, Any], start: str, now: datetime.datetime | None, language: str
    ) -> CompiledDecision:
        path = self.machine(start).full(known)
        return CompiledDecision(self, path, known, start=start, now=now, language=language)

    def decide_typed(
        self, known: dict[str, Any], start: str, now: datetime.datetime | None, language: str
    ) -> CompiledDecision:
        """Decide a case whose facts have been typed, as `Policy.decide_typed` does; the decision keeps `known`."""
        if now is not None:
            known[TODAY] = now.date()
        return self._decided(known, start, now, language)

    def __reduce__(self) -> tuple[Callable[[object], CompiledPolicy], tuple[object]]:
        return CompiledPolicy.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"<CompiledPolicy {self.identity['name']} {self.identity['version']}>"
