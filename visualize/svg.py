"""Graphviz's SVG made fit for people: both themes, its own font, words for a screen reader, ids that last.

In: the SVG of a drawing painted with `marked_paint`, one colour a role. Out: the same picture in which each colour
is a class, light by default and dark where the reader's screen is; links checked; no tooltip of our own names.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from praxe.visualize.chart import Card, Chart, Row, Tab
from praxe.visualize.drawing import Drawing
from praxe.visualize.fonts import FAMILY, Face, woff2
from praxe.visualize.links import safe_link
from praxe.visualize.measure import clean
from praxe.visualize.palette import Role, Theme
from praxe.visualize.words import lexicon

_SVG = "{http://www.w3.org/2000/svg}"
_PIXELS = 4 / 3  # of CSS in a point
LINK = "link-"  # before the id of what is a link
_ENDS = (".", "!", "?", ":", "…")
_XLINK = "{http://www.w3.org/1999/xlink}"
_FALLBACKS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_DASHES = "9,7"  # in Graphviz's units, of which the drawing has `html.SCALE` a point
_FACES: tuple[tuple[Face, int], ...] = (("regular", 400), ("bold", 700))


def marked_paint(role: Role) -> str:
    """Return a colour that stands for `role` alone, so that it can be found again."""
    return f"#01f0{role.value:02x}"


_ROLE_OF = {marked_paint(role): role for role in Role}


def treat(svg: bytes, drawing: Drawing, *, theme: Theme, embed_font: bool) -> bytes:
    """Return the finished SVG."""
    root = ET.fromstring(svg)  # noqa: S314 - Graphviz wrote it, and it holds no entities
    used = _colour(root, theme)
    _name_elements(root, drawing)
    _drop_anchors(root)
    _put_in_order(root, drawing.chart)
    _dress(root, drawing.chart, style=_style(used, theme, embed_font=embed_font))
    _plain_names(root)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True).encode() + b"\n"


# --- colours and type ---------------------------------------------------------------------------------------------


def _colour(root: ET.Element, theme: Theme) -> list[tuple[str, Role]]:
    """Turn the marked colours into classes, with the light shade for whatever knows no classes."""
    used: dict[tuple[str, Role], None] = {}
    for element in root.iter():
        classes = [element.get("class", "")]
        for attribute in ("fill", "stroke"):
            role = _ROLE_OF.get(element.get(attribute, ""))
            if role is not None:
                element.set(attribute, theme.shade(role))
                classes.append(_class(attribute, role))
                used[attribute, role] = None
        if len(classes) > 1:
            element.set("class", " ".join(filter(None, classes)))
        element.attrib.pop("font-family", None)
        if "stroke-dasharray" in element.attrib:
            element.set("stroke-dasharray", _DASHES)
    return sorted(used, key=lambda each: (each[0], each[1].value))


def _class(attribute: str, role: Role) -> str:
    return f"px-{attribute[0]}-{role.name.lower().replace('_', '-')}"


def _style(used: list[tuple[str, Role]], theme: Theme, *, embed_font: bool) -> str:
    rules = [_font_face(face, weight) for face, weight in _FACES] if embed_font else []
    rules.append(f".praxe text{{font-family:'{FAMILY}',{_FALLBACKS}}}")
    rules.append(".praxe a:hover text{text-decoration:underline}")
    rules.append(".praxe a:focus-visible{outline:2px solid;outline-offset:2px}")
    if theme is Theme.AUTO:
        dark = "".join(f".praxe .{_class(a, role)}{{{a}:{Theme.DARK.shade(role)}}}" for a, role in used)
        rules.append(f"@media screen and (prefers-color-scheme:dark){{{dark}}}")
    return "".join(rules)


def _font_face(face: Face, weight: int) -> str:
    data = base64.b64encode(woff2(face)).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


# --- names, links and what a screen reader says ---------------------------------------------------------------------


def _name_elements(root: ET.Element, drawing: Drawing) -> None:
    """Give each card, row and tab its words, and take away Graphviz's titles, which browsers show as tooltips."""
    cards = {card.id: card for card in drawing.chart.cards}
    rows = {row.id: row for card in drawing.chart.cards for row in card.rows if len(card.rows) > 1}
    for group in root.iter(f"{_SVG}g"):
        for title in group.findall(f"{_SVG}title"):
            group.remove(title)
        kind, name = group.get("class", ""), group.get("id", "")
        if kind == "edge" or name.startswith("count-"):  # the count is spoken with its answer
            group.set("aria-hidden", "true")
        elif kind == "node" and name in cards:
            group.set("class", f"node px-{cards[name].shape.value}")
            group.set("role", "graphics-symbol")
            group.set("aria-label", _spoken(cards[name], drawing))
            _explain(group, cards[name].rows[0] if len(cards[name].rows) == 1 else None)
        elif name.removeprefix("a_") in rows:
            _explain(group, rows[name.removeprefix("a_")])


