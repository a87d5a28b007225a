"""A procedure's chart in pages that Python-Markdown makes (MkDocs and its kin).

In: a fence that names a policy's folder and a procedure. What stands in it becomes the caption.

    ```praxe policy/rc#rc_triagem
    How a request is sorted
    ```

Out: a figure with the drawing in it. Put `praxe.markdown` among `markdown_extensions`; `base` is the folder that paths
start from (without it, the current one), `language` is `pt` or `en` (without it, the policy's). A fence that names no
procedure is left as it is: an example of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from praxe.dsl.errors import PraxeError
from praxe.engine.policy import Policy, PolicyError

# Between 30, where spaces are put in order (and would wipe what we put in), and 25, where other fences are read.
PRIORITY: Final = 27
_FENCE: Final = re.compile(r"^(?P<indent> {0,3})(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*?)\s*$")
_OURS: Final = re.compile(r"praxe\s+(?P<policy>[^#\s]+)#(?P<procedure>\S+)")


class ChartError(ValueError):
    """A chart that a page asks for cannot be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A chart that a page asks for."""

    policy: str
    procedure: str
    caption: str
    line: int  # of the fence


class ChartExtension(Extension):
    """Reads the fences that name a chart."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "base": ["", "the folder that the paths of policies start from"],
            "language": ["", "pt or en; the policy's own if empty"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put the reader in."""
        reader = _Reader(md, Path(self.getConfig("base") or "."), self.getConfig("language") or None)
        md.preprocessors.register(reader, "praxe", PRIORITY)
        md.registerExtension(self)

    def reset(self) -> None:
        """Read every policy anew for the next page."""
        opened.cache_clear()


def makeExtension(**settings: Any) -> ChartExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ChartExtension(**settings)


class _Reader(Preprocessor):
    def __init__(self, md: Markdown, base: Path, language: str | None) -> None:
        super().__init__(md)
        self._base = base
        self._language = language

    def run(self, lines: list[str]) -> list[str]:
        """Put figures in the place of the fences that ask for them."""
        made: list[str] = []
        for part in parts(lines):
            if isinstance(part, Wanted):
                figure = drawn(self._base, part, self._language, number=len(made))
                made += ["", self.md.htmlStash.store(figure), ""]
            else:
                made.append(part)
        return made


def parts(lines: Sequence[str]) -> Iterator[str | Wanted]:
    """Yield the lines of a page, those of a fence of ours as one; a fence inside another is only its text."""
    place = 0
    while place < len(lines):
        opening = _FENCE.match(lines[place])
        if not opening:
            yield lines[place]
            place += 1
            continue
        end = next((at for at in range(place + 1, len(lines)) if _closes(lines[at], opening["ticks"])), len(lines))
        ours = _OURS.fullmatch(opening["info"])
        if ours:
            caption = " ".join(" ".join(lines[place + 1 : end]).split())
            yield Wanted(policy=ours["policy"], procedure=ours["procedure"], caption=caption, line=place + 1)
        else:
            yield from lines[place : end + 1]
        place = end + 1


def drawn(base: Path, wanted: Wanted, language: str | None, *, number: int) -> str:
    """Return the figure of a chart; `number` tells its ids from those of another figure on the page."""
    from praxe.visualize import DrawingError, flowchart, render
    from praxe.visualize.pages.inline import standing_alone

    folder = base / wanted.policy
    try:
        policy = opened(folder)
        chosen = language or policy.manifest.language
        name = policy.procedure(wanted.procedure)
        drawing = flowchart(policy.checked, policy.graph, name, language=chosen, links=lambda _: None)
        svg = standing_alone(render(drawing, "svg"), prefix=f"praxe{number}.")
    except PolicyError as error:
        first = error.diagnostics[0]
        raise ChartError(f"line {wanted.line}: {error} ({first.code}, {first.span})") from error
    except DrawingError as error:
        raise ChartError(f"line {wanted.line}: {folder.as_posix()}: {error}") from error
    except (PraxeError, ValueError) as error:
        raise ChartError(f"line {wanted.line}: {folder.as_posix()}: {error}") from error
    caption = f"<figcaption>{escape(wanted.caption)}</figcaption>" if wanted.caption else ""
    return f'<figure class="praxe-chart">{svg}{caption}</figure>'


@cache
def opened(folder: Path) -> Policy:
    """Return a policy, read once for all fences of a page."""
    return Policy.load(folder)


def _closes(line: str, ticks: str) -> bool:
    bare = line.strip()
    return len(line) - len(line.lstrip(" ")) <= 3 and set(bare) == {ticks[0]} and len(bare) >= len(ticks)
