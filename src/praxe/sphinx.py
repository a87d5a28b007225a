"""A procedure's chart in pages that Sphinx makes, from reStructuredText and MyST alike.

In: a directive with a policy's folder, beside the page or, with a leading `/`, from the root of the sources, and a
procedure. What stands in it becomes the caption.

    .. praxe:: ../policy/rc rc_triagem
       :alt: How a request is sorted
       :language: en

Out: a figure. Put `praxe.sphinx` among `extensions`. A page is made again when a file of its policy changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from praxe import __version__
from praxe.dsl.errors import PraxeError
from praxe.engine.policy import Policy, PolicyError
from praxe.visualize import flowchart, render
from praxe.visualize.drawing import Drawing

_FOLDER: Final = "_praxe"  # of the drawings, below Sphinx's own working files


class Chart(SphinxDirective):
    """`praxe`: the flowchart of a procedure."""

    required_arguments = 2
    has_content = True
    option_spec: ClassVar[OptionSpec] = {
        "alt": directives.unchanged,
        "language": lambda given: directives.choice(given, ("pt", "en")),
        "width": directives.length_or_percentage_or_unitless,
        "align": lambda given: directives.choice(given, ("left", "center", "right")),
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        given, procedure = self.arguments
        _, path = self.env.relfn2path(given)
        folder = Path(path)
        try:
            policy = opened(folder, stamp_of(folder))
            language = self.options.get("language") or self._language(policy)
            name = policy.procedure(procedure)
            drawing = flowchart(policy.checked, policy.graph, name, language=language, links=lambda _: None)
            image = self._image(drawing)
        except PolicyError as error:
            first = error.diagnostics[0]
            raise self.error(f"{error} ({first.code}, {first.span})") from error
        except (PraxeError, ValueError) as error:
            raise self.error(f"{folder.as_posix()}: {error}") from error
        for file in files_of(folder):
            self.env.note_dependency(str(file))
        return [self._figure(image)]

    def _language(self, policy: Policy) -> str:
        spoken = (self.config.language or "")[:2]
        return spoken if spoken in {"pt", "en"} else policy.manifest.language

    def _image(self, drawing: Drawing) -> nodes.image:
        """Draw, unless the same has been drawn, and return the picture."""
        key = hashlib.sha256(f"{__version__}{drawing!r}".encode()).hexdigest()[:16]
        file = Path(self.env.doctreedir) / _FOLDER / f"{drawing.chart.id}-{key}.svg"
        if not file.exists():
            write(file, render(drawing, "svg"))
        uri = Path(os.path.relpath(file, Path(self.env.srcdir))).as_posix()
        alternative = self.options.get("alt") or drawing.chart.description
        image = nodes.image(uri=f"/{uri}", alt=alternative)
        if "width" in self.options:
            image["width"] = self.options["width"]
        return image

    def _figure(self, image: nodes.image) -> nodes.figure:
        figure = nodes.figure("", image, classes=["praxe-chart"])
        if "align" in self.options:
            figure["align"] = self.options["align"]
        self.set_source_info(figure)
        self.set_source_info(image)
        self.add_name(figure)
        if self.content:
            caption = nodes.caption("", "", *self.parse_inline(" ".join(self.content), lineno=self.content_offset)[0])
            self.set_source_info(caption)
            figure += caption
        return figure


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make the directive known."""
    app.add_directive("praxe", Chart)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of a policy."""
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix in {".praxe", ".yaml"})


def stamp_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return how the files of a policy stand, so that one that has changed is read anew."""
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files_of(folder))


@cache
def opened(folder: Path, _stamp: tuple[tuple[str, int, int], ...]) -> Policy:
    """Return a policy, read once for all its charts."""
    return Policy.load(folder)


def write(file: Path, content: bytes) -> None:
    """Write a file whole: two processes may write the same one at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(file)
