"""The programs in the guides run, in order, and print what their comments say."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

import pytest

from tests.docs.pages import ROOT, blocks


@pytest.mark.parametrize("page", ["guia.md", "guide.md"])
def test_the_programs_print_what_their_comments_say(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    programs = [each for each in blocks(ROOT / "docs" / page) if each.kind == "python"]
    assert programs
    for block in programs:
        said = re.findall(r"^print\(.*\)  # (.*)$", block.body, re.M)
        assert len(said) == block.body.count("print(")
        for statement, comment in zip(_prints(block.body), said, strict=True):
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(compile(statement, str(block), "exec"), names)
            start, cut, _ = comment.partition(" …")
            line = printed.getvalue().partition("\n")[0]
            assert line.startswith(start) if cut else line == start


def _prints(program: str) -> list[str]:
    """Return a program in parts, each ending in a line that prints."""
    parts = re.split(r"(?<=\n)(?=print\()", program)
    ends = [part.partition("\n") for part in parts[1:]]
    texts = [parts[0]] + [rest for _, _, rest in ends]
    return [before + line + "\n" for before, (line, _, _) in zip(texts, ends, strict=False)]
