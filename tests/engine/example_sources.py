"""A small policy with a register, and what `praxe sources` makes of it; also runs the catalogue's examples."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.load import read_texts
from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.passes import Checked, check_files
from praxe.dsl.source import SourceText
from praxe.engine.source_digests import Comparison, compare
from praxe.engine.sources import ClauseReport, SourceReport, source_report

TEXT: Final = "Roteiro de atendimento\nAntes de tudo, ligue para o cliente.\n"  # of the catalogue's examples
FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "policy.yaml": """\
name: loja
title: {pt: Loja, en: Shop}
version: "1"
language: pt
entry: troca
documents: {doc: {pt: Documento, en: Document}}
parameters:
  limite: {type: integer, value: 15, label: Limite, clauses: [d.limite]}
readings:
  F2: A primeira.
""",
        "vocabulary.yaml": """\
facts:
  atraso: {type: integer, label: Dias, question: Quantos dias?, min: 0, clauses: [d.dias]}
  vip: {type: yes_no, label: Vip, question: É vip?}
actions:
  ligar: {label: Ligar}
  anotar: {label: Anotar}
outcomes:
  feito: {label: Feito}
""",
        "clauses.yaml": "".join(
            f"{name}: {{document: doc, section: S, lines: [{line}], kind: obligation, paraphrase: P{more}}}\n"
            for name, line, more in (
                ("d.bloco", 1, ""),
                ("d.ligar", 2, ""),
                ("d.dias", 2, ""),
                ("d.limite", 2, ""),
                ("d.nota", 1, ""),
                ("d.dica", 1, ", guidance: No rodapé."),
                ("d.lacuna", 1, ""),
                ("d.achado", 1, ""),
                ("d.falta", 1, ""),
            )
        ),
        "findings.yaml": "".join(
            f"F{number}: {{type: {kind}, severity: low, title: T, why: W{more}}}\n"
            for number, kind, more in (
                (1, "gap", ", clauses: [d.achado]"),
                (2, "ambiguity", ""),
                (3, "risk", ", explained: Porque sim."),
                (4, "risk", ""),
            )
        ),
        "troca.praxe": """\
procedimento troca "Troca":
  nota "Com calma."  [d.nota]
  faça ligar  [d.ligar]
  se atraso > limite:
    fonte d.bloco
    faça anotar
    siga resto
  senão:
    lacuna "E agora?"  [d.lacuna, F1]
  se vip:
    nada
  fim feito

procedimento resto "Resto":
  tente até 2 vezes ligar até vip:  [d.ligar]
    faça "um"
  senão:
    faça "dois"
""",
    }
)


def check_texts(changes: Mapping[str, str] = MappingProxyType({})) -> Checked:
    """Return the example policy, checked, with some of its files changed."""
    return check_files(read_texts("loja", {**FILES, **changes}))


def report_of(checked: Checked) -> SourceReport:
    """Return the account of a policy without errors."""
    assert checked.policy, checked.diagnostics
    return source_report(checked.policy, checked.sources)


def compare_with(text: str, checked: Checked) -> Comparison:
    """Compare the register with a source text."""
    return compare(report_of(checked), {"doc": SourceText.of("doc.txt", text)})


def check_register(clauses: str) -> tuple[Diagnostic, ...]:
    """Return what is found in a register of the catalogue's examples, its source text beside it."""
    found, problems = load_clauses(SourceText.of("clauses.yaml", clauses), language="pt")
    if problems or not found:
        return problems
    report = SourceReport(clauses=tuple(ClauseReport(clause=each) for each in found.values()), findings=(), lines=())
    return compare(report, {"exemplo": SourceText.of("exemplo.txt", TEXT)}).diagnostics
