"""Frozen records: what `@dataclass(frozen=True, slots=True, kw_only=True)` makes, without code for each class.

`dataclass` writes and compiles six methods for every class, more than a thousandth of a second each time. The language
and its graph have above a hundred classes, and whoever decides one case waits for all of them: so they share these
methods. All else is as with `dataclass`, which does the rest here too: `fields`, `replace`, `is_dataclass`, defaults,
`field(compare=False, repr=False)`, equality and hash by the fields that are compared, pickling, `FrozenInstanceError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform, overload


class RecordBase:
    """The base of every record."""

    __slots__ = ()

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _setters: ClassVar[Mapping[str, Callable[[Any, Any], None]]]  # of every field, past the frozen `__setattr__`
    _places: ClassVar[tuple[Callable[[Any, Any], None], ...]]  # the same, where fields may be given by their place
    _defaults: ClassVar[Mapping[str, Any]]
    _factories: ClassVar[Mapping[str, Callable[[], Any]]]
    _compared: ClassVar[Callable[[Any], Any]]  # returns what two equal records have in common
    _hashed: ClassVar[Callable[[Any], Any]]
    _shown: ClassVar[tuple[str, ...]]

    def __init__(self, *placed: Any, **given: Any) -> None:
        setters = self._setters
        if placed:
            if len(placed) == len(self._places) and not given:
                for put, value in zip(self._places, placed, strict=True):
                    put(self, value)
                return
            given = self._named(placed, given)
        if len(given) != len(setters):
            given = self._completed(given)
        try:
            for name, put in setters.items():
                put(self, given[name])
        except KeyError:
            raise self._misfit(given) from None

    def __eq__(self, other: object) -> bool:
        common = type(self)._compared  # of this declaration, and of a class that only makes it in another way
        if getattr(type(other), "_compared", None) is not common:
            return NotImplemented
        return bool(common(self) == common(other))

    def __hash__(self) -> int:
        return hash(type(self)._hashed(self))

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._shown)})"

    if not TYPE_CHECKING:  # the type checker knows by `frozen_default`

        def __setattr__(self, name: str, _: object) -> None:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self) -> list[Any]:
        return [getattr(self, name) for name in self._setters]

    def __setstate__(self, state: Iterable[Any]) -> None:
        for put, value in zip(self._setters.values(), state, strict=True):
            put(self, value)

    def _named(self, placed: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
        """Return what was given, with names for what was given by its place."""
        names = tuple(self._setters)[: len(self._places)]
        if len(placed) > len(names) or any(name in given for name in names[: len(placed)]):
            raise TypeError(f"{type(self).__name__}: {len(placed)} by place, {list(given)} by name")
        return {**dict(zip(names, placed, strict=False)), **given}

    def _completed(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return what was given together with the defaults of what was not."""
        complete = {**self._defaults, **given}
        for name, make in self._factories.items():
            if name not in given:
                complete[name] = make()
        if len(complete) != len(self._setters):
            raise self._misfit(complete)
        return complete

    def _misfit(self, given: Iterable[str]) -> TypeError:
        lacking = [name for name in self._setters if name not in given]
        unknown = [name for name in given if name not in self._setters]
        return TypeError(f"{type(self).__name__}: lacks {lacking}, does not know {unknown}")


_R = TypeVar("_R", bound=RecordBase)


def replaced(of: _R, /, **changes: Any) -> _R:
    """Return a record with some of its fields changed: what `dataclasses.replace` does, in a third of its time."""
    made: _R = object.__new__(type(of))
    for name, put in of._setters.items():
        put(made, changes.pop(name) if name in changes else getattr(of, name))
    if changes:
        raise of._misfit([*of._setters, *changes])
    return made


@overload
def record(kind: type[_R], /) -> type[_R]: ...
@overload
def record(*, kw_only: bool) -> Callable[[type[_R]], type[_R]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[_R] | None = None, /, *, kw_only: bool = True) -> type[_R] | Callable[[type[_R]], type[_R]]:
    """Make a class whose fields are annotated a record, as `dataclass` would.

    Args:
        kw_only: whether the fields are given by their names only.
    """
    if kind is None:
        return lambda kind: _made(kind, kw_only=kw_only)
    return _made(kind, kw_only=kw_only)


def _made(kind: type[_R], *, kw_only: bool) -> type[_R]:
    made = dataclass(init=False, repr=False, eq=False, match_args=not kw_only, slots=True, kw_only=kw_only)(kind)
    parts = fields(made)
    made._setters = {each.name: getattr(made, each.name).__set__ for each in parts}
    made._places = () if kw_only else tuple(made._setters.values())
    made._defaults = {each.name: each.default for each in parts if each.default is not MISSING}
    made._factories = {each.name: each.default_factory for each in parts if each.default_factory is not MISSING}
    made._compared = _getter(each.name for each in parts if each.compare)
    made._hashed = _getter(each.name for each in parts if (each.compare if each.hash is None else each.hash))
    made._shown = tuple(each.name for each in parts if each.repr)
    return made


def _getter(names: Iterable[str]) -> Callable[[Any], Any]:
    return attrgetter(*(tuple(names) or ("__class__",)))
