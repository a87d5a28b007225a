"""Facts that break what the vocabulary says of the world are refused before anything is decided.

In: a policy's assumptions, and what is known of a case. Out: those that are surely broken, whatever is found out later
(Kleene's logic, as in `evaluate`): `when` holds and `then` does not. An assumption that is still open breaks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Expression, FactName
from praxe.dsl.vocabulary import Assumption
from praxe.engine.evaluate import Evaluator
from praxe.engine.facts import FactError, FactProblem
from praxe.engine.shown import shown
from praxe.engine.values import Known, Value, in_declared_order, plain_decimal

if TYPE_CHECKING:
    from praxe.dsl.keywords import Face


class Assumed:
    """The assumptions of one policy."""

    def __init__(self, checked: CheckedPolicy, evaluator: Evaluator) -> None:
        self._checked = checked
        self._evaluator = evaluator
        self._assumptions = checked.assumptions

    def broken(self, known: Known) -> list[Assumption]:
        """Return the assumptions that are surely broken, in the author's order."""
        value = self._evaluator.value
        return [
            each
            for each in self._assumptions
            if (each.when is None or value(each.when, known) is True) and value(each.then, known) is False
        ]

    def refuse(self, known: Known, language: str) -> None:
        """Make sure that no assumption is surely broken.

        Raises:
            FactError: some are; it names each, where it is written, and the facts that break it.
        """
        broken = self.broken(known)
        if broken:
            raise FactError([self._problem(each, known, language) for each in broken], language)

    def told(self, assumption: Assumption, language: str) -> str:
        """Return an assumption in words: the author's, or its conditions, and where it is written."""
        from praxe.engine.words import lexicon  # only for who reads it

        kind = "assumption_when" if assumption.when else "assumption_always"
        return lexicon(language).say(f"fact.{kind}", **self._places(assumption, language))

    def _problem(self, assumption: Assumption, known: Known, language: str) -> FactProblem:
        from praxe.dsl.keywords import faces  # only for who reads the message

        face = faces()[self._checked.manifest.language]
        facts = self._deciding(assumption.conditions, known)
        places = self._places(assumption, language)
        told = ", ".join(f"`{name}` = `{self._text(name, value, face)}`" for name, value in facts.items())
        kind = "broken_when" if assumption.when else "broken_always"
        return FactProblem(next(iter(facts), FactName("")), told, kind, places)

    def _places(self, assumption: Assumption, language: str) -> Mapping[str, str]:
        from praxe.dsl.format_parts import expression_text
        from praxe.dsl.keywords import faces

        face = faces()[self._checked.manifest.language]
        label = assumption.label.in_language(language) if assumption.label else ""
        return {
            "where": str(assumption.span),
            "label": f"{label}: " if label else "",
            "when": expression_text(assumption.when, face) if assumption.when else "",
            "then": expression_text(assumption.then, face),
        }

    def _deciding(self, conditions: Sequence[Expression], known: Known) -> Mapping[FactName, Value]:
        """Return the facts given that make the conditions what they are."""
        from praxe.engine.evidence import evidence

        names = dict.fromkeys(name for each in conditions for name in evidence(each, known, self._evaluator).facts)
        return {name: value for name in names if (value := known.get(name)) is not None}

    def _text(self, name: FactName, value: Value, face: Face) -> str:
        match value:
            case bool():
                return face.word("YES" if value else "NO")
            case tuple():
                return f"[{', '.join(self._text(name, each, face) for each in value)}]"
            case frozenset():
                return shown(in_declared_order(value, self._checked.fact(name)))
            case Decimal():
                return plain_decimal(value)
            case _:
                return shown(value)
