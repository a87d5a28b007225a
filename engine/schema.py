"""JSON Schemas (2020-12): of every decision and explanation, published with the engine, and of one policy's facts.

In: nothing, or a policy. Out: schemas as `json` reads and writes them.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import assert_never

from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.policy import Policy
from praxe.engine.values import Json, plain_decimal
from praxe.engine.words import check_language

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def decision_schema() -> Json:
    """Return the schema of `Decision.to_json()`."""
    return _published("decision")


def explanation_schema() -> Json:
    """Return the schema of what `Decision.why`, `why_not`, `what_if` and `nearest` give as JSON."""
    return _published("explanation")


def facts_schema(policy: Policy, language: str | None = None) -> Json:
    """Return the schema of the facts that `policy.decide` takes, with titles and questions in `language`.

    What it admits is admitted by `decide`, where no assumption rules it out; `decide` also takes some other spellings
    (`sim`, `não`), as it says. What a question costs stands under `x-cost`.

    Raises:
        ValueError: the engine does not speak that language.
    """
    language = language or policy.manifest.language
    check_language(language)
    return {
        "$schema": _DIALECT,
        "title": policy.manifest.title.in_language(language),
        "description": f"{policy.manifest.name} {policy.manifest.version}",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: _described(fact, policy.attempts.get(name), language) for name, fact in policy.facts.items()
        },
    }


def _published(name: str) -> Json:
    return json.loads(resources.files(__package__).joinpath(f"{name}.schema.json").read_text("utf-8"))


def _described(fact: Fact, attempts: int | None, language: str) -> Json:
    texts = [fact.question, *([fact.help] if fact.help else [])]
    cost = {} if fact.cost is None else {"x-cost": json.loads(plain_decimal(fact.cost))}
    return {
        "title": fact.label.in_language(language),
        "description": " ".join(each.in_language(language) for each in texts),
        "anyOf": [{"type": "null"}, *_types(fact, attempts, language)],
        **cost,
    }


def _types(fact: Fact, attempts: int | None, language: str) -> list[Json]:
    match fact.type:
        case FactType.YES_NO:
            tries = {"type": "array", "items": {"type": "boolean"}, "maxItems": attempts}
            return [{"type": "boolean"}, *([tries] if attempts else [])]
        case FactType.ONE_OF:
            return _values(fact, language)
        case FactType.SET_OF:
            return [{"type": "array", "items": {"anyOf": _values(fact, language)}}]
        case FactType.INTEGER:
            return [{"type": "integer", **_bounds(fact)}]
        case FactType.DECIMAL:
            return [{"type": "number", **_bounds(fact)}, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}]
        case FactType.DATE:
            return [{"type": "string", "format": "date"}]
        case FactType.TEXT:
            return [{"type": "string"}]
        case _:
            assert_never(fact.type)


def _values(fact: Fact, language: str) -> list[Json]:
    return [{"const": each.name, "title": each.label.in_language(language)} for each in fact.values]


def _bounds(fact: Fact) -> dict[str, Json]:
    bounds = {"minimum": fact.minimum, "maximum": fact.maximum}
    return {name: json.loads(plain_decimal(bound)) for name, bound in bounds.items() if bound is not None}
