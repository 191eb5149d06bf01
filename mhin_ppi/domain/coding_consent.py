"""Whether a member's own notes may be coded. Members are not participants: off until they say so.

Source: ``PRODUCT.md``, "Rules that hold everywhere".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from .annotations import Annotation, Visibility
from .codebook import CodingConsent
from .people import Person, PersonId
from .projects import ProjectId

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def newest_word(
    consents: Iterable[CodingConsent], *, person: PersonId, project: ProjectId
) -> CodingConsent | None:
    """Return what a member said last about a project, or ``None`` when they never did.

    Of two said at one instant the *no* counts, so that a slip never opens what was closed.
    """
    said = [c for c in consents if c.person == person and c.project == project]
    return max(
        said,
        key=lambda c: (c.said_at or _BEFORE_ALL, not c.agreed, str(c.id)),
        default=None,
    )


def has_agreed(consents: Iterable[CodingConsent], *, person: PersonId, project: ProjectId) -> bool:
    """Return whether a member's notes may be coded for a project, by what they said last."""
    newest = newest_word(consents, person=person, project=project)
    return newest is not None and newest.agreed


def may_leave(note: Annotation, author: Person | None) -> bool:
    """Return whether a note its author agreed to have coded may stand in a file for others.

    Only what the whole board may see leaves: never *only me*, never what was told to the
    coordinator alone, and nothing of somebody who is not to be quoted.
    """
    quoted = author is not None and not author.not_quoted
    return note.visibility is Visibility.BOARD and quoted
