"""What became different because of a question, checked before it is linked: nothing is lost.

A passage is named by its version and its place there. A place that is not (or no longer) in the
version is refused in words that say what to do; the person's own words are still in their form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.blocks import draft_text_from_bytes
from ..domain.british import day
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import EmptyPassageError, Passage, passage_in
from ..domain.responses import CERTAINTY_WORDS, LED_TO, OUTSIDE_WORDS, Change, ChangeId
from ..errors import InputError, NotFoundError
from .desk import Desk
from .ports import UnitOfWork
from .stories import Story

KEPT = "Nothing has been recorded, and what you wrote is still here."
Place = tuple[VersionId, int, int]


@dataclass(frozen=True, slots=True)
class Different:
    """What a person says became different.

    Args:
        old: Version and span before; the passage of the question's note unless said otherwise.
        new: Version and span after.
        outside: What changed, when it is not in a text.
        outside_kind: Code of what sort of thing that is, or "".
        certainty: Code of how sure it is that the question led to it.
        on: The day; ``None`` for today.
    """

    old: Place | None = None
    new: Place | None = None
    outside: str = ""
    outside_kind: str = ""
    certainty: str = LED_TO
    on: date | None = None


def change_from(desk: Desk, work: UnitOfWork, story: Story, said: Different) -> Change:
    """Return the change, or refuse what cannot be.

    Raises:
        InputError: Nothing is said to be different, a passage is not in its version, the versions
            or the days are the wrong way round, or a code is not in its list.
    """
    if said.new is None and not said.outside.strip():
        raise InputError(
            "It does not say what changed.",
            what_is_safe=KEPT,
            next_step="Mark the new words, or write what is different now.",
        )
    _check_codes(said)
    on = said.on or desk.today()
    check_day(on, today=desk.today(), story=story)
    note = story.annotation
    before = _passage(work, said.old) if said.old else (note.passage if note else None)
    old_version = said.old[0] if said.old else (note.version if note else None)
    if said.new is not None and old_version is not None:
        _check_order(work, old_version, said.new[0])
    return Change(
        id=ChangeId(desk.new_id()),
        question=story.question.id,
        old_version=old_version,
        new_version=said.new[0] if said.new else None,
        old=before,
        new=_passage(work, said.new) if said.new else None,
        outside=said.outside.strip(),
        changed_on=on,
        outside_kind="" if said.new else said.outside_kind,
        certainty=said.certainty,
    )


def check_day(on: date, *, today: date, story: Story) -> None:
    """Refuse a day on which nothing can have changed because of a question.

    Raises:
        InputError: The day has not come yet, or the question was asked later.
    """
    if on > today:
        raise InputError(
            "That day has not come yet.", what_is_safe=KEPT, next_step="Choose today or earlier."
        )
    asked = story.question.raised_at
    if asked is not None and on < asked.astimezone().date():
        raise InputError(
            f"The question was asked later, on {day(asked.astimezone().date())}.",
            what_is_safe=KEPT,
            next_step="Check the day. What was so before is answered with “already covered”.",
        )


def _check_codes(said: Different) -> None:
    unknown = said.certainty not in CERTAINTY_WORDS
    if unknown or (said.outside_kind and said.outside_kind not in OUTSIDE_WORDS):
        code = said.certainty if unknown else said.outside_kind
        raise InputError(
            f"“{code}” is not in the list.",
            what_is_safe=KEPT,
            next_step="Choose one from the list.",
        )


def _check_order(work: UnitOfWork, old: VersionId, new: VersionId) -> None:
    before, after = _version(work, old), _version(work, new)
    if before.draft == after.draft and before.number >= after.number:
        raise InputError(
            f"The new words are in version {after.number}, and the question was asked about "
            f"version {before.number}.",
            what_is_safe=KEPT,
            next_step="Choose a later version.",
        )


def _version(work: UnitOfWork, version: VersionId) -> DraftVersion:
    try:
        return work.get(DraftVersion, version)
    except NotFoundError as cause:
        raise InputError(
            "That version is not on this board.",
            what_is_safe=KEPT,
            next_step="Choose a version from the list.",
        ) from cause


def _passage(work: UnitOfWork, place: Place) -> Passage:
    version, start, end = place
    found = _version(work, version)
    text = draft_text_from_bytes(work.blob(found.text)).text
    try:
        if 0 <= start < end <= len(text):
            return passage_in(text, start, end)
    except EmptyPassageError:
        pass
    raise InputError(
        f"The marked words are not in version {found.number}.",
        what_is_safe=KEPT,
        next_step="Mark them again in that version. If they were taken out, say so in words.",
    )
