"""Text to checked tree: the language, its words, its diagnostics, its formatter.

Everything is imported when it is first used: who only needs the tree does not wait for the parser.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    from typing import Final

    from praxe.dsl.checked import CheckedPolicy
    from praxe.dsl.diagnostics import Diagnostic
    from praxe.dsl.errors import PraxeError
    from praxe.dsl.format import format_file
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
]

_HOME_OF: Final = MappingProxyType(
    {
        "Checked": "passes",
        "CheckedPolicy": "checked",
        "Diagnostic": "diagnostics",
        "PraxeError": "errors",
        "SourceText": "source",
        "Span": "source",
        "check_policy": "passes",
        "check_policy_texts": "passes",
        "format_file": "format",
    }
)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
