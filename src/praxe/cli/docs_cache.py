"""What was made once need not be made again: drawings, and lists of planned files, by all that goes into them.

In: a key and, where nothing is kept under it, a way to make it. Out: the bytes. They lie in the user's own cache
folder; where that cannot be used, all is made anew. A file that was cut short or changed there is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from praxe import __version__
from praxe.cli.files import write_whole
from praxe.cli.grammar_cache import cache_folder

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_ROOMS: Final = ("dsl", "engine", "visualize")
_MOST: Final = 256 * 1024 * 1024  # bytes kept; beyond them the oldest go
_CHECKSUM: Final = 32


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of files named by what goes into them."""

    folder: Path | None

    @classmethod
    def of_user(cls) -> Cache:
        """Return the user's own."""
        home = cache_folder()
        return cls(home / "docs" if home else None)

    def kept(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        if self.folder is None:
            return None
        try:
            raw = (self.folder / key).read_bytes()
        except OSError:
            return None
        content = raw[_CHECKSUM:]
        return content if sha256(content).digest() == raw[:_CHECKSUM] else None

    def keep(self, key: str, content: bytes) -> None:
        """Keep something; what cannot be written is not kept."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            write_whole(self.folder / key, sha256(content).digest() + content)
        except OSError:
            return

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, or make and keep it."""
        found = self.kept(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def tidy(self) -> None:
        """Remove the oldest files beyond the room there is."""
        if self.folder is None or not self.folder.is_dir():
            return
        files = sorted(
            ((each.stat().st_mtime_ns, each.stat().st_size, each) for each in self.folder.iterdir()), reverse=True
        )
        room = _MOST
        for _, size, file in files:
            room -= size
            if room < 0:
                file.unlink(missing_ok=True)


def program_key() -> str:
    """Return what stands for this program: its version, and each of its files, for those who change them."""
    return _digest([__version__, *_files(_PACKAGE)])


def inputs_key(folder: Path, *options: str) -> str:
    """Return what stands for a policy's files and the options: the same key, the same documentation."""
    parts = [program_key(), *options]
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".praxe", ".yaml"} and path.is_file():
            parts += [path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()]
    return _digest(parts)


def _files(package: Path) -> Iterator[str]:
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if "__pycache__" not in path.parts and path.suffix != ".pyc" and path.is_file():
                status = path.stat()
                yield f"{path.relative_to(package)} {status.st_size} {status.st_mtime_ns}"


def _digest(parts: list[str]) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
