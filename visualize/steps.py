"""What a step says: the action's sentence with its arguments, and how soon it is due.

In: an action and its arguments as the graph holds them. Out: one sentence in the reader's language.
"""

from __future__ import annotations

import re

from praxe.dsl.tree import ActionName, Expression, FactRef, Literal, Name, ValueRef
from praxe.dsl.vocabulary import Parameter
from praxe.engine.graph import Step, StepDeadline
from praxe.visualize.phrases import term
from praxe.visualize.voice import Voice

_PLACE = re.compile(r"\{([^{}]+)\}")

Arguments = tuple[tuple[str, Expression], ...]


def step_text(voice: Voice, step: Step) -> str:
    """Return what a step tells somebody to do or, in quotes, to say."""
    if step.action is not None:
        return action_text(voice, step.action, step.arguments)
    text = voice.text(step.text or "")
    return voice.say("value.quoted", text=text.strip('"“”')) if step.is_script else text


def action_text(voice: Voice, name: ActionName, arguments: Arguments) -> str:
    """Return an action's sentence with its places filled, or its label followed by the arguments."""
    action = voice.checked.vocabulary.actions[name]
    parameters = {each.name: each for each in action.parameters}
    values = {key: _argument(voice, value, parameters.get(key)) for key, value in arguments}
    if action.text is None:
        label = action.label.in_language(voice.language)
        return voice.say("value.argument", label=label, value=", ".join(values.values())) if values else label
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), action.text.in_language(voice.language))


def deadline_text(voice: Voice, deadline: StepDeadline) -> str:
    """Return `imediatamente`, `no mesmo dia` or `em até 4 dias úteis`."""
    duration = voice.duration(deadline.duration) if deadline.duration is not None else ""
    return voice.common.say(f"deadline.{deadline.promptness.value}", duration=duration)


def _argument(voice: Voice, value: Expression, parameter: Parameter | None) -> str:
    match value:
        case FactRef():
            return voice.say("value.of_case", label=voice.label(value.name))
        case ValueRef() | Name():
            labels = {each.name: each.label for each in parameter.values} if parameter else {}
            return labels[value.name].in_language(voice.language) if value.name in labels else value.name
        case Literal():
            return voice.value(value.value)
        case _:
            return term(voice, value)
