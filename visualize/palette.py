"""The colours: what each is for, and its shade in the light and in the dark theme.

In: a role. Out: a hex value. A drawing speaks of roles only, so that one SVG carries both themes.
Every ink keeps WCAG AA contrast on the fills it is drawn on, and every outline and line on the page
(tests/visualize/test_contrast.py); only RULE, the hairline between the numbered rows of one card, is mere decoration.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType


class Role(Enum):
    """What a colour is for."""

    PAGE = auto()
    INK = auto()
    MUTED = auto()
    EDGE = auto()
    CARD = auto()
    CARD_LINE = auto()
    RULE = auto()
    TAB = auto()
    QUESTION = auto()
    QUESTION_LINE = auto()
    QUESTION_INK = auto()
    WAIT = auto()
    WAIT_LINE = auto()
    WAIT_INK = auto()
    CALL = auto()
    CALL_LINE = auto()
    CALL_INK = auto()
    GAP = auto()
    GAP_LINE = auto()
    GAP_INK = auto()
    START = auto()
    START_INK = auto()
    RETURN = auto()
    RETURN_LINE = auto()
    RETURN_INK = auto()
    SAY_INK = auto()
    DUE = auto()
    DUE_INK = auto()
    ACTOR = auto()
    ACTOR_INK = auto()
    PATH = auto()
    PATH_INK = auto()
    DIM = auto()
    DIM_LINE = auto()
    DIM_EDGE = auto()
    DIM_INK = auto()
    GREEN = auto()
    GREEN_INK = auto()
    RED = auto()
    RED_INK = auto()
    BLUE = auto()
    BLUE_INK = auto()
    AMBER = auto()
    AMBER_INK = auto()
    PURPLE = auto()
    PURPLE_INK = auto()
    GRAY = auto()
    GRAY_INK = auto()
    SECTION = auto()
    SECTION_LINE = auto()


class Theme(Enum):
    """Which shades a drawing is made in; AUTO leaves the choice to the reader's screen (SVG only)."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"

    def shade(self, role: Role) -> str:
        """Return the colour of `role` (AUTO: the light one, for whatever cannot choose)."""
        light, dark = SHADES[role]
        return dark if self is Theme.DARK else light


SHADES: Mapping[Role, tuple[str, str]] = MappingProxyType(
    {  # role: light, dark
        Role.PAGE: ("#FFFFFF", "#0F1419"),
        Role.INK: ("#1D2939", "#E6EAF0"),
        Role.MUTED: ("#566074", "#A3AEBD"),
        Role.EDGE: ("#667085", "#8B95A5"),
        Role.CARD: ("#FFFFFF", "#1C232D"),
        Role.CARD_LINE: ("#7F8A9C", "#5F6D82"),
        Role.RULE: ("#E1E5EB", "#323C49"),
        Role.TAB: ("#FFFFFF", "#0F1419"),
        Role.QUESTION: ("#EEF4FF", "#1B2142"),
        Role.QUESTION_LINE: ("#444CE7", "#8098F9"),
        Role.QUESTION_INK: ("#1F235B", "#D5E0FF"),
        Role.WAIT: ("#FFFAEB", "#2B2110"),
        Role.WAIT_LINE: ("#B54708", "#F79009"),
        Role.WAIT_INK: ("#7A2E0E", "#FEDF89"),
        Role.CALL: ("#F0F9FF", "#0E2533"),
        Role.CALL_LINE: ("#026AA2", "#36BFFA"),
        Role.CALL_INK: ("#0B4A6F", "#B9E6FE"),
        Role.GAP: ("#FEF3F2", "#2D1513"),
        Role.GAP_LINE: ("#C3271B", "#F97066"),
        Role.GAP_INK: ("#912018", "#FECDCA"),
        Role.START: ("#1D2939", "#E6EAF0"),
        Role.START_INK: ("#FFFFFF", "#0F1419"),
        Role.RETURN: ("#F2F4F7", "#202833"),
        Role.RETURN_LINE: ("#7F8A9C", "#667085"),
        Role.RETURN_INK: ("#344054", "#D0D5DD"),
        Role.SAY_INK: ("#0E7267", "#5FE0CE"),
        Role.DUE: ("#FEF0C7", "#3A2A0C"),
        Role.DUE_INK: ("#93370D", "#FEC84B"),
        Role.ACTOR: ("#EEF0F4", "#2A323E"),
        Role.ACTOR_INK: ("#414B5C", "#C5CDD8"),
        Role.PATH: ("#6938EF", "#BDB4FE"),
        Role.PATH_INK: ("#FFFFFF", "#1B1540"),
        Role.DIM: ("#FCFCFD", "#12171D"),
        Role.DIM_LINE: ("#8A94A6", "#596577"),
        Role.DIM_EDGE: ("#8A94A6", "#596577"),
        Role.DIM_INK: ("#667085", "#8391A5"),
        Role.GREEN: ("#067647", "#47CD89"),
        Role.GREEN_INK: ("#FFFFFF", "#05291B"),
        Role.RED: ("#B42318", "#F97066"),
        Role.RED_INK: ("#FFFFFF", "#2D0B08"),
        Role.BLUE: ("#026AA2", "#36BFFA"),
        Role.BLUE_INK: ("#FFFFFF", "#062235"),
        Role.AMBER: ("#B54708", "#FDB022"),
        Role.AMBER_INK: ("#FFFFFF", "#331A03"),
        Role.PURPLE: ("#86198F", "#E879F9"),
        Role.PURPLE_INK: ("#FFFFFF", "#34073A"),
        Role.GRAY: ("#475467", "#98A2B3"),
        Role.GRAY_INK: ("#FFFFFF", "#0F1419"),
        Role.SECTION: ("#F7F8FA", "#151B23"),
        Role.SECTION_LINE: ("#E4E7EC", "#262E39"),
    }
)
