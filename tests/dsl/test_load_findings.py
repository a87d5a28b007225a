"""`findings.yaml`, and what `policy.yaml` says beside the name of a policy: named values, readings, doors."""

from __future__ import annotations

import pytest

from praxe.dsl.load_findings import load_findings
from praxe.dsl.load_manifest import load_manifest
from praxe.dsl.passes import check_policy_texts
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import FactType, FindingKind, Weight
from tests.dsl.example import example_files

FINDING = "F1:\n  type: gap\n  severity: low\n  title: Título\n  why: Porque sim\n"
MANIFEST = 'name: x\ntitle: X\nversion: "1"\nlanguage: pt\nentry: atendimento\n'


def codes_of(files: dict[str, str]) -> list[str]:
    """Return the codes found in the example policy with some of its files replaced."""
    return sorted({each.code for each in check_policy_texts("x", {**example_files(), **files})[1]})


def test_a_finding() -> None:
    found, problems = load_findings(SourceText.of("findings.yaml", FINDING), language="pt")
    assert not problems
    finding = found[ClauseId("F1")]
    assert (finding.kind, finding.weight) == (FindingKind.GAP, Weight.LOW)
    assert finding.explained is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (FINDING.replace("type: gap", "type: gapp"), ["PX168"]),
        (FINDING.replace("  why: Porque sim\n", ""), ["PX164"]),
        (FINDING.replace("why", "whi"), ["PX163"]),
        (FINDING + "  clauses: [ex.9]\n", ["PX178"]),
        ("- F1\n", ["PX167"]),
        ("F 1:\n  type: gap\n", ["PX174"]),
    ],
)
def test_a_mistake_in_a_finding(text: str, codes: list[str]) -> None:
    _, problems = load_findings(SourceText.of("findings.yaml", text), language="pt", clauses=["ex.1"])
    assert [each.code for each in problems] == codes


def test_a_finding_is_cited_like_a_clause_and_one_nobody_meets_is_told() -> None:
    text = "procedimento atendimento:\n  faça ligar_cliente  [ex.1{}]\n  fim encerrado\n"
    assert "PX219" in codes_of({"findings.yaml": FINDING, "atendimento.praxe": text.format("")})
    assert "PX219" not in codes_of({"findings.yaml": FINDING, "atendimento.praxe": text.format(", F1")})
    assert "PX205" in codes_of({"atendimento.praxe": text.format(", F1")})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{type: integer, value: 15, label: Limite, unit: dias}", (FactType.INTEGER, 15)),
        ("{type: text, value: Diana, label: Pessoa}", (FactType.TEXT, "Diana")),
    ],
)
def test_a_named_value(value: str, expected: tuple[FactType, object]) -> None:
    manifest, problems = load_manifest(SourceText.of("policy.yaml", f"{MANIFEST}parameters:\n  limite: {value}\n"))
    assert manifest
    assert not problems
    found = manifest.parameters["limite"]
    assert (found.type, found.value) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{type: integer, value: quinze, label: X}", "PX165"),
        ("{type: one_of, value: a, label: X}", "PX168"),
        ("{type: text, value: a, label: X, unit: dias}", "PX171"),
        ("{type: text, label: X}", "PX164"),
    ],
)
def test_a_mistake_in_a_named_value(value: str, code: str) -> None:
    _, problems = load_manifest(SourceText.of("policy.yaml", f"{MANIFEST}parameters:\n  limite: {value}\n"))
    assert [each.code for each in problems] == [code]


def test_a_second_door_must_exist_and_is_then_no_procedure_nobody_follows() -> None:
    text = "procedimento atendimento:\n  fim encerrado\n\nprocedimento outra:\n  fim cancelado\n"
    manifest = example_files()["policy.yaml"]
    assert "PX214" in codes_of({"atendimento.praxe": text})
    assert "PX214" not in codes_of({"atendimento.praxe": text, "policy.yaml": manifest + "doors: [outra]\n"})
    assert "PX208" in codes_of({"atendimento.praxe": text, "policy.yaml": manifest + "doors: [outr]\n"})
