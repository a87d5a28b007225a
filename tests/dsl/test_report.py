"""The three renderings of one record: text for people, JSON for programs, SARIF for code-review tools."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.messages import Finding, Severity, explain
from praxe.dsl.report import as_json, as_sarif, as_text, summary
from praxe.dsl.report_line import LINE_CELLS, show_line
from praxe.dsl.source import SourceText, Span

PATH: Final = "policy/promad/telefone.praxe"
TEXT: Final = "procedimento telefone:\n  pergunte solicitante_titluar\n"
UNKNOWN_FACT: Final = Diagnostic(
    "PX203", Span(PATH, 2, 12, 2, 31), {"name": "solicitante_titluar", "near": "solicitante_titular"}
)


def sources_of(path: str, text: str) -> dict[str, SourceText]:
    return {path: SourceText.of(path, text)}


def finding(span: Span, **changes: Any) -> Finding:
    known: dict[str, Any] = {
        "code": "PX203",
        "severity": Severity.ERROR,
        "title": "título",
        "message": "mensagem",
        "hint": None,
        "related": (),
    }
    return Finding(span=span, **(known | changes))


def snippet(text: str, span: Span) -> list[str]:
    """Return the source line and the line of marks of a finding at `span`."""
    return as_text([finding(span)], sources_of(span.path, text), "pt").splitlines()[3:5]


# --- text --------------------------------------------------------------------------------------------------------


def test_the_layout_in_portuguese() -> None:
    assert as_text([explain(UNKNOWN_FACT, "pt")], sources_of(PATH, TEXT), "pt") == (
        "erro[PX203]: fato desconhecido\n"
        " --> policy/promad/telefone.praxe:2:12\n"
        "  |\n"
        "2 |   pergunte solicitante_titluar\n"
        "  |            ^^^^^^^^^^^^^^^^^^^ `solicitante_titluar` não está no vocabulário\n"
        "  = ajuda: você quis dizer `solicitante_titular`?\n"
        "\n"
        "1 erro\n"
    )


def test_the_layout_in_english() -> None:
    assert as_text([explain(UNKNOWN_FACT, "en")], sources_of(PATH, TEXT), "en") == (
        "error[PX203]: unknown fact\n"
        " --> policy/promad/telefone.praxe:2:12\n"
        "  |\n"
        "2 |   pergunte solicitante_titluar\n"
        "  |            ^^^^^^^^^^^^^^^^^^^ `solicitante_titluar` is not in the vocabulary\n"
        "  = help: did you mean `solicitante_titular`?\n"
        "\n"
        "1 error\n"
    )


def test_a_second_place_is_its_own_snippet_and_shares_the_gutter() -> None:
    text = "procedimento boletos:\n" + "\n" * 10 + "procedimento boletos:\n"
    found = Diagnostic(
        "PX221",
        Span("a.praxe", 12, 14, 12, 21),
        {"name": "boletos"},
        (Related(Span("a.praxe", 1, 14, 1, 21), "first"),),
    )
    assert as_text([explain(found, "pt")], sources_of("a.praxe", text), "pt") == (
        "erro[PX221]: nome repetido\n"
        "  --> a.praxe:12:14\n"
        "   |\n"
        "12 | procedimento boletos:\n"
        "   |              ^^^^^^^ o nome `boletos` já tem dono\n"
        "  ::: a.praxe:1:14\n"
        "   |\n"
        " 1 | procedimento boletos:\n"
        "   |              ------- `boletos` aparece primeiro aqui\n"
        "   = ajuda: escolha outro nome para um dos dois\n"
        "\n"
        "1 erro\n"
    )


def test_a_warning_is_called_a_warning() -> None:
    found = Diagnostic("PX303", Span("a.praxe", 1, 1, 1, 6))
    assert as_text([explain(found, "pt")], {}, "pt").startswith("aviso[PX303]: ")
    assert as_text([explain(found, "en")], {}, "en").startswith("warning[PX303]: ")


def test_findings_stand_apart_and_are_counted() -> None:
    text = as_text([explain(UNKNOWN_FACT, "pt")] * 2, sources_of(PATH, TEXT), "pt")
    assert text.count("\n\nerro[PX203]") == 1
    assert text.endswith("\n\n2 erros\n")


@pytest.mark.parametrize(
    ("errors", "warnings", "pt", "en"),
    [
        (0, 0, "nada a corrigir", "nothing to fix"),
        (1, 0, "1 erro", "1 error"),
        (2, 1, "2 erros, 1 aviso", "2 errors, 1 warning"),
        (0, 2, "2 avisos", "2 warnings"),
    ],
)
def test_the_summary(errors: int, warnings: int, pt: str, en: str) -> None:
    span = Span("a.praxe", 1, 1, 1, 2)
    found = [finding(span)] * errors + [finding(span, severity=Severity.WARNING)] * warnings
    assert summary(found, "pt") == pt
    assert summary(found, "en") == en


def test_without_findings_there_is_no_text() -> None:
    assert as_text([], {}, "pt") == ""


@pytest.mark.parametrize("sources", [{}, {"a.praxe": SourceText.of("a.praxe", "uma linha")}])
def test_a_place_without_a_text_still_has_its_message(sources: dict[str, SourceText]) -> None:
    lines = as_text([finding(Span("a.praxe", 7, 1, 7, 2))], sources, "pt").splitlines()
    assert lines[:3] == ["erro[PX203]: título", " --> a.praxe:7:1", "  | mensagem"]


def test_marks_stand_under_wide_and_combining_letters() -> None:
    assert snippet('diga "你好" agora', Span("a", 1, 6, 1, 10)) == ['1 | diga "你好" agora', "  |      ^^^^^^ mensagem"]
    assert snippet('diga "你好" agora', Span("a", 1, 11, 1, 16))[1] == "  |             ^^^^^ mensagem"
    assert snippet("q\u0323u x", Span("a", 1, 5, 1, 6))[1] == "  |    ^ mensagem"


def test_a_tab_is_four_cells_wide() -> None:
    assert snippet("\tfim x", Span("a", 1, 2, 1, 5)) == ["1 |     fim x", "  |     ^^^ mensagem"]
    assert snippet("\tfim x", Span("a", 1, 1, 1, 2))[1] == "  | ^^^^ mensagem"


def test_a_place_after_the_end_of_the_line_gets_one_mark() -> None:
    assert snippet("se x", Span("a", 1, 5, 1, 6)) == ["1 | se x", "  |     ^ mensagem"]
    assert snippet("", Span("a", 1, 1, 1, 1)) == ["1 |", "  | ^ mensagem"]


def test_a_place_over_several_lines_shows_the_first() -> None:
    assert snippet("caso x:\n  y:\n    nada", Span("a", 1, 1, 3, 9)) == ["1 | caso x:", "  | ^^^^^^^ mensagem"]


def test_a_long_line_is_cut_around_the_marks() -> None:
    line = "a" * 300 + " alvo " + "b" * 300
    shown, marks = snippet(line, Span("a", 1, 302, 1, 306))
    assert len(shown) <= LINE_CELLS + len("1 | ……")
    assert shown.startswith("1 | …a")
    assert shown.endswith("b…")
    start = marks.index("^^^^")
    assert shown[start : start + 4] == "alvo"


def test_a_stretch_longer_than_the_screen_is_marked_as_far_as_it_shows() -> None:
    shown, marks = snippet("x" * 500, Span("a", 1, 1, 1, 501))
    assert shown.endswith("x…")
    assert marks.count("^") == LINE_CELLS


def test_nothing_in_a_text_can_steer_a_terminal() -> None:
    evil = 'diga "\x1b[31m\u202eolá\x07"'
    found = finding(Span("a\x1b.praxe", 1, 6, 1, 9), message="\x1b[0m", hint="\x9b", related=())
    text = as_text([found], sources_of("a\x1b.praxe", evil), "pt")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_colour_adds_nothing_but_colour() -> None:
    findings = [explain(UNKNOWN_FACT, "pt"), explain(Diagnostic("PX303", Span(PATH, 1, 1, 1, 2)), "pt")]
    plain = as_text(findings, sources_of(PATH, TEXT), "pt")
    painted = as_text(findings, sources_of(PATH, TEXT), "pt", color=True)
    assert "\x1b[1;31merro[PX203]\x1b[0m" in painted
    assert "\x1b[1;33maviso[PX303]\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


@given(st.text(max_size=300), st.integers(0, 310), st.integers(0, 310))
def test_any_stretch_of_any_line_can_be_shown(line: str, first: int, last: int) -> None:
    shown = show_line(line, first, last)
    assert shown.mark_cells >= 1
    assert 0 <= shown.mark_start <= LINE_CELLS + 1
    assert shown.mark_start + shown.mark_cells <= LINE_CELLS + 3
    assert "\n" not in shown.text


# --- JSON --------------------------------------------------------------------------------------------------------


def test_json_is_the_same_record() -> None:
    found = Diagnostic(
        "PX221", Span("b.praxe", 9, 1, 9, 8), {"name": "x"}, (Related(Span("a.praxe", 1, 2, 3, 4), "first"),)
    )
    assert json.loads(as_json([explain(found, "en")])) == [
        {
            "code": "PX221",
            "severity": "error",
            "path": "b.praxe",
            "span": {"start": {"line": 9, "column": 1}, "end": {"line": 9, "column": 8}},
            "title": "name used twice",
            "message": "the name `x` is already taken",
            "hint": "choose another name for one of the two",
            "related": [
                {
                    "path": "a.praxe",
                    "span": {"start": {"line": 1, "column": 2}, "end": {"line": 3, "column": 4}},
                    "message": "`x` stands here first",
                }
            ],
        }
    ]


def test_json_keeps_accents_and_says_when_there_is_no_hint() -> None:
    text = as_json([explain(Diagnostic("PX203", Span("ação.praxe", 1, 1, 1, 2), {"name": "ação"}), "pt")])
    assert "`ação` não está no vocabulário" in text
    assert json.loads(text)[0]["hint"] is None
    assert as_json([]) == "[]\n"


# --- SARIF -------------------------------------------------------------------------------------------------------

_MESSAGE: Final = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_POSITIVE: Final = {"type": "integer", "minimum": 1}
_REGION_KEYS: Final = ("startLine", "startColumn", "endLine", "endColumn")
_LOCATION: Final = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": _MESSAGE,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": list(_REGION_KEYS),
                    "additionalProperties": False,
                    "properties": dict.fromkeys(_REGION_KEYS, _POSITIVE),
                },
            },
        },
    },
}
_LEVEL: Final = {"enum": ["none", "note", "warning", "error"]}
_RULE: Final = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": {**_MESSAGE, "required": ["text", "markdown"]},
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}, "additionalProperties": False},
    },
}
# what SARIF 2.1.0 asks of the properties we write; nothing else may be written
SARIF: Final = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "pattern": "^https://.*sarif-schema-2.1.0.json$"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                                    "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
                                },
                            }
                        },
                    },
                    "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "level", "locations"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _MESSAGE,
                                "locations": {"type": "array", "items": _LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": _LOCATION},
                            },
                        },
                    },
                },
            },
        },
    },
}


def sarif(*findings: Finding, sources: dict[str, SourceText] | None = None, language: str = "pt") -> dict[str, Any]:
    log: dict[str, Any] = json.loads(as_sarif(findings, sources or {}, language, version="1.2.3"))
    jsonschema.validate(log, SARIF)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_tells_each_rule_once() -> None:
    duplicate = Diagnostic(
        "PX221", Span("b.praxe", 9, 1, 9, 8), {"name": "x"}, (Related(Span("a.praxe", 1, 2, 1, 4), "first"),)
    )
    warning = Diagnostic("PX303", Span("a.praxe", 1, 1, 1, 2))
    run = sarif(*(explain(each, "en") for each in (duplicate, warning, duplicate)), language="en")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Praxe", "1.2.3")
    assert [each["id"] for each in driver["rules"]] == ["PX221", "PX303"]
    assert [each["ruleIndex"] for each in run["results"]] == [0, 1, 0]
    assert [each["level"] for each in run["results"]] == ["error", "warning", "error"]
    assert run["columnKind"] == "utf16CodeUnits"
    second = run["results"][0]["relatedLocations"][0]
    assert second["message"]["text"] == "`x` stands here first"
    assert second["physicalLocation"]["artifactLocation"]["uri"] == "a.praxe"
    assert "```" in driver["rules"][0]["help"]["markdown"]


def test_sarif_columns_count_utf16_units() -> None:
    source = SourceText.of("a.praxe", 'diga "👋👋" ação')
    run = sarif(finding(Span("a.praxe", 1, 6, 1, 10)), sources={"a.praxe": source})
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 12}


def test_sarif_messages_carry_the_hint_and_double_braces() -> None:
    run = sarif(finding(Span("a.praxe", 1, 1, 1, 2), message="em {a}", hint="escreva {b}"))
    assert run["results"][0]["message"]["text"] == "título: em {{a}} (ajuda: escreva {{b}})"


def test_sarif_paths_are_uris() -> None:
    run = sarif(finding(Span("minha política/a b.praxe", 1, 1, 1, 2)), finding(Span("/media/x y.praxe", 1, 1, 1, 2)))
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]]
    assert places == ["minha%20pol%C3%ADtica/a%20b.praxe", "file:///media/x%20y.praxe"]


def test_sarif_without_findings_is_an_empty_run() -> None:
    run = sarif()
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
