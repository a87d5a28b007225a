"""A line as the grammar sees it: its head, its citations and the lines below it.

Lines that say all by themselves have a statement of `tree` as their head; the others have one of the heads
below, which `structure` puts together with the lines that belong to them.
"""

from __future__ import annotations

from praxe.dsl.record import record
from praxe.dsl.tree import (
    ActionCall,
    Always,
    Ask,
    Cell,
    ClauseRef,
    Do,
    Duration,
    End,
    Expression,
    FactRef,
    Follow,
    Gap,
    HitPolicy,
    Never,
    Node,
    Note,
    Nothing,
    Pattern,
    ProcedureName,
    Say,
    Source,
)


@record
class ProcedureHead(Node):
    """`procedimento nome "Título":`."""

    name: FactRef
    title: str | None

    def procedure_name(self) -> ProcedureName:
        """Return the name as a procedure's."""
        return ProcedureName(self.name.name)


@record
class DefineHead(Node):
    """`defina nome: expr`, or `defina nome:` above its `quando` lines (then `value` is None)."""

    name: FactRef
    title: str | None
    value: Expression | None


@record
class WhenHead(Node):
    """`quando cond: valor`."""

    condition: Expression
    value: Expression


@record
class TableHead(Node):
    """`tabela nome:`."""

    name: FactRef
    title: str | None
    hit_policy: HitPolicy


@record
class RowHead(Node):
    """`| … | … |`."""

    cells: tuple[Cell, ...]


@record
class IfHead(Node):
    """`se cond:`."""

    condition: Expression


@record
class ElseIfHead(Node):
    """`senão se cond:`."""

    condition: Expression


@record
class ElseHead(Node):
    """`senão:`, or `senão: valor` in a definition."""

    value: Expression | None


@record
class CaseHead(Node):
    """`caso fato:`."""

    subject: FactRef


@record
class ArmHead(Node):
    """`valor, valor:`."""

    patterns: tuple[Pattern, ...]


@record
class ForEachHead(Node):
    """`para cada x em conjunto:`."""

    variable: str
    collection: FactRef


@record
class RetryHead(Node):
    """`tente até 3 vezes ação até fato:`."""

    attempts: int
    attempts_node: Node
    call: ActionCall
    until: FactRef


@record
class WaitHead(Node):
    """`aguarde fato em até prazo:` or `aguarde fato até data:`."""

    fact: FactRef
    deadline: Duration | Expression


@record
class MeanwhileHead(Node):
    """`enquanto isso:`."""


@record
class RuleHead(Node):
    """`regra:`."""


@record
class UnlessHead(Node):
    """`salvo se cond:`."""

    condition: Expression


@record
class Broken(Node):
    """A line with a mistake that was already told; `text` is what stands there."""

    text: str


Simple = Do | Say | Ask | Follow | End | Gap | Note | Nothing
Opener = (
    ProcedureHead
    | DefineHead
    | TableHead
    | IfHead
    | ElseIfHead
    | ElseHead
    | CaseHead
    | ArmHead
    | ForEachHead
    | RetryHead
    | WaitHead
    | MeanwhileHead
    | RuleHead
    | UnlessHead
)  # lines that end in `:`
Head = Simple | Opener | Source | WhenHead | RowHead | Never | Always | Broken


@record
class LineTree(Node):
    """One line, its citations, and the lines of the block below it (None: no block)."""

    head: Head
    clauses: tuple[ClauseRef, ...]
    block: tuple[LineTree, ...] | None
