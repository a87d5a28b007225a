"""`vocabulary.yaml`: every word with all its parts, and every mistake with its place."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.keywords import reserved_words
from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.load_vocabulary import LoadedVocabulary, load_vocabulary
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ActionName, ClauseId, FactName, OutcomeName
from praxe.dsl.vocabulary import Color, Example, Fact, FactType, Parameter, Value, Words
from tests.dsl.yaml_texts import Found, assert_can_be_told, codes, files, shown

ROOT: Final = Path(__file__).parents[2]
NOWHERE: Final = Span("", 1, 1, 1, 1)
FACT: Final = "facts:\n  x:\n    type: {}\n    label: X\n    question: X?\n"
KEYS: Final = (
    "facts actions outcomes x y type label question help values examples says answer unit min max system clauses text "
    "nature actor params meaning color pt en"
).split()


def load(text: str, language: str = "pt") -> tuple[LoadedVocabulary, Found]:
    clauses, _ = load_clauses(
        SourceText.of("clauses.yaml", "ex.1: {document: ex, kind: deadline, paraphrase: X}\nex.12:\n"), language="pt"
    )
    source = SourceText.of("vocabulary.yaml", text)
    loaded, problems = load_vocabulary(source, language=language, clauses=clauses, reserved_words=reserved_words())
    assert loaded is not None, problems
    return loaded, shown(problems)


def fact(rest: str, kind: str = "integer") -> Found:
    """Return what is found in a fact that is right but for `rest`, whose first line is the sixth of the file."""
    return load(FACT.format(kind) + "".join(f"    {line}\n" for line in rest.splitlines()))[1]


# --- what is read ------------------------------------------------------------------------------------------------


def test_a_fact_with_all_its_parts() -> None:
    loaded, found = load(
        """\
facts:
  motivo:
    type: one_of
    label: {en: Reason, pt: Motivo}
    question: O motivo?
    help: {pt: Ajuda}
    values:
      tecnico: {pt: Técnico, en: Technical}
      outro: Outro
    examples:
      - says: {pt: Voltou o erro}
        answer: tecnico
    system: CRM
    clauses: [ex.1, ex.12]
"""
    )
    assert found == []
    assert loaded.vocabulary.facts == {
        FactName("motivo"): Fact(
            name=FactName("motivo"),
            type=FactType.ONE_OF,
            label=Words({"pt": "Motivo", "en": "Reason"}),
            question=Words({"pt": "O motivo?"}),
            help=Words({"pt": "Ajuda"}),
            values=(
                Value(name="tecnico", label=Words({"pt": "Técnico", "en": "Technical"}), span=NOWHERE),
                Value(name="outro", label=Words({"pt": "Outro"}), span=NOWHERE),
            ),
            examples=(Example(says=Words({"pt": "Voltou o erro"}), answer="tecnico"),),
            system=Words({"pt": "CRM"}),
            clauses=(ClauseId("ex.1"), ClauseId("ex.12")),
            span=NOWHERE,
        )
    }
    assert list(loaded.vocabulary.facts[FactName("motivo")].label.by_language) == ["pt", "en"]
    assert loaded.vocabulary.facts[FactName("motivo")].span == Span("vocabulary.yaml", 2, 3, 2, 9)


def test_a_number_has_unit_and_limits() -> None:
    loaded, found = load(FACT.format("decimal") + "    unit: {pt: dias, en: days}\n    min: -0.5\n    max: 10\n")
    assert found == []
    number = loaded.vocabulary.facts[FactName("x")]
    assert (number.minimum, number.maximum) == (Decimal("-0.5"), Decimal(10))
    assert number.unit == Words({"pt": "dias", "en": "days"})


def test_an_action_with_all_its_parts() -> None:
    loaded, found = load(
        """\
actions:
  enviar:
    label: Enviar
    text: {pt: "Enviar à fila {fila}", en: "Send to queue {fila}"}
    nature: communication
    actor: Atendente
    params:
      fila: {type: text, label: Fila}
      cor: {type: one_of, label: Cor, values: {azul: Azul}}
    clauses: [ex.1]
