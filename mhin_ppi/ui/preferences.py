"""How a person likes the program to look, kept apart from any board.

A small JSON file that holds looks only: nothing about boards or people may ever be put here, since
it is not encrypted and outlives them. A damaged or foreign file gives the ordinary look, because a
person must always be able to start.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

import platformdirs

SMALLEST_TEXT, LARGEST_TEXT = 100, 300
FILE_NAME = "looks.json"
_LONGEST_NAME = 200


class Look(StrEnum):
    """Which set of colours is used; SYSTEM follows the computer's own setting."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Typeface(StrEnum):
    """Which letters are used throughout."""

    ATKINSON = "atkinson"
    DYSLEXIA = "dyslexia"
    SYSTEM = "system"


class Surface(StrEnum):
    """What a draft is laid on in the light look."""

    PAPER = "paper"
    CREAM = "cream"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything a person can set about looks; values out of range are brought into range.

    Args:
        look: Colours.
        text_size: Size of all text, in per cent, 100 to 300.
        typeface: Letters.
        surface: What drafts are laid on (light look only).
        reading_size: Size of a draft's text beside all other text, in per cent, 80 to 200.
        line_spacing: From line to line in a draft, in multiples of the letters' size, 1.2 to 2.5.
        letter_spacing: Extra room between letters in a draft, in per cent, 0 to 20.
        column_characters: Width of a draft's column, in characters, 40 to 100.
        speech_speed: How fast drafts are read aloud, -5 to 5; 0 is the voice's own speed.
        speech_voice: Name of the voice, as the computer calls it; "" for its usual one.
    """

    look: Look = Look.SYSTEM
    text_size: int = 100
    typeface: Typeface = Typeface.ATKINSON
    surface: Surface = Surface.PAPER
    reading_size: int = 100
    line_spacing: float = 1.5
    letter_spacing: int = 0
    column_characters: int = 66
    speech_speed: int = 0
    speech_voice: str = ""

    def __post_init__(self) -> None:
        for name, low, high in (
            ("text_size", SMALLEST_TEXT, LARGEST_TEXT),
            ("reading_size", 80, 200),
            ("line_spacing", 1.2, 2.5),
            ("letter_spacing", 0, 20),
            ("column_characters", 40, 100),
            ("speech_speed", -5, 5),
        ):
            object.__setattr__(self, name, min(high, max(low, getattr(self, name))))


def default_path() -> Path:
    """Return where looks are kept on this computer, apart from every board."""
    return Path(platformdirs.user_config_dir("mhin-ppi", appauthor=False)) / FILE_NAME


def load_preferences(path: Path) -> Preferences:
    """Return the looks kept at ``path``; whatever cannot be read there has its ordinary value."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    ordinary = Preferences()
    chosen: dict[str, object] = {}
    for each in fields(Preferences):
        value = _fitting(kept.get(each.name), getattr(ordinary, each.name))
        if value is not None:
            chosen[each.name] = value
    return Preferences(**chosen)  # type: ignore[arg-type]


def _fitting(kept: object, ordinary: object) -> object:
    """Return a kept value if it is of the ordinary value's kind, else ``None``."""
    if isinstance(ordinary, StrEnum):
        kind = type(ordinary)
        return kind(kept) if isinstance(kept, str) and kept in list(kind) else None
    if isinstance(ordinary, str):
        return kept[:_LONGEST_NAME] if isinstance(kept, str) else None
    if isinstance(kept, bool) or not isinstance(kept, int | float) or not abs(kept) < 1e6:
        return None
    return float(kept) if isinstance(ordinary, float) else int(kept)


def save_preferences(path: Path, preferences: Preferences) -> bool:
    """Keep the looks at ``path``.

    Returns:
        Whether they could be kept. A full or read-only disk is no reason to stop anyone's work, so
        this never raises for it.
    """
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(preferences), indent=1), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105 - the same call, and atomic on every system
    except OSError:
        return False
    return True
