"""A case decided in conversation: answers in any order, corrections, waits; paused and resumed."""

from praxe.engine.conversation.asking import question_for
from praxe.engine.conversation.begin import begin
from praxe.engine.conversation.document import DocumentError, conversation_schema, resume
from praxe.engine.conversation.handover import Handover, handover_schema
from praxe.engine.conversation.records import Change, Held, OpenFact, RefusedTurn, Resumed, Standing
from praxe.engine.conversation.talk import Conversation
from praxe.engine.conversation.turns import Turn, TurnKind

__all__ = [
    "Change",
    "Conversation",
    "DocumentError",
    "Handover",
    "Held",
    "OpenFact",
    "RefusedTurn",
    "Resumed",
    "Standing",
    "Turn",
    "TurnKind",
    "begin",
    "conversation_schema",
    "handover_schema",
    "question_for",
    "resume",
]
