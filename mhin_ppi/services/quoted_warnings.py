"""Content notes before the words that a question's story quotes from a draft.

Wherever a passage is quoted away from its draft, what it touches on is said first, as in the draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.content_notes import ContentNote
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import Passage
from .carried import Carrying
from .carried_warnings import Warnings, warnings_on
from .desk import Desk
from .stories import Story


@dataclass(frozen=True)
class QuotedWarnings:
    """What the passages touch on that some stories quote.

    Args:
        by_version: The content notes that concern each version, where there are any.
    """

    by_version: Mapping[VersionId, Warnings] = field(default_factory=dict)

    def before(self, version: VersionId | None, passage: Passage | None) -> str:
        """Return what is said in place of a passage, or "" where it may be read at once.

        A content note whose part is not certain stands before the whole draft.

        Args:
            version: The version it is quoted from.
            passage: What is quoted.
        """
        warned = self.by_version.get(version) if version is not None else None
        if warned is None or passage is None:
            return ""
        notes = [n for n in warned.placed if _overlap(n.passage, passage)] + [*warned.unplaced]
        said = "; ".join(dict.fromkeys(note.body.rstrip(".") for note in notes))
        return f"This part touches on: {said}." if notes else ""


def quoted_warnings(desk: Desk, carried: Carrying, stories: Iterable[Story]) -> QuotedWarnings:
    """Return what the passages touch on that stories quote; versions may be laid side by side.

    Args:
        desk: The open board.
        carried: Knows where passages went.
        stories: Whose passages are to be shown.
    """
    wanted = {version for story in stories for version in _quoted_from(story)}
    if not wanted:
        return QuotedWarnings()
    with desk.store.unit_of_work() as work:
        noted = {note.version for note in work.find(ContentNote)}
        versions = {one.id: one for one in work.find(DraftVersion)} if noted else {}
    first: dict[object, list[int]] = defaultdict(list)
    for one in noted & versions.keys():
        first[versions[one].draft].append(versions[one].number)
    concerned = (
        version
        for version in wanted & versions.keys()
        if min(first[versions[version].draft], default=0) <= versions[version].number
        and first[versions[version].draft]
    )
    return QuotedWarnings({one: warnings_on(desk, carried, one) for one in concerned})


def _quoted_from(story: Story) -> Iterable[VersionId]:
    note = story.annotation
    if note is not None and note.passage is not None:
        yield note.version
    for change in story.changes:
        yield from (one for one in (change.old_version, change.new_version) if one is not None)


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end
