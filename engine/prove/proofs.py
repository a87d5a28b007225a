"""Everything that the checks of one policy share: its space, its flow, and what reaches what.

In: a policy. Out: `Proofs`, made once; each part is worked out when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final

from praxe.dsl.tree import ActionName, ProcedureName
from praxe.dsl.vocabulary import Assumption
from praxe.engine.graph import End, Gap, Retry, Step, Wait
from praxe.engine.policy import Policy
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE, Diagrams
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.inside import Inside, inside, reach_all
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.order import groups_later
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.reach import Reach, Returns, reach
from praxe.engine.prove.space import Space

MOST_ORDERED: Final = 5_000  # nodes of which it is known which comes after which
MOST_WHOLE: Final = 3_000  # tests of which a set of whole cases may be made


class Proofs:
    """One policy, ready to be proved things about."""

    def __init__(self, policy: Policy, *, respects_assumptions: bool = True) -> None:
        """Prepare.

        Args:
            respects_assumptions: leave out the cases that break an assumption.
        """
        self.policy = policy
        self.space = Space(policy)
        self.meaning: Meaning = self.space.meanings[0]
        self.diagrams: Diagrams = self.space.diagrams
        self.cases = Cases(policy, self.meaning)
        self.respects_assumptions = respects_assumptions
        self._reaches: dict[tuple[int, frozenset[int]], Reach] = {}

    @property
    def starts(self) -> tuple[ProcedureName, ...]:
        """The procedures a case may begin with."""
        return tuple(dict.fromkeys((self.policy.manifest.entry, *self.policy.manifest.doors)))

    @cached_property
    def possible(self) -> int:
        """The cases that can be, and that break no assumption."""
        if not self.respects_assumptions:
            return self.coherent
        admitted = self.diagrams.all_of(self.admitted(each) for each in self.policy.checked.assumptions)
        return self.diagrams.both(self.coherent, admitted)

    @cached_property
    def coherent(self) -> int:
        """The cases whose sums of facts (`dias entre a e b`) go together with the facts."""
        if all(axis.is_simple for axis in self.space.axes):
            return EVERY_CASE
        return self.cases.coherence.cases(self.diagrams)

    def few(self, cases: int) -> dict[int, int] | None:
        """Return a choice of few classes, all of whose cases that can be are among some cases; None of no case."""
        choice = self.diagrams.smallest(cases)
        if choice is None or self.coherent == EVERY_CASE:
            return choice
        wide = self.diagrams.either(cases, self.diagrams.without(self.coherent))
        for axis in sorted(choice, key=lambda each: (self.space.axes[each].is_simple, -each)):
            fewer = {other: pick for other, pick in choice.items() if other != axis}
            if self.diagrams.has_all(wide, fewer):
                choice = fewer
        return choice

    @cached_property
    def flow(self) -> Flow:
        """The graph with its conditions as sets of cases."""
        return Flow(self.policy, self.space, self.meaning)

    @cached_property
    def inside(self) -> Inside:
        """The cases that get from the start of each procedure to each of its nodes."""
        return inside(self.flow)

    @property
    def returns(self) -> Returns:
        """The cases in which each procedure goes back to its caller."""
        return self.inside.returns

    @cached_property
    def whole(self) -> Reach:
        """What every possible case reaches."""
        return reach_all(self.flow, self.inside, self.entering(self.possible))

    @cached_property
    def cases_at(self) -> Sequence[int]:
        """The cases that pass each node, without those that cannot be: going into a procedure forgets some of that."""
        at, coherent = self.whole.at, self.coherent
        return at if coherent == EVERY_CASE else [self.diagrams.both(each, coherent) if each else each for each in at]

    @cached_property
    def projected(self) -> Reach:
        """What every case reaches, with what no later condition reads forgotten: a way back asks for few answers."""
        return self.reaching(self.possible)

    @cached_property
    def whole_beyond(self) -> Reach:
        """The same, with what is read after a return kept at each node."""
        return self.reaching(self.possible, live=self.flow.live_beyond)

    @cached_property
    def passing(self) -> Mapping[ProcedureName, Passing] | None:
        """For each start the possible cases that pass each node, nothing forgotten; None where that is not exact."""
        if not self.meaning.is_exact:
            return None
        return {start: Passing(self.flow, self.inside, start, self.possible) for start in self.starts}

    @cached_property
    def later(self) -> Sequence[int] | None:
        """For each node the nodes (bits) at which something is done or ends that may come after it, by shape.

        None of a policy in which that would take too much room.
        """
        numbers = {each for numbers in self._doing.values() for each in numbers} | set(self.ending(None))
        if len(numbers) > MOST_ORDERED:
            return None
        return groups_later(self.flow, {number: 1 << number for number in numbers})

    def entering(self, cases: int) -> Mapping[ProcedureName, int]:
        """Return these cases at each procedure that a case may begin with."""
        return dict.fromkeys(self.starts, cases)

    def reached(self, cases: int, avoided: Collection[int] = ()) -> Reach:
        """Return what these cases reach, without going on from a node of `avoided`."""
        key = (cases, frozenset(avoided))
        if key not in self._reaches:
            self._reaches[key] = self.reaching(cases, avoided=key[1])
        return self._reaches[key]

    def reaching(self, cases: int, avoided: Collection[int] = (), live: Sequence[int] | None = None) -> Reach:
        """Return what these cases reach, with what no later condition reads (or is not in `live`) forgotten."""
        found = reach(self.flow, self.entering(cases), avoided=avoided, known=self.returns, live=live)
        found.is_exact &= self.inside.is_exact
        return found

    def admitted(self, assumption: Assumption) -> int:
        """Return the cases that do not break an assumption."""
        then = self.meaning.truth(assumption.then).yes
        if assumption.when is None:
            return then
        return self.diagrams.either(self.meaning.truth(assumption.when).no, then)

    # --- where something is done ---------------------------------------------------------------------------------

    def doing(self, action: str) -> list[int]:
        """Return the nodes at which an action is done."""
        return self._doing.get(ActionName(action), [])

    def ending(self, outcome: str | None) -> list[int]:
        """Return the nodes at which a case ends with an outcome; with None, with any."""
        return [number for name, ends in self._ending.items() if outcome in (None, name) for number in ends]

    def open_ends(self) -> list[int]:
        """Return the nodes at which a case may end without an outcome."""
        lasts = {self.flow.return_of(name) for name in self.starts}
        return [
            number
            for number, node in enumerate(self.flow.nodes)
            if isinstance(node, Gap) or number in lasts or self.flow.undecided(number)
        ]

    @cached_property
    def _doing(self) -> Mapping[ActionName, list[int]]:
        found: dict[ActionName, list[int]] = {}
        for number, step in self.flow.nodes_of(Step):
            if step.action is not None:
                found.setdefault(step.action, []).append(number)
        for number in [each for kind in (Retry, Wait) for each, _ in self.flow.nodes_of(kind)]:
            for action in self.done_at(number):
                found.setdefault(action, []).append(number)
        return {name: sorted(set(numbers)) for name, numbers in found.items()}

    def done_at(self, number: int) -> tuple[ActionName, ...]:
        """Return the actions that are done at a node, in order."""
        match self.flow.nodes[number]:
            case Step(action=action) if action is not None:
                return (action,)
            case Retry(action=action):
                return (action,)
            case Wait(meanwhile=meanwhile):
                return tuple(step.action for step in meanwhile if step.action is not None)
            case _:
                return ()

    @cached_property
    def _ending(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, node in self.flow.nodes_of(End):
            found.setdefault(node.outcome, []).append(number)
        return found
