"""A drawing put into a page, where the page's own font and links serve it.

In: the SVG of a drawing, and the ids that the page tells in text. Out: the same picture without its own style, which
the page takes over; its ids begin with `c.`, so that the text keeps them; a click on a card leads to its text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "{http://www.w3.org/2000/svg}"
PREFIX: Final = "c."
_NARROWEST: Final = 0.62  # of its own size: smaller than that, nobody reads it, so it scrolls instead


@dataclass(frozen=True, slots=True)
class Inlined:
    """A drawing as markup, and the style that goes with it."""

    markup: str
    style: str


def inlined(svg: bytes, told: Collection[str]) -> Inlined:
    """Return a drawing to stand in a page that tells of the ids `told`."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing, which holds no entities
    style = "".join(_taken_out(root))
    width = float(root.attrib["viewBox"].split()[2]) * 4 / 3
    _link_to_text(root, frozenset(told))
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _rename(element, PREFIX, kept=frozenset(told))
    root.attrib.pop("style", None)
    markup = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return Inlined(markup, f"{style}.frame>svg{{min-width:{width * _NARROWEST:.0f}px}}")


def standing_alone(svg: bytes, *, prefix: str) -> str:
    """Return a drawing to stand in a page of somebody else: with its own style, its ids told from all others."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing, which holds no entities
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _rename(element, prefix)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _taken_out(root: ET.Element) -> list[str]:
    found = []
    for parent in list(root.iter()):
        for child in [each for each in parent if each.tag == f"{_SVG}style"]:
            found.append(child.text or "")
            parent.remove(child)
    return found


def _link_to_text(root: ET.Element, told: frozenset[str]) -> None:
    """Wrap what is told in text in a link to there, unless it leads elsewhere already."""
    for group in [each for each in root.iter(f"{_SVG}g") if each.get("id") in told]:
        if any(each.tag == f"{_SVG}a" for each in group.iter()):
            continue
        link = ET.Element(f"{_SVG}a", {"href": f"#{group.get('id')}", "tabindex": "-1", "class": "to-text"})
        link.extend(each for each in group if each.tag != f"{_SVG}title")
        for child in list(link):
            group.remove(child)
        group.append(link)


def _rename(element: ET.Element, prefix: str, *, kept: frozenset[str] = frozenset()) -> None:
    """Tell the ids from those of the page, and with them the links inside the drawing; but `kept` ones lead to text."""
    for name in list(element.attrib):
        if name.startswith("{"):  # the older way to write a link
            del element.attrib[name]
    target = element.get("href", "")
    if target.startswith("#") and target[1:] not in kept:
        element.set("href", f"#{prefix}{target[1:]}")
    if "id" in element.attrib:
        element.set("id", prefix + element.attrib["id"])
    if "aria-labelledby" in element.attrib:
        element.set("aria-labelledby", " ".join(prefix + each for each in element.attrib["aria-labelledby"].split()))
