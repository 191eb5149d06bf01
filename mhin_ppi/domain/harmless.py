"""Words as they may be shown: nothing in them can turn, hide or overwrite what stands around them.

What people write is kept as they wrote it. Only where it is shown do characters go that draw
nothing themselves but change how the rest is drawn: a right-to-left override makes "yes" read as
"sey", a control character makes a line look empty.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def harmless(words: str) -> str:
    r"""Return words without control characters and without overrides of their direction.

    Right-to-left scripts are untouched: their letters bring their own direction with them.

    >>> harmless("yes\u202e on\r\nnext"), harmless("مرحبا")
    ('yes on\nnext', 'مرحبا')
    """
    if words.isprintable():
        # Nearly all words: Python knows of each letter whether it draws something.
        return words
    if not (_UNSEEN.search(words) or _LINE_ENDS.search(words)):
        return words
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", words))


def says_something(words: str) -> bool:
    r"""Return whether anything in some words can be seen: a letter, a figure, a sign.

    >>> says_something("Why?"), says_something("\u200b\u202e \n"), says_something("🙂")
    (True, False, True)
    """
    # C: controls, marks of direction and the like. Z: spaces and ends of lines.
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in words)
