"""The colours and sizes everything is drawn with, as plain values.

The colour table is that of the design; a test computes the contrast of every pair in use. Sizes are
multiples of em, the line height of the ordinary text, so that all of it grows with the person's
chosen text size.
"""

from __future__ import annotations

from dataclasses import dataclass

BASE_POINTS = 10.5
READING_POINTS = 12.5
HEADING_SCALE = (1.7, 1.25, 1.15)
NARROW_BELOW_EM = 58
NAVIGATION_EM = 12
SPACE_EM = (0.3, 0.6, 1.1, 1.8)
CORNER_EM = 0.45
ICON_EM = 1.1
ACTION_EM = 2.4
CONTROL_EM = 1.95


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colour roles, each a ``#RRGGBB`` string."""

    window: str
    panel: str
    reading: str
    cream: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    soft: str
    highlight: str
    focus: str
    good: str
    attention: str


LIGHT = Colours(
    window="#F6F7F9",
    panel="#FFFFFF",
    reading="#FFFEFA",
    cream="#FBF3E0",
    text="#1B2430",
    muted="#566171",
    line="#D5DAE1",
    edge="#7A8494",
    accent="#1D5E8A",
    on_accent="#FFFFFF",
    soft="#E3EEF6",
    highlight="#FFE38A",
    focus="#B45309",
    good="#1E6B3A",
    attention="#8A5A00",
)
DARK = Colours(
    window="#14181E",
    panel="#1C222B",
    reading="#1A2028",
    cream="#1A2028",
    text="#E8ECF1",
    muted="#A9B4C2",
    line="#37414F",
    edge="#7C8796",
    accent="#7DBBE6",
    on_accent="#0C1218",
    soft="#24364A",
    highlight="#6B5A10",
    focus="#FFC857",
    good="#7BD49A",
    attention="#F2C063",
)
CONTRAST = Colours(
    window="#000000",
    panel="#000000",
    reading="#000000",
    cream="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    accent="#FFFF00",
    on_accent="#000000",
    soft="#1A1A00",
    highlight="#0000C8",
    focus="#00FFFF",
    good="#00FF7F",
    attention="#FFD000",
)
BY_LOOK = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

# Every pair that meets on screen: (what is drawn, what it is drawn on).
TEXT_PAIRS = (
    *((ink, under) for ink in ("text", "muted", "accent") for under in ("window", "panel")),
    *((ink, under) for ink in ("text", "muted", "accent") for under in ("reading", "cream")),
    *((ink, "soft") for ink in ("text", "muted", "accent", "good", "attention")),
    *((ink, under) for ink in ("good", "attention") for under in ("window", "panel")),
    ("on_accent", "accent"),
    ("text", "highlight"),
)
SHAPE_PAIRS = (
    *(("edge", under) for under in ("window", "panel", "reading", "cream")),
    *(("focus", under) for under in ("window", "panel", "reading", "cream", "soft")),
    *(("accent", under) for under in ("window", "panel", "soft")),
)


def _linear(channel: int) -> float:
    part = channel / 255
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lights = []
    for colour in (one, other):
        red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    low, high = sorted(lights)
    return (high + 0.05) / (low + 0.05)
