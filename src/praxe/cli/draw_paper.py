"""`praxe draw --paper`: a policy, or one procedure, as pages for the printer.

In: an open policy and what is wanted. Out: one PDF, and how large its smallest text is printed.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from praxe.cli.drawing_options import Wanted
from praxe.cli.files import STDIN, write_whole
from praxe.cli.terminal import Terminal, raw_bytes
from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy
from praxe.engine.words import lexicon
from praxe.visualize import SMALLEST_PRINT, CasePath, PaperSize, Printed, paper


def print_on_paper(
    policy: Policy,
    wanted: Wanted,
    procedure: ProcedureName | None,
    terminal: Terminal,
    *,
    path: CasePath | None,
    as_json: bool,
) -> None:
    """Write the PDF of a policy, or of one of its procedures; tell how large its smallest text is."""
    size, output = wanted.paper or PaperSize.A4, wanted.output or STDIN
    names = None if procedure is None else (procedure,)
    printed = paper(policy.checked, policy.graph, language=terminal.language, procedures=names, size=size, path=path)
    if output == STDIN:
        raw_bytes(printed.pdf)
        return
    file = Path(output)
    write_whole(file, printed.pdf)
    if as_json:
        terminal.raw(json.dumps(_record(file, printed), ensure_ascii=False, indent=2) + "\n")
        return
    smallest = min(page.text_points for page in printed.pages)
    terminal.out(terminal.say("draw.written", path=file.as_posix()))
    pages = terminal.words.count("draw.pages", len(printed.pages))
    terminal.out(terminal.say("draw.printed", pages=pages, size=size.name, points=_points(smallest, terminal)))
    for number, page in enumerate(printed.pages, start=1):
        if page.text_points < SMALLEST_PRINT:
            points = _points(page.text_points, terminal)
            terminal.out(terminal.say("draw.too_small", number=str(number), title=page.title, points=points))


def _points(points: float, terminal: Terminal) -> str:
    return lexicon(terminal.language).number(Decimal(f"{points:.1f}"))


def _record(file: Path, printed: Printed) -> dict[str, object]:
    pages = [
        {
            "title": page.title,
            "procedure": page.procedure,
            "text_points": round(page.text_points, 2),
            "landscape": page.is_landscape,
        }
        for page in printed.pages
    ]
    return {"files": [file.as_posix()], "pages": pages}
