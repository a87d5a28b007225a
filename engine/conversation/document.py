"""A conversation written down, and taken up again.

In: a conversation. Out: one JSON document that people can read: the policy it was held with, its turns, and, for
readers only, where it stands. Or the other way round: a document and a policy, perhaps a later version of it. Then
every turn is checked again; those that the policy does not take are kept apart and told.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Final

from praxe.dsl.errors import PraxeError
from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.conversation.records import RefusedTurn, Resumed
from praxe.engine.conversation.talk import Conversation, Setting, begun, check_time
from praxe.engine.conversation.turns import Turn, TurnKind
from praxe.engine.facts import FactError
from praxe.engine.questions import Order
from praxe.engine.shown import shown
from praxe.engine.values import Json, json_value
from praxe.engine.words import LANGUAGES, lexicon

if TYPE_CHECKING:
    from praxe.engine.policy import Policy

FORMAT: Final = "praxe conversation 1"


def _words(language: str, fault: str, places: Mapping[str, str]) -> str:
    return lexicon(language).phrases[f"document.{fault}"].format_map(places)


class DocumentError(PraxeError, ValueError):
    """A document that is no conversation; nothing was resumed."""

    def __init__(self, fault: str, places: Mapping[str, str]) -> None:
        self.fault = fault  # a key of words.json, under `document`
        self.places = places
        super().__init__({each: _words(each, fault, places) for each in LANGUAGES})

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, Mapping[str, str]]]:
        return DocumentError, (self.fault, self.places)


def conversation_schema() -> Json:
    """Return the schema of `Conversation.to_json()`."""
    return json.loads(resources.files("praxe.engine").joinpath("conversation.schema.json").read_text("utf-8"))


def written(conversation: Conversation) -> dict[str, Json]:
    """Return a conversation as JSON."""
    setting = conversation.setting
    document: dict[str, Json] = {
        "format": FORMAT,
        "policy": dict(setting.policy.identity),
        "language": setting.language,
        "start": setting.start,
        "order": setting.order.value,
        "began": setting.began.isoformat() if setting.began else None,
        "turns": [turn.to_json() for turn in conversation.turns],
        "standing": _standing(conversation),
    }
    if conversation.resumed and conversation.resumed.refused:
        refused = conversation.resumed.refused
        document["refused"] = [{**each.turn.to_json(), "why": each.why} for each in refused]
    return document


def _standing(conversation: Conversation) -> dict[str, Json]:
    """Return what a reader wants to see; it follows from the rest, and is not read back."""
    question, waits, gap = conversation.question, conversation.waits, conversation.gap
    return {
        "status": conversation.standing.value,
        "outcome": conversation.outcome,
        "asks": question.fact if question else None,
        "waits": {"fact": waits.fact, "until": waits.until} if waits else None,
        "gap": gap.text if gap else None,
        "answers": {each.fact: each.value for each in conversation.answers},
        "set_aside": {each.fact: each.value for each in conversation.set_aside},
        "left": {name: kind.value for name, kind in conversation.ledger.left.items()},
        "open": [each.fact for each in conversation.open_facts],
    }


def resume(
    policy: Policy, document: object, *, now: datetime.datetime | None = None, language: str | None = None
) -> Conversation:
    """Return the conversation that a document records, taken up at `now`.

    Raises:
        DocumentError: it is no such document. A ValueError and a PraxeError.
        ValueError: `now` lies before the latest turn.
    """
    block = _block(document)
    setting = Setting(
        policy=policy,
        language=language or _one_of(block, "language", LANGUAGES, default=policy.manifest.language),
        start=_procedure(block, policy),
        order=Order(_one_of(block, "order", [each.value for each in Order], default=Order.AUTHOR.value)),
        began=_time(block.get("began"), "began"),
    )
    turns = _turns(block)
    here, refused = _replayed(setting, turns)
    if not _is_possible(here):  # an assumption that is newer than the conversation
        here, refused = _replayed(setting, turns, assuming=True)
    recorded = _recorded(block)
    standing = block.get("standing")
    stood = standing if isinstance(standing, Mapping) else {}
    report = Resumed(
        recorded=recorded,
        is_other_policy=recorded != dict(policy.identity),
        refused=refused,
        set_aside=tuple(each.fact for each in here.set_aside),
        stood=_text(stood.get("status")),
        asked=FactName(asked) if (asked := _asked(stood)) else None,
    )
    return replace(here.at(now), resumed=report)


def _replayed(
    setting: Setting, turns: Sequence[Turn], *, assuming: bool = False
) -> tuple[Conversation, tuple[RefusedTurn, ...]]:
    """Take the turns one by one; those that the policy refuses are kept apart.

    Args:
        assuming: refuse also what breaks an assumption together with what was said before.
    """
    here = begun(setting)
    refused: list[RefusedTurn] = []
    for turn in turns:
        try:
            if turn.at:
                check_time(turn.at, here.now)
            after = here.after(_checked(turn, setting))
            here = after.possible() if assuming else after
        except FactError as error:
            refused.append(RefusedTurn(turn=turn, why=error.in_language(setting.language)))
        except ValueError as error:
            raise DocumentError("time", {"what": str(error)}) from None
    return here, tuple(refused)


def _is_possible(conversation: Conversation) -> bool:
    try:
        conversation.possible()
    except FactError:
        return False
    return True


def _checked(turn: Turn, setting: Setting) -> Turn:
    """Return a turn with its value as this policy writes it.

    Raises:
        FactError: the policy does not know the fact, or the value does not fit.
    """
    if turn.fact is None:
        return turn
    value = turn.value if turn.kind is TurnKind.ANSWERED else None
    typed = setting.policy.typed({turn.fact: value}, setting.language)
    if turn.fact not in typed:
        return turn
    return replace(turn, value=json_value(typed[turn.fact], setting.policy.facts[turn.fact]))


# --- reading the document --------------------------------------------------------------------------------------


def _block(document: object) -> Mapping[str, object]:
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        found = document.get("format") if isinstance(document, Mapping) else document
        raise DocumentError("format", {"wanted": FORMAT, "found": shown(found)})
    return document


def _turns(block: Mapping[str, object]) -> list[Turn]:
    turns = block.get("turns")
    if not isinstance(turns, Sequence) or isinstance(turns, str):
        raise DocumentError("key", {"key": "turns", "found": shown(turns)})
    return [_turn(each, number) for number, each in enumerate(turns)]


def _turn(written: object, number: int) -> Turn:
    place = f"turns[{number}]"
    if not isinstance(written, Mapping):
        raise DocumentError("key", {"key": place, "found": shown(written)})
    kind = TurnKind(_one_of(written, "turn", [each.value for each in TurnKind], place=place))
    fact = written.get("fact")
    needs_fact = kind not in {TurnKind.TIME, TurnKind.REOPENED}
    if (fact is None and needs_fact) or fact == "" or not isinstance(fact, str | None):
        raise DocumentError("key", {"key": f"{place}.fact", "found": shown(fact) or '""'})
    value = written.get("value")
    if kind is TurnKind.ANSWERED and value is None:
        raise DocumentError("key", {"key": f"{place}.value", "found": shown(value)})
    at = _time(written.get("at"), f"{place}.at")
    return Turn(kind=kind, fact=None if fact is None else FactName(fact), value=value, at=at)


def _one_of(
    block: Mapping[str, object], key: str, choices: Sequence[str], *, default: str | None = None, place: str = ""
) -> str:
    found = block.get(key, default)
    if not isinstance(found, str) or found not in choices:
        raise DocumentError("key", {"key": f"{place}.{key}" if place else key, "found": shown(found)})
    return found


def _procedure(block: Mapping[str, object], policy: Policy) -> ProcedureName:
    start = block.get("start", policy.manifest.entry)
    if not isinstance(start, str) or start not in policy.checked.procedures:
        raise DocumentError("procedure", {"found": shown(start)})
    return policy.procedure(start)


def _time(written: object, key: str) -> datetime.datetime | None:
    if written is None:
        return None
    try:
        return datetime.datetime.fromisoformat(written if isinstance(written, str) else "")
    except ValueError:
        raise DocumentError("key", {"key": key, "found": shown(written)}) from None


def _recorded(block: Mapping[str, object]) -> dict[str, str]:
    policy = block.get("policy")
    if not isinstance(policy, Mapping):
        raise DocumentError("key", {"key": "policy", "found": shown(policy)})
    return {str(key): str(value) for key, value in policy.items()}


def _asked(standing: Mapping[str, object]) -> str | None:
    waits = standing.get("waits")
    return _text(standing.get("asks")) or (_text(waits.get("fact")) if isinstance(waits, Mapping) else None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
