"""A case decided in conversation.

In: a policy, and turns: answers in any order, corrections, "I do not know", events, time. Out: after each turn a new
`Conversation`, with the decision so far, the next question, and what the turn changed. A conversation is a value: it
holds its policy and its turns, everything else follows from them (`turns`, `Policy.decide`), and no turn changes it.

A fact that is left aside ("I do not know", "I would rather not say") stays open and is not asked again; other open
questions that can still change what follows are. When none is left the conversation is `unresolved`: it names what is
lacking, and where that can be looked up. A value is never made up; but where the vocabulary gives a fact a value for
not knowing or not saying (`own_values`), that value is the answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from praxe.dsl.tree import FactName, OutcomeName, ProcedureName
from praxe.engine.conversation import asking, reports
from praxe.engine.conversation.own_values import own_value
from praxe.engine.conversation.records import Change, Held, OpenFact, Resumed, Standing
from praxe.engine.conversation.turns import Ledger, Turn, TurnKind
from praxe.engine.conversation.waiting import has_passed, wait_since
from praxe.engine.decision import Decision
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.questions import Order
from praxe.engine.records import Asked, DecidedStep, OpenGap, Waiting
from praxe.engine.status import Status
from praxe.engine.values import Json, Value, json_value

if TYPE_CHECKING:
    from praxe.engine.conversation.handover import Handover
    from praxe.engine.host.log import Log


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What does not change during a conversation."""

    policy: Policy
    language: str
    start: ProcedureName
    order: Order = Order.AUTHOR
    began: datetime.datetime | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Conversation:
    """Where a conversation stands; each method returns the next, and leaves this one as it is."""

    setting: Setting = field(repr=False)
    turns: tuple[Turn, ...] = ()
    ledger: Ledger = field(default_factory=Ledger, repr=False)
    known: Mapping[FactName, Value] = field(default_factory=dict, repr=False)  # the ledger's answers, typed
    decision: Decision  # what the policy says so far
    since: Mapping[NodeId, datetime.datetime | None] = field(repr=False)  # when each wait was arrived at
    before: Conversation | None = field(default=None, repr=False)
    resumed: Resumed | None = field(default=None, repr=False)

    # --- where it stands

    @property
    def policy(self) -> Policy:
        """The policy that decides."""
        return self.setting.policy

    @property
    def now(self) -> datetime.datetime | None:
        """The time of the latest turn."""
        return self.ledger.now

    @cached_property
    def question(self) -> Asked | None:
        """The next question: the one that is due or, in another order or when nobody knows it, another that matters."""
        name = self.policy.questions.next_fact(self.decision, self.setting.order, self.ledger.left)
        return asking.question_about(self.decision, name) if name is not None else None

    @cached_property
    def waits(self) -> Waiting | None:
        """What is waited for; its deadline counts from when the conversation came to it."""
        return wait_since(self.decision, self.since.get(self.decision.arrival.spot.node.id))

    @property
    def standing(self) -> Standing:
        """Where the conversation stands."""
        match self.decision.status:
            case Status.ASKS:
                return Standing.ASKS if self.question else Standing.UNRESOLVED
            case status:
                return Standing(status.value)

    @property
    def outcome(self) -> OutcomeName | None:
        """The outcome, when the case ended with one."""
        return self.decision.outcome

    @property
    def gap(self) -> OpenGap | None:
        """What the source text leaves open, when the conversation ended there."""
        return self.decision.gap

    @cached_property
    def steps(self) -> tuple[DecidedStep, ...]:
        """What is to be done, in order; a step is due counted from when it was first listed."""
        return reports.steps(self)

    @property
    def open_facts(self) -> tuple[OpenFact, ...]:
        """The facts that may still matter, in reading order; those left aside too."""
        asks = self.decision.asks
        names = dict.fromkeys((asks.fact, *asks.also_open)) if asks else {}
        return tuple(self._open(name) for name in names)

    @property
    def lacking(self) -> tuple[OpenFact, ...]:
        """The facts that were left aside and without which the case cannot be decided."""
        return tuple(each for each in self.open_facts if each.left)

    @property
    def facts(self) -> dict[str, Json]:
        """All answers, as `Policy.decide` takes them; those that nothing reads make no difference."""
        return {str(name): value for name, value in self.ledger.answers.items()}

    @property
    def answers(self) -> tuple[Held, ...]:
        """The answers in use, in the order in which they came."""
        return tuple(each for each in reports.held(self) if each.fact in self._in_use)

    @property
    def set_aside(self) -> tuple[Held, ...]:
        """The answers that nothing reads, kept for when they matter again."""
        return tuple(each for each in reports.held(self) if each.fact not in self._in_use)

    @cached_property
    def change(self) -> Change:
        """What the latest turn changed."""
        return reports.change(self)

    @cached_property
    def _in_use(self) -> frozenset[FactName]:
        return self.policy.questions.facts_in_use(self.decision)

    def _open(self, name: FactName) -> OpenFact:
        return asking.open_fact(self.policy, name, self.ledger.left.get(name), self.setting.language)

    # --- turns

    def answer(self, fact: str, value: object, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after an answer, asked for or not; of a fact that has one it is a correction.

        Args:
            value: as `Policy.decide` takes it. Of a retry, yes or no tells how one more attempt went; a list stands for
                all attempts.

        Raises:
            FactError: the answer does not fit the vocabulary. A ValueError.
        """
        return self.tell({fact: value}, now=now)

    def tell(self, facts: Mapping[str, object], *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after several answers at once: all are taken, or none.

        Raises:
            FactError: some do not fit the vocabulary, or break with others one of its assumptions. A ValueError.
        """
        here = self._by(now)
        given = {name: here._with_attempts(name, value) for name, value in facts.items()}
        typed = self.policy.typed(given, self.setting.language)
        for name, value in typed.items():
            written = json_value(value, self.policy.facts[name])
            if name not in here.ledger.answers or here.ledger.answers[name] != written:
                here = here._after(Turn(kind=TurnKind.ANSWERED, fact=name, value=written, at=now), {name: value})
        return here.possible()

    def unknown(self, fact: str, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after "I do not know"."""
        return self._left(TurnKind.UNKNOWN, fact, now)

    def withheld(self, fact: str, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after "I would rather not say"."""
        return self._left(TurnKind.WITHHELD, fact, now)

    def retract(self, fact: str, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation with an answer taken back.

        Raises:
            ValueError: the fact has no answer.
        """
        name = self._fact(fact)
        if name not in self.ledger.answers:
            raise ValueError(f"{fact!r} has no answer to take back")
        return self._by(now).after(Turn(kind=TurnKind.RETRACTED, fact=name, at=now))

    def reopen(self, fact: str | None = None, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation in which what was left aside, or one fact of it, may be asked again."""
        name = None if fact is None else self._fact(fact)
        return self._by(now).after(Turn(kind=TurnKind.REOPENED, fact=name, at=now))

    def came(self, fact: str | None = None, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after what it waits for came.

        Raises:
            ValueError: it does not wait (for that), or the deadline had passed by then.
        """
        return self._event(TurnKind.CAME, fact, now)

    def passed(self, fact: str | None = None, *, now: datetime.datetime | None = None) -> Conversation:
        """Return the conversation after the deadline of its wait passed; `at` finds that out by itself.

        Raises:
            ValueError: it does not wait (for that).
        """
        return self._event(TurnKind.PASSED, fact, now)

    def at(self, now: datetime.datetime | None) -> Conversation:
        """Return the conversation at a later time: a deadline that is over has passed.

        Raises:
            ValueError: the time lies before the latest turn, or only one of both has a time zone.
        """
        here = self._by(now)
        return here if now is None or now == here.now else here.after(Turn(kind=TurnKind.TIME, at=now))

    def back(self) -> Conversation:
        """Return the conversation before the latest answer or event; at its beginning, itself."""
        here = self
        while here.before and here.turns[-1].kind is TurnKind.TIME:
            here = here.before
        return here.before or here

    def in_language(self, language: str) -> Conversation:
        """Return the same conversation in another language."""
        return replayed(replace(self.setting, language=language), self.turns, self.resumed)

    def in_order(self, order: Order | str) -> Conversation:
        """Return the same conversation with its questions in another order."""
        return replayed(replace(self.setting, order=Order(order)), self.turns, self.resumed)

    def after(self, turn: Turn) -> Conversation:
        """Return the conversation after a turn that fits the vocabulary.

        Raises:
            FactError: it does not.
        """
        answered = {} if turn.fact is None else {str(turn.fact): self.ledger.after(turn).answers.get(turn.fact)}
        return self._after(turn, self.policy.typed(answered, self.setting.language))

    def _after(self, turn: Turn, typed: Mapping[FactName, Value]) -> Conversation:
        """Return the conversation after a turn, and its answer, typed."""
        ledger = self.ledger.after(turn)
        known = {**self.known, **typed}
        if turn.fact is not None and turn.fact not in typed:
            known.pop(turn.fact, None)
        decision = decided(self.setting, known, ledger.now)
        return Conversation(
            setting=self.setting,
            turns=(*self.turns, turn),
            ledger=ledger,
            known=known,
            decision=decision,
            since=_arrived(self.since, decision, ledger.now),
            before=self,
            resumed=self.resumed,
        )

    def possible(self) -> Conversation:
        """Return this conversation, if it is one that the vocabulary's assumptions allow.

        Raises:
            FactError: its answers break one.
        """
        if self.policy.checked.assumptions:
            self.policy.assumed.refuse(dict(self.decision.known), self.setting.language)
        return self

    # --- written down

    def to_json(self) -> dict[str, Json]:
        """Return the conversation as `conversation.schema.json` describes it: all that `Policy.resume` needs."""
        from praxe.engine.conversation.document import written

        return written(self)

    def handover(self, language: str | None = None, *, log: Log | None = None) -> Handover:
        """Return a summary for a colleague: what is known, what was asked, what is to be done, what is open.

        Args:
            log: of a host that performs the steps; then the summary tells what became of each.
        """
        from praxe.engine.conversation.handover import handover

        return handover(self if language is None else self.in_language(language), log)

    def __reduce__(self) -> tuple[Callable[..., Conversation], tuple[object, ...]]:
        return replayed, (self.setting, self.turns, self.resumed)  # a conversation is its turns

    # --- parts of turns

    def _fact(self, name: str) -> FactName:
        self.policy.check({name: None}, self.setting.language)  # tells an unknown name, and what was meant
        return FactName(name)

    def _by(self, now: datetime.datetime | None) -> Conversation:
        """Return the conversation with the deadlines that are over by then; what happens next carries the time."""
        if now is None:
            return self
        check_time(now, self.now)
        here = self
        while (waits := _waits(here.decision)) and has_passed(here.decision, here.since.get(waits.node), now):
            here = here.after(Turn(kind=TurnKind.PASSED, fact=waits.fact, at=now))
        return here

    def _with_attempts(self, name: str, value: object) -> object:
        if name not in self.policy.attempts or isinstance(value, list | tuple):
            return value
        return [*self.ledger.answers.get(FactName(name), ()), value]

    def _left(self, kind: TurnKind, fact: str, now: datetime.datetime | None) -> Conversation:
        name, here = self._fact(fact), self._by(now)
        value = own_value(self.policy.facts[name], kind)
        if value is not None:
            return here.answer(name, value, now=now)
        return here if here.ledger.left.get(name) is kind else here.after(Turn(kind=kind, fact=name, at=now))

    def _event(self, kind: TurnKind, fact: str | None, now: datetime.datetime | None) -> Conversation:
        here = self._by(now)
        waits = here.decision.waits
        if waits is None or fact not in {None, waits.fact}:
            over = " any more: its deadline had passed" if self.decision.waits and self.waits != here.waits else ""
            raise ValueError(f"the conversation does not wait{f' for {fact!r}' if fact else ''}{over}")
        return here.after(Turn(kind=kind, fact=waits.fact, at=now)).possible()


def decided(setting: Setting, known: Mapping[FactName, Value], now: datetime.datetime | None) -> Decision:
    """Return what the policy says on typed answers.

    Raises:
        FactError: `now` is missing where `hoje` is read. A ValueError.
    """
    policy = setting.policy
    if now is None and policy.reads_today:
        return policy.decide({}, setting.start, now, setting.language)  # says so
    facts: dict[str, Value] = {**known}  # type: ignore[dict-item]  # a fact's name is a text
    return policy.compiled.decide_typed(facts, setting.start, now, setting.language)


def begun(setting: Setting) -> Conversation:
    """Return a conversation in which nothing has been said."""
    ledger = Ledger(now=setting.began)
    decision = decided(setting, {}, ledger.now)
    return Conversation(setting=setting, ledger=ledger, decision=decision, since=_arrived({}, decision, setting.began))


def _waits(decision: Decision) -> Waiting | None:
    """Return what a decision waits for; none of its words are looked at where it does not."""
    return decision.waits if decision.status is Status.WAITS else None


def _arrived(
    since: Mapping[NodeId, datetime.datetime | None], decision: Decision, now: datetime.datetime | None
) -> Mapping[NodeId, datetime.datetime | None]:
    """Return when each wait was arrived at; one that is new, now."""
    waits = _waits(decision)
    return since if waits is None or waits.node in since else {**since, waits.node: now}


def replayed(setting: Setting, turns: tuple[Turn, ...], resumed: Resumed | None = None) -> Conversation:
    """Return the conversation that these turns make."""
    here = begun(setting)
    for turn in turns:
        here = here.after(turn)
    return replace(here, resumed=resumed)


def check_time(now: datetime.datetime, earlier: datetime.datetime | None) -> None:
    """Make sure that a time can come after another.

    Raises:
        TypeError: it is no date and time.
        ValueError: it lies before the other, or only one of both has a time zone.
    """
    if not isinstance(now, datetime.datetime):
        raise TypeError(f"now is a date and time, not {now!r}")
    if earlier is None:
        return
    if (now.tzinfo is None) != (earlier.tzinfo is None):
        raise ValueError(f"{now} and {earlier}: give all times of a conversation with a time zone, or none")
    if now < earlier:
        raise ValueError(f"{now} lies before {earlier}, the time of the latest turn")
