"""Which mistakes the scenarios of a policy would notice.

In: a policy and its scenarios, all of which pass. Out: for each mutant the scenario that fails on it, or none: a
mistake that nobody would see. A mutant that is proved to treat every customer as the policy does is none and is left
out; so is what only rules (`nunca`, `sempre`) read, which is proved and not tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format_parts import Parts
from praxe.dsl.keywords import faces
from praxe.dsl.tree import FactName, FactRef, Node, Procedure, ProcedureName
from praxe.engine.diff.comparison import compare
from praxe.engine.mutants.alike import different
from praxe.engine.mutants.edits import Edits
from praxe.engine.mutants.mistake import Edit, Item, Mutant
from praxe.engine.policy import Policy
from praxe.engine.scenario_runs import run_scenario
from praxe.engine.scenarios import Scenario

Progress = Callable[[int, int], None]  # how many mutants are tried, of how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One mutant and the first scenario that noticed it."""

    mutant: Mutant
    noticed_by: Scenario | None

    @property
    def edit(self) -> Edit:
        """The mistake."""
        return self.mutant.edit


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationScore:
    """What became of all mutants, in the order of the text."""

    tried: tuple[Tried, ...]

    @property
    def missed(self) -> tuple[Tried, ...]:
        """The mutants that no scenario noticed."""
        return tuple(each for each in self.tried if each.noticed_by is None)

    @property
    def share(self) -> float:
        """The share of mutants that were noticed, from 0 to 1; 1 when there are none."""
        return 1 - len(self.missed) / len(self.tried) if self.tried else 1.0


def mutants_of(policy: CheckedPolicy) -> Iterator[Mutant]:
    """Yield every mutant of a policy, in the order of the text; those that come to the same once."""
    edits = Edits(policy, Parts(faces()[policy.manifest.language]))
    read = _definitions_read(policy)
    definitions = [item for name, item in policy.definitions.items() if name in read]
    items: tuple[Item, ...] = (*policy.procedures.values(), *definitions)
    for item in items:
        seen: set[tuple[int, Edit]] = set()
        for edit in different(policy, edits.of(item)):
            key = (id(edit.old), edit)
            if key not in seen:
                seen.add(key)
                yield Mutant(edit=edit, item=item)


def score(
    policy: Policy,
    scenarios: Sequence[Scenario],
    progress: Progress | None = None,
    *,
    mutants: Iterable[Mutant] | None = None,
) -> MutationScore:
    """Try mutants on the scenarios.

    Args:
        mutants: only these; without them every mutant of the policy.

    Raises:
        ValueError: a scenario fails on the policy as it is.
    """
    for each in scenarios:
        if run_scenario(policy, each).differences:
            raise ValueError(f"the scenario {each.name!r} does not pass")
    rank = _Ranking(policy, scenarios)
    chosen = tuple(mutants_of(policy.checked) if mutants is None else mutants)
    tried = []
    for number, mutant in enumerate(chosen):
        if progress:
            progress(number, len(chosen))
        mutated = Policy(mutant.of(policy.checked))
        if not _is_same(policy, mutated):
            noticed = next((each for each in rank.likely(mutant) if run_scenario(mutated, each).differences), None)
            if noticed or not compare(policy, mutated).is_same:
                tried.append(Tried(mutant=mutant, noticed_by=noticed))
    if progress:
        progress(len(chosen), len(chosen))
    return MutationScore(tried=tuple(tried))


def _definitions_read(policy: CheckedPolicy) -> frozenset[FactName]:
    """Return the definitions that some procedure reads, itself or through others."""
    waiting: list[Node] = list(policy.procedures.values())
    read: set[FactName] = set()
    while waiting:
        for node in waiting.pop().descendants():
            if isinstance(node, FactRef) and node.name in policy.definitions and node.name not in read:
                read.add(node.name)
                waiting.append(policy.definitions[node.name])
    return frozenset(read)


def _is_same(policy: Policy, mutated: Policy) -> bool:
    one, other = policy.graph, mutated.graph
    return (
        list(one.nodes.values()) == list(other.nodes.values())
        and list(one.branches.values()) == list(other.branches.values())
        and policy.checked.definitions == mutated.checked.definitions
    )


class _Ranking:
    """Puts the scenarios that come by a mistake's place first, and leaves out those that cannot meet it."""

    def __init__(self, policy: Policy, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = scenarios
        self._lines: list[frozenset[tuple[str, int]]] = []
        self._procedures: list[frozenset[ProcedureName]] = []
        for each in scenarios:
            trace = policy.decide(each.facts, start=each.start, now=each.now).trace
            nodes = [policy.graph.nodes[visit.node] for visit in trace]
            self._lines.append(frozenset((node.span.path, node.span.line) for node in nodes))
            self._procedures.append(frozenset(node.procedure for node in nodes))

    def likely(self, mutant: Mutant) -> Iterator[Scenario]:
        span, item = mutant.edit.span, mutant.item
        near = [(span.path, span.line) in lines for lines in self._lines]
        for wanted in (True, False):
            for place, scenario in enumerate(self._scenarios):
                may_meet = not isinstance(item, Procedure) or item.name in self._procedures[place]
                if near[place] is wanted and may_meet:
                    yield scenario
