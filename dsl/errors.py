"""What goes wrong in the world: a folder that is not there, a file that cannot be opened, a missing program.

An author's mistake is a `Diagnostic`, a caller's is a `ValueError`; only trouble of this kind is a `PraxeError`.
"""

from __future__ import annotations

from collections.abc import Mapping


class PraxeError(Exception):
    """Trouble with the world, in words for the person who asked; `message` holds them by language (`pt`, `en`)."""

    def __init__(self, message: Mapping[str, str]) -> None:
        super().__init__(message)
        self.message = message

    def in_language(self, language: str) -> str:
        """Return the words in `language`, or in the first language there is."""
        return self.message.get(language) or next(iter(self.message.values()), "")

    def __str__(self) -> str:
        return self.in_language("pt")
