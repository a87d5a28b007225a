"""A folder on the disk to texts. The only file of these rooms that reads the disk.

In: the path of a policy's folder. Out: `PolicyFiles`, the text of each file with the findings about files that are
missing, too long or not UTF-8. What the texts say is read elsewhere (`load_words`, `parse`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from praxe.dsl import file_names
from praxe.dsl.diagnostics import Diagnostic, in_file_order
from praxe.dsl.errors import PraxeError
from praxe.dsl.file_names import MAX_BYTES, PROCEDURES, SCENARIOS, is_yaml_of_a_policy, too_long
from praxe.dsl.near import nearest
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span

_BOM: Final = b"\xef\xbb\xbf"

_Decoded = tuple[SourceText, Diagnostic | None]  # the text as far as it can be shown, and what is wrong with it


@record
class PolicyFiles(RecordBase):
    """The texts of a policy; a file that is missing or cannot be read is None, and `diagnostics` says why."""

    folder: str  # as the user wrote it
    manifest: SourceText | None = None
    vocabulary: SourceText | None = None
    clauses: SourceText | None = None  # may be missing without any finding
    findings: SourceText | None = None  # likewise
    translations: tuple[tuple[str, SourceText], ...] = ()  # language and `texts.<language>.yaml`, by language
    procedures: tuple[SourceText, ...] = ()  # every *.praxe, by path
    unreadable: tuple[SourceText, ...] = ()  # only to show where: signs in place of what is not UTF-8
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str  # "sha256:…" over the names and texts of all the files above

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """Every text that a finding can point into."""
        yaml = (
            self.manifest,
            self.vocabulary,
            self.clauses,
            self.findings,
            *(source for _, source in self.translations),
        )
        return (*(source for source in yaml if source), *self.procedures, *self.unreadable)


def read_folder(folder: Path) -> PolicyFiles:
    """Read the files of a policy.

    Raises:
        PraxeError: the folder is not there, is no folder, or a file in it may not be opened.
    """
    root = _existing(folder)
    names = [path.name for path in _entries(folder) if _is_plain_file(path) and _is_inside(path, root)]
    wanted = [folder / name for name in names if is_yaml_of_a_policy(name)]
    if wanted:  # else it could be any folder, as large as a disk
        wanted += [path for path in _files_below(folder, PROCEDURES) if path.relative_to(folder).parts[0] != SCENARIOS]
    files = {path.relative_to(folder).as_posix(): _decoded(_shown(path), _bytes(path)) for path in wanted}
    return _policy(_shown(folder), files, names)


def read_texts(folder: str, texts: Mapping[str, str]) -> PolicyFiles:
    """Take the files of a policy that are not on a disk: names with `/` below `folder`, and their texts."""
    at = f"{folder.rstrip('/')}/" if folder else ""
    files = {
        name: _decoded(at + name, text.encode("utf-8", "surrogatepass"))
        for name, text in texts.items()
        if is_yaml_of_a_policy(name) or (name.endswith(PROCEDURES) and not name.startswith(f"{SCENARIOS}/"))
    }
    return _policy(folder, files, texts)


def read_text(path: Path) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Read one text of any name; None if it is too long or not UTF-8, with the finding.

    Raises:
        PraxeError: the file is not there or may not be opened.
    """
    source, problem = _decoded(_shown(path), _bytes(path))
    return (source, ()) if problem is None else (None, (problem,))


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """Return the YAML files below a policy's `scenarios/`, by path."""
    return tuple(path for path in _files_below(folder, ".yaml") if path.relative_to(folder).parts[0] == SCENARIOS)


