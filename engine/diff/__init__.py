"""Two versions of a policy compared by what they do: which customers get something else, each with a smallest case."""

from __future__ import annotations

import json
from importlib import import_module, resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from praxe.engine.diff.comparison import compare
    from praxe.engine.diff.records import ChangedGroup, ChangeKind, PolicyDifference
    from praxe.engine.values import Json

__all__ = ["ChangeKind", "ChangedGroup", "PolicyDifference", "compare", "difference_schema"]

_HOME_OF: Final = MappingProxyType(
    {"ChangeKind": "records", "ChangedGroup": "records", "PolicyDifference": "records", "compare": "comparison"}
)


def difference_schema() -> Json:
    """Return the schema of `praxe diff --json`."""
    return json.loads(resources.files("praxe.engine").joinpath("diff.schema.json").read_text("utf-8"))


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
