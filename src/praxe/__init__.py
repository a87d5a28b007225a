"""Praxe: procedures as text, checked, decided, explained and drawn.

The names below are imported when first used: `import praxe` alone costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as `typing` has it, without importing it: deciding by a compiled policy needs none of it
if TYPE_CHECKING:
    from praxe.engine import CompiledPolicy, Decision, Policy

__version__ = "0.1.0"
__all__ = ["CompiledPolicy", "Decision", "Policy", "__version__"]

_HOME_OF = {"CompiledPolicy": "praxe.engine", "Decision": "praxe.engine", "Policy": "praxe.engine"}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
