"""Facts that are of one type in one version and of another in the other: such versions are not compared.

In: two policies. Out: nothing; or a `FactTypesError` that names each such fact, its types, and where they are written.
"""

from __future__ import annotations

from collections.abc import Sequence

from praxe.dsl.vocabulary import Fact
from praxe.engine.diff.words import words_of
from praxe.engine.policy import Policy


class FactTypesError(ValueError):
    """Versions that cannot be compared: a fact has one type in the old one and another in the new one."""

    def __init__(self, facts: Sequence[tuple[Fact, Fact]]) -> None:
        super().__init__(facts)
        self.facts = tuple(facts)  # each as it is in the old version and in the new one

    def in_language(self, language: str) -> str:
        """Return which facts they are, and what to do."""
        words = words_of(language)
        said = [
            words.say(
                "diff.types",
                name=new.name,
                label=new.label.in_language(language),
                old=old.type.value,
                new=new.type.value,
                place=str(old.span),
                there=str(new.span),
            )
            for old, new in self.facts
        ]
        return "; ".join([*said, words.say("diff.types.why")])

    def __str__(self) -> str:
        return self.in_language("en")


def check_types(old: Policy, new: Policy) -> None:
    """Make sure that every fact of both versions is of one type.

    Raises:
        FactTypesError: some are not.
    """
    found = [
        (fact, new.facts[name])
        for name, fact in old.facts.items()
        if name in new.facts and new.facts[name].type is not fact.type
    ]
    if found:
        raise FactTypesError(found)
