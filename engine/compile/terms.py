"""Terms to Python expressions; whatever comes from the policy stays outside the text.

In: terms of a plan. Out: expressions over `F`, the facts. Constants are written as place holders (`'k3'`) which
`workshop` replaces in the code object, other objects as names of our own (`g4`): no text of a policy becomes code. An
expression that is not known raises KeyError, for what it reads is not there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from itertools import count
from math import prod
from typing import Any, Final

from praxe.engine.compile import arithmetic
from praxe.engine.compile.arithmetic import Dates
from praxe.engine.compile.column import Classes, classes_of
from praxe.engine.compile.plan import Plan, PlannedDefinition, Term, constant
from praxe.engine.compile.table import BitTable
from praxe.engine.today import TODAY

SHORT: Final = 8  # terms in a definition that is written where it is used
LONGEST: Final = 2_000  # terms, with those of all definitions it reads, in one that becomes code
_COMPARES: Final = frozenset({"==", "!=", ">", ">=", "<", "<="})


class Terms:
    """Writes the terms of one plan; keeps the constants and objects they name."""

    def __init__(self, plan: Plan, dates: Dates, make: Callable[[str, str], Any]) -> None:
        """Prepare.

        Args:
            make: turns a name and the source of a function of that name into the function.
        """
        self.constants: dict[str, Any] = {}  # place holder -> value
        self.names: dict[str, Any] = {
            "__builtins__": {},
            "KeyError": KeyError,
            "int": int,
            "hole": _hole,
        }  # name -> object
        self.facts = plan.facts
        self.variables = {name: f"f{number}" for number, name in enumerate(plan.facts)}
        self._plan = plan
        self._dates = dates
        self._make = make
        self._holders: dict[tuple[type, Hashable], str] = {}
        self._weights: dict[str, int] = {}
        self._count = count()
        self._functions: dict[str, str] = {}  # names of functions of ours
        self._readings: dict[str, str] = {}  # of definitions: how they are read

    def constant(self, value: Any) -> str:
        """Return a place holder for a value."""
        key = (type(value), value)
        holder = self._holders.get(key)
        if holder is None:  # two threads may come here at once: each holder it makes is good
            holder = f"k{next(self._count)}"
            self.constants[holder] = value
            self._holders[key] = holder
        return f"'{holder}'"

    def name(self, thing: object) -> str:
        """Return a name for an object."""
        name = f"g{next(self._count)}"
        self.names[name] = thing
        return name

    def fact(self, name: str, held: set[str] | None = None, *, is_certain: bool = True) -> str:
        """Return a plain fact as an expression.

        Args:
            held: facts that stand in variables; this one is added if it is read here in any case.
            is_certain: whether this expression is evaluated whenever the whole is.
        """
        place = f"F[{self.constant(name)}]"
        if held is None or name not in self.variables:
            return place
        variable = self.variables[name]
        if name in held:
            return variable
        if not is_certain:
            return place
        held.add(name)
        return f"({variable} := {place})"

    def variable(self, name: str, held: set[str] | None) -> str | None:
        """Return the variable in which a fact stands, if it does."""
        return self.variables[name] if held is not None and name in held else None

    def text(self, term: Term, held: set[str] | None = None, *, is_certain: bool = True) -> str:  # noqa: C901 - one case for each kind of term
        """Return a term as a Python expression that can stand beside any operator; else as `fact`."""
        match term:
            case ["f", name]:
                return self.fact(name, held, is_certain=is_certain)
            case ["final", name, bound] | ["attempts", name, bound]:
                function = arithmetic.final_state if term[0] == "final" else arithmetic.outcome_of_attempts
                return f"{self._shared(function)}({self.fact(name)}, {bound:d})"
            case ["derived", name]:
                return self._derived(name)
            case ["is", bool() as truth]:
                return str(truth)
            case ["is", value]:
                return self.constant(constant(value))
            case ["today"]:
                return self.fact(TODAY)
            case ["not", operand]:
                return f"(not {self.text(operand, held, is_certain=is_certain)})"
            case [("and" | "or") as word, operands]:
                return self._junction(word, operands, held, is_certain=is_certain)
            case [sign, left, right] if sign in _COMPARES:
                left, right = (self.text(each, held, is_certain=is_certain) for each in (left, right))
                return f"({left} {sign} {right})"
            case ["between", subject, low, high]:
                bottom, middle = (self.text(each, held, is_certain=is_certain) for each in (low, subject))
                return f"({bottom} <= {middle} <= {self.text(high, held, is_certain=False)})"
            case ["in", subject, members]:
                return self._among(subject, members)
            case ["has", collection, member]:
                inner, outer = (self.text(each, held, is_certain=is_certain) for each in (member, collection))
                return f"({inner} in {outer})"
            case ["days", is_business, start, end]:
                count = self._dates.business_days if is_business else arithmetic.days
                return f"{self._shared(count)}({self.text(start)}, {self.text(end)})"
            case ["sum", subtract, left, right]:
                return self._sum(left, right, subtract=subtract)
            case ["deep"]:
                return "hole()"
            case _:
                raise ValueError(f"not a term: {term!r}")

    def _junction(self, word: str, operands: list[Term], held: set[str] | None, *, is_certain: bool) -> str:
        first, *others = operands
        begin = self.text(first, held, is_certain=is_certain)
        rest = (self.text(each, held, is_certain=False) for each in others)
        return f"({f' {word} '.join([begin, *rest])})"

    def _among(self, subject: Term, members: list[Term]) -> str:
        if all(kind == "is" for kind, *_ in members):
            values = frozenset(constant(value) for _, value in members)
            return f"({self.text(subject)} in {self.constant(values)})"
        worth = self.text(subject)
        return f"({' or '.join(f'{worth} == {self.text(each)}' for each in members)})"

    def _sum(self, left: Term, right: Term, *, subtract: bool) -> str:
        date, duration = (left, right) if right[0] == "duration" else (right, left)
        if duration[0] != "duration":
            function = self._shared(arithmetic.difference if subtract else arithmetic.total)
            return f"{function}({self.text(left)}, {self.text(right)})"
        shift = self._shared(self._dates.before if subtract else self._dates.after)
        amount, unit = (self.constant(each) for each in duration[1:])
        return f"{shift}({self.text(date)}, {amount}, {unit})"

    def _shared(self, function: Callable[..., Any]) -> str:
        """Return the name of a function of ours, the same each time."""
        name = self._functions.get(repr(function))
        if name is None:
            name = self._functions[repr(function)] = self.name(function)
        return name

    # --- definitions -------------------------------------------------------------------------------------------

    def _derived(self, name: str) -> str:
        definition = self._plan.definitions[name]
        weight = self._weight(name)
        if weight > LONGEST:
            return "hole()"
        if definition.table is None and weight <= SHORT:
            return self._as_expression(definition)
        if name not in self._readings:
            self._readings[name] = self._reading(definition)
        return self._readings[name]

    def _as_expression(self, definition: PlannedDefinition) -> str:
        assert definition.otherwise is not None  # no table
        text = self.text(definition.otherwise)
        for guard, value in reversed(definition.cases):
            text = f"({self.text(value)} if {self.text(guard)} else {text})"
        return text

    def _reading(self, definition: PlannedDefinition) -> str:
        """Return the expression that reads a definition which is not written where it is used."""
        if definition.table is not None:
            table = BitTable(definition.table, self._reader)
            looked_up = self._looked_up(table, definition.table.inputs)
            if looked_up is not None:
                return looked_up
            inputs = ", ".join(map(self.text, definition.table.inputs))
            return f"{self.name(table.read)}(F, {inputs})"
        lines = [f" if {self.text(guard)}: return {self.text(value)}" for guard, value in definition.cases]
        assert definition.otherwise is not None  # no table
        lines.append(f" return {self.text(definition.otherwise)}")
        name = f"d{next(self._count)}"
        self.names[name] = self._make(name, "\n".join([f"def {name}(F):", *lines]))
        return f"{name}(F)"

    def _looked_up(self, table: BitTable, inputs: Sequence[Term]) -> str | None:
        """Return the expression that looks a table up by the classes of its inputs; None where it has to be read."""
        found: list[Classes] = []
        for column, term in zip(table.columns, inputs, strict=True):
            classes = classes_of(column, self.facts[term[1]]) if term[0] == "f" else None
            if classes is None:
                return None
            found.append(classes)
        cells = table.cells(found)
        if cells is None:
            return None
        parts: list[str] = []
        for place, (classes, (_, name)) in enumerate(zip(found, inputs, strict=True)):
            factor = prod(len(each.rows) for each in found[place + 1 :])
            parts.append(self._class_number(classes, self.fact(name), factor))
        return f"{self.name(cells)}[{' + '.join(parts)}]"

    def _class_number(self, classes: Classes, value: str, factor: int) -> str:
        """Return the number of the class of a value, multiplied, as an expression."""
        if classes.starts:
            number = f"{self._shared(bisect_right)}({self.name(classes.starts)}, {value})"
            return number if factor == 1 else f"{number} * {factor}"
        numbers = {each: number * factor for each, number in classes.numbers.items()}
        if classes.default is None:
            return f"{self.name(numbers)}[{value}]"
        return f"{self.name(numbers.get)}({value}, {classes.default * factor})"

    def _reader(self, term: Term) -> Callable[[Any], Any]:
        """Return a function of the facts that reads a term."""
        made: Callable[[Any], Any] = self._make("r", f"def r(F): return {self.text(term)}")
        return made

    def _weight(self, name: str) -> int:
        """Return the number of terms that reading a definition takes; those below it come first in a plan."""
        if name not in self._weights:
            definition = self._plan.definitions[name]
            parts = [*(part for case in definition.cases for part in case)]
            if definition.otherwise is not None:
                parts.append(definition.otherwise)
            if definition.table is not None:
                parts += [*definition.table.inputs, *({repr(each): each for each in definition.table.outputs}.values())]
            for below in _derived_in(parts):
                self._weight(below)
            self._weights[name] = 1 + sum(self._size(each) for each in parts)
        return self._weights[name]

    def _size(self, term: Term) -> int:
        total, stack = 0, [term]
        while stack:
            part = stack.pop()
            total += 1
            if part[0] == "derived":
                total += self._weights[part[1]]
            elif part[0] != "is":
                stack.extend(_below(part))
        return total


def _below(term: Term) -> list[Term]:
    found = [each for each in term[1:] if isinstance(each, list) and each and isinstance(each[0], str)]
    return found + [each for part in term[1:] if isinstance(part, list) for each in part if isinstance(each, list)]


def _derived_in(terms: list[Term]) -> list[str]:
    found: dict[str, None] = {}
    stack = list(terms)
    while stack:
        part = stack.pop()
        if part[0] == "derived":
            found[part[1]] = None
        elif part[0] != "is":
            stack.extend(_below(part))
    return list(found)


def _hole() -> Any:
    raise KeyError
