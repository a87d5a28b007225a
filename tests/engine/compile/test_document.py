"""Compiled policies as data: stored and loaded, alike byte for byte, and refused when they are not what they were."""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from benchmarks.grown import draw, nested_of
from praxe.engine import CompiledError, CompiledPolicy, FactError, Policy, Status

ROOT = Path(__file__).parents[3]
CASE = {"primeira_vez_ou_duvida": False, "caso_aberto": True, "motivo_rc": "tecnico"}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load(ROOT / "policy" / "rc")


@pytest.fixture(scope="module")
def stored(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compiled") / "rc.json"
    policy.compile().save(path)
    return path


def test_a_loaded_policy_decides_alike_and_is_written_alike(policy: Policy, stored: Path) -> None:
    loaded = CompiledPolicy.load(stored)
    for case in ({}, CASE, {**CASE, "cliente_da_abertura": True, "apoio_necessario": ["n2"]}):
        for language in ("pt", "en"):
            mine = loaded.decide(case, language=language).to_json()
            assert json.dumps(mine) == json.dumps(policy.decide(case, language=language).to_json())
    assert loaded.identity == policy.identity
    again = stored.with_name("again.json")
    loaded.save(again)
    assert again.read_bytes() == stored.read_bytes()


def test_it_is_data_and_nothing_else(stored: Path) -> None:
    document = json.loads(stored.read_text("utf-8"))
    assert list(document) == ["kind", "format", "digest", "policy", "plan", "words"]
    assert "def " not in json.dumps(document["plan"])


def _reordered(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _reordered(part[key]) for key in sorted(part, reverse=True)}
    return [_reordered(each) for each in part] if isinstance(part, list) else part


def test_another_tool_may_write_it_in_its_own_way(policy: Policy, stored: Path) -> None:
    other = stored.with_name("indented.json")
    for text in (
        json.dumps(_reordered(json.loads(stored.read_bytes())), indent=2),
        stored.read_text("utf-8").rstrip(),
        " " + stored.read_text("utf-8"),
    ):
        other.write_text(text, encoding="utf-8")
        assert CompiledPolicy.load(other).decide(CASE).to_json() == policy.decide(CASE).to_json()


def _cut(text: str) -> str:
    return text[: len(text) // 2]


def _older(text: str) -> str:
    return json.dumps({**json.loads(text), "format": 0})


def _edited(text: str) -> str:
    document = json.loads(text)
    document["plan"]["entry"] = "outra"
    return json.dumps(document)


def _edited_in_place(text: str) -> str:
    return text.replace('"language":"pt"', '"language":"en"', 1)


def _told_twice(text: str) -> str:
    return text.rstrip().removesuffix("}") + ',"plan":{}}'


def _reworded(text: str) -> str:
    document = json.loads(text)
    document["words"] = document["words"][:-8] + "AAAAAAA="
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "trouble", "words"),
    [
        (_cut, "broken", "cut short"),
        (lambda text: "", "broken", "cut short"),
        (lambda text: "[" * 100_000, "broken", "cut short"),
        (lambda text: "[1, 2]", "other", "no compiled policy"),
        (lambda text: '{"kind": "something"}', "other", "no compiled policy"),
        (_older, "format", "format 0"),
        (_edited, "changed", "changed after"),
        (_edited_in_place, "changed", "changed after"),
        (_told_twice, "changed", "changed after"),
        (_reworded, "changed", "changed after"),
        (lambda text: json.dumps({**json.loads(text), "digest": None}), "changed", "changed after"),
        (lambda text: json.dumps({**json.loads(text), "words": ["\ud800"]}), "changed", "changed after"),
        (lambda text: json.dumps({**json.loads(text), "plan": "\ud800"}), "changed", "changed after"),
    ],
)
def test_what_was_changed_is_refused(stored: Path, change: Callable[[str], str], trouble: str, words: str) -> None:
    other = stored.with_name("other.json")
    other.write_text(change(stored.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(CompiledError) as caught:
        CompiledPolicy.load(other)
    assert caught.value.trouble == trouble
    assert words in caught.value.in_language("en")
    assert "other.json" in caught.value.in_language("pt")
    assert pickle.loads(pickle.dumps(caught.value)).in_language("pt") == caught.value.in_language("pt")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CompiledError, match="não foi possível ler"):
        CompiledPolicy.load(tmp_path / "nada.json")


def test_a_policy_of_many_levels_is_stored_and_decides_as_before() -> None:
    checked, facts = nested_of(500)
    compiled = Policy(checked).compile()
    stored = CompiledPolicy.from_json(json.loads(json.dumps(compiled.to_json())))
    for case in draw(facts, 5):
        assert stored.decide(case).outcome == "fim_0"
        assert stored.decide(case).to_json() == compiled.decide(case).to_json()


def test_it_pickles_with_its_decisions(policy: Policy, stored: Path) -> None:
    for compiled in (policy.compile(), CompiledPolicy.load(stored)):
        again = pickle.loads(pickle.dumps(compiled))
        decision = pickle.loads(pickle.dumps(compiled.decide(CASE)))
        assert again.decide(CASE).to_json() == decision.to_json() == policy.decide(CASE).to_json()


def test_threads_and_tasks_share_it(policy: Policy, stored: Path) -> None:
    cases: list[dict[str, Any]] = [{}, CASE, {**CASE, "motivo_rc": "nao_tecnico"}, {"caso_aberto": False}] * 8
    expected = [policy.decide(case).to_json() for case in cases]
    loaded = CompiledPolicy.load(stored)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda case: loaded.decide(case).to_json(), cases)) == expected

    async def ask(case: dict[str, Any]) -> Any:
        return loaded.decide(case).to_json()

    async def ask_all() -> list[Any]:
        return await asyncio.gather(*map(ask, cases))

    assert asyncio.run(ask_all()) == expected


