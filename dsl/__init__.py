"""Text to checked tree: the language, its words, its diagnostics, its formatter (imported when first used)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.errors import PraxeError
from praxe.dsl.parse import parse
from praxe.dsl.passes import Checked, check_policy, check_policy_texts
from praxe.dsl.source import SourceText, Span

if TYPE_CHECKING:
    from praxe.dsl.format import format_file

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


def __getattr__(name: str) -> object:
    if name != "format_file":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("praxe.dsl.format"), name)
