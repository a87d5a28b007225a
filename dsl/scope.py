"""What a name can mean in a policy, and the kinds of value an expression can have.

In: the vocabulary and the items of all files. Out: `Scope`, in which `resolve` looks names up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import faces
from praxe.dsl.near import nearest
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.tree import FactName, Procedure, ProcedureName
from praxe.dsl.vocabulary import Fact, FactType, PolicyParameter, Vocabulary

_OF_ITEMS: Final = ("PX201", "PX203", "PX207")  # unknown names that a lost item may have declared


class Kind(Enum):
    """The kind of an expression's value; named after the words of `catalogue/terms.yaml`."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    ONE_OF = "one_of"
    SET_OF = "set_of"
    DURATION = "duration"
    UNKNOWN = "unknown"  # a mistake already told: fits everything


KIND_OF: Mapping[FactType, Kind] = {
    FactType.YES_NO: Kind.YES_NO,
    FactType.ONE_OF: Kind.ONE_OF,
    FactType.SET_OF: Kind.SET_OF,
    FactType.INTEGER: Kind.NUMBER,
    FactType.DECIMAL: Kind.NUMBER,
    FactType.DATE: Kind.DATE,
    FactType.TEXT: Kind.TEXT,
}


@record(kw_only=False)
class Typed(RecordBase):
    """The kind of an expression, and the fact that lists its values, where one does."""

    kind: Kind
    fact: Fact | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the values it can have, when they are named."""
        return tuple(value.name for value in self.fact.values) if self.fact else ()


UNKNOWN = Typed(Kind.UNKNOWN)


@dataclass
class Scope:
    """Names in reach; `derived` grows as definitions are resolved, in the order of their dependence."""

    vocabulary: Vocabulary
    procedures: Mapping[ProcedureName, Procedure]
    definition_names: frozenset[str]
    parameters: Mapping[str, PolicyParameter]
    broken_words: frozenset[str]  # words of lines already reported: an unknown name among them stays silent
    derived: dict[FactName, Fact] = field(default_factory=dict)
    used_parameters: set[str] = field(default_factory=set)
    loops: dict[str, Fact] = field(default_factory=dict)  # variable -> the set it runs over
    lacks_items: bool = False  # a procedure or definition was lost to a mistake: its name is not known
    is_rule: bool = False  # inside a `nunca` or `sempre`, where `desfecho` may be tested
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, span: Span, *related: Related, **args: str) -> None:
        """Add one finding; a second place it points at is `related`."""
        self.diagnostics.append(Diagnostic(code, span, args, related))

    def unknown(self, code: str, span: Span, name: str, known: Callable[[], Iterable[str]], **args: str) -> None:
        """Report an unknown name, with the one it probably meant."""
        if name in self.broken_words:
            return
        near = nearest(name, known())
        if near is None and self.lacks_items and code in _OF_ITEMS:
            return
        self.report(code, span, name=name, **args, **({"near": near} if near else {}))

    def fact(self, name: str) -> Fact | None:
        """Return the fact called `name`, derived or not."""
        known = FactName(name)
        return self.derived.get(known) or self.vocabulary.facts.get(known)

    def is_derived(self, name: str) -> bool:
        """Return whether `defina` or `tabela` gives the fact its value."""
        return name in self.definition_names

    def fact_names(self) -> list[str]:
        """Return every fact's name, derived ones too."""
        outcome = [face.word("OUTCOME") for face in faces().values()] if self.is_rule else []
        return [*self.vocabulary.facts, *self.definition_names, *self.parameters, *self.loops, *outcome]
