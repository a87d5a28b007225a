"""A procedure as BPMN 2.0, drawn and executable, with all that it calls in the same file.

In: a checked policy, its graph, a procedure. Out: XML. `build` makes the model, `lay_out` the drawing, `to_xml` the
file.
"""

from __future__ import annotations

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph
from praxe.visualize.bpmn.build import build
from praxe.visualize.bpmn.dialect import DIALECTS, Dialect
from praxe.visualize.bpmn.layout import lay_out
from praxe.visualize.bpmn.write import to_xml

__all__ = ["bpmn", "Dialect", "DIALECTS"]


def bpmn(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    dialect: Dialect = "feel",
) -> str:
    """Return the BPMN file of a procedure.

    Args:
        language: `pt` or `en`, for every word of the drawing.
        dialect: the language of conditions and arguments: FEEL for most engines, Python for SpiffWorkflow.

    Raises:
        ValueError: there is no such language, dialect or procedure.
    """
    if dialect not in DIALECTS:
        raise ValueError(f"dialect {dialect!r}: there are {', '.join(DIALECTS)}")
    model = build(checked, graph, procedure, language=language, dialect=dialect)
    return to_xml(model, lay_out(model), dialect)
