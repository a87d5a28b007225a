"""What those who embed the engine may rely on: docs/contract.md says it, here it is kept."""

from __future__ import annotations

import asyncio
import datetime
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import praxe
import praxe.engine
from praxe.engine import (
    Policy,
    conversation_schema,
    decision_schema,
    explanation_schema,
    facts_schema,
    handover_schema,
    load_scenarios,
    log_schema,
)

ROOT = Path(__file__).parents[1]
RC = ROOT / "policy" / "rc"
NOW = datetime.datetime(2026, 11, 20, 15, 30)
PAGES = (ROOT / "docs" / "contract.md", ROOT / "docs" / "contrato.md")
# what only some uses of Praxe need
OPTIONAL = (
    "brotli click fontTools graphviz holidays hypothesis jinja2 jsonschema markdown markupsafe pandas polars "
    "pygraphviz pypdf sphinx"
)


@cache
def rc() -> Policy:
    return Policy.load(RC)


@cache
def cases() -> tuple[dict[str, Any], ...]:
    return tuple(dict(each.facts) for each in load_scenarios(RC, rc()).scenarios)


def all_of(facts: dict[str, Any]) -> str:
    """Return everything that is said of one case, as one text."""
    decision = rc().decide(facts, now=NOW)
    compiled = rc().compile().decide(facts, now=NOW)
    told: list[Any] = [decision.why(), decision.nearest(), decision.what_if({"caso_aberto": False})]
    talk = rc().start(now=NOW).tell(facts)
    parts = [decision.to_json(), compiled.to_json(), *(each.to_json() for each in told), talk.to_json()]
    return json.dumps([*parts, [each.text() for each in told]], ensure_ascii=False)


def test_eight_threads_say_the_same_bytes() -> None:
    fresh = rc()
    alone = [all_of(each) for each in cases()[::6]]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(all_of, cases()[::6] * 4))
    assert together == alone * 4
    assert rc() is fresh


def test_it_can_be_used_in_asyncio() -> None:
    async def decide(facts: dict[str, Any]) -> str:
        await asyncio.sleep(0)
        return await asyncio.to_thread(all_of, facts) if len(facts) % 2 else all_of(facts)

    async def decide_all() -> list[str]:
        return await asyncio.gather(*map(decide, cases()[::6]))

    assert asyncio.run(decide_all()) == [all_of(each) for each in cases()[::6]]


PICKLED: dict[str, Callable[[], Any]] = {
    "Policy": rc,
    "Decision": lambda: rc().decide(cases()[0], now=NOW),
    "Explanation": lambda: rc().decide(cases()[0], now=NOW).why(),
    "OtherEnd": lambda: rc().decide(cases()[0], now=NOW).nearest(),
    "Comparison": lambda: rc().decide(cases()[0], now=NOW).what_if({"caso_aberto": False}),
}


@pytest.mark.parametrize("name", PICKLED)
def test_it_pickles(name: str) -> None:
    value = PICKLED[name]()
    again = pickle.loads(pickle.dumps(value))
    assert type(again).__name__ == name
    assert (again == value) is (name not in {"Policy", "Decision"})
    if name == "Policy":
        assert again.identity == value.identity
        assert again.decide(cases()[0]).to_json() == value.decide(cases()[0]).to_json()
    else:
        assert json.dumps(again.to_json()) == json.dumps(value.to_json())


BLOCKED = f"""
import sys

class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {OPTIONAL.split()!r}:
            raise ImportError(name)

sys.meta_path.insert(0, Block())
import praxe.engine
policy = praxe.engine.Policy.load("policy/rc")
facts = {{"primeira_vez_ou_duvida": False, "caso_aberto": True, "motivo_rc": "tecnico"}}
decision = policy.decide(facts)
told = (decision.why(), decision.why_not("revertido"), decision.what_if({{"caso_aberto": False}}))
print(policy.start().tell(facts).question.fact, policy.compile().decide(facts).asks.fact, len(told[0].text()) > 100)
print(sorted(set(sys.modules) & set({OPTIONAL.split()!r})))
"""


def test_the_engine_works_without_what_is_optional() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["cliente_da_abertura cliente_da_abertura True", "[]"]


CLIENT = '''"""A client of the engine."""

from __future__ import annotations

import praxe
from praxe.engine import Comparison, Conversation, Decision, Explanation, OtherEnd, Policy, Status


def steps_of(policy: Policy, facts: dict[str, object]) -> list[str]:
    decision: praxe.Decision = policy.decide(facts)
    return [step.text for step in decision.steps]


def asked(decision: Decision) -> str | None:
    if decision.status is Status.ASKS and decision.asks:
        return decision.asks.question
    return decision.outcome


def told(decision: Decision) -> str:
    explanation: Explanation = decision.why()
    other: OtherEnd = decision.why_not("aceito")
    what_if: Comparison = decision.what_if({"x": True})
    clauses: list[str] = [each.paraphrase for each in explanation.clauses]
    return explanation.text() + other.markdown() + what_if.text() + "".join(clauses)


def answered(talk: Conversation, answers: dict[str, str]) -> Conversation:
    while talk.question:
        fact: str = talk.question.fact
        talk = talk.answer(fact, answers[fact])
    return talk
'''
WRONG = 'from praxe import Policy\n\npolicy: int = Policy.load("x")\nPolicy.load("x").decide([1])\n'


def test_a_client_is_type_checked_against_the_package(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    cache = str(ROOT / ".mypy_cache" / "client")  # kept: the first run takes 12 s, the next ones 1 s
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, "client.py", "wrong.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()
    assert [line.partition(": error:")[0] for line in found[:-1]] == ["wrong.py:3", "wrong.py:4"], done.stdout


SCHEMAS: dict[str, Callable[[], Any]] = {
    "decision_schema": decision_schema,
    "explanation_schema": explanation_schema,
    "conversation_schema": conversation_schema,
    "handover_schema": handover_schema,
    "log_schema": log_schema,
    "facts_schema": lambda: facts_schema(rc()),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_sound_and_told_of(name: str) -> None:
    schema = SCHEMAS[name]()
    jsonschema.Draft202012Validator.check_schema(schema)
    for page in PAGES:
        assert f"`{name}" in page.read_text(encoding="utf-8"), page.name


def test_no_schema_is_missing_from_the_pages() -> None:
    files = [path.name for folder in ("engine", "visualize") for path in (ROOT / folder).rglob("*.schema.json")]
    assert len(files) >= 5
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert [name for name in files if f"`{name}`" not in text] == [], page.name


def test_what_is_public_is_told_of_and_there() -> None:
    public = {name for name in praxe.engine.__all__ if not name.endswith("_schema")}
    for page in PAGES:
        told = set(re.findall(r"`(\w+)`", page.read_text(encoding="utf-8")))
        assert public - told == set(), page.name
    for name in praxe.engine.__all__:
        assert getattr(praxe.engine, name) is not None
    assert (ROOT / "src" / "praxe" / "py.typed").exists()
    assert re.fullmatch(r"\d+\.\d+\.\d+", praxe.__version__)
