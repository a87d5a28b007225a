"""What a drawing must never do, measured: boxes that overlap, lines through boxes, texts that stick out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

from praxe.visualize.html import SCALE
from praxe.visualize.layout.geometry import Box, Layout, Wire
from praxe.visualize.measure import text_width
from praxe.visualize.palette import SHADES, Role

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def overlaps(layout: Layout, *, clearance: float = 8.0) -> list[tuple[str, str]]:
    """Return the pairs of boxes that overlap or nearly touch."""
    boxes = list(layout.boxes.values())
    return [
        (one.name, other.name)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one.overlaps(other, clearance=clearance)
    ]


def cut_boxes(layout: Layout) -> list[tuple[str, str]]:
    """Return the lines that run through a box, with that box."""
    return [(wire.id, box.name) for wire in layout.wires for box in layout.boxes.values() if _cuts(wire, box)]


def _cuts(wire: Wire, box: Box) -> bool:
    """Whether any stretch enters the box, a hair's breadth at its own ends aside."""
    for one, other in pairwise(wire.points):
        stretch = Box("", min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))
        if stretch.overlaps(box, clearance=-0.5):
            return True
    return False


def slanted(layout: Layout) -> list[str]:
    """Return the lines that are not at right angles, or do not go down."""
    return [
        wire.id
        for wire in layout.wires
        for one, other in pairwise(wire.points)
        if (abs(one.x - other.x) > 0.01 and abs(one.y - other.y) > 0.01) or other.y < one.y - 0.01
    ]


def shared_stretches(layout: Layout) -> list[tuple[str, str]]:
    """Return the lines to different boxes that lie on top of each other for a stretch, and so cannot be told apart."""
    return [
        (one.id, other.id)
        for one, other in combinations(layout.wires, 2)
        if one.head != other.head and any(_laid_over(a, b) for a in _stretches(one) for b in _stretches(other))
    ]


def _stretches(wire: Wire) -> Iterator[Box]:
    for one, other in pairwise(wire.points):
        yield Box("", min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))


def _laid_over(one: Box, other: Box) -> bool:
    upright = one.right - one.left < 0.01 and other.right - other.left < 0.01
    level = one.height < 0.01 and other.height < 0.01
    along = min(one.bottom, other.bottom) - max(one.top, other.top)
    across = min(one.right, other.right) - max(one.left, other.left)
    return (upright and abs(one.left - other.left) < 1.5 and along > 3) or (
        level and abs(one.top - other.top) < 1.5 and across > 3
    )


# --- the finished SVG ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """One text of an SVG, with the shape it stands on."""

    text: str
    left: float
    right: float
    ground: Box | None
    ink: Role
    fill: Role


def read_svg(svg: bytes) -> ET.Element:
    """Return the root of an SVG; raises where it is not well-formed."""
    return ET.fromstring(svg)


def texts(root: ET.Element) -> list[str]:
    """Return every text, in the order of the file."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def written(root: ET.Element) -> Iterator[Written]:
    """Yield each text with the last filled shape painted before it that it begins on."""
    grounds: list[tuple[Box, Role]] = []
    for element in root.iter():
        role = role_of(element, "fill")
        if element.tag in {f"{SVG}path", f"{SVG}polygon"} and role is not None:
            grounds.append((_extent(element), role))
        elif element.tag == f"{SVG}text":
            yield _written(element, grounds)


def _written(element: ET.Element, grounds: list[tuple[Box, Role]]) -> Written:
    text = "".join(element.itertext())
    left, base = float(element.attrib["x"]), float(element.attrib["y"])
    size = float(element.attrib["font-size"])
    bold = element.get("font-weight") == "bold"
    right = left + text_width(text, size=size, bold=bold)
    middle = base - size / 3
    ground = next(
        (
            (box, role)
            for box, role in reversed(grounds)
            if box.left - 1 <= left <= box.right + 1 and box.top <= middle <= box.bottom
        ),
        None,
    )
    assert ground is not None, f"{text!r} stands on nothing"
    ink = role_of(element, "fill")
    assert ink is not None, f"{text!r} has no colour of its own"
    scaled = Box("", ground[0].left / SCALE, ground[0].top / SCALE, ground[0].right / SCALE, ground[0].bottom / SCALE)
    return Written(text, left / SCALE, right / SCALE, scaled, ink, ground[1])


def _extent(element: ET.Element) -> Box:
    numbers = [float(each) for each in _NUMBER.findall(element.get("d") or element.get("points") or "")]
    xs, ys = numbers[::2], numbers[1::2]
    return Box("", min(xs), min(ys), max(xs), max(ys))


def role_of(element: ET.Element, attribute: str) -> Role | None:
    """Return what the `fill` or the `stroke` of an element is for."""
    prefix = f"px-{attribute[0]}-"
    names = [each.removeprefix(prefix) for each in element.get("class", "").split() if each.startswith(prefix)]
    return Role[names[0].replace("-", "_").upper()] if names else None


def contrast(ink: Role, fill: Role, *, dark: bool) -> float:
    """Return the WCAG contrast of two roles in one theme."""
    lights = sorted((_luminance(SHADES[each][dark]) for each in (ink, fill)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(shade: str) -> float:
    parts = [int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def extents(root: ET.Element, ids: set[str]) -> dict[str, Box]:
    """Return the box of each of these elements, as drawn, in points."""
    found: dict[str, Box] = {}
    for element in root.iter():
        if element.get("id") in ids:
            parts = [_extent(each) for each in element.iter() if each.tag in {f"{SVG}path", f"{SVG}polygon"}]
            found[element.attrib["id"]] = Box(
                "",
                min(part.left for part in parts) / SCALE,
                min(part.top for part in parts) / SCALE,
                max(part.right for part in parts) / SCALE,
                max(part.bottom for part in parts) / SCALE,
            )
    return found
