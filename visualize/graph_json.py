"""The decision graph as JSON, for programs that draw, search or compare it themselves.

In: a checked policy and its graph. Out: what graph.schema.json describes: procedures, nodes, branches and definitions,
in the author's order, with their places in the files, their clauses, and their words in every language we speak.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format_parts import Parts
from praxe.dsl.keywords import faces
from praxe.dsl.source import Span
from praxe.dsl.tree import Definition, Duration, Expression, ProcedureName, Table
from praxe.engine.graph import (
    Branch,
    Call,
    Decision,
    DecisionGraph,
    End,
    Gap,
    GraphNode,
    Question,
    Retry,
    Return,
    Start,
    Step,
    StepDeadline,
    Wait,
)
from praxe.engine.values import Json
from praxe.visualize.content import answer_text, procedure_title
from praxe.visualize.expression_json import duration_json, expression_json, patterns_json
from praxe.visualize.phrases import ask
from praxe.visualize.steps import action_text, step_text
from praxe.visualize.voice import Voice
from praxe.visualize.words import LANGUAGES

VERSION = 1  # of the form, told in every file; a change that old readers would not understand counts it up
_SCHEMA = "graph.schema.json"


def graph_json(checked: CheckedPolicy, graph: DecisionGraph) -> Json:
    """Return the graph as `json` writes it."""
    return _Writer(checked, graph, tuple(Voice.of(checked, each) for each in LANGUAGES)).whole()


def graph_schema() -> Json:
    """Return the JSON Schema (2020-12) of `graph_json`."""
    return json.loads((Path(__file__).resolve().parent / _SCHEMA).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Writer:
    checked: CheckedPolicy
    graph: DecisionGraph
    voices: tuple[Voice, ...]

    def whole(self) -> Json:
        manifest = self.checked.manifest
        return {
            "praxe_graph": VERSION,
            "policy": {
                "name": manifest.name,
                "version": manifest.version,
                "digest": self.checked.digest,
                "language": manifest.language,
                "title": self._said(lambda voice: manifest.title.in_language(voice.language)),
                "entry": manifest.entry,
                "effective": manifest.effective.isoformat() if manifest.effective else None,
            },
            "procedures": [self._procedure(name) for name in self.graph.starts],
            "nodes": [self._node(node) for node in self.graph.nodes.values()],
            "branches": [
                self._branch(self.graph.nodes[name], branch)
                for name, outgoing in self.graph.branches.items()
                for branch in outgoing
            ],
            "definitions": [self._definition(each) for each in self.checked.definitions.values()],
        }

    @property
    def _parts(self) -> Parts:
        return Parts(faces()[self.checked.manifest.language])

    def _said(self, say: Callable[[Voice], str]) -> Json:
        return {voice.language: say(voice) for voice in self.voices}

    def _all_said(self, texts: Iterable[str]) -> list[Json]:
        return [self._said(lambda voice, text=text: voice.text(text)) for text in texts]  # type: ignore[misc]

    def _expression(self, expression: Expression) -> Json:
        return expression_json(expression, self._parts)

    # --- procedures and nodes -----------------------------------------------------------------------------------

    def _procedure(self, name: ProcedureName) -> Json:
        own = [node for node in self.graph.nodes.values() if node.procedure == name]
        return {
            "name": name,
            "title": self._said(lambda voice: procedure_title(voice, name)),
            "start": self.graph.starts[name],
            "returns": any(isinstance(node, Return) for node in own),
            "calls": list(dict.fromkeys(node.callee for node in own if isinstance(node, Call))),
            "span": _span(self.checked.procedures[name].span),
        }

    def _node(self, node: GraphNode) -> Json:
        return {
            "id": node.id,
            "kind": type(node).__name__.lower(),
            "procedure": node.procedure,
            "text": self._said(lambda voice: _text(voice, node)),
            **self._own(node),
            "notes": self._all_said(node.notes),
            "clauses": list(node.clauses),
            "span": _span(node.span),
        }

    def _own(self, node: GraphNode) -> dict[str, Json]:
        """Return what only nodes of this kind have."""
        match node:
            case Start() | Return() | Gap():
                return {}
            case Step():
                return self._step(node)
            case Question():
                return {"fact": node.fact}
            case Decision():
                return {"test": self._expression(node.test), "facts": list(node.facts)}
            case Call():
                return {"callee": node.callee}
            case Retry():
                own = {"attempts": node.attempts, "fact": node.fact, "action": node.action}
                return own | {"arguments": self._arguments(node.arguments)}
            case Wait():
                return {"fact": node.fact, "deadline": self._until(node.deadline), "meanwhile": self._duties(node)}
            case End():
                return {"outcome": node.outcome}
            case _:
                assert_never(node)

    def _step(self, step: Step) -> dict[str, Json]:
        return {
            "action": step.action,
            "arguments": self._arguments(step.arguments),
            "is_script": step.is_script,
            "deadline": _step_deadline(step.deadline),
        }

    def _duties(self, wait: Wait) -> list[Json]:
        return [self._node(step) for step in wait.meanwhile]

    def _until(self, deadline: Duration | Expression) -> Json:
        if isinstance(deadline, Duration):
            return {"within": duration_json(deadline)}
        return {"until": self._expression(deadline)}

    def _arguments(self, arguments: tuple[tuple[str, Expression], ...]) -> list[Json]:
        return [{"parameter": name, "value": self._expression(value)} for name, value in arguments]

    # --- branches and definitions -------------------------------------------------------------------------------

    def _branch(self, node: GraphNode, branch: Branch) -> Json:
        return {
            "source": branch.source,
            "target": branch.target,
            "key": branch.key,
            "kind": branch.kind.value,
            "text": self._said(lambda voice: answer_text(voice, node, branch)),
            "patterns": patterns_json(branch.patterns, self._parts) if branch.patterns else None,
            "clauses": list(branch.clauses),
            "span": _span(branch.span) if branch.span else None,
        }

    def _definition(self, definition: Definition | Table) -> Json:
        fact = self.checked.fact(definition.name)
        common = {
            "name": definition.name,
            "kind": type(definition).__name__.lower(),
            "type": fact.type.value,
            "label": self._said(lambda voice: fact.label.in_language(voice.language)),
            "span": _span(definition.span),
        }
        match definition:
            case Definition():
                return common | {
                    "cases": [
                        {"when": self._expression(case.condition), "value": self._expression(case.value)}
                        for case in definition.cases
                    ],
                    "otherwise": self._expression(definition.otherwise),
                }
            case Table():
                return common | {
                    "hit_policy": definition.hit_policy.value,
                    "inputs": [each.name for each in definition.inputs],
                    "rows": [
                        {
                            "cells": [patterns_json(cell.patterns, self._parts) for cell in row.cells],
                            "output": self._expression(row.output),
                        }
                        for row in definition.rows
                    ],
                }
            case _:
                assert_never(definition)


def _text(voice: Voice, node: GraphNode) -> str:
    """Return what a node says, without its notes and answers."""
    match node:
        case Start():
            return procedure_title(voice, node.procedure)
        case Return():
            return voice.say("pill.return")
        case Step():
            return step_text(voice, node)
        case Question():
            return voice.question(node.fact)
        case Decision():
            asked = ask(voice, node.test)
            return " ".join([asked.title, *(f"• {each}" for each in asked.statements)])
        case Call():
            return procedure_title(voice, node.callee)
        case Retry():
            return action_text(voice, node.action, node.arguments)
        case Wait():
            return voice.label(node.fact)
        case End():
            return voice.checked.vocabulary.outcomes[node.outcome].label.in_language(voice.language)
        case Gap():
            return voice.text(node.text)
        case _:
            assert_never(node)


def _step_deadline(deadline: StepDeadline | None) -> Json:
    if deadline is None:
        return None
    within = duration_json(deadline.duration) if deadline.duration else None
    return {"promptness": deadline.promptness.value, "within": within}


def _span(span: Span) -> Json:
    return {
        "path": span.path.rpartition("/")[2],  # all files of a policy stand in its folder, wherever that is
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
