"""What the reading page shows, read from the board in one go, away from the window's thread."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...domain.annotations import Annotation, AnnotationId
from ...domain.blocks import DraftText
from ...domain.companions import Companion
from ...domain.content_notes import ContentNote
from ...domain.drafts import Draft, DraftVersion, ReviewRound, VersionId
from ...domain.passages import passage_in
from ...domain.people import Person, Role
from ...domain.projects import Project, Site
from ...services.boards import Services
from ...services.carried_notes import CarriedNote
from ...services.notes_kept import all_unfinished, kept_view
from ...services.stories import Story
from ..messages import Tone
from ..widgets.folds import Fold
from .carried_facts import CarriedShown, carried_shown
from .words_for import coordinators_words, state_look, state_words


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note as the margin shows it.

    Args:
        note: The note.
        author: Whose words they are, as others may see it.
        is_mine: Whether the person at the laptop wrote it, or typed it in.
        story: The question it raised; ``None`` where it raised none.
        page: The page of the marked words, where the file has pages.
        fate: What its pill says, or "".
        tone: How the pill is marked.
        icon: The pill's icon.
        carried: How it came from an earlier version; ``None`` for a note written on this one. The
            note's passage then counts in this version, and is ``None`` where its part is gone.
        may_mark: Whether the person at the laptop may close its thread and give it tags.
        from_file: Whether its writer is known only by the name the team's file gives.
    """

    note: Annotation
    author: str
    is_mine: bool
    story: Story | None
    page: int | None
    fate: str = ""
    tone: Tone = "quiet"
    icon: str = ""
    carried: CarriedShown | None = None
    may_mark: bool = False
    from_file: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft version and everything around it.

    Args:
        version: The version.
        draft: Its draft.
        project: Its project.
        text: The words.
        me: Who is at the laptop.
        coordinator: Who coordinates, in words.
        people: Everyone, where this person may type in for others; otherwise nobody.
        sites: The places of the project.
        request: The request to read it, where this person was asked.
        done: Whether they have given it back.
        place: Where they stopped reading: block, and code points into it.
        unfinished: What they were writing, by slot ("" for a new note).
        view: How the notes were looked at last.
        content_notes: What parts of it touch on.
        folds: The parts that start folded because of them.
        companions: Its other forms: Easy Read, translated, spoken.
        older_companions: Forms of earlier versions, each with the number of that version.
        unplaced: Content notes of earlier versions that stand for the whole draft here.
    """

    version: DraftVersion
    draft: Draft
    project: Project | None
    text: DraftText
    me: Person
    coordinator: str
    people: tuple[Person, ...] = ()
    sites: tuple[Site, ...] = ()
    request: ReviewRound | None = None
    done: bool = False
    place: tuple[int, int] = (0, 0)
    unfinished: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    view: Mapping[str, Any] = field(default_factory=dict)
    content_notes: tuple[ContentNote, ...] = ()
    folds: tuple[Fold, ...] = ()
    companions: tuple[Companion, ...] = ()
    older_companions: tuple[tuple[Companion, int], ...] = ()
    unplaced: tuple[ContentNote, ...] = ()

    @property
    def touches_on(self) -> str:
        """What is said of the whole draft before it opens, or ""."""
        asked = self.request.content_note if self.request else ""
        said = dict.fromkeys([asked, *(note.body for note in self.unplaced)])
        return "; ".join(words for words in said if words)


def read_all(services: Services, version: VersionId) -> Reading:
    """Return everything that the page shows of a version but its notes.

    Thousands of notes take longer to read than the first page takes to show: they come after it.
    """
    found, draft = services.reviewing.version(version)
    text = services.reviewing.text_of(version)
    me, everyone = services.people.me(), services.people.everyone()
    shelf = services.reviewing.shelf()
    here = next((one for one in shelf if one.draft.id == draft.id), None)
    request, done = services.reviewing.request(version)
    warnings = services.content_notes.all_on(version)
    return Reading(
        version=found,
        draft=draft,
        project=here.project if here else None,
        text=text,
        me=me,
        coordinator=coordinators_words(everyone, me=me),
        people=tuple(p for p in everyone if not p.left_on) if me.has(Role.COORDINATOR) else (),
        sites=tuple(s for s in services.people.sites() if s.project == draft.project),
        request=request,
        done=done,
        place=services.reviewing.place(version),
        unfinished=all_unfinished(services.desk, version),
        view=kept_view(services.desk, draft.id),
        content_notes=warnings.placed,
        folds=folds_of(services, warnings.placed),
        companions=tuple(services.companions.on(version)),
        older_companions=tuple(services.companions.of_earlier(version)),
        unplaced=warnings.unplaced,
    )


def folds_of(services: Services, notes: Iterable[ContentNote]) -> tuple[Fold, ...]:
    """Return the folds that content notes make, for the person at the laptop."""
    return tuple(
        Fold(
            note.passage.start,
            note.passage.end,
            note.body,
            (str(note.id),),
            changeable=services.content_notes.may_change(note),
        )
        for note in notes
    )


def read_notes(
    services: Services,
    version: VersionId,
    *,
    text: DraftText,
    only: Collection[AnnotationId] | None = None,
) -> tuple[NoteShown, ...]:
    """Return the notes on a version, as the margin shows them.

    Args:
        services: The open board.
        version: Which text.
        text: Its words.
        only: Just these of them; all when not given.
    """
    me = services.people.me()
    found = [one.annotation for one in services.annotations.on(version, only=only)]
    carried = _carried(services, version, found, only=only)
    stories = services.questions.raised_by([*found, *(one.note for one in carried.values())])
    names = services.annotations.names([*found, *(one.note for one in carried.values())])
    shown = [_shown(note, stories.get(note.id), me, names[note.id], text) for note in found]
    gone = {one.version.id for one in carried.values() if one.span is None and one.note.passage}
    warnings = services.content_notes.written_on(gone)
    for key, one in carried.items():
        placed = _shown(_placed(one, text.text), stories.get(key), me, names[key], text)
        shown.append(dataclasses.replace(placed, carried=carried_shown(one, warnings)))
    return tuple(shown)


def _carried(
    services: Services,
    version: VersionId,
    found: Sequence[Annotation],
    *,
    only: Collection[AnnotationId] | None,
) -> Mapping[AnnotationId, CarriedNote]:
    """Return the notes that came from an earlier version; worked out only where one is wanted."""
    if only is not None and {note.id for note in found} >= set(only):
        return {}
    earlier = services.carried.on(version)
    notes = earlier.notes if earlier else ()
    return {one.note.id: one for one in notes if only is None or one.note.id in only}


def _placed(one: CarriedNote, text: str) -> Annotation:
    """Return a note as if it had been written on this version."""
    passage = passage_in(text, *one.span) if one.span else None
    return dataclasses.replace(one.note, passage=passage)


def _shown(
    note: Annotation,
    story: Story | None,
    me: Person,
    author: str,
    text: DraftText,
) -> NoteShown:
    mine = me.id in (note.author, note.typed_by)
    tone, icon = state_look(story.fate.state) if story else ("quiet", "")
    return NoteShown(
        note=note,
        author="You" if note.author == me.id and not note.written_by else author,
        is_mine=mine,
        story=story,
        page=_page_of(note, text),
        fate=state_words(story) if story else "",
        tone=tone,
        icon=icon,
        may_mark=mine or me.has(Role.COORDINATOR),
        from_file=bool(note.written_by),
    )


def _page_of(note: Annotation, text: DraftText) -> int | None:
    if note.passage is None or not text.blocks:
        return None
    return text.blocks[text.block_at(note.passage.start)].page