"""
    )
    assert found == []
    action = loaded.vocabulary.actions[ActionName("enviar")]
    assert (action.nature, action.actor, action.clauses) == ("communication", Words({"pt": "Atendente"}), ("ex.1",))
    assert action.parameters == (
        Parameter(name="fila", type=FactType.TEXT, label=Words({"pt": "Fila"}), span=NOWHERE),
        Parameter(
            name="cor",
            type=FactType.ONE_OF,
            label=Words({"pt": "Cor"}),
            values=(Value(name="azul", label=Words({"pt": "Azul"}), span=NOWHERE),),
            span=NOWHERE,
        ),
    )


def test_an_outcome_is_gray_unless_it_says_otherwise() -> None:
    loaded, found = load("outcomes:\n  v: {label: A, color: green}\n  w: {label: B, meaning: Nada}\n")
    assert found == []
    assert [each.color for each in loaded.vocabulary.outcomes.values()] == [Color.GREEN, Color.GRAY]


def test_words_keep_their_order() -> None:
    loaded, _ = load("outcomes:\n" + "".join(f"  {name}: {{label: X}}\n" for name in ("z", "b", "m")))
    assert list(loaded.vocabulary.outcomes) == ["z", "b", "m"]


def test_a_plain_text_is_in_the_language_of_the_policy() -> None:
    loaded, found = load("outcomes:\n  v: {label: Closed}\n", language="en")
    assert found == []
    assert loaded.vocabulary.outcomes[OutcomeName("v")].label == Words({"en": "Closed"})


def test_the_second_language_may_be_missing() -> None:
    assert load("outcomes:\n  v: {label: {pt: A}}\n")[1] == []


def test_a_policy_without_a_register_may_cite_any_clause() -> None:
    source = SourceText.of("vocabulary.yaml", FACT.format("text") + "    clauses: [any.1]\n")
    loaded, problems = load_vocabulary(source, language="pt")
    assert problems == ()
    assert loaded
    assert loaded.vocabulary.facts[FactName("x")].clauses == ("any.1",)


def test_an_answer_of_several_values_is_a_list() -> None:
    rest = "    values: {v: A, w: B}\n    examples:\n      - {says: S, answer: [v, w]}\n      - {says: T, answer: w}\n"
    loaded, found = load(FACT.format("set_of") + rest)
    assert found == []
    assert [each.answer for each in loaded.vocabulary.facts[FactName("x")].examples] == ["v, w", "w"]


# --- what is wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rest", "expected"),
    [
        ("integer", "lable: Y", ("PX163", "6:5", {"name": "lable", "near": "label"})),
        ("integer", "rótulo: Y", ("PX163", "6:5", {"name": "rótulo", "near": "label"})),
        ("integer", "zzz: Y", ("PX163", "6:5", {"name": "zzz"})),
        ("integer", "min: pouco", ("PX165", "6:10", {"key": "min", "expected": "@integer", "example": "15"})),
        ("integer", "min: 1.5", ("PX165", "6:10", {"key": "min", "expected": "@integer"})),
        ("decimal", "min: 1,5", ("PX165", "6:10", {"key": "min", "expected": "@number", "example": "1.5"})),
        ("integer", "help: [a]", ("PX165", "6:11", {"key": "help", "expected": "@text"})),
        ("integer", "help: {pt: [a]}", ("PX165", "6:16", {"key": "help.pt", "expected": "@text"})),
        ("integer", "clauses: ex.1", ("PX166", "6:14", {"key": "clauses", "item": "ex.1"})),
        ("one_of", "values: [a]", ("PX167", "6:13", {"key": "values"})),
        ("one_of", "values: {}", ("PX169", "6:13", {"key": "values"})),
        ("one_of", "values:", ("PX169", "6:5", {"key": "values"})),
        ("integer", "help:", ("PX169", "6:5", {"key": "help"})),
        ("integer", "help: ' '", ("PX169", "6:5", {"key": "help"})),
        ("integer", "help: {pt: , en: x}", ("PX169", "6:12", {"key": "pt"})),
        ("integer", "clauses: [ex.1, ]\nhelp: {}", ("PX169", "7:11", {"key": "help"})),
        ("integer", "help: {fr: x, pt: y}", ("PX168", "6:12", {"key": "help", "name": "fr", "choices": "`pt`, `en`"})),
        ("integer", "help: {en: x}", ("PX164", "6:11", {"name": "help", "keys": "`pt`"})),
        ("integer", f"help: {'x' * 2001}", ("PX170", "6:11", {"key": "help", "limit": "2000", "found": "2001"})),
        ("text", "min: 1", ("PX171", "6:5", {"key": "min", "type": "text"})),
        ("yes_no", "unit: dias", ("PX171", "6:5", {"key": "unit", "type": "yes_no"})),
        ("date", "values: {a: A}", ("PX171", "6:5", {"key": "values", "type": "date"})),
        ("integer", "min: 2\nmax: 1", ("PX172", "7:10", {"low": "2", "high": "1"})),
        ("one_of", "values: {Um Valor: X, b: B}", ("PX174", "6:14", {"name": "Um Valor", "fixed": "um_valor"})),
        ("one_of", "values: {fim: X, b: B}", ("PX175", "6:14", {"name": "fim"})),
        ("integer", "clauses: [ex.13]", ("PX178", "6:15", {"name": "ex.13"})),
        ("integer", "clauses: [ex1]", ("PX178", "6:15", {"name": "ex1", "near": "ex.1"})),
    ],
)
def test_a_mistake_in_a_fact(kind: str, rest: str, expected: tuple[str, str, dict[str, str]]) -> None:
    if kind == "one_of" and "values" not in rest:
        rest += "\nvalues: {v: A}"
    ((code, place, args),) = fact(rest, kind)
    assert (code, place) == expected[:2]
    assert args.items() >= expected[2].items()
    assert ("near" in args) == ("near" in expected[2])


@pytest.mark.parametrize(
    ("kind", "rest", "answer", "expected"),
    [
        ("yes_no", "", "talvez", {"name": "talvez", "fact": "x", "choices": "`sim`, `não`"}),
        ("yes_no", "", "nãi", {"name": "nãi", "near": "não"}),
        ("one_of", "values: {alto: A, baixo: B}", "alta", {"near": "alto", "choices": "`alto`, `baixo`"}),
        ("set_of", "values: {v: A, w: B}", "[v, c]", {"name": "c"}),
        ("integer", "min: 5", "4", {"name": "4", "low": "5"}),
        ("decimal", "max: 5.5", "5.6", {"name": "5.6", "high": "5.5"}),
    ],
)
def test_an_answer_the_fact_does_not_take(kind: str, rest: str, answer: str, expected: dict[str, str]) -> None:
    example = f"examples:\n  - {{says: Isso, answer: {answer}}}"
    ((code, _, args),) = fact(f"{rest}\n{example}".strip(), kind)
    assert code == "PX173"
    assert args.items() >= expected.items()


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("yes_no", "sim"), ("yes_no", "não"), ("yes_no", "no"), ("integer", "-3"), ("decimal", "3.5"), ("text", "ok")],
)
def test_an_answer_the_fact_takes(kind: str, answer: str) -> None:
    assert fact(f"examples:\n  - {{says: Isso, answer: {answer}}}", kind) == []


@pytest.mark.parametrize(
    ("kind", "answer", "example"), [("integer", "3.5", "15"), ("date", "22/11/2026", "2026-11-22"), ("date", "x", None)]
)
def test_an_answer_of_the_wrong_kind(kind: str, answer: str, example: str | None) -> None:
    ((code, _, args),) = fact(f"examples:\n  - {{says: Isso, answer: {answer}}}", kind)
    assert code == "PX165"
    assert example in {None, args["example"]}


def test_a_value_whose_name_will_not_do_is_one_mistake() -> None:
    rest = "values: {fim: F, v: V}\nexamples:\n  - {says: Isso, answer: fim}"
    assert [code for code, *_ in fact(rest, "one_of")] == ["PX175"]


def test_all_missing_keys_are_told_together() -> None:
    _, found = load("facts:\n  x:\n    help: X\n")
    assert found == [("PX164", "2:3", {"name": "x", "keys": "`type`, `label`, `question`"})]


def test_a_key_with_a_slip_is_not_missing_as_well() -> None:
    _, found = load("facts:\n  x: {tipo: yes_no, label: X, quetsion: X}\n")
    assert [(code, args.get("near")) for code, _, args in found] == [("PX163", "type"), ("PX163", "question")]


def test_values_are_needed_by_the_types_that_list_them() -> None:
    assert fact("help: X", "one_of") == [("PX164", "2:3", {"name": "x", "keys": "`values`"})]


@pytest.mark.parametrize(
    ("kind", "near"), [("one-of", "one_of"), ("sim_não", "yes_no"), ("inteiro", "integer"), ("xyz", None)]
)
def test_an_unknown_type(kind: str, near: str | None) -> None:
    ((code, place, args),) = fact("help: X", kind)
    assert (code, place, args["key"], args.get("near")) == ("PX168", "3:11", "type", near)


def test_mistakes_in_an_action() -> None:
    _, found = load(
        """\
