"""The texts of a policy's steps in free words (`faça "…"`, `diga "…"`), and which of them were looked for."""

from __future__ import annotations

from praxe.engine.graph import Step
from praxe.engine.policy import Policy


def step_texts(policy: Policy) -> frozenset[str]:
    """Return the texts of a policy's steps."""
    return frozenset(node.text for node in policy.graph.nodes.values() if isinstance(node, Step) and node.text)


class StepTexts:
    """The texts, which note each question whether something is one of them."""

    def __init__(self, texts: frozenset[str]) -> None:
        self._texts = texts
        self._asked: dict[str, bool] = {}

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
