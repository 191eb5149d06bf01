"""Notes as plain values, for their way to the child that writes or reads them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mhin_ppi.domain.shared_notes import SharedNote

_WORDS = tuple(
    field.name
    for field in fields(SharedNote)
    if field.name not in ("span", "tags", "resolved", "page")
)


def note_to_json(note: SharedNote) -> dict[str, object]:
    """Return a note as plain values, leaving out what is empty."""
    plain: dict[str, object] = {name: getattr(note, name) for name in _WORDS if getattr(note, name)}
    if note.span is not None:
        plain["span"] = list(note.span)
    if note.tags:
        plain["tags"] = list(note.tags)
    if note.resolved:
        plain["resolved"] = True
    if note.page is not None:
        plain["page"] = note.page
    return plain


def note_from_json(untrusted: Mapping[str, Any]) -> SharedNote:
    """Return the note that :func:`note_to_json` wrote, checked field by field.

    Raises:
        ValueError, TypeError, KeyError or AttributeError: It is not of that shape.
    """
    words = {name: str(untrusted.get(name, "")) for name in _WORDS}
    span = None
    if untrusted.get("span") is not None:
        start, end = (int(one) for one in untrusted["span"])
        if not 0 <= start <= end:
            raise ValueError
        span = (start, end)
    words["motivation"] = words["motivation"] or "commenting"
    return SharedNote(
        **words,
        span=span,
        tags=tuple(str(tag) for tag in untrusted.get("tags", ())),
        resolved=bool(untrusted.get("resolved", False)),
        page=max(1, int(untrusted["page"])) if "page" in untrusted else None,
    )
