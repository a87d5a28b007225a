"""One mistake made on purpose: what kind it is, where it stands, and the policy that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.dsl.tree import Definition, Expression, FactName, Node, Procedure, ProcedureName, Table
from praxe.engine.mutants.rewrite import exchanged


class MistakeKind(Enum):
    """What somebody who writes a procedure gets wrong."""

    LIMIT = "limit"  # a number, a term or a count of attempts, one off
    SWAPPED = "swapped"  # two branches in each other's place
    DROPPED = "dropped"  # a step, a call or an exception forgotten
    ARGUMENT = "argument"  # another recipient, queue or text
    VALUE = "value"  # another answer compared with
    NEGATION = "negation"  # a `não` forgotten, or one too many
    CONNECTIVE = "connective"  # `e` for `ou`, or the other way round; a condition forgotten
    OUTCOME = "outcome"  # another end
    DEADLINE = "deadline"  # how soon a step is due
    RESULT = "result"  # what a definition or a row of a table is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One part of the tree exchanged for another."""

    kind: MistakeKind
    old: Node = field(repr=False)
    new: Node = field(repr=False)
    before: str = ""  # the author's words, or nothing where the kind says it all
    after: str = ""
    at: Span | None = None  # where it stands, if not at `old`
    within: Expression | None = field(default=None, repr=False, compare=False)  # the whole condition it is a part of

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.at or self.old.span


Item = Procedure | Definition | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A policy with one mistake."""

    edit: Edit
    item: Item = field(repr=False)  # what it stands in

    def of(self, policy: CheckedPolicy) -> CheckedPolicy:
        """Return the policy with the mistake."""
        changed = exchanged(self.item, self.edit.old, self.edit.new)
        match changed:
            case Procedure(name=procedure):
                return replace(policy, procedures=_with(policy.procedures, ProcedureName(procedure), changed))
            case Definition(name=fact) | Table(name=fact):
                return replace(policy, definitions=_with(policy.definitions, FactName(fact), changed))


_Name = TypeVar("_Name")
_Kind = TypeVar("_Kind")


def _with(items: Mapping[_Name, _Kind], name: _Name, changed: _Kind) -> Mapping[_Name, _Kind]:
    return {**items, name: changed}
