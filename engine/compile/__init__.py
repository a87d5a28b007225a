"""Deciding by generated code: a policy becomes a plan, the plan functions, a case the number of its path.

`planning` makes the plan (JSON, no code); `flow`, `layout`, `numbering` and `emit` make functions of it, when they are
first called; `paths` says what a number means. Whatever needs words or the walk is imported only then.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    from typing import Final

    from praxe.engine.compile.document import CompiledError
    from praxe.engine.compile.paths import Case, Path, PathStep, PathVisit
    from praxe.engine.compile.runtime import CompiledPolicy

__all__ = ["Case", "CompiledError", "CompiledPolicy", "Path", "PathStep", "PathVisit"]

_HOME_OF: Final = MappingProxyType(
    {
        "Case": "paths",
        "CompiledError": "document",
        "CompiledPolicy": "runtime",
        "Path": "paths",
        "PathStep": "paths",
        "PathVisit": "paths",
    }
)


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
