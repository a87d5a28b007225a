"""Source coverage: the states of clauses, lines and findings, and that our own policies leave nothing over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxe.dsl.load import read_texts
from praxe.dsl.passes import check_files, check_policy
from praxe.dsl.source import SourceText
from praxe.engine.source_digests import digest_of
from praxe.engine.source_lines import LineState
from praxe.engine.sources import ClauseState, FindingState, SourceReport, WordKind, percent, source_report
from praxe.engine.sources_record import record_of
from tests.engine.example_sources import FILES, TEXT, check_texts, compare_with, report_of

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent for path in (ROOT / "policy").glob("*/policy.yaml"))


@pytest.fixture(scope="module")
def report() -> SourceReport:
    """The account of the example."""
    return report_of(check_texts())


@pytest.mark.parametrize("folder", POLICIES, ids=lambda path: path.name)
def test_our_policies_account_for_their_whole_source_text(folder: Path) -> None:
    checked = check_policy(folder)
    assert checked.policy, checked.diagnostics
    found = source_report(checked.policy, checked.sources)
    assert found.clauses
    assert [each.clause.name for each in found.missing] == []
    assert [each.finding.name for each in found.unmet] == []
    assert [f"{line.span}: {line.text}" for line in found.bare] == []


@pytest.mark.parametrize("folder", POLICIES, ids=lambda path: path.name)
def test_our_policies_keep_the_digest_of_every_clause(folder: Path) -> None:
    checked = check_policy(folder)
    assert checked.policy
    clauses = checked.policy.vocabulary.clauses.values()
    assert [each.name for each in clauses if each.lines and not each.digest] == []


def test_each_clause_has_its_state(report: SourceReport) -> None:
    states = {each.clause.name: each.state for each in report.clauses}
    assert states == {
        "d.bloco": ClauseState.IMPLEMENTED,
        "d.ligar": ClauseState.IMPLEMENTED,
        "d.dias": ClauseState.IMPLEMENTED,
        "d.limite": ClauseState.IMPLEMENTED,
        "d.nota": ClauseState.GUIDANCE,
        "d.dica": ClauseState.GUIDANCE,
        "d.lacuna": ClauseState.GAP,
        "d.achado": ClauseState.GAP,
        "d.falta": ClauseState.MISSING,
    }
    assert not report.is_complete


def test_a_clause_names_the_lines_and_words_that_cite_it(report: SourceReport) -> None:
    clauses = {str(each.clause.name): each for each in report.clauses}
    assert [(line.span.line, line.text, line.title) for line in clauses["d.ligar"].lines] == [
        (3, "faça ligar", "Troca"),
        (15, "tente até 2 vezes ligar até vip:", "Resto"),
    ]
    assert [line.text for line in clauses["d.bloco"].lines] == ["fonte d.bloco"]
    assert [(word.kind, word.name) for word in clauses["d.dias"].words] == [(WordKind.FACT, "atraso")]
    assert [(word.kind, word.name) for word in clauses["d.limite"].words] == [(WordKind.PARAMETER, "limite")]
    assert clauses["d.achado"].cited_findings == ("F1",)


def test_each_line_has_its_state(report: SourceReport) -> None:
    states = {line.span.line: line.state for line in report.lines}
    assert states == {
        1: LineState.UNNEEDED,  # procedimento
        2: LineState.OWN,
        3: LineState.OWN,
        4: LineState.BLOCK,  # `se`: the `fonte` of its own block
        5: LineState.OWN,
        6: LineState.BLOCK,
        7: LineState.UNNEEDED,  # siga
        8: LineState.UNNEEDED,  # senão
        9: LineState.OWN,
        10: LineState.BARE,  # `se vip`
        11: LineState.UNNEEDED,  # nada
        12: LineState.BARE,  # fim
        14: LineState.UNNEEDED,
        15: LineState.OWN,
        16: LineState.BLOCK,
        17: LineState.UNNEEDED,
        18: LineState.BARE,  # the citation on `tente` is for its success
    }
    assert [line.span.line for line in report.bare] == [10, 12, 18]
    assert report.needing == 11


def test_a_line_may_stand_on_the_clauses_of_its_words() -> None:
    text = FILES["troca.praxe"].replace("    fonte d.bloco\n", "")
    lines = {line.span.line: line for line in report_of(check_texts({"troca.praxe": text})).lines}
    assert lines[4].state is LineState.WORDS
    assert lines[4].words == ("d.dias",)


def test_definitions_tables_and_rules_are_lines_too() -> None:
    text = """\
defina velho "Velho":
  quando atraso > 30: sim  [d.dias]
  senão: não

defina novo: atraso < 3  [d.dias]

tabela grau:
  | velho | grau |
  | sim | 1 |  [d.ligar]
  | não | 2 |

