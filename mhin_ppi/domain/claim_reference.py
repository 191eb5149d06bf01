"""A short name for a claim that finance can type: the same on every laptop, with a check character.

Letters and digits are those of Crockford's base 32, which leaves out the ones that look alike, but
for Z: with 31 of them the check character catches every single wrong character and every swap of
two different neighbours.
"""

from __future__ import annotations

from uuid import UUID

from ..errors import InputError
from .claims import ClaimId

PREFIX = "PPI"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_DIGITS = 8
_BASE = len(_ALPHABET)
"""A prime: with it the sum of digits times their places catches slips and swaps."""


def reference_of(claim: ClaimId) -> str:
    """Return the reference of a claim.

    >>> reference_of(ClaimId(UUID(int=7)))
    'PPI-0000-0007-1'
    """
    digits = _digits_of(claim)
    return f"{PREFIX}-{digits[:4]}-{digits[4:]}-{_check_of(digits)}"


def parse_reference(written: str) -> str:
    """Return a reference in the one way of writing it.

    Args:
        written: As somebody typed it: any case, with or without spaces and dashes; O for 0 and I
            or L for 1 are understood.

    Raises:
        InputError: It is no reference, or its check character says that a character is wrong.
    """
    plain = "".join(one for one in written.upper() if one.isalnum())
    plain = plain.removeprefix(PREFIX).translate(_LOOK_ALIKE)
    if len(plain) != _DIGITS + 1 or any(one not in _ALPHABET for one in plain):
        raise InputError(
            f"“{written.strip()[:40]}” is not the reference of a claim.",
            next_step=f"It looks like {PREFIX}-1234-5678-9. Look at the list again.",
        )
    digits, check = plain[:-1], plain[-1]
    if _check_of(digits) != check:
        raise InputError(
            f"“{written.strip()[:40]}” has a letter or digit that is not right.",
            next_step="Compare it with the file that went to finance.",
        )
    return f"{PREFIX}-{digits[:4]}-{digits[4:]}-{check}"


def _digits_of(claim: ClaimId) -> str:
    number = UUID(str(claim)).int % _BASE**_DIGITS
    found = []
    for _ in range(_DIGITS):
        number, rest = divmod(number, _BASE)
        found.append(_ALPHABET[rest])
    return "".join(reversed(found))


def _check_of(digits: str) -> str:
    total = sum(place * _ALPHABET.index(one) for place, one in enumerate(digits, start=2))
    return _ALPHABET[total % _BASE]
