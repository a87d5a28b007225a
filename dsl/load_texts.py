"""`texts.en.yaml`: the words of another language for the texts inside the `*.praxe` files.

In: the text of the file. Out: each text with its translation and its place, and the findings.
"""

from __future__ import annotations

from collections.abc import Mapping

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.quoting import short
from praxe.dsl.source import SourceText, Span
from praxe.dsl.yaml_fields import block
from praxe.dsl.yaml_nodes import Scalar
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report
from praxe.dsl.yaml_values import LANGUAGES, text


def load_texts(
    source: SourceText, *, language: str
) -> tuple[Mapping[str, tuple[str, Span]] | None, tuple[Diagnostic, ...]]:
    """Read a file of translations; None if it cannot be read at all. A file without any is no mistake.

    Args:
        language: as the name of the file has it.
    """
    report = Report(source.path)
    if language not in LANGUAGES:
        report.unknown_choice("texts", Scalar(language, False, Span(source.path, 1, 1, 1, 1)), LANGUAGES)
        return None, report.findings()
    node, problems = read_yaml(source)
    if node is None:
        return None if problems else {}, problems
    found = {
        entry.key.text: (translation, entry.key.span)
        for entry in block(report, source.path.rpartition("/")[2], node)
        if report.is_filled(entry) and (translation := text(report, short(entry.key.text), entry.value))
    }
    return found, (*problems, *report.findings())