def _policy(folder: str, files: Mapping[str, _Decoded], names: Iterable[str]) -> PolicyFiles:
    """Give each file its part in the policy; `names` are all that lie in the folder, for `did you mean`."""
    good = {name: source for name, (source, problem) in sorted(files.items()) if problem is None}
    missing = [name for name in (file_names.MANIFEST, file_names.VOCABULARY) if name not in files]
    findings = [_missing(folder, name, names) for name in missing]
    if files and not any(name.endswith(PROCEDURES) for name in files):
        findings.append(_missing(folder, "*.praxe", ()))
    translations = ((file_names.TRANSLATIONS.fullmatch(name), source) for name, source in good.items())
    return PolicyFiles(
        folder=folder,
        manifest=good.get(file_names.MANIFEST),
        vocabulary=good.get(file_names.VOCABULARY),
        clauses=good.get(file_names.CLAUSES),
        findings=good.get(file_names.FINDINGS),
        translations=tuple((match["language"], source) for match, source in translations if match),
        procedures=tuple(source for name, source in good.items() if name.endswith(PROCEDURES)),
        unreadable=tuple(source for source, problem in files.values() if problem),
        diagnostics=in_file_order((*findings, *(problem for _, problem in files.values() if problem))),
        digest=_fingerprint((name, source.text) for name, (source, _) in files.items()),
    )


def _missing(folder: str, name: str, names: Iterable[str]) -> Diagnostic:
    near = nearest(name, names)
    path = folder if "*" in name else f"{folder}/{name}" if folder else name
    args = {"name": name, "folder": folder or "."} | ({"near": near} if near else {})
    return Diagnostic("PX162", Span(path, 1, 1, 1, 1), args)


def _existing(folder: Path) -> Path:
    mode = _mode(folder)
    if not mode:
        raise _trouble(
            folder, pt="não há uma pasta `{path}` que se possa abrir", en="there is no folder `{path}` to open"
        )
    if not stat.S_ISDIR(mode):
        raise _trouble(folder, pt="`{path}` não é uma pasta", en="`{path}` is not a folder")
    return folder.resolve()


def _files_below(folder: Path, suffix: str) -> list[Path]:
    """Return the files whose names end in `suffix`, by path; nothing hidden, nothing linked in from outside."""
    root = folder.resolve()
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for path in _entries(waiting.pop()):
            if path.name.startswith("."):
                continue
            if stat.S_ISDIR(_mode(path)) and not path.is_symlink():
                waiting.append(path)
            elif path.name.endswith(suffix) and _is_plain_file(path) and _is_inside(path, root):
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _entries(folder: Path) -> list[Path]:
    """Return what a folder holds, by name; nothing if it is not there."""
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        raise _trouble(
            folder, pt="a pasta `{path}` não pode ser aberta", en="the folder `{path}` cannot be opened"
        ) from None


def _is_plain_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))  # not a pipe or a device, which could be read for ever


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # not there, or a name that no file can have
        return 0


def _is_inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise _trouble(
            path, pt="`{path}` é uma pasta, e era para ser um arquivo", en="`{path}` is a folder; a file was expected"
        ) from None
    except (OSError, ValueError):
        raise _trouble(
            path, pt="o arquivo `{path}` não pode ser aberto", en="the file `{path}` cannot be opened"
        ) from None


def _decoded(path: str, raw: bytes) -> _Decoded:
    if len(raw) > MAX_BYTES:
        return SourceText.of(path, ""), too_long(path)
    try:
        return SourceText.of(path, raw.decode("utf-8")), None
    except UnicodeDecodeError as error:
        before = SourceText.of(path, raw[: error.start].decode("utf-8")).lines
        line, column = len(before), len(before[-1]) + 1
        span = Span(path, line, column, line, column + 1)
        shown = SourceText.of(path, raw.removeprefix(_BOM).decode("utf-8", "replace"))
        return shown, Diagnostic("PX160", span, {"byte": f"0x{raw[error.start]:02X}"})


def _fingerprint(texts: Iterable[tuple[str, str]]) -> str:
    """Return the fingerprint of a policy: the same wherever its folder lies, and whatever its line ends."""
    total = hashlib.sha256()
    for name, text in sorted(texts):
        for part in (unicodedata.normalize("NFC", name), text):
            encoded = part.encode("utf-8", "surrogateescape")
            total.update(f"{len(encoded)}:".encode())
            total.update(encoded)
    return f"sha256:{total.hexdigest()}"


def _shown(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def _trouble(path: Path, *, pt: str, en: str) -> PraxeError:
    shown = _shown(path)
    return PraxeError({"pt": pt.format(path=shown), "en": en.format(path=shown)})
