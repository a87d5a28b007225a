"""Branches, steps and gaps in words, for lists of what no scenario comes by: the same words as on the flowchart.

In: a node or branch of the graph and a `Voice`. Out: short texts, without any markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, Decision, DecisionGraph, Gap, GraphNode, NodeId, Question, Retry, Step, Wait
from praxe.visualize.content import answer_text, procedure_title, wait_text
from praxe.visualize.phrases import ask
from praxe.visualize.steps import action_text, step_text
from praxe.visualize.voice import Voice


@dataclass(frozen=True, slots=True)
class CoverageWords:
    """Speaks of the parts of one policy's graph."""

    nodes: Mapping[NodeId, GraphNode]
    voice: Voice

    @classmethod
    def of(cls, checked: CheckedPolicy, graph: DecisionGraph, language: str) -> CoverageWords:
        """Return the words of `checked` in `language`."""
        return cls(graph.nodes, Voice.of(checked, language))

    def title(self, procedure: ProcedureName) -> str:
        """Return what a procedure is called."""
        return procedure_title(self.voice, procedure)

    def answer(self, branch: Branch) -> str:
        """Return what stands on the tab of a branch."""
        return answer_text(self.voice, self.nodes[branch.source], branch)

    def question(self, branch: Branch) -> str:
        """Return what is asked where a branch begins, with the statements it joins."""
        voice, node = self.voice, self.nodes[branch.source]
        match node:
            case Decision():
                asked = ask(voice, node.test)
                return f"{asked.title} ({'; '.join(asked.statements)})" if asked.statements else asked.title
            case Question() | Retry():
                return voice.question(node.fact)
            case Wait():
                return voice.say("aria.element", kind=wait_text(voice, node.deadline), text=voice.label(node.fact))
            case _:
                return ""  # no other node has answers

    def step(self, step: Step | Retry) -> str:
        """Return what a step tells somebody to do."""
        if isinstance(step, Retry):
            return action_text(self.voice, step.action, step.arguments)
        return step_text(self.voice, step)

    def gap(self, gap: Gap) -> str:
        """Return what a gap says."""
        return self.voice.text(gap.text)
