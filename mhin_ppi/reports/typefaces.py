"""The letters a report is drawn with, and what is drawn when a letter is missing.

The bundled typeface covers the languages of Europe written in Latin letters. Words may hold
anything else: emoji, Arabic, Chinese, private characters. The rule here is that nothing vanishes
and nothing is drawn as an empty box:

1. a letter of the typeface is drawn;
2. else, if ``DejaVuSans.ttf`` lies beside it, that draws it (Greek, Cyrillic, mathematics);
3. else a sign is named in square brackets ("[slightly smiling face]"), and a stretch of letters is
   described ("[Arabic script: 12 letters]"). The true characters go into the file as replacement
   text, so that copying or reading aloud gives the person's own words.

Right-to-left and joined scripts always take the third way: drawn letter by letter from the left
they would be wrong, which is worse than being described.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.british import NO_BREAK_SPACE
from ..errors import ReportError

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR_FILE = "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD_FILE = "AtkinsonHyperlegibleNext-Bold.ttf"
FALLBACK_FILE = "DejaVuSans.ttf"
FAMILY_NAME = "Atkinson Hyperlegible Next"

_THOUSANDTHS = 1000.0
# Beyond these, scripts need joining, reordering or a typeface we do not carry.
_DRAWN_LETTER_BY_LETTER = (range(0x0020, 0x0590), range(0x1D00, 0x2C00))
# Signs without a shape of their own: they steer the characters beside them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Left-to-right typefaces often lack these, and a plainer sign means the same.
_PLAINER = str.maketrans({"\u2010": "-", "\u2011": "-", "\u202f": NO_BREAK_SPACE, "\t": " "})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters in one typeface.

    Args:
        text: What is drawn.
        font: Name under which reportlab knows the typeface.
        actual: What the person wrote, where something else is drawn; ``None`` where it is the same.
    """

    text: str
    font: str
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces.

    Args:
        runs: In reading order.
        width: In ems (multiply by the size in points).
    """

    runs: tuple[Run, ...]
    width: float


class Typeface:
    """One weight: a primary font file, and the fallback where there is one."""

    def __init__(self, primary: TTFont, fallback: TTFont | None) -> None:
        self.font: str = primary.fontName
        self.widths = _widths(primary)
        self._supported = frozenset(self.widths)
        self._fallback_font = fallback.fontName if fallback else ""
        self._fallback_widths = _widths(fallback) if fallback else {}
        self._words: dict[str, Word] = {}
        self.space = self.widths[" "]

    def word(self, text: str) -> Word:
        """Return one word (no spaces inside) ready to be set; remembered, as words come back."""
        word = self._words.get(text)
        if word is None:
            word = self._words[text] = self._make(text)
        return word

    def _make(self, text: str) -> Word:
        if self._supported.issuperset(text):
            return Word((Run(text, self.font),), self.width(text))
        runs = tuple(self._runs(text))
        return Word(runs, sum(self.run_width(run) for run in runs))

    def width(self, text: str) -> float:
        """Return the width of supported characters, in ems."""
        widths = self.widths
        return sum([widths[c] for c in text])

    def run_width(self, run: Run) -> float:
        """Return the width of a run, in ems."""
        widths = self.widths_in(run.font)
        return sum([widths[c] for c in run.text])

    def widths_in(self, font: str) -> Mapping[str, float]:
        """Return the width of each character of one of its two fonts, in ems."""
        return self.widths if font == self.font else self._fallback_widths

    def _runs(self, text: str) -> Iterator[Run]:
        for how, stretch in _stretches(text, self._how):
            if how == "primary":
                yield Run(stretch, self.font)
            elif how == "fallback":
                yield Run(stretch, self._fallback_font)
            else:
                shown = "".join(c for c in described(stretch) if c in self._supported)
                yield Run(shown or "[?]", self.font, actual=stretch)

    def _how(self, character: str) -> str:
        if character in self._supported:
            return "primary"
        if character in self._fallback_widths:
            return "fallback"
        return "letter" if unicodedata.category(character)[0] in "LMN" else f"sign {character}"

    def plain(self, text: str) -> str:
        """Return words drawable in the primary font alone, for chart labels."""
        words = (self.word(word) for word in tidy(text).split())
        drawn = ("".join(run.text for run in word.runs) for word in words)
        return "".join(c if c in self._supported else " " for c in " ".join(drawn))


class Typefaces:
    """The typeface of a report in both weights.

    Args:
        fonts_dir: Folder with the bundled font files.

    Raises:
        ReportError: A font file is missing or cannot be read.
    """

    def __init__(self, fonts_dir: Path) -> None:
        fallback = fonts_dir / FALLBACK_FILE
        self._fallback = _registered(fallback) if fallback.is_file() else None
        self._regular_font = _registered(fonts_dir / REGULAR_FILE)
        self._bold_font = _registered(fonts_dir / BOLD_FILE)

    @cached_property
    def regular(self) -> Typeface:
        """For reading."""
        return Typeface(self._regular_font, self._fallback)

    @cached_property
    def bold(self) -> Typeface:
        """For headings and emphasis."""
        return Typeface(self._bold_font, self._fallback)

    def weight(self, *, bold: bool) -> Typeface:
        """Return one of the two weights."""
        return self.bold if bold else self.regular


def _registered(file: Path) -> TTFont:
    """Return a font known to reportlab under a name made from its bytes, so never two for one."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        name = f"{file.stem}-{digest}"
        if name not in pdfmetrics.getRegisteredFontNames():
            # Shaping is off: without it a line is as wide as the sum of its letters.
            pdfmetrics.registerFont(ttfonts.TTFont(name, str(file), shapable=False))
        return pdfmetrics.getFont(name)
    except (OSError, ttfonts.TTFError) as cause:
        raise ReportError(
            f"The letters for reports ({file.name}) could not be read.",
            what_is_safe="Everything on the board is safe. No report was written.",
            next_step="Install the program again; that puts the file back.",
        ) from cause


