"""The little HTML that pages are made of: escaped text, elements, a bar.

In: texts and classes. Out: markup in which no text can be taken for markup.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from praxe.dsl.vocabulary import Words
from praxe.visualize.measure import clean


def text(written: str) -> str:
    """Return a text as it must stand in a page."""
    return html.escape(clean(written), quote=True)


def element(tag: str, *content: str, **attributes: str | None) -> str:
    """Return an element around markup; `class_` stands for `class`, an attribute that is None is left out."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{given}>{''.join(content)}</{tag}>"


def said(words: Words, language: str, tag: str = "span", **attributes: str | None) -> str:
    """Return words in one element; where they are there only in another language, it says in which."""
    other = None if words.by_language.get(language) else next(iter(words.by_language))
    return element(tag, text(words.in_language(language)), lang=other, **attributes)


def listed(items: Iterable[str]) -> str:
    """Return a list of markup; nothing if it is empty."""
    rows = "".join(element("li", each) for each in items)
    return element("ul", rows) if rows else ""


def link(name: str) -> str:
    """Return a link to the element of that id in the same page."""
    return element("a", text(name), href=f"#{name}")


def bar(parts: Iterable[tuple[str, int]], label: str) -> str:
    """Return a bar of stretches in the colours of their classes, as long as their numbers."""
    parts = [(name, number) for name, number in parts if number]
    total = sum(number for _, number in parts) or 1
    stretches, start = [], 0
    for name, number in parts:
        x, width = 1000 * start / total, 1000 * number / total
        stretches.append(f'<rect class="{text(name)}" x="{x:.2f}" width="{width:.2f}" height="16"/>')
        start += number
    return element(
        "svg", *stretches, class_="bar", viewBox="0 0 1000 16", preserveAspectRatio="none", role="img", aria_label=label
    )
