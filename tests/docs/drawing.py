"""What an SVG says, without where it says it: two machines may place the same chart a hair apart."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

_HREF = "{http://www.w3.org/1999/xlink}href"


def structure(svg: str) -> Counter[tuple[str, ...]]:
    """Return the elements that say something, each as its id, classes, link and text, and how often it is there."""
    found: Counter[tuple[str, ...]] = Counter()
    for element in ElementTree.fromstring(svg).iter():
        tag = element.tag.rpartition("}")[2]
        if tag in {"style", "font", "image"}:
            continue
        link = element.get("href") or element.get(_HREF) or ""
        text = " ".join((element.text or "").split())
        if text or link or element.get("id") or element.get("aria-label"):
            said = (element.get("id"), element.get("class"), element.get("aria-label"), link, text)
            found[(tag, *(each or "" for each in said))] += 1
    return found