def _widths(font: TTFont) -> dict[str, float]:
    """Return how wide each drawable character is, in ems."""
    found = {}
    for code, width in font.face.charWidths.items():
        if any(code in span for span in _DRAWN_LETTER_BY_LETTER) or 0x1E00 <= code < 0x1F00:
            found[chr(code)] = width / _THOUSANDTHS
    found.pop("\u00ad", None)
    return found


def _stretches(text: str, how: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield runs of neighbours that are to be drawn the same way."""
    kept, before = "", ""
    for character in text:
        now = how(character)
        if kept and (now != before or now.startswith("sign")):
            yield before, kept
            kept = ""
        kept, before = kept + character, now
    if kept:
        yield before, kept


def described(stretch: str) -> str:
    """Return a few words, in square brackets and unbroken, for characters that cannot be drawn.

    >>> described("😀").replace(NO_BREAK_SPACE, " ")
    '[grinning face]'
    >>> described("שלום").replace(NO_BREAK_SPACE, " ")
    '[Hebrew script: 4 letters]'
    """
    name = unicodedata.name(stretch[0], "")
    if unicodedata.category(stretch[0])[0] not in "LMN":
        words = name.lower() or f"unknown sign U+{ord(stretch[0]):04X}"
    elif name.startswith("COMBINING"):
        words = f"accents: {len(stretch)}"
    else:
        script = name.split()[0] if name else "unknown"
        script = "Chinese" if script == "CJK" else script.capitalize()
        letters = "letter" if len(stretch) == 1 else "letters"
        words = f"{script} script: {len(stretch)} {letters}"
    return f"[{words}]".replace(" ", NO_BREAK_SPACE)


def tidy(text: str) -> str:
    r"""Return text as it is set: NFC, ``"\n"`` at line ends, no controls, no invisible signs.

    Marks that turn the direction of writing are taken out: they could make a line read otherwise
    than it was typed. Every visible character stays.
    """
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _CONTROLS.sub("", text).translate(_PLAINER)
