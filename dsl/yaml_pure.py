"""PyYAML's parser in Python, brought in line with its parser in C.

In: text. Out: the same events from either. The one in Python takes a `?` inside braces for a sign of YAML, so that
`{pt: Já pagou?}` would be read on some machines only.
"""

from __future__ import annotations

import re
from typing import Final

import yaml
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken

_CHUNK: Final = re.compile(r"(?:[^\0 \n:]|:(?![\0 \n]))*")
_CHUNK_IN_BRACKETS: Final = re.compile(r"(?:[^\0 \n:,\[\]{}]|:(?![\0 \n,?\[\]{}]))*")


class PureLoader(yaml.SafeLoader):
    """`yaml.SafeLoader` for texts without tabs or line ends other than `\\n`; only its events are of use here."""

    def scan_plain(self) -> ScalarToken:
        """Return the text without quotes that begins here, as libyaml's `yaml_parser_scan_plain_scalar` does."""
        chunk = _CHUNK_IN_BRACKETS if self.flow_level else _CHUNK
        start = end = self.get_mark()
        indent = self.indent + 1
        parts: list[str] = []
        spaces: list[str] = []
        while self.peek() != "#":
            match = chunk.match(self.buffer, self.pointer)
            length = match.end() - match.start() if match else 0
            if self.flow_level and self.peek(length) == ":" and self.peek(length + 1) in ",?[]{}":
                self.forward(length)
                raise ScannerError("while scanning a plain scalar", start, "found unexpected ':'", self.get_mark())
            if length == 0:
                break
            self.allow_simple_key = False
            parts += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start) or []
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return ScalarToken("".join(parts), True, start, end)
