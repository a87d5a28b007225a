"""What a value can come down to, once derived facts are followed: facts that are given, and fixed values.

In: the definitions and tables of a policy. Out: for an expression, the expressions without derived facts that it may be
worth, and the comparisons made with them; both are noted where answers are cut into classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    Definition,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    Node,
    Not,
    Or,
    Pattern,
    RangePattern,
    Table,
    ValuePattern,
    ValueRef,
)
from praxe.dsl.vocabulary import FactType
from praxe.engine.evaluate import Evaluator
from praxe.engine.prove.cuts import Cuts
from praxe.engine.values import Value
from praxe.engine.wording import text_of

NOWHERE: Final = Span("", 0, 0, 0, 0)
YES: Final = Literal(value=True, span=NOWHERE)
NO: Final = Literal(value=False, span=NOWHERE)
_CONDITIONS: Final = (Not, And, Or, Compare, Between, In, Contains)

Atom = Compare | Contains
AtomKey = tuple[str, FactName, type | None, Value]


class Leaves:
    """Follows the definitions of one policy, and notes its comparisons."""

    def __init__(self, checked: CheckedPolicy, evaluator: Evaluator, cuts: Cuts) -> None:
        self.checked = checked
        self.evaluator = evaluator
        self.cuts = cuts
        self._of_definition: dict[FactName, Sequence[Expression]] = {}
        self._noted: set[FactName] = set()
        self._touched: set[FactName] = set()
        self._seen: set[AtomKey] = set()

    def is_condition(self, expression: Expression) -> bool:
        """Return whether an expression is a yes or a no."""
        if isinstance(expression, FactRef):
            return self.checked.fact(expression.name).type is FactType.YES_NO
        return isinstance(expression, _CONDITIONS)

    def of(self, expression: Expression) -> Sequence[Expression]:
        """Return what an expression may be worth."""
        match expression:
            case _ if self.is_condition(expression):
                return (YES, NO)
            case FactRef(name=name) if name in self.checked.definitions:
                if name not in self._of_definition:
                    self._of_definition[name] = self._defined(self.checked.definitions[name])
                return self._of_definition[name]
            case Arithmetic():
                pairs = product(self.of(expression.left), self.of(expression.right))
                return [replace(expression, left=left, right=right) for left, right in pairs]
            case DaysBetween():
                pairs = product(self.of(expression.start), self.of(expression.end))
                return [replace(expression, start=start, end=end) for start, end in pairs]
            case _:
                return (expression,)

    def note(self, root: Node) -> None:
        """Note every comparison in a part of the policy, definitions included, in reading order."""
        if not isinstance(root, FactRef) or root.name not in self._touched:
            self._note_parts(root)

    def _note_parts(self, root: Node) -> None:
        stack: list[Node] = [root]
        while stack:
            node = stack.pop()
            match node:
                case And(operands=operands) | Or(operands=operands):
                    stack.extend(reversed(operands))
                    continue
                case FactRef(name=name) if name in self.checked.definitions:
                    if name not in self._noted:
                        self._noted.add(name)
                        stack.append(self.checked.definitions[name])
                case Compare() if (key := self.key_of(node)) is not None:
                    if key not in self._seen:
                        self._seen.add(key)
                        self.cuts.note(node, self.evaluator)
                    continue  # with one fact and one fixed value there is no more to it
                case FactRef(name=name):
                    self._touch(node, name)
                    continue  # nothing stands below a name
                case Compare(operator=operator, left=left, right=right):
                    self._note_atoms(compared(operator, self.of(left), self.of(right)))
                case Between(subject=subject, low=low, high=high):
                    self._note_atoms(compared(Comparison.GREATER_EQUAL, self.of(subject), self.of(low)))
                    self._note_atoms(compared(Comparison.LESS_EQUAL, self.of(subject), self.of(high)))
                case In(subject=subject, members=members):
                    for member in members:
                        self._note_atoms(compared(Comparison.EQUAL, self.of(subject), self.of(member)))
                case Contains(collection=collection, member=member):
                    pairs = product(self.of(collection), self.of(member))
                    self._note_atoms(Contains(collection=one, member=two, span=node.span) for one, two in pairs)
                case Table():
                    self._note_table(node)
                case _:
                    pass
            stack.extend(reversed(tuple(node.children())))

    def _touch(self, condition: FactRef, name: FactName) -> None:
        if name not in self._touched:
            self._touched.add(name)
            if self.cuts.type_of(name) is not FactType.SET_OF and self.is_condition(condition):
                self.cuts.touch(name)

    def key_of(self, condition: Compare) -> AtomKey | None:
        """Return what tells comparisons of a fact that is given with a fixed value apart; None of any other."""
        left, right = condition.left, condition.right
        if not isinstance(left, FactRef) or left.name in self.checked.definitions:
            return None
        operator: str = condition.operator._value_  # a text knows its hash, and without asking Enum for it
        if isinstance(right, Literal):
            return operator, left.name, type(right.value), right.value
        return (operator, left.name, None, right.name) if isinstance(right, ValueRef) else None

    def note_patterns(self, subject: Expression, patterns: Iterable[Pattern]) -> None:
        """Note what the branches of `caso`, or the cells of a column, compare their fact with."""
        seen = list(patterns)
        for leaf in self.of(subject):
            for pattern in seen:
                self._note_atoms(pattern_atoms(leaf, pattern, self))

    def is_set(self, leaf: Expression) -> bool:
        """Return whether an expression is a set."""
        return isinstance(leaf, FactRef) and self.checked.fact(leaf.name).type is FactType.SET_OF

    def _note_table(self, table: Table) -> None:
        for column, subject in enumerate(table.inputs):
            if self.is_condition(subject):
                continue  # noted as a condition
            distinct: dict[object, Pattern] = {}
            for row in table.rows:
                for pattern in row.cells[column].patterns:
                    distinct.setdefault(pattern_key(pattern), pattern)
            self.note_patterns(subject, distinct.values())

    def _note_atoms(self, atoms: Iterable[Atom]) -> None:
        for atom in atoms:
            self.cuts.note(atom, self.evaluator)

    def _defined(self, definition: Definition | Table) -> Sequence[Expression]:
        match definition:
            case Definition():
                values = [*(each.value for each in definition.cases), definition.otherwise]
            case Table():
                values = list({text_of(row.output): row.output for row in definition.rows}.values())
        found = {text_of(leaf): leaf for value in values for leaf in self.of(value)}
        return list(found.values())


def compared(operator: Comparison, left: Sequence[Expression], right: Sequence[Expression]) -> Iterator[Compare]:
    """Yield the comparison of each pair of two sides."""
    for one, two in product(left, right):
        yield Compare(operator=operator, left=one, right=two, span=NOWHERE)


def pattern_atoms(leaf: Expression, pattern: Pattern, leaves: Leaves) -> Sequence[Atom]:
    """Return the comparisons that together say whether a pattern admits a value."""
    match pattern:
        case ValuePattern(value=value) if leaves.is_set(leaf):
            return (Contains(collection=leaf, member=value, span=NOWHERE),)
        case ValuePattern(value=value):
            return (Compare(operator=Comparison.EQUAL, left=leaf, right=value, span=NOWHERE),)
        case RangePattern(low=low, high=high):
            least = Literal(value=low, span=NOWHERE)
            found = [Compare(operator=Comparison.GREATER_EQUAL, left=leaf, right=least, span=NOWHERE)]
            if high is not None:
                most = Literal(value=high, span=NOWHERE)
                found.append(Compare(operator=Comparison.LESS_EQUAL, left=leaf, right=most, span=NOWHERE))
            return found


def first_named(patterns: Sequence[Sequence[Pattern]]) -> dict[str, int] | None:
    """Return which list of patterns is the first to name each value; None if not all of them are names."""
    found: dict[str, int] = {}
    for index, some in enumerate(patterns):
        for each in some:
            if not isinstance(each, ValuePattern) or not isinstance(each.value, ValueRef):
                return None
            found.setdefault(each.value.name, index)
    return found


def pattern_key(pattern: Pattern) -> object:
    """Return what tells patterns apart."""
    match pattern:
        case ValuePattern(value=value):
            return text_of(value)
        case RangePattern(low=low, high=high):
            return (low, high)
