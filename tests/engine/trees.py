"""Small policies for tests, from a few lines of Praxe and the types of their facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from praxe.dsl import CheckedPolicy, check_policy_texts
from praxe.engine import Policy

ACTIONS: Mapping[str, Any] = {
    "ligar": {},
    "avisar": {},
    "registrar": {},
    "cobrar": {},
    "enviar": {"fila": {"type": "text"}},
    "marcar": {"quando_vai": {"type": "date"}},
    "contar": {"total": {"type": "integer"}},
    "tratar": {"item": {"type": "one_of", "values": {"pao": "Pão", "leite": "Leite", "cafe": "Café"}}},
}

# Somebody is tried twice, and asked after it.
TRIED = """procedimento inicio:
  tente até 2 vezes ligar até contato:
    nada
  senão:
    faça avisar
  se contato:
    fim aceito
  fim negado
"""


def checked_policy(text: str, *, entry: str = "inicio", **facts: Any) -> CheckedPolicy:
    """Check the procedures in `text`; each fact is a type, a list of values, a set's values as a tuple, or bounds.

    `atraso=(0, 90)` is a number from 0 to 90, `itens=("a", "b")` a set.
    """
    files = {
        "policy.yaml": _yaml({"name": "teste", "title": "Teste", "version": "1", "language": "pt", "entry": entry}),
        "vocabulary.yaml": _yaml(
            {
                "facts": {name: _fact(name, spec) for name, spec in facts.items()},
                "actions": {name: _action(name, params) for name, params in ACTIONS.items()},
                "outcomes": {"aceito": {"label": "Aceito"}, "negado": {"label": "Negado"}},
            }
        ),
        "teste.praxe": text,
        "texts.en.yaml": _yaml({"Ligue já": "Call now", "Ninguém atende": "Nobody answers"}),
    }
    checked, diagnostics = check_policy_texts("teste", files)
    assert checked, [(str(each.span), each.code, dict(each.args)) for each in diagnostics]
    return checked


def policy(text: str, **facts: Any) -> Policy:
    """Return the policy of `checked_policy`, ready to decide."""
    return Policy(checked_policy(text, **facts))


def actions(decision_steps: Any) -> list[str]:
    """Return the actions of some steps; of free text the text."""
    return [each.action or each.text for each in decision_steps]


def _fact(name: str, spec: Any) -> Mapping[str, Any]:
    words = {"label": name.capitalize(), "question": f"{name}?"}
    match spec:
        case str():
            return {"type": spec, **words}
        case [int() | float() as low, int() | float() as high]:
            return {"type": "integer", "min": low, "max": high, **words}
        case tuple():
            return {"type": "set_of", "values": {each: each.capitalize() for each in spec}, **words}
        case list():
            return {"type": "one_of", "values": {each: each.capitalize() for each in spec}, **words}
        case _:
            return {**words, **spec}


def _action(name: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    action: dict[str, Any] = {"label": name.capitalize()}
    if params:
        action["params"] = {each: {"label": each.capitalize(), **spec} for each, spec in params.items()}
        action["text"] = " ".join([name.capitalize(), *(f"{{{each}}}" for each in params)])
    return action


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