actions:
  enviar:
    label: Enviar
    text:
      pt: Enviar {fial} e {outra}
      en: >-
        Send the case
        to {fila} or {x}
    nature: executar
    params:
      fila: {type: texto, label: Fila}
      Fila: {type: text, label: Fila}
"""
    )
    assert [(code, place, args.get("near")) for code, place, args in found] == [
        ("PX176", "5:18", "fila"),
        ("PX176", "5:27", None),
        ("PX176", "8:22", None),
        ("PX168", "9:13", None),
        ("PX168", "11:20", "text"),
        ("PX174", "12:7", None),
    ]


def test_a_name_of_two_kinds() -> None:
    text = "outcomes:\n  x: {label: X}\nactions:\n  x: {label: X}\nfacts:\n  x: {type: text, label: X, question: X}\n"
    source = SourceText.of("vocabulary.yaml", text)
    _, problems = load_vocabulary(source, language="pt")
    assert [(each.code, each.span.line, each.related[0].span.line) for each in problems] == [
        ("PX177", 4, 2),
        ("PX177", 6, 2),
    ]


@pytest.mark.parametrize("name", ["Motivo", "motivo rc", "motivo-rc", "1motivo", "_motivo", "motivo!", "é" * 101])
def test_a_name_that_will_not_do(name: str) -> None:
    loaded, found = load(f"outcomes:\n  {name}: {{label: X}}\n")
    assert [code for code, *_ in found] == ["PX174"]
    assert loaded.vocabulary.outcomes == {}


@pytest.mark.parametrize("name", ["se", "senão", "senao", "if", "dias", "e"])
def test_a_word_of_the_language_is_no_name(name: str) -> None:
    assert [code for code, *_ in load(f"outcomes:\n  {name}: {{label: X}}\n")[1]] == ["PX175"]


# --- what a mistake leaves over ----------------------------------------------------------------------------------


def test_words_with_a_mistake_are_still_known() -> None:
    loaded, found = load(
        """\
