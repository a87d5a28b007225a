"""The tree of a policy's text: what `parse` builds, `resolve` completes and every later pass reads.

One frozen dataclass per form of the language. A name the author wrote inside a condition is a `Name` until
`resolve` has turned it into a `FactRef`, `ValueRef` or `LoopRef`.
INVARIANT: after `resolve` no expression holds a `Name` (tests/dsl/test_resolve.py).
"""

# ruff: noqa: PLC0414 - `X as X` re-exports the parts that live in expression_tree

from __future__ import annotations

from dataclasses import field
from enum import Enum

from praxe.dsl.expression_tree import (
    ActionCall as ActionCall,
)
from praxe.dsl.expression_tree import (
    ActionName as ActionName,
)
from praxe.dsl.expression_tree import (
    ActionRef as ActionRef,
)
from praxe.dsl.expression_tree import (
    And as And,
)
from praxe.dsl.expression_tree import (
    Argument as Argument,
)
from praxe.dsl.expression_tree import (
    Arithmetic as Arithmetic,
)
from praxe.dsl.expression_tree import (
    Between as Between,
)
from praxe.dsl.expression_tree import (
    ClauseId as ClauseId,
)
from praxe.dsl.expression_tree import (
    ClauseRef as ClauseRef,
)
from praxe.dsl.expression_tree import (
    Compare as Compare,
)
from praxe.dsl.expression_tree import (
    Comparison as Comparison,
)
from praxe.dsl.expression_tree import (
    Contains as Contains,
)
from praxe.dsl.expression_tree import (
    DaysBetween as DaysBetween,
)
from praxe.dsl.expression_tree import (
    Deadline as Deadline,
)
from praxe.dsl.expression_tree import (
    Duration as Duration,
)
from praxe.dsl.expression_tree import (
    DurationLiteral as DurationLiteral,
)
from praxe.dsl.expression_tree import (
    Expression as Expression,
)
from praxe.dsl.expression_tree import (
    FactName as FactName,
)
from praxe.dsl.expression_tree import (
    FactRef as FactRef,
)
from praxe.dsl.expression_tree import (
    In as In,
)
from praxe.dsl.expression_tree import (
    Literal as Literal,
)
from praxe.dsl.expression_tree import (
    LoopRef as LoopRef,
)
from praxe.dsl.expression_tree import (
    Name as Name,
)
from praxe.dsl.expression_tree import (
    Node as Node,
)
from praxe.dsl.expression_tree import (
    Not as Not,
)
from praxe.dsl.expression_tree import (
    Or as Or,
)
from praxe.dsl.expression_tree import (
    OutcomeIs as OutcomeIs,
)
from praxe.dsl.expression_tree import (
    OutcomeName as OutcomeName,
)
from praxe.dsl.expression_tree import (
    OutcomeRef as OutcomeRef,
)
from praxe.dsl.expression_tree import (
    Pattern as Pattern,
)
from praxe.dsl.expression_tree import (
    ProcedureName as ProcedureName,
)
from praxe.dsl.expression_tree import (
    ProcedureRef as ProcedureRef,
)
from praxe.dsl.expression_tree import (
    Promptness as Promptness,
)
from praxe.dsl.expression_tree import (
    RangePattern as RangePattern,
)
from praxe.dsl.expression_tree import (
    Today as Today,
)
from praxe.dsl.expression_tree import (
    Unit as Unit,
)
from praxe.dsl.expression_tree import (
    ValuePattern as ValuePattern,
)
from praxe.dsl.expression_tree import (
    ValueRef as ValueRef,
)
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span

# --- statements ------------------------------------------------------------------------------------------------


@record
class Source(Node):
    """`fonte id, …`, the first lines of a block: the clauses that the whole block implements."""

    clauses: tuple[ClauseRef, ...]


@record
class Block(Node):
    """The indented lines under a line that ends in `:`; `clauses` are those cited on that line."""

    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    clauses: tuple[ClauseRef, ...] = ()


@record
class Do(Node):
    """`faça ação(args)` or `faça "texto"`: a step for a person or a system."""

    step: ActionCall | str
    deadline: Deadline | None = None
    clauses: tuple[ClauseRef, ...] = ()


@record
class Say(Node):
    """`diga "…"`: words to speak or write."""

    text: str
    deadline: Deadline | None = None
    clauses: tuple[ClauseRef, ...] = ()


@record
class Ask(Node):
    """`pergunte fato`: ask now, although no condition needs it yet."""

    fact: FactRef
    clauses: tuple[ClauseRef, ...] = ()


@record
class IfBranch(Node):
    """One `se` or `senão se`."""

    condition: Expression
    body: Block


@record
class If(Node):
    """`se … senão se … senão`: the first branch whose condition holds."""

    branches: tuple[IfBranch, ...]
    otherwise: Block | None = None


@record
class Arm(Node):
    """One branch of `caso`."""

    patterns: tuple[Pattern, ...]
    body: Block


@record
class Case(Node):
    """`caso fato:` with one branch per value; covers all values, none twice. The subject may be a loop's variable."""

    subject: FactRef | LoopRef
    arms: tuple[Arm, ...]
    otherwise: Block | None = None
    clauses: tuple[ClauseRef, ...] = ()


@record
class Follow(Node):
    """`siga procedimento`: a call that returns when the callee falls off its end."""

    procedure: ProcedureRef
    clauses: tuple[ClauseRef, ...] = ()


