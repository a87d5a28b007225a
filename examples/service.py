"""A web service: facts in, the decision out, with its reasons. `uvicorn examples.service:app` runs it.

The policy is loaded once. Deciding changes nothing in it, so all requests share it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse

from praxe.engine import FactError, Policy, facts_schema

Facts = Annotated[dict[str, Any], Body()]
Language = Literal["pt", "en"]

policy = Policy.load("policy/rc")
app = FastAPI(title=policy.manifest.title.in_language("pt"), version=policy.manifest.version)


@app.get("/facts")
def facts(language: Language = "pt") -> dict[str, Any]:
    """Return what may be asked, as a JSON Schema: a form can be made of it."""
    schema: dict[str, Any] = facts_schema(policy, language)
    return schema


@app.post("/decide")
def decide(facts: Facts, language: Language = "pt") -> dict[str, Any]:
    """Decide a case; a fact that is missing and needed is asked for in the answer."""
    return policy.decide(facts, language=language).to_json()


@app.post("/why")
def why(facts: Facts, language: Language = "pt") -> dict[str, Any]:
    """Return the facts and clauses that decided."""
    return policy.decide(facts, language=language).why().to_json()


@app.exception_handler(FactError)
def refuse(_request: Request, error: Exception) -> JSONResponse:
    """Say which facts do not fit, and what to write instead."""
    assert isinstance(error, FactError)
    reasons = {each.fact: each.in_language(error.language) for each in error.problems}
    return JSONResponse({"detail": reasons}, status_code=422)