facts:
  sem_pergunta: {type: yes_no, label: X}
  sem_tipo: {label: X, question: X}
  vazio:
  texto: isto
  Maiúscula: {type: text, label: X, question: X}
actions:
  sem_rotulo: {nature: record}
  com_lista: {label: X, params: {v: {type: um, label: A}}}
outcomes:
  sem_cor: {label: X, color: rosa}
"""
    )
    assert [code for code, *_ in found] == [
        "PX164", "PX164", "PX169", "PX167", "PX174", "PX164", "PX168", "PX168",
    ]  # fmt: skip
    assert set(loaded.vocabulary.facts) == {"sem_pergunta"}
    assert set(loaded.vocabulary.actions) == {"sem_rotulo"}
    assert set(loaded.vocabulary.outcomes) == {"sem_cor"}
    assert loaded.broken == {"sem_tipo", "vazio", "texto", "Maiúscula", "com_lista"}


@pytest.mark.parametrize(("text", "code"), [("", "PX169"), ("- a\n", "PX167"), ("x\n", "PX167"), ("a: [\n", "PX156")])
def test_a_file_that_is_no_vocabulary(text: str, code: str) -> None:
    source = SourceText.of("vocabulary.yaml", text)
    loaded, problems = load_vocabulary(source, language="pt")
    assert loaded is None
    assert codes(problems) == [code]


# --- anything at all ---------------------------------------------------------------------------------------------


@given(files(KEYS), st.sampled_from(["pt", "en"]))
def test_any_file_gives_findings_that_can_be_told(text: str, language: str) -> None:
    source = SourceText.of("vocabulary.yaml", text)
    loaded, problems = load_vocabulary(source, language=language, reserved_words=reserved_words())
    assert loaded is not None or problems
    assert_can_be_told(problems)


@given(st.text())
def test_any_text_gives_findings_that_can_be_told(text: str) -> None:
    _, problems = load_vocabulary(SourceText.of("vocabulary.yaml", text), language="pt")
    assert_can_be_told(problems)


def test_every_line_left_out_of_a_real_file_is_survived() -> None:
    lines = (ROOT / "tests" / "dsl" / "example" / "vocabulary.yaml").read_text("utf-8").splitlines()
    for number in range(len(lines)):
        text = "\n".join(lines[:number] + lines[number + 1 :])
        _, problems = load_vocabulary(SourceText.of("vocabulary.yaml", text), language="pt")
        assert_can_be_told(problems)
        assert all(each.span.line <= len(lines) for each in problems)


def test_time_grows_no_faster_than_the_file() -> None:
    def seconds(facts: int) -> float:
        body = FACT.format("one_of").removeprefix("facts:\n") + "    values: {v: A, w: {pt: B, en: B}}\n"
        text = "facts:\n" + "".join(body.replace("  x:", f"  x{number}:") for number in range(facts))
        source = SourceText.of("vocabulary.yaml", text)
        start = time.process_time()
        _, problems = load_vocabulary(source, language="pt", reserved_words=reserved_words())
        assert problems == ()
        return time.process_time() - start

    small = min(seconds(500) for _ in range(3))
    large = min(seconds(2000) for _ in range(3))
    assert large < 10 * small
