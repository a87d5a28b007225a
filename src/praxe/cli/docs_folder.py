"""The folder that documentation is written into: which of its files are ours, which are out of date.

In: the planned files and the folder. Out: a `Standing`; files written, each whole or not at all; our own superfluous
ones removed. A list of what was made lies in the folder, so that no other file is ever overwritten or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from praxe.cli.files import write_whole
from praxe.cli.options import Misuse

LIST: Final = ".praxe-docs.json"
_MADE_BY: Final = "praxe docs"


class Wanted(Protocol):
    """A file that should be there: its name and what stands for all that goes into it."""

    @property
    def name(self) -> str: ...

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A file that was made: what went into it, and its own digest."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the files of a folder stand to those wanted, by name."""

    fresh: tuple[str, ...]
    stale: tuple[str, ...]  # another policy or language, or changed by hand
    missing: tuple[str, ...]
    superfluous: tuple[str, ...]  # ours, and not wanted any more
    foreign: tuple[str, ...]  # wanted, but another's file is in the place

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.stale or self.missing or self.superfluous or self.foreign)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of generated files."""

    path: Path

    def known(self) -> Mapping[str, Known]:
        """Return the files that were made here."""
        place = self.path / LIST
        if not place.is_file():
            return {}
        try:
            read = json.loads(place.read_text(encoding="utf-8"))
            files = {str(name): Known(key=each["key"], digest=each["sha256"]) for name, each in read["files"].items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            raise Misuse("docs.bad_list", hint="docs.bad_list.hint", path=place.as_posix()) from None
        strangers = [name for name in files if Path(name).name != name or name in {"", ".", ".."}]
        if strangers:  # a list from elsewhere must not lead outside the folder
            raise Misuse("docs.bad_list", hint="docs.bad_list.hint", path=place.as_posix())
        return files

    def standing(self, wanted: Iterable[Wanted]) -> Standing:
        """Compare the files with those wanted, without making any."""
        known, keys = self.known(), {each.name: each.key for each in wanted}
        kinds: dict[str, list[str]] = {kind: [] for kind in ("fresh", "stale", "missing", "foreign")}
        for name, key in keys.items():
            kinds[self._kind(name, key, known.get(name))].append(name)
        left = [name for name in known if name not in keys and (self.path / name).is_file()]
        return Standing(superfluous=tuple(left), **{kind: tuple(names) for kind, names in kinds.items()})

    def _kind(self, name: str, key: str, made: Known | None) -> str:
        file = self.path / name
        if not file.exists():
            return "missing"
        if made is None:
            return "foreign"
        return "fresh" if made.key == key and digest_of(file.read_bytes()) == made.digest else "stale"

    def claim(self, names: Iterable[str]) -> None:
        """Note that these files are ours before they are there: whoever stops us now leaves nothing unknown."""
        known = dict(self.known())
        self._write(known | {name: Known(key="", digest="") for name in names if name not in known})

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        write_whole(self.path / name, content)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of ours."""
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def record(self, wanted: Iterable[Wanted]) -> None:
        """Note what was made of what."""
        self._write(dict(self._made(wanted)))

    def _made(self, wanted: Iterable[Wanted]) -> Iterator[tuple[str, Known]]:
        for each in wanted:
            yield each.name, Known(key=each.key, digest=digest_of((self.path / each.name).read_bytes()))

    def _write(self, files: Mapping[str, Known]) -> None:
        listed = {name: {"key": files[name].key, "sha256": files[name].digest} for name in sorted(files)}
        content = json.dumps({"made_by": _MADE_BY, "files": listed}, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.path / LIST, content.encode())


def digest_of(content: bytes) -> str:
    """Return the digest of a file; the line ends that a version control system puts in do not count."""
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()