RUN = """
import sys
from praxe.engine import CompiledPolicy
policy = CompiledPolicy.load(sys.argv[1])
path = policy.evaluate({"primeira_vez_ou_duvida": False, "caso_aberto": True})
decision = policy.decide({"primeira_vez_ou_duvida": False})
print(path.status.value, path.asks, decision.status.value, decision.path.asks, len(path.trace))
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {"lark", "networkx", "yaml", "dataclasses"}))
print(*sorted(name for name in sys.modules if name.startswith("praxe.dsl.")))
decision.to_json()
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {"lark", "networkx", "yaml"}))
"""


def test_deciding_loads_neither_language_nor_graph_library(stored: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", RUN, stored], capture_output=True, text=True, check=True)
    decided, heavy, language, after_words = ran.stdout.splitlines()
    assert decided == "asks motivo_rc asks caso_aberto 6"
    assert heavy == ""
    assert language == "praxe.dsl.errors"
    assert after_words == ""


def test_it_checks_what_the_policy_checks(policy: Policy) -> None:
    compiled = policy.compile()
    wrongs: tuple[Any, ...] = (
        {"motivo_rc": "tecnica"},
        {"caso_aberto": 1},
        {"nada": True},
        [1],
        {"apoio_necessario": ["n9"]},
    )
    for wrong in wrongs:
        with pytest.raises(FactError) as theirs:
            policy.decide(wrong)
        with pytest.raises(FactError) as mine:
            compiled.decide(wrong)
        assert mine.value.problems == theirs.value.problems
        assert str(mine.value) == str(theirs.value)
    for arguments, kind in (({"start": "nada"}, ValueError), ({"language": "fr"}, ValueError), ({"now": 3}, TypeError)):
        with pytest.raises(kind) as their_error:
            policy.decide({}, **arguments)
        with pytest.raises(kind) as my_error:
            compiled.decide({}, **arguments)
        assert str(my_error.value) == str(their_error.value)
    forms = {"caso_aberto": "sim", "primeira_vez_ou_duvida": None, "motivo_rc": " tecnico "}
    assert compiled.decide(forms).to_json() == policy.decide(forms).to_json()
    assert compiled.check(forms) == policy.check(forms) == {"caso_aberto": True, "motivo_rc": "tecnico"}


def test_one_record_serves_all_cases_of_a_path(policy: Policy) -> None:
    compiled = policy.compile()
    first, second = (
        compiled.evaluate({"primeira_vez_ou_duvida": answer, "caso_aberto": False}) for answer in (True, True)
    )
    assert first is second
    case = compiled.case({"primeira_vez_ou_duvida": False})
    assert (case.status, case.outcome, case.facts) == (Status.ASKS, None, {"primeira_vez_ou_duvida": False})
    assert case.path.asks == "caso_aberto"
    with pytest.raises(AttributeError):
        _ = first.nothing  # type: ignore[attr-defined]
