"""Text to checked tree: the language, its words, its diagnostics, its formatter."""

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.errors import PraxeError
from praxe.dsl.format import format_file
from praxe.dsl.parse import parse
from praxe.dsl.passes import Checked, check_policy, check_policy_texts
from praxe.dsl.source import SourceText, Span

__all__ = [
    "Checked",
    "CheckedPolicy",
    "Diagnostic",
    "PraxeError",
    "SourceText",
    "Span",
    "check_policy",
    "check_policy_texts",
    "format_file",
    "parse",
]
