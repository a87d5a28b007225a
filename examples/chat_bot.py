"""A chat bot: it asks what the policy asks, and says what to do. Put your channel in the place of `say` and `hear`.

The conversation is a value: `to_json` stores it between two messages, `policy.resume` takes it up again.
"""

from collections.abc import Callable

from praxe import Policy
from praxe.engine import FactError
from praxe.engine.conversation import Conversation, Standing

Say = Callable[[str], None]
Hear = Callable[[], str]


def chat(policy: Policy, say: Say, hear: Hear) -> Conversation:
    """Hold a conversation until nothing more can be asked; return it."""
    talk = policy.start()
    told = 0
    while True:
        for step in talk.steps[told:]:
            say(f"Agora: {step.text}")
        told = len(talk.steps)
        asked = talk.question
        if talk.standing is not Standing.ASKS or asked is None:
            break
        answers = " / ".join(each.label for each in asked.choices)
        say(f"{asked.question} {answers}".strip())
        talk = turn(talk, str(asked.fact), hear().strip(), say)
        told = min(told, len(talk.steps))  # a correction may take steps back
    say(ending(talk))
    return talk


def turn(talk: Conversation, fact: str, heard: str, say: Say) -> Conversation:
    """Take one message: an answer, "não sei", or "voltar"."""
    match heard.lower():
        case "voltar":
            return talk.back()
        case "não sei":
            return talk.unknown(fact)
        case _:
            try:
                return talk.answer(fact, value_of(talk, heard))
            except FactError as error:
                say(str(error))
                return talk


def value_of(talk: Conversation, heard: str) -> object:
    """Return the value that an answer stands for: people answer with labels."""
    choices = talk.question.choices if talk.question else ()
    named = {each.label.lower(): each.value for each in choices}
    wanted = named.get(heard.lower(), heard)
    is_set = talk.question is not None and talk.question.type == "set_of"
    return [named.get(each.strip().lower(), each.strip()) for each in heard.split(",") if each] if is_set else wanted


def ending(talk: Conversation) -> str:
    """Return how the conversation ended."""
    if talk.gap:
        return f"O texto não decide: {talk.gap.text}"
    if talk.outcome:
        return f"Pronto: {talk.policy.vocabulary.outcomes[talk.outcome].label.in_language('pt')}"
    return f"Ficou em aberto ({talk.standing.value})."


if __name__ == "__main__":
    chat(Policy.load("policy/rc"), say=print, hear=input)
