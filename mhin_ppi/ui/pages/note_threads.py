"""Notes put into threads, and which of them a person wants to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from ...domain.annotations import AnnotationKind
from .reading_facts import NoteShown

GUIDING = "guiding question "
AFTER_ALL = 2**40
"""Where notes stand whose part of the draft is gone: after all others."""
OPEN, RESOLVED = "open", "resolved"


@dataclass(frozen=True, slots=True)
class ThreadShown:
    """A note and everything said in answer to it, however deep, in the order it was said.

    Args:
        key: Id of the first note, whether or not it is still here.
        first: The note; ``None`` when it was taken back and answers to it remain.
        replies: The answers, oldest first.
    """

    key: str
    first: NoteShown | None
    replies: tuple[NoteShown, ...] = ()

    @property
    def all(self) -> tuple[NoteShown, ...]:
        """The notes of the thread."""
        return (self.first, *self.replies) if self.first else self.replies

    @property
    def start(self) -> int:
        """Where in the draft it stands (code points); -1 for the draft as a whole."""
        if self.is_gone:
            return AFTER_ALL
        passage = self.first.note.passage if self.first else None
        return passage.start if passage else -1

    @property
    def is_gone(self) -> bool:
        """Whether the part it was about is not in this version any more."""
        return bool(self.first and self.first.carried and self.first.carried.is_gone)

    @property
    def is_resolved(self) -> bool:
        """Whether somebody has closed it."""
        return bool(self.first and self.first.note.resolved)

    @property
    def is_unanswered(self) -> bool:
        """Whether the team owes an answer to its question."""
        story = self.first.story if self.first else None
        return story is not None and not story.responses


def threads_of(notes: Iterable[NoteShown]) -> tuple[ThreadShown, ...]:
    """Return notes as threads, in the order of their places, then of their writing.

    A note that answers one which is not here stands with the others that answer it. Notes that
    answer each other in a circle, which no laptop of ours writes, stand each on its own.
    """
    shown = {str(each.note.id): each for each in notes}
    said: dict[str, list[NoteShown]] = {}
    for key, each in shown.items():
        first = _first_of(each, shown)
        said.setdefault(first, [])
        if first != key:
            said[first].append(each)
    threads = [
        ThreadShown(key, shown.get(key), tuple(sorted(replies, key=_when)))
        for key, replies in said.items()
    ]
    return tuple(sorted(threads, key=lambda each: (each.start, _when(each.all[0]))))


def _when(shown: NoteShown) -> str:
    return str(shown.note.made_at)


def _first_of(shown: NoteShown, by_id: Mapping[str, NoteShown]) -> str:
    """Return the id of the note a thread began with."""
    own = at = str(shown.note.id)
    seen = {own}
    while (note := by_id.get(at)) is not None and note.note.reply_to is not None:
        at = str(note.note.reply_to)
        if at in seen:
            return own
        seen.add(at)
    return at


def shown_tags(shown: NoteShown) -> tuple[str, ...]:
    """Return a note's tags without those by which the program knows guiding questions."""
    return tuple(tag for tag in shown.note.tags if not tag.startswith(GUIDING))


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What a person wants to see of the notes; as made, everything.

    Args:
        words: Words that are somewhere in the thread.
        kind: A kind, by value.
        person: A writer, by the name others see: those who are not named stay one crowd.
        tag: A tag.
        state: "open" or "resolved".
        unanswered: Whether the team still owes an answer.
        mine: Whether this person wrote in it.
    """

    words: str = ""
    kind: str = ""
    person: str = ""
    tag: str = ""
    state: str = ""
    unanswered: bool = False
    mine: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != NoteFilter()

    def chooses(self, thread: ThreadShown) -> bool:
        """Return whether a thread is to be seen."""
        first = thread.first
        return (
            (not self.kind or (first is not None and first.note.kind.value == self.kind))
            and (not self.person or any(each.author == self.person for each in thread.all))
            and (not self.tag or any(self.tag in each.note.tags for each in thread.all))
            and (not self.state or (self.state == RESOLVED) == thread.is_resolved)
            and (not self.unanswered or thread.is_unanswered)
            and (not self.mine or any(each.is_mine for each in thread.all))
            and self._has_words(thread)
        )

    def _has_words(self, thread: ThreadShown) -> bool:
        wanted = self.words.casefold().split()
        if not wanted:
            return True
        text = "\n".join(_searched(each) for each in thread.all).casefold()
        return all(word in text for word in wanted)

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain values, to be kept; nothing when it leaves nothing out."""
        return asdict(self) if self.is_on else {}


def filter_from(plain: Mapping[str, Any]) -> NoteFilter:
    """Return the filter that :meth:`NoteFilter.to_plain` wrote."""
    known = {f.name: type(getattr(NoteFilter(), f.name)) for f in fields(NoteFilter)}
    made = {name: kind(plain[name]) for name, kind in known.items() if name in plain}
    if made.get("kind") not in {None, "", *(kind.value for kind in AnnotationKind)}:
        made["kind"] = ""
    return NoteFilter(**made)


def _searched(shown: NoteShown) -> str:
    quote = shown.note.passage.quote if shown.note.passage else ""
    return "\n".join((shown.note.body, quote, shown.author, *shown.note.tags))


@dataclass(frozen=True, slots=True)
class NotesChosen:
    """The threads on a draft, and those of them that are shown.

    Args:
        all: Every thread.
        shown: Those that the filter chooses.
        people: The names of writers as others see them, each once.
        tags: The tags in use, the most used first.
        by_key: Every thread by its key.
        key_of: The key of the thread that each note belongs to, by the note's id.
    """

    all: tuple[ThreadShown, ...] = ()
    shown: tuple[ThreadShown, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    by_key: Mapping[str, ThreadShown] = field(default_factory=dict)
    key_of: Mapping[str, str] = field(default_factory=dict)

    def wanting(self, wanted: NoteFilter) -> NotesChosen:
        """Return the same threads, with those shown that are wanted."""
        if not wanted.is_on:
            return replace(self, shown=self.all)
        return replace(self, shown=tuple(each for each in self.all if wanted.chooses(each)))

    def note(self, identity: str) -> NoteShown | None:
        """Return a note by its id; ``None`` when it is not here."""
        thread = self.by_key.get(self.key_of.get(identity, ""))
        notes = thread.all if thread else ()
        return next((each for each in notes if str(each.note.id) == identity), None)


def all_of(threads: Sequence[ThreadShown]) -> NotesChosen:
    """Return the threads, all of them shown, with what is found in them."""
    used: dict[str, int] = {}
    for thread in threads:
        for each in thread.all:
            for tag in shown_tags(each):
                used[tag] = used.get(tag, 0) + 1
    people = {each.author for thread in threads for each in thread.all}
    return NotesChosen(
        all=tuple(threads),
        shown=tuple(threads),
        people=tuple(sorted(people, key=str.casefold)),
        tags=tuple(sorted(used, key=lambda tag: (-used[tag], tag.casefold()))),
        by_key={thread.key: thread for thread in threads},
        key_of={str(each.note.id): thread.key for thread in threads for each in thread.all},
    )
