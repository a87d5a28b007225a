"""The source texts given with `--text`, and their digests written into `clauses.yaml`.

In: `document=file`, a comparison. Out: the texts by document; a new `clauses.yaml` in which nothing else has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from praxe.cli.files import write_whole
from praxe.cli.findings import tell_findings
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.clause_digests import with_digests
from praxe.dsl.file_names import CLAUSES
from praxe.dsl.load import read_text
from praxe.dsl.near import nearest
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Manifest
from praxe.engine.source_digests import Comparison


def read_texts(
    given: Sequence[str], manifest: Manifest, terminal: Terminal, *, needed: bool
) -> Mapping[str, SourceText]:
    """Return the texts by their documents.

    Args:
        given: `document=file`, as on the command line.
        needed: whether there must be one.
    """
    if needed and not given:
        raise Misuse("misuse.record", hint="misuse.record.hint")
    known = [name for name, _ in manifest.documents]
    texts: dict[str, SourceText] = {}
    for each in given:
        name, _, path = each.partition("=")
        if not name or not path:
            raise Misuse("misuse.text", value=each)
        if name not in known:
            near = nearest(name, known)
            hint = "misuse.near" if near else None
            raise Misuse("misuse.text_document", hint=hint, name=name, near=near, known=", ".join(known))
        if name in texts:
            raise Misuse("misuse.text_twice", name=name)
        texts[name] = _read(Path(path), terminal)
    return texts


def record(policy: Path, comparison: Comparison) -> tuple[ClauseId, ...]:
    """Write the digests that are new or have changed; return the clauses that got one."""
    wanted = {name: comparison.digests[name] for name in (*comparison.unrecorded, *comparison.changed)}
    if not wanted:
        return ()
    path = policy / CLAUSES
    try:
        text = with_digests(path.read_bytes().decode("utf-8"), wanted)
    except ValueError:
        raise Misuse("misuse.record_form", hint="misuse.record_form.hint", path=path.as_posix()) from None
    write_whole(path, text.encode("utf-8"))
    return tuple(name for name in comparison.digests if name in wanted)


def _read(path: Path, terminal: Terminal) -> SourceText:
    text, problems = read_text(path)
    if text is None:
        tell_findings(problems, {}, terminal)
        raise click.exceptions.Exit(1)
    return text
