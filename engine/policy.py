"""A policy ready to decide.

In: a policy's folder, or its checked tree. Out: decisions, a pure function of the policy, the facts and the time given.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.errors import PraxeError
from praxe.dsl.near import nearest
from praxe.dsl.source import SourceText
from praxe.dsl.tree import FactName, Node, ProcedureName, Today
from praxe.dsl.vocabulary import Fact, Manifest, Vocabulary
from praxe.engine.assumed import Assumed
from praxe.engine.deadlines import Calendar
from praxe.engine.decision import Decision
from praxe.engine.evaluate import Evaluator
from praxe.engine.facts import FactError, FactProblem, Intake
from praxe.engine.graph import DecisionGraph, NodeId
from praxe.engine.lower import lower
from praxe.engine.needed import facts_read
from praxe.engine.prepare import attempts_of, prepare
from praxe.engine.program import Program, Spot
from praxe.engine.values import TODAY, Known, Value
from praxe.engine.walk import walk
from praxe.engine.words import check_language, lexicon

if TYPE_CHECKING:
    import networkx

    from praxe.engine.asked import Asking
    from praxe.engine.compile import CompiledPolicy
    from praxe.engine.conversation import Conversation
    from praxe.engine.host import Handler, Host
    from praxe.engine.questions import Order, Questions


class PolicyError(PraxeError):
    """A policy has errors, so it cannot decide; `diagnostics` are all findings, `sources` the texts they speak of."""

    def __init__(self, folder: str, diagnostics: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> None:
        super().__init__({language: lexicon(language).say("policy.broken", folder=folder) for language in ("pt", "en")})
        self.folder = folder
        self.diagnostics = tuple(diagnostics)
        self.sources = sources

    def __reduce__(self) -> tuple[Callable[..., PolicyError], tuple[object, ...]]:
        return PolicyError, (self.folder, self.diagnostics, self.sources)


class Policy:
    """A policy: its words, its graph, its decisions. Read-only, and safe to share between threads."""

    def __init__(self, checked: CheckedPolicy) -> None:
        """Make a checked policy ready to decide."""
        self.checked = checked
        self.graph: DecisionGraph = lower(checked)
        self.attempts: Mapping[FactName, int] = attempts_of(self.graph)
        self.calendar = Calendar(checked.manifest.calendar)
        evaluator = Evaluator(checked.definitions, attempts=self.attempts, calendar=self.calendar)
        self.assumed = Assumed(checked, evaluator)
        self._assumes = bool(checked.assumptions)
        self.program: Program = prepare(self.graph, self.facts, evaluator, self.attempts, checked.assumptions)
        self._language = checked.manifest.language
        self._entry = checked.manifest.entry
        self._uses_today = _reads_today(checked)
        self._intake = Intake(self.facts, derived=self._sources_of_derived(), attempts=self.attempts)

    @classmethod
    def load(cls, folder: str | Path, *, cache: Path | None = None) -> Policy:
        """Read and check the policy in `folder`.

        Args:
            cache: a file that keeps the grammar's tables between runs.

        Raises:
            PolicyError: the policy has errors.
            PraxeError: the folder is not there or cannot be read.
        """
        from praxe.dsl.passes import check_policy  # the parser; a policy that is at hand already needs none

        checked = check_policy(Path(folder), cache=cache, thorough=False)
        if checked.policy is None:
            raise PolicyError(str(folder), checked.diagnostics, checked.sources)
        return cls(checked.policy)

    @property
    def manifest(self) -> Manifest:
        """The policy's `policy.yaml`."""
        return self.checked.manifest

    @property
    def vocabulary(self) -> Vocabulary:
        """The words the policy uses."""
        return self.checked.vocabulary

    @cached_property
    def facts(self) -> Mapping[FactName, Fact]:
        """The facts that may be given: those of the vocabulary, without those that a definition gives a value."""
        own = {name: fact for name, fact in self.vocabulary.facts.items() if name not in self.checked.definitions}
        return MappingProxyType(own)

    @cached_property
    def identity(self) -> Mapping[str, str]:
        """Name, version and content digest, as every decision states them."""
        manifest = self.manifest
        return MappingProxyType({"name": manifest.name, "version": manifest.version, "digest": self.checked.digest})

    @cached_property
    def network(self) -> networkx.MultiDiGraph[NodeId]:
        """The graph for networkx: a node's dataclass under `node`, an edge's under `branch`."""
        return self.graph.to_networkx()

    @property
    def reads_today(self) -> bool:
        """Whether some condition reads `hoje`: then `now` must be given."""
        return self._uses_today

    @cached_property
    def spots(self) -> Sequence[Spot]:
        """The nodes ready to be walked, in the author's order."""
        return tuple(self.program.spots.values())

    def compile(self) -> CompiledPolicy:
        """Return the policy as generated code: the same decisions, faster, and storable as data."""
        from praxe.engine.compile.compiling import compile_policy  # deciding does not need it

        return compile_policy(self)

    @cached_property
    def compiled(self) -> CompiledPolicy:
        """The policy as generated code, made when it is first wanted: conversations decide by it."""
        return self.compile()

    @cached_property
    def asking(self) -> Asking:
        """What puts questions into words."""
        from praxe.engine.asked import Asking  # deciding does not need it

        return Asking(self)

    @cached_property
    def questions(self) -> Questions:
        """What chooses the next question of a conversation."""
        from praxe.engine.questions import Questions  # deciding does not need it

        return Questions(self)

    def procedure(self, name: str) -> ProcedureName:
        """Return the procedure of that name.

        Raises:
            ValueError: there is no such procedure.
        """
        if name not in self.checked.procedures:
            near = nearest(name, self.checked.procedures)
            raise ValueError(f"no procedure {name!r} in this policy" + (f"; did you mean {near!r}?" if near else ""))
        return ProcedureName(name)

    def check(self, facts: Mapping[str, object], language: str | None = None) -> Mapping[FactName, Value]:
        """Return the facts that have a value, typed, without deciding.

        Raises:
            FactError: facts do not fit the vocabulary, or break one of its assumptions. A ValueError.
        """
        known = self.typed(facts, language)
        if self._assumes:
            self.assumed.refuse(dict(known), language or self._language)
        return known

    def typed(self, facts: Mapping[str, object], language: str | None = None) -> Mapping[FactName, Value]:
        """Return the same as `check`, also of facts that only an assumption rules out.

        Raises:
            FactError: facts do not fit the vocabulary. A ValueError.
        """
        known = self._intake.check(facts, language or self._language)
        return MappingProxyType({name: value for name, value in known.items() if value is not None})

    def decide(
        self,
        facts: Mapping[str, object],
        start: str | None = None,
        now: datetime.datetime | None = None,
        language: str | None = None,
    ) -> Decision:
        """Decide a case.

        Args:
            facts: what is known, by the names of the vocabulary; a name that is missing, or None, is not yet known.
            start: the procedure to begin with, if not the entry.
            now: what `hoje` and deadlines count from.
            language: of the decision's words, if not the policy's.

        Raises:
            FactError: facts do not fit the vocabulary or break one of its assumptions, or `now` is missing where
                `hoje` is read. A ValueError.
            ValueError: there is no such procedure or language.
            TypeError: `now` is no date and time.
        """
        known, entry, language = self.case(facts, start, now, language)
        arrival = walk(self.program, self.program.landings[entry], known)
        return Decision(self, arrival, known, start=entry, now=now, language=language)

    def case(
        self, facts: Mapping[str, object], start: str | None, now: datetime.datetime | None, language: str | None
    ) -> tuple[Known, ProcedureName, str]:
        """Return the facts of a case, typed, with `hoje` among them, the procedure to begin with, and the language.

        Raises:
            FactError, ValueError, TypeError: as `decide`.
        """
        if language is None:
            language = self._language
        else:
            check_language(language)
        entry = self._entry if start is None else self.procedure(start)
        known = self._intake.check(facts, language)
        if now is not None:
            if not isinstance(now, datetime.datetime):
                raise TypeError(f"now is a date and time, not {now!r}")
            known[TODAY] = now.date()
        elif self._uses_today:
            raise FactError([FactProblem("now", "null", "now_missing")], language)
        if self._assumes:
            self.assumed.refuse(known, language)
        return known, entry, language

    def decide_typed(
        self, known: Known, start: ProcedureName, now: datetime.datetime | None, language: str | None = None
    ) -> Decision:
        """Decide a case whose facts have been typed; no assumption is looked at: for proofs, and between two turns.

        Args:
            known: the decision keeps it, and adds what follows from it.
        """
        if now is not None:
            known[TODAY] = now.date()
        arrival = walk(self.program, self.program.landings[start], known)
        return Decision(self, arrival, known, start=start, now=now, language=language or self._language)

    def start(
        self,
        procedure: str | None = None,
        *,
        now: datetime.datetime | None = None,
        language: str | None = None,
        order: Order | str = "author",
    ) -> Conversation:
        """Begin a conversation on a case.

        Args:
            procedure: to begin with, if not the entry.
            now: when it begins; later times come with the turns.
            language: of its words, if not the policy's.
            order: in which questions are asked: `author`, `fewest` or `cheapest`.

        Raises:
            ValueError: there is no such procedure, language or order; or `now` is missing where `hoje` is read.
        """
        from praxe.engine.conversation import begin  # deciding does not need it

        return begin(self, procedure, now=now, language=language, order=order)

    def resume(
        self, document: object, *, now: datetime.datetime | None = None, language: str | None = None
    ) -> Conversation:
        """Take up a conversation from its document, the JSON of `Conversation.to_json()`; `resumed` tells more.

        Raises:
            DocumentError: it is no such document. A ValueError and a PraxeError.
            ValueError: `now` lies before the latest turn.
        """
        from praxe.engine.conversation import resume

        return resume(self, document, now=now, language=language)

    def bind(self, action: str, handler: Handler) -> Host:
        """Return a host that performs `action` by calling `handler`; bind further actions to what is returned.

        Raises:
            ValueError: there is no such action.
        """
        from praxe.engine.host import Host

        return Host(policy=self).bind(action, handler)

    def _sources_of_derived(self) -> Mapping[FactName, tuple[FactName, ...]]:
        definitions = self.checked.definitions
        return {name: facts_read(definition, definitions) for name, definition in definitions.items()}

    def __reduce__(self) -> tuple[type[Policy], tuple[CheckedPolicy]]:
        return Policy, (self.checked,)

    def __repr__(self) -> str:
        return f"<Policy {self.manifest.name} {self.manifest.version}>"


def _reads_today(checked: CheckedPolicy) -> bool:
    """Whether some condition reads `hoje`: then `now` must be given."""
    items: tuple[Node, ...] = (*checked.procedures.values(), *checked.definitions.values())
    return any(isinstance(node, Today) for item in items for node in item.descendants())
