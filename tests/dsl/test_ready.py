"""What is made of the language's own files, in JSON beside them: of these very texts, and the same as made anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from praxe.dsl import keywords, lalr, ready
from praxe.dsl.language_tables import texts
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText


@pytest.mark.parametrize("name", sorted(texts()))
def test_the_tables_are_up_to_date(name: str) -> None:
    written = ready.beside(name).read_text("utf-8")
    assert written == texts()[name], "python -m praxe.dsl.language_tables writes it"


def test_the_tables_are_the_same_each_time() -> None:
    code = "from praxe.dsl.language_tables import texts; print(sorted(texts().items()))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_tables_of_another_text_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (lalr.FILE, keywords.FILE):
        text = (ready.HERE / name).read_text("utf-8")
        (tmp_path / name).write_text(f"{text}\n", "utf-8")
        (tmp_path / name).with_suffix(".json").write_bytes(ready.beside(name).read_bytes())
    monkeypatch.setattr(ready, "HERE", tmp_path)
    assert ready.ready(lalr.FILE) is None
    assert ready.ready(keywords.FILE) is None


def test_tables_made_anew_are_kept_where_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "grammar"
    monkeypatch.setattr(ready, "beside", lambda _: tmp_path / "none.json")
    made = lalr.new_grammar(cache)
    assert json.loads(cache.read_text("utf-8"))["tables"]["start"] == made.start
    assert lalr.new_grammar(cache).states == made.states
    cache.write_text("{", "utf-8")
    assert lalr.new_grammar(cache).states == made.states
    assert lalr.new_grammar(tmp_path / "no" / "folder").states == made.states


def test_the_keywords_are_those_of_the_file() -> None:
    assert ready.ready(keywords.FILE) == keywords.read_tables()
    assert list(keywords.faces()) == ["pt", "en"]


def test_the_parser_needs_no_lark() -> None:
    source = SourceText.of("a.praxe", 'procedimento p "P":\n  faça x\n')
    file, found = parse(source)
    assert not found
    assert len(file.items) == 1
    code = "import sys, praxe.dsl.parse as p; p.load_grammar(); print(sorted({'lark', 'yaml'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
