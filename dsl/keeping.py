"""What is made of one text, kept between two calls by whoever has a place for it.

In: all that a result is made from, and how to make it. Out: the result, made or as it was kept: the same either way,
since nothing else goes into it. Where things are kept is the caller's business; here nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from praxe.dsl.packed import Json, pack, unpack
from praxe.dsl.source import SourceText

Made = TypeVar("Made")


class Keeper(Protocol):
    """A place for what was made, by all that it was made from. It need not keep anything."""

    def kept(self, made_from: tuple[str, ...]) -> Json:
        """Return the document kept under these texts; None if there is none."""

    def keep(self, made_from: tuple[str, ...], document: Json) -> None:
        """Keep a document under these texts."""


def kept_or_made(keeper: Keeper | None, made_from: tuple[str, ...], make: Callable[[], Made]) -> Made:
    """Return what is kept under some texts, or make and keep it.

    Args:
        made_from: what kind of thing it is, and all that `make` reads beside the language itself.
    """
    if keeper is None:
        return make()
    document = keeper.kept(made_from)
    if document is not None:
        try:
            known: Made = unpack(document)
        except ValueError:
            pass  # not as it was written
        else:
            return known
    made = make()
    keeper.keep(made_from, pack(made))
    return made


def name_of(source: SourceText) -> tuple[str, str]:
    """Return what a text and its places are made from."""
    return source.path, source.text
