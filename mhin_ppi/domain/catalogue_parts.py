"""Reads the tables of a catalogue value by value, and refuses what is missing or misshapen.

A catalogue may be edited by the people of a board, so that every refusal names the file and entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from ..errors import InputError

_Value = TypeVar("_Value", str, int, bool, float, date)


class Part:
    """One table of a catalogue; reading a value of another kind than promised is refused."""

    def __init__(self, values: Mapping[str, Any], *, called: str) -> None:
        self._values = values
        self._called = called

    def get(self, key: str, default: _Value) -> _Value:
        """Return an optional value of the default's kind."""
        return self.need(key, type(default)) if key in self._values else default

    def need(self, key: str, kind: type[_Value]) -> _Value:
        """Return a value that must be there."""
        value = self._values.get(key)
        # Python takes ``True`` for an ``int`` and a date with a time for a date; nobody else does.
        if type(value) is not kind:
            raise refusal(f"In {self._called} the entry “{key}” is missing or of another kind.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; nothing when it is absent."""
        values = self._values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
            raise refusal(f"In {self._called} the entry “{key}” must be a list of texts.")
        return tuple(values)

    def parts(self, key: str) -> tuple[Part, ...]:
        """Return a list of tables, which must hold at least one."""
        values = self._values.get(key)
        if (
            not isinstance(values, list)
            or not values
            or not all(isinstance(v, dict) for v in values)
        ):
            raise refusal(f"{self._called.capitalize()} has no list called “{key}”.")
        return tuple(Part(value, called=f"{self._called}, {key},") for value in values)

    def part(self, key: str) -> Part:
        """Return a table that must be there."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            raise refusal(f"{self._called.capitalize()} has no part called “{key}”.")
        return Part(value, called=f"{self._called}, {key},")

    def day(self, key: str) -> date | None:
        """Return a day, or ``None`` when it is absent."""
        return self.need_day(key) if key in self._values else None

    def need_day(self, key: str) -> date:
        """Return a day that must be there; a day with a time of day is refused."""
        return self.need(key, date)

    def yes_or_no(self, key: str) -> bool | None:
        """Return a yes or no, or ``None`` when nobody has said."""
        return self.need(key, bool) if key in self._values else None


def refusal(what_happened: str) -> InputError:
    """Return the error that says what is wrong with a catalogue, in plain words."""
    return InputError(
        what_happened,
        next_step="Put the file back as it came with this program, or mend that entry.",
    )


def read_toml(text: str, *, called: str) -> Part:
    """Return a catalogue's outermost table.

    Args:
        text: The file's text.
        called: What a person would call the file, for messages.

    Raises:
        InputError: The text is not TOML.
    """
    try:
        return Part(tomllib.loads(text), called=called)
    except tomllib.TOMLDecodeError as cause:
        where = str(cause).rpartition("(")[2].rstrip(")")
        raise refusal(f"{called.capitalize()} cannot be read {where}.") from cause


def refuse_doubles(codes: Iterable[str], *, called: str) -> None:
    """Raise when a code that must be the only one of its name comes twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise refusal(f"{called.capitalize()} holds “{code}” twice.")
        seen.add(code)
