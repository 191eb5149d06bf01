"""Content notes before words that are shown away from their draft: in a story, in what was found.

Wherever a passage is quoted, what it touches on is said first, as in the draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.content_notes import ContentNote
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import Passage
from ..domain.responses import Change
from .carried import Carrying
from .carried_warnings import Warnings, warnings_on
from .desk import Desk
from .stories import Story


@dataclass(frozen=True)
class QuotedWarnings:
    """What parts of some versions touch on.

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
        if version is None or passage is None:
            return ""
        notes = self.on(version, passage.start, passage.end)
        said = "; ".join(dict.fromkeys(note.body.rstrip(".") for note in notes if note.body))
        if notes and not said:
            return "A content note stands before this part."
        return f"This part touches on: {said}." if notes else ""

    def before_change(self, change: Change | None) -> str:
        """Return what is said before the old and the new words of a change, or ""."""
        if change is None:
            return ""
        old = self.before(change.old_version, change.old)
        new = self.before(change.new_version, change.new)
        return " ".join(dict.fromkeys(said for said in (old, new) if said))

    def on(self, version: VersionId, start: int, end: int) -> list[ContentNote]:
        """Return the content notes that concern any words in a range, in code points."""
        warned = self.by_version.get(version)
        if warned is None:
            return []
        touching = (n for n in warned.placed if n.passage.start < end and start < n.passage.end)
        return [*touching, *warned.unplaced]


def quoted_warnings(desk: Desk, carried: Carrying, stories: Iterable[Story]) -> QuotedWarnings:
    """Return what the passages touch on that stories quote; versions may be laid side by side.

    Args:
        desk: The open board.
        carried: Knows where passages went.
        stories: Whose passages are to be shown.
    """
    return warnings_in(desk, carried, {v for story in stories for v in _quoted_from(story)})


def warnings_in(desk: Desk, carried: Carrying, wanted: Collection[VersionId]) -> QuotedWarnings:
    """Return what parts of some versions touch on; versions may be laid side by side first."""
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
        for version in versions.keys() & set(wanted)
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
