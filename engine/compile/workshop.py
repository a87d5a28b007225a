"""Source text to functions, without a word of a policy in it.

In: the text of one function, in our own names, with place holders (`'k3'`) for constants. Out: the function, its
place holders replaced by the constants in the code object. Nothing is executed to make it, and what it may name is
only what it is given: it sees no builtins.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import CodeType, FunctionType
from typing import Any


def function_of(name: str, source: str, constants: Mapping[str, Any], names: dict[str, Any]) -> FunctionType:
    """Return the function that `source` defines; it looks its names up in `names`."""
    module = compile(source, "<policy>", "exec", dont_inherit=True)
    code = next(each for each in module.co_consts if isinstance(each, CodeType))
    held = tuple(constants.get(each, each) if type(each) is str else each for each in code.co_consts)
    return FunctionType(code.replace(co_consts=held), names, name)
