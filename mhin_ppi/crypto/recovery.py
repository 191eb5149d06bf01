"""The spare key: 24 characters that open a board when the password is forgotten.

120 random bits in Crockford's base 32, which leaves out I, L, O and U, so that a code copied by
hand from paper still opens the board. It is shown once and may be printed.

Source: Douglas Crockford, "Base 32" (alphabet, and how look-alikes are read).
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARACTERS = 24
CODE_BITS = 120
GROUP_CHARACTERS = 4

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
# What people and printers put between groups: hyphens of every kind, dots, and any white space.
_BETWEEN = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d.·_")
# Long enough for any honest spacing, short enough that pasting a book costs nothing.
MOST_TYPED_CHARACTERS = 500


class NotARecoveryCodeError(ValueError):
    """What was typed cannot be a spare key.

    Args:
        reason: One plain sentence, fit to be shown.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_recovery_code() -> str:
    """Return a fresh spare key in its canonical form: 24 characters, no dashes.

    Anyone who holds it and the profile folder can open the board. It cannot be called back; a
    new one replaces it.
    """
    number = secrets.randbits(CODE_BITS)
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(CODE_BITS - 5, -1, -5))


def format_recovery_code(code: str) -> str:
    """Return a code as people see it, in six groups of four.

    Args:
        code: In any form that :func:`parse_recovery_code` reads.

    Raises:
        NotARecoveryCodeError: It is not a spare key.

    >>> format_recovery_code("0123456789abcdefghjkmnpq")
    '0123-4567-89AB-CDEF-GHJK-MNPQ'
    """
    plain = parse_recovery_code(code)
    starts = range(0, CODE_CHARACTERS, GROUP_CHARACTERS)
    return "-".join(plain[start : start + GROUP_CHARACTERS] for start in starts)


def parse_recovery_code(typed: str) -> str:
    """Return the canonical 24 characters of what a person typed or pasted.

    Small letters, spaces, dashes and dots do not matter; O is read as 0, I and L as 1.

    Args:
        typed: Anything.

    Raises:
        NotARecoveryCodeError: Too few or too many characters, or one that no spare key has. The
            reason names the character, never the rest of the code.

    Not checked: whether the code opens this board. There is no check digit; a slip of the pen that
    makes another possible code is found out by trying it.

    >>> parse_recovery_code(" o123 4567-89ab-cdef ghjk.mnpq ")
    '0123456789ABCDEFGHJKMNPQ'
    """
    if len(typed) > MOST_TYPED_CHARACTERS:
        raise NotARecoveryCodeError("A spare key has 24 letters and numbers. This is much longer.")
    kept = "".join(c for c in typed if not c.isspace() and c not in _BETWEEN)
    plain = kept.upper().translate(_LOOK_ALIKES)
    for character in plain:
        if character not in ALPHABET:
            shown = character if character.isprintable() else "a hidden character"
            raise NotARecoveryCodeError(f"A spare key never contains {shown}.")
    if len(plain) != CODE_CHARACTERS:
        raise NotARecoveryCodeError(
            f"A spare key has {CODE_CHARACTERS} letters and numbers. This one has {len(plain)}."
        )
    return plain
