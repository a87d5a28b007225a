"""The steps that scenarios name in words: free text (`faça "…"`, `diga "…"`), or an action with what it carries."""

from __future__ import annotations

import functools
from collections.abc import Callable

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.tree import Do
from praxe.engine.graph import Step
from praxe.engine.policy import Policy

ReadStep = Callable[[str], tuple[Do | None, tuple[Diagnostic, ...]]]


def step_texts(policy: Policy) -> frozenset[str]:
    """Return the texts of a policy's steps."""
    return frozenset(node.text for node in policy.graph.nodes.values() if isinstance(node, Step) and node.text)


def step_reader(policy: Policy) -> ReadStep:
    """Return what reads a step as `read_step` does; what many scenarios expect is read once."""

    @functools.cache
    def read(text: str) -> tuple[Do | None, tuple[Diagnostic, ...]]:
        from praxe.dsl.step_text import read_step  # the parser, of no use where every step is named only by its action

        return read_step(text, policy.checked)

    return read


class StepTexts:
    """The texts of a policy's steps, which note each question whether something is one of them."""

    def __init__(self, texts: frozenset[str], read: ReadStep) -> None:
        self._texts = texts
        self._asked: dict[str, bool] = {}
        self.read = read

    def __contains__(self, text: str | None) -> bool:
        if text is None:
            return False
        return self._asked.setdefault(text, text in self._texts)

    @property
    def all(self) -> tuple[str, ...]:
        """The texts, sorted."""
        return tuple(sorted(self._texts))

    @property
    def asked(self) -> tuple[tuple[str, bool], ...]:
        """What was looked for so far, and whether it was there."""
        return tuple(self._asked.items())
