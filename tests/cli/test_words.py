"""Both languages say everything, with the same places, and nothing of click's own English is left."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from praxe.cli.root import COMMANDS, ROOT
from praxe.cli.words import LANGUAGES, lexicon

FOLDER = Path(__file__).parents[2] / "src" / "praxe" / "cli"
PLACE = re.compile(r"\{(\w*)\}")


def every_command() -> list[click.Command]:
    """Return all commands, imported."""
    found = [ROOT.get_command(click.Context(ROOT), name) for name in COMMANDS]
    return [each for each in found if each]


def test_the_languages_have_the_same_words_with_the_same_places() -> None:
    pt, en = (lexicon(each).phrases for each in LANGUAGES)
    assert pt.keys() == en.keys()
    for key, phrase in pt.items():
        assert phrase.strip(), key
        assert set(PLACE.findall(phrase)) == set(PLACE.findall(en[key])), key


def test_every_parameter_is_described() -> None:
    phrases = lexicon("pt").phrases
    for command in every_command():
        assert {f"help.{command.name}", f"help.{command.name}.short", f"help.{command.name}.examples"} <= phrases.keys()
        for parameter in command.params:
            name = parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.name
            assert {f"help.{command.name}.{name}", f"help.any.{name}"} & phrases.keys(), (command.name, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_help_can_be_run(language: str) -> None:
    for command in every_command():
        for line in lexicon(language).say(f"help.{command.name}.examples").splitlines():
            words = line.rpartition("| ")[2].partition(" >")[0].split()
            assert words[0] == "praxe"
            made = ROOT.get_command(click.Context(ROOT), words[1])
            assert made
            made.make_context(words[1], words[2:])


def said_in_code() -> set[str]:
    """Return the texts in the command line's code that look like keys, `…` for what is filled in."""
    found = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values]
                found.add("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_no_word_is_left_over() -> None:
    texts = said_in_code()
    patterns = [re.escape(each).replace("…", r"[\w.-]+") for each in texts if re.fullmatch(r"[\w.…-]+", each)]
    is_said = re.compile("|".join(f"(?:{each})" for each in patterns if "." in each or "…" not in each))
    for key in lexicon("pt").phrases:
        stem = re.sub(r"\.(one|many)$", "", key)
        assert is_said.fullmatch(key) or is_said.fullmatch(stem), f"nothing says {key}"


WRONG = [
    ["nada"],
    ["check", "--formato"],
    ["check", "--format", "xml"],
    ["check", "--format"],
    ["check", "--strict=1"],
    ["decide"],
    ["decide", "a", "b"],
    ["decide", "a", "--now", "ontem"],
    ["decide", "policy/rc", "--fact", "motivo_rc"],
    ["draw", "policy/rc"],
    ["translate", "x.praxe"],
    ["--language", "fr", "check"],
    ["--cor"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_mistakes_are_told_in_the_reader_s_language(words: list[str], request: pytest.FixtureRequest) -> None:
    praxe = request.getfixturevalue("praxe")
    for language, error, help_word in (("pt", "erro: ", "ajuda: "), ("en", "error: ", "help: ")):
        ran = praxe(*words, PRAXE_LANGUAGE=language)
        assert ran.code == 2
        assert ran.out == ""
        assert ran.err.startswith(error)
        assert help_word in ran.err or words[0] in {"decide"}
        if language == "pt":
            assert not re.search(r"\b(Usage|Error|Try|option|argument|Missing|Invalid|such)\b", ran.err)


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_the_help_has_no_english_in_portuguese(name: str | None, request: pytest.FixtureRequest) -> None:
    praxe = request.getfixturevalue("praxe")
    ran = praxe(*([name] if name else []), "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert not re.search(r"\b(Usage|Options|Show this|COMMAND|default|required|Commands)\b", ran.out)
    assert max(map(len, ran.out.splitlines())) <= 100
    assert praxe(*([name] if name else []), "--help", "--language", "en").out != ran.out
