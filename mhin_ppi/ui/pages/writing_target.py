"""What is being written on a reading page, and where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain.annotations import AnnotationId


@dataclass(frozen=True, slots=True)
class Target:
    """What is being written: a new note, an answer to a guiding question, a reply, other words.

    Args:
        span: The words a new note is about (code points); ``None`` for the whole draft.
        of_section: Whether those words are a heading, and the note is about its section.
        guiding: The guiding question that is answered, from 0.
        changing: The note that gets other words.
        reply_to: The note that is answered.
    """

    span: tuple[int, int] | None = None
    of_section: bool = False
    guiding: int | None = None
    changing: AnnotationId | None = None
    reply_to: AnnotationId | None = None

    @property
    def slot(self) -> str:
        """Under which name its words are kept: one new note, one of each answer, reply, change."""
        if self.changing is not None:
            return f"change:{self.changing}"
        if self.guiding is not None:
            return f"guiding:{self.guiding}"
        return f"reply:{self.reply_to}" if self.reply_to is not None else ""

    @property
    def note(self) -> AnnotationId | None:
        """The note that is there already."""
        return self.changing or self.reply_to

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        start, end = self.span or (None, None)
        return {
            "start": start,
            "end": end,
            "of_section": self.of_section,
            "guiding": self.guiding,
            "changing": str(self.changing) if self.changing else None,
            "reply_to": str(self.reply_to) if self.reply_to else None,
        }


def target_from(kept: Mapping[str, Any]) -> Target:
    """Return the target that :meth:`Target.to_plain` wrote."""
    start, end = kept.get("start"), kept.get("end")
    guiding = kept.get("guiding")
    changing, reply_to = kept.get("changing"), kept.get("reply_to")
    return Target(
        span=(int(start), int(end)) if start is not None and end is not None else None,
        of_section=bool(kept.get("of_section")),
        guiding=int(guiding) if guiding is not None else None,
        changing=AnnotationId(UUID(str(changing))) if changing else None,
        reply_to=AnnotationId(UUID(str(reply_to))) if reply_to else None,
    )
