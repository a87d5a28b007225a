"""Make the drawing font, `visualize/fonts/`, out of Inter.

In: the folder of the unpacked npm package `inter-ui` (`npm pack inter-ui@4.1.1`), which holds Inter's web fonts.
Out: a Latin subset of two faces, each as TTF (Graphviz measures and draws with it) and as WOFF2 (goes into
SVG files), the widths of their characters, and Inter's licence.

The family is called Praxe Inter, so that it never competes with a whole Inter on the same machine; the
semibold (600) is its bold face, so that `<B>` in a Graphviz label finds it.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Praxe Inter"
FACES = {"Regular": "Inter-Regular.woff2", "Bold": "Inter-SemiBold.woff2"}
WEIGHTS = {"Regular": 400, "Bold": 700}  # 700: what font matching asks for when it is told "bold"

ASCII, LATIN_1, LATIN_EXTENDED_A = range(0x20, 0x7F), range(0xA0, 0x100), range(0x100, 0x180)
PUNCTUATION = "\u2011\u202f‐‒–—―‘’‚“”„†‡•…‰′″‹›⁄€™"
SIGNS = "←↑→↓↔−≈≠≤≥✓✗"
NOT_IN_INTER = {0xAD, 0x149}  # the soft hyphen, and a letter of Afrikaans
CHARACTERS = frozenset({*ASCII, *LATIN_1, *LATIN_EXTENDED_A, *map(ord, PUNCTUATION + SIGNS)} - NOT_IN_INTER)

_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS = 0, 13, 14
_BOLD_STYLE, _BOLD_SELECTION, _REGULAR_SELECTION = 1 << 0, 1 << 5, 1 << 6


def main() -> None:
    """Build every file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the unpacked npm package inter-ui")
    parser.add_argument("--to", type=Path, default=Path("visualize", "fonts"), help="the folder to write to")
    given = parser.parse_args()
    widths = {}
    for style, file in FACES.items():
        font = subset(given.package / "web" / file)
        rename(font, style)
        widths[style.lower()] = widths_of(font)
        name = given.to / f"PraxeInter-{style}"
        font.flavor = None
        font.save(name.with_suffix(".ttf"))
        font.flavor = "woff2"
        font.save(name.with_suffix(".woff2"))
    lines = (f" {json.dumps(style)}: {json.dumps(each, ensure_ascii=False)}" for style, each in widths.items())
    (given.to / "widths.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    shutil.copyfile(given.package / "LICENSE.txt", given.to / "OFL.txt")


def subset(path: Path) -> TTFont:
    """Return the font with `CHARACTERS` only, kerned, and without what turns one sign into another (`->`)."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=["kern"], name_IDs=[_COPYRIGHT, _LICENCE, _LICENCE_ADDRESS], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    missing = CHARACTERS - font.getBestCmap().keys()
    if missing:
        raise ValueError(f"{path.name} lacks {' '.join(map(chr, sorted(missing)))}")
    return font


def rename(font: TTFont, style: str) -> None:
    """Make `font` the face `style` of our family, in every table that says so."""
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    for place, words in {1: FAMILY, 2: style, 3: postscript, 4: full, 5: "Version 4.1", 6: postscript}.items():
        font["name"].setName(words, place, platformID=3, platEncID=1, langID=0x409)
    is_bold = style == "Bold"
    font["OS/2"].usWeightClass = WEIGHTS[style]
    font["OS/2"].fsSelection &= ~(_BOLD_SELECTION | _REGULAR_SELECTION)
    font["OS/2"].fsSelection |= _BOLD_SELECTION if is_bold else _REGULAR_SELECTION
    font["head"].macStyle = _BOLD_STYLE if is_bold else 0


def widths_of(font: TTFont) -> dict[str, float]:
    """Return the advance width of each character, in ems."""
    em = font["head"].unitsPerEm
    glyphs = font.getBestCmap()
    return {chr(code): round(font["hmtx"][glyphs[code]][0] / em, 4) for code in sorted(CHARACTERS)}


if __name__ == "__main__":
    main()
