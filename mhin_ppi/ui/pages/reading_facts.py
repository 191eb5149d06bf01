"""What the reading page shows, read from the board in one go, away from the window's thread."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...domain.annotations import Annotation
from ...domain.blocks import DraftText
from ...domain.companions import Companion
from ...domain.content_notes import ContentNote
from ...domain.drafts import Draft, DraftVersion, ReviewRound, VersionId
from ...domain.passages import passage_in
from ...domain.people import Person, Role, credited_as
from ...domain.projects import Project, Site
from ...services.boards import Services
from ...services.carried_notes import CarriedNote
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
        unfinished: What they were writing.
        content_notes: What parts of it touch on.
        folds: The parts that start folded because of them.
        companions: Its other forms: Easy Read, translated, spoken.
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
    unfinished: Mapping[str, Any] = field(default_factory=dict)
    content_notes: tuple[ContentNote, ...] = ()
    folds: tuple[Fold, ...] = ()
    companions: tuple[Companion, ...] = ()


def read_all(services: Services, version: VersionId) -> Reading:
    """Return everything that the page shows of a version, but the notes: they can be thousands.

    The words are on the screen while :func:`read_notes` still reads.
    """
    found, draft = services.reviewing.version(version)
    text = services.reviewing.text_of(version)
    me, everyone = services.people.me(), services.people.everyone()
    shelf = services.reviewing.shelf()
    here = next((one for one in shelf if one.draft.id == draft.id), None)
    request, done = services.reviewing.request(version)
    content_notes = tuple(services.content_notes.on(version))
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
        unfinished=services.annotations.unfinished(version),
        content_notes=content_notes,
        folds=folds_of(services, content_notes),
        companions=tuple(services.companions.on(version)),
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


def read_notes(services: Services, version: VersionId, *, text: DraftText) -> tuple[NoteShown, ...]:
    """Return the notes on a version, as the margin shows them."""
    me = services.people.me()
    people = {person.id: person for person in services.people.everyone()}
    word = services.people.board().member_word
    earlier = services.carried.on(version)
    carried = {one.note.id: one for one in earlier.notes} if earlier else {}
    stories = services.questions.raised_by([one.note for one in carried.values()])
    every = services.questions.noted_on(version)
    every += [(_placed(one, text.text), stories.get(key)) for key, one in carried.items()]
    shown = []
    for note, story in every:
        writer = people.get(note.author)
        choice = story.question.credit if story else None
        named = credited_as(writer, choice=choice, member_word=word) if writer else f"A {word}"
        mine = me.id in (note.author, note.typed_by)
        tone, icon = state_look(story.fate.state) if story else ("quiet", "")
        came = carried.get(note.id)
        shown.append(
            NoteShown(
                note=note,
                author="You" if note.author == me.id else named,
                is_mine=mine,
                story=story,
                page=_page_of(note, text),
                fate=state_words(story) if story else "",
                tone=tone,
                icon=icon,
                carried=carried_shown(came) if came else None,
            )
        )
    return tuple(sorted(shown, key=_place))


def _placed(one: CarriedNote, text: str) -> Annotation:
    """Return a note as if it had been written on this version."""
    passage = passage_in(text, *one.span) if one.span else None
    return dataclasses.replace(one.note, passage=passage)


def _place(shown: NoteShown) -> tuple[bool, int]:
    """Return where a note belongs in the list: notes whose part is gone come last."""
    gone = shown.carried is not None and shown.carried.is_gone
    return gone, shown.note.passage.start if shown.note.passage else -1


def _page_of(note: Annotation, text: DraftText) -> int | None:
    if note.passage is None or not text.blocks:
        return None
    return text.blocks[text.block_at(note.passage.start)].page