nunca ligar quando novo
sempre anotar antes de fim feito  [d.nota]
"""
    checked = check_texts({"mais.praxe": text})
    lines = {line.span.line: line.state for line in report_of(checked).lines if line.span.path.endswith("mais.praxe")}
    assert lines == {
        1: LineState.UNNEEDED,
        2: LineState.OWN,
        3: LineState.UNNEEDED,
        5: LineState.OWN,
        7: LineState.UNNEEDED,
        9: LineState.OWN,
        10: LineState.WORDS,
        12: LineState.WORDS,
        13: LineState.OWN,
    }


def test_each_finding_has_its_state(report: SourceReport) -> None:
    states = [each.state for each in report.findings]
    assert states == [FindingState.MET, FindingState.READING, FindingState.EXPLAINED, FindingState.UNMET]
    assert [line.span.line for line in report.findings[0].lines] == [9]


def test_percentages_never_say_too_much() -> None:
    assert percent(245, 246) == 99
    assert percent(246, 246) == 100
    assert percent(0, 0) == 100


def test_json_holds_both_ways(report: SourceReport) -> None:
    record = json.loads(json.dumps(record_of(report, "pt")))
    assert record["counts"]["clauses"] == {
        "total": 9, "percent": 88, "implemented": 4, "guidance": 2, "gap": 2, "missing": 1,
    }  # fmt: skip
    assert record["counts"]["findings"]["by_type"]["gap"]["met"] == 1
    assert record["counts"]["lines"] | {"bare": 3, "percent": 72} == record["counts"]["lines"]
    ligar = next(each for each in record["clauses"] if each["id"] == "d.ligar")
    assert ligar["lines"][0] == {"path": "loja/troca.praxe", "line": 3, "role": "step", "text": "faça ligar"}
    assert len(record["lines"]) == len(report.lines)


def test_a_policy_without_a_register_has_nothing_to_account_for() -> None:
    texts = {name: text for name, text in FILES.items() if name not in {"clauses.yaml", "findings.yaml"}}
    texts["policy.yaml"] = texts["policy.yaml"].partition("readings")[0].replace(", clauses: [d.limite]", "")
    texts["vocabulary.yaml"] = texts["vocabulary.yaml"].replace(", clauses: [d.dias]", "")
    assert report_of(check_files(read_texts("loja", texts))).is_complete


# --- the source texts ----------------------------------------------------------------------------------------------


def test_spaces_do_not_change_a_digest_and_words_do() -> None:
    one, two = SourceText.of("", "a  b \r\n"), SourceText.of("", "\u00a0a\tb")
    assert digest_of(one, [1]) == digest_of(two, [1])
    assert digest_of(SourceText.of("", "cafe\u0301"), [1]) == digest_of(SourceText.of("", "caf\u00e9"), [1])
    assert digest_of(one, [1]) != digest_of(SourceText.of("", "a b c"), [1])
    assert len(digest_of(one, [1])) == 16


def test_a_changed_paragraph_is_told_with_the_lines_that_cite_its_clause() -> None:
    digest = digest_of(SourceText.of("", TEXT), [2])
    clauses = FILES["clauses.yaml"].replace("lines: [2],", f'lines: [2], digest: "{digest}",')
    checked = check_texts({"clauses.yaml": clauses})
    same = compare_with(TEXT.replace(", ", ",  "), checked)
    assert same.same == ("d.ligar", "d.dias", "d.limite")
    assert not same.changed
    assert not same.diagnostics
    changed = compare_with(TEXT.replace("ligue", "escreva"), checked)
    assert changed.changed == ("d.ligar", "d.dias", "d.limite")
    first = changed.diagnostics[0]
    assert (first.code, first.span.path, first.span.line) == ("PX182", "loja/clauses.yaml", 2)
    assert first.args["citing"] == "`loja/troca.praxe:3`, `loja/troca.praxe:15`"
    assert "citing" not in changed.diagnostics[1].args


def test_a_line_beyond_the_text_is_told() -> None:
    compared = compare_with("só uma\n", check_texts())
    assert [each.code for each in compared.diagnostics] == ["PX183"] * 3
    assert compared.diagnostics[0].args == {"name": "d.ligar", "document": "doc", "line": "2", "total": "1"}
    assert "d.ligar" not in compared.digests
    zero = check_texts({"clauses.yaml": FILES["clauses.yaml"].replace("lines: [2]", "lines: [0]")})
    assert [each.code for each in compare_with(TEXT, zero).diagnostics] == ["PX183"] * 3


def test_what_cannot_be_compared_is_counted() -> None:
    clauses = FILES["clauses.yaml"].replace("lines: [2], ", "")
    compared = compare_with(TEXT, check_texts({"clauses.yaml": clauses}))
    assert compared.without_lines == ("d.ligar", "d.dias", "d.limite")
    assert len(compared.unrecorded) == 6
