"""Runs one example text of a YAML file of a policy, standing alone."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

from praxe.dsl.calendar_check import check_calendar
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import TRANSLATIONS
from praxe.dsl.keywords import reserved_words
from praxe.dsl.load import read_text, read_texts
from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.load_findings import load_findings
from praxe.dsl.load_manifest import load_manifest
from praxe.dsl.load_texts import load_texts
from praxe.dsl.load_vocabulary import load_vocabulary
from praxe.dsl.source import SourceText

EXAMPLE_POLICY: Final = Path(__file__).parent / "example"
DOCUMENTS: Final = ("ex",)  # what the policy of the examples names

_LISTED: Final = re.compile(r"^#   (\S+)$", re.MULTILINE)


def check_example(file_name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in `text` as the only file of a policy, which is called `file_name`.

    A text of comments alone is a folder's list of files (`#   policy.yaml`). The sign U+FFFD, which stands on screens
    for what cannot be read, stands here for a byte that is not UTF-8.
    """
    listed = _LISTED.findall(text)
    if listed and all(line.startswith("#") for line in text.splitlines()):
        return read_texts("pasta", dict.fromkeys(listed, "")).diagnostics
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file_name
        path.write_bytes(text.encode().replace("\ufffd".encode(), b"\xe7"))
        source, problems = read_text(path)
    return problems if source is None else _check(file_name, source)


def _check(file_name: str, source: SourceText) -> tuple[Diagnostic, ...]:
    match file_name:
        case "policy.yaml":
            manifest, found = load_manifest(source, reserved_words=reserved_words())
            return (*found, *(check_calendar(manifest) if manifest else ()))
        case "vocabulary.yaml":
            register = (EXAMPLE_POLICY / "clauses.yaml").read_text("utf-8")
            clauses, _ = load_clauses(SourceText.of("clauses.yaml", register), language="pt", documents=DOCUMENTS)
            return load_vocabulary(source, language="pt", clauses=clauses, reserved_words=reserved_words())[1]
        case "clauses.yaml":
            return load_clauses(source, language="pt", documents=DOCUMENTS)[1]
        case "findings.yaml":
            return load_findings(source, language="pt")[1]
        case _:
            match = TRANSLATIONS.fullmatch(file_name)
            assert match, f"no such file in a policy: {file_name}"
            return load_texts(source, language=match["language"])[1]
