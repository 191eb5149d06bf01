"""Small repairs to text that every reader needs."""

from __future__ import annotations

import re
import unicodedata

# Control characters, soft hyphens, byte-order marks, lone surrogates and non-characters: none is
# a letter, and each would break searching or storing the text.
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]")
SPACES = re.compile(r"[^\S\n\t]+")
AROUND_BREAKS = re.compile(r"[^\S\n]*\n\s*")


def clean(text: str) -> str:
    r"""Return text as a block may hold it: NFC, no control characters, single spaces.

    >>> clean("a  b \n\n c\x07")
    'a b\nc'
    """
    text = SPACES.sub(" ", NOT_TEXT.sub("", text))
    if "\n" in text:
        text = AROUND_BREAKS.sub("\n", text)
    return unicodedata.normalize("NFC", text.strip())


def one_line(text: str) -> str:
    r"""Return cleaned text without line breaks or tabs, as table cells need it.

    >>> one_line("dose\n\t5 mg")
    'dose 5 mg'
    """
    return " ".join(clean(text).split())


def left_out(count: int) -> str:
    """Return the sentence that says how many pictures are not shown.

    >>> left_out(1)
    '1 picture or drawing is not shown here.'
    """
    what = "picture or drawing is" if count == 1 else "pictures or drawings are"
    return f"{count} {what} not shown here."