@record
class ForEach(Node):
    """`para cada x em conjunto:` once per member, in the declared order of the set's values."""

    variable: str
    collection: FactRef
    body: Block


@record
class Retry(Node):
    """`tente até 3 vezes ação até fato:` body on success, `otherwise` when all attempts failed."""

    attempts: int
    call: ActionCall
    until: FactRef
    body: Block
    otherwise: Block | None = None


@record
class Wait(Node):
    """`aguarde fato em até prazo:` or `… até data:` stop until the fact is known or the deadline passes."""

    fact: FactRef
    deadline: Duration | Expression  # a duration counts from the arrival at this node; an expression is a date
    on_time: Block
    meanwhile: Block | None = None  # steps only: the duties that go on during the wait
    too_late: Block | None = None


@record
class End(Node):
    """`fim desfecho`: ends the whole case."""

    outcome: OutcomeRef
    clauses: tuple[ClauseRef, ...] = ()


@record
class Gap(Node):
    """`lacuna "…"`: the source text is silent here."""

    text: str
    clauses: tuple[ClauseRef, ...] = ()


@record
class Note(Node):
    """`nota "…"`: guidance shown with the next statement of the block."""

    text: str
    clauses: tuple[ClauseRef, ...] = ()


@record
class Nothing(Node):
    """`nada`: deliberately no step."""

    clauses: tuple[ClauseRef, ...] = ()


@record
class RuleException(Node):
    """One `salvo se` of a `regra`."""

    condition: Expression
    body: Block


@record
class Rule(Node):
    """`regra:` … `salvo se cond:` … the rule first, its exceptions after; the first exception that holds wins."""

    body: Block
    exceptions: tuple[RuleException, ...]


Statement = (
    Do | Say | Ask | If | Case | Follow | ForEach | Retry | Wait | End | Gap | Note | Nothing | Rule
)  # every kind: closed, so the type checker can count them


# --- items of a file -------------------------------------------------------------------------------------------


@record
class Procedure(Node):
    """`procedimento nome "Título":` a named, callable piece."""

    name: ProcedureName
    name_span: Span = field(compare=False, repr=False)
    title: str | None
    body: Block


@record
class DefinitionCase(Node):
    """One `quando cond: valor`."""

    condition: Expression
    value: Expression
    clauses: tuple[ClauseRef, ...] = ()


@record
class Definition(Node):
    """`defina nome: expr`, or first-match `quando cond: valor` lines and `senão: valor` (then `cases` is not empty)."""

    name: FactName
    name_span: Span = field(compare=False, repr=False)
    title: str | None
    cases: tuple[DefinitionCase, ...]
    otherwise: Expression
    sources: tuple[Source, ...] = ()
    clauses: tuple[ClauseRef, ...] = ()  # on the line of `defina`
    otherwise_clauses: tuple[ClauseRef, ...] = ()


class HitPolicy(Enum):
    """How many rows of a decision table may match (DMN): just one, or the first counts."""

    UNIQUE = "unique"
    FIRST = "first"


@record
class Cell(Node):
    """One cell of a table; no pattern means any value (written `-`)."""

    patterns: tuple[Pattern, ...]


@record
class Row(Node):
    """One row of a table: a cell per input and the output's value."""

    cells: tuple[Cell, ...]
    output: Expression
    clauses: tuple[ClauseRef, ...] = ()


@record
class Table(Node):
    """`tabela nome:` a decision table over `inputs`; its value is a derived fact called `name`."""

    name: FactName
    name_span: Span = field(compare=False, repr=False)
    title: str | None
    hit_policy: HitPolicy
    inputs: tuple[FactRef, ...]
    rows: tuple[Row, ...]
    sources: tuple[Source, ...] = ()
    clauses: tuple[ClauseRef, ...] = ()


@record
class Target(Node):
    """What a `nunca` or `sempre` speaks of: an action or an outcome (`is_end`: written `fim desfecho`)."""

    name: str
    is_end: bool


@record
class Never(Node):
    """`nunca alvo quando cond`: proved for every case."""

    target: Target
    condition: Expression | None = None
    clauses: tuple[ClauseRef, ...] = ()


@record
class Always(Node):
    """`sempre ação antes de alvo` or `sempre ação quando cond`: proved for every case."""

    action: ActionRef
    before: Target | None = None
    condition: Expression | None = None
    clauses: tuple[ClauseRef, ...] = ()


Item = Procedure | Definition | Table | Never | Always


@record(kw_only=False)
class Comment(RecordBase):
    """`# …` as written, without the `#` and the space after it."""

    text: str
    line: int
    column: int
    own_line: bool


@record(kw_only=False)
class Layout(RecordBase):
    """What the formatter keeps of the author's layout: comments and single blank lines."""

    comments: tuple[Comment, ...] = ()
    blank_lines: frozenset[int] = frozenset()


@record
class File(Node):
    """One `*.praxe` file."""

    path: str = field(compare=False)
    language: str = field(compare=False)
    items: tuple[Item, ...]
    broken: tuple[str, ...] = ()  # the lines with a mistake already told, as written
    lacks_items: bool = field(default=False, compare=False)  # a broken line may have begun a procedure or definition
    layout: Layout = field(default=Layout(), compare=False, repr=False)