def _spoken(card: Card, drawing: Drawing) -> str:
    words = lexicon(drawing.chart.language)
    texts = [
        part for row in card.rows for part in (row.text, *row.statements, *row.notes, *(c.text for c in row.chips))
    ]
    texts += [duty.text for duty in card.duties]
    texts += [ref.text for ref in (*card.refs, *card.origins)]
    kind = card.tag or words.say(f"kind.{card.shape.value}")
    parts = [words.say("aria.element", kind=kind, text=_sentences(texts))]
    marks = drawing.marks
    if card.tabs:
        answers = [_answer(marks.said(card, tab) if marks else tab.text, tab) for tab in card.tabs]
        parts.append(words.say("aria.answers", answers=", ".join(answers)))
    remark = marks.remark(card) if marks else None
    if remark:
        parts.append(remark)
    return clean(_sentences(parts))


def _answer(said: str, tab: Tab) -> str:
    return " ".join([said, *(ref.text for ref in tab.refs)])


def _sentences(texts: Sequence[str]) -> str:
    """The texts one after another, each with a full stop unless it has its own end."""
    return " ".join(text if text[-1:] in _ENDS else f"{text}." for text in texts if text)


def _explain(group: ET.Element, row: Row | None) -> None:
    """Say where the source text has it, for those who rest on an element."""
    if row is not None and row.source:
        title = ET.Element(f"{_SVG}title")
        title.text = clean(row.source)
        group.insert(0, title)


def _drop_anchors(root: ET.Element) -> None:
    """Keep only the links that lead somewhere safe; a group that Graphviz made for its own id gets that id."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_SVG}g" and child.get("id", "").startswith("a_"):
                _settle(child)
    for card in root.findall(f"{_SVG}g/{_SVG}g"):
        _take_apart(card)


def _settle(group: ET.Element) -> None:
    name = group.get("id", "").removeprefix("a_")
    anchor = group.find(f"{_SVG}a")
    if anchor is None:
        return
    target = anchor.get(f"{_XLINK}href", "")
    anchor.attrib.pop(f"{_XLINK}title", None)
    if target == f"#{name}" or safe_link(target) is None:
        place = list(group).index(anchor)
        group.remove(anchor)
        for offset, child in enumerate(list(anchor)):
            group.insert(place + offset, child)
        group.set("id", name)
    else:
        anchor.attrib.pop("target", None)
        anchor.set("href", target)
        group.set("id", f"{LINK}{name}")


def _take_apart(card: ET.Element) -> None:
    """Put the links inside another link after it: a link may hold no other."""
    for outer in [each for each in card.iter(f"{_SVG}a") if each.find(f".//{_SVG}a") is not None]:
        for parent in list(outer.iter()):
            for child in list(parent):
                if child.tag == f"{_SVG}g" and child.find(f"{_SVG}a") is not None:
                    parent.remove(child)
                    card.append(child)


def _put_in_order(root: ET.Element, chart: Chart) -> None:
    """Let what is read aloud follow the author's order, whatever was painted first."""
    order = {card.id: place for place, card in enumerate(chart.cards)}
    graph = root.find(f"{_SVG}g")
    if graph is None:
        return
    cards = [child for child in graph if child.get("id") in order]
    places = [place for place, child in enumerate(graph) if child.get("id") in order]
    cards.sort(key=lambda child: order[child.get("id", "")])
    for place, child in zip(places, cards, strict=True):
        graph[place] = child


# --- the whole ------------------------------------------------------------------------------------------------------


def _dress(root: ET.Element, chart: Chart, *, style: str) -> None:
    """Give the drawing its name, its language and its size."""
    _, _, width, height = (float(each) for each in root.attrib["viewBox"].split())
    title, description = f"title-{chart.id}", f"desc-{chart.id}"
    root.attrib.update(
        {
            "class": "praxe",
            "lang": chart.language,
            "role": "graphics-document document",
            "aria-labelledby": f"{title} {description}",
            "data-digest": chart.digest,
            "width": f"{width * _PIXELS:.0f}",  # as an image it has its own size, in a page it shrinks with the page
            "height": f"{height * _PIXELS:.0f}",
            "style": "max-width:100%;height:auto",
        }
    )
    head = (_element("title", chart.title, id=title), _element("desc", chart.description, id=description))
    for place, element in enumerate((*head, _element("style", style))):
        root.insert(place, element)


def _element(tag: str, text: str, **attributes: str) -> ET.Element:
    element = ET.Element(f"{_SVG}{tag}", attributes)
    element.text = text if tag == "style" else clean(text)
    return element


def _plain_names(root: ET.Element) -> None:
    """Write the namespaces once, at the root, without touching the process-wide table of prefixes."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        for name in [each for each in element.attrib if each.startswith("{")]:
            value = element.attrib.pop(name)
            if name.startswith(_XLINK):
                element.set(f"xlink:{name.removeprefix(_XLINK)}", value)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("xmlns:xlink", "http://www.w3.org/1999/xlink")
