"""What of the coding goes into a file for other programs, and what stays.

Coders go under a pseudonym, participants under codes made for this one file. A member's note goes
only where its author agreed, the whole board may see it and they may be quoted; then under no name.
*Only me* never leaves, nor a quote without consent, nor a memo on what stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid5

from ..domain.annotations import KIND_WORDS
from ..domain.attribution import fresh_codes, may_be_shown, shown_as
from ..domain.blocks import draft_text_from_bytes
from ..domain.british import counted
from ..domain.code_tree import CodeTree
from ..domain.codebook import Coding, Memo
from ..domain.coded_places import words_at
from ..domain.coding_consent import may_leave
from ..domain.people import PersonId
from ..domain.projects import Project, ProjectId
from ..domain.shared_coding import (
    SharedCode,
    SharedCoding,
    SharedMemo,
    SharedProject,
    SharedSource,
    SharedUser,
)
from .coded_passages import CodedPassage, CodingShelf
from .coders import require_coder
from .desk import Desk
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Leaving:
    """A project as it would leave, and what stays.

    Args:
        project: What goes into the file.
        said: Plain sentences about what goes and what stays, to be read before it is written.
    """

    project: SharedProject
    said: tuple[str, ...]


@dataclass
class _Gathering:
    """One project being gathered."""

    shelf: CodingShelf
    memos: list[Memo]
    salt: UUID
    users: dict[PersonId, SharedUser] = field(default_factory=dict)
    kept_memos: dict[UUID, SharedMemo] = field(default_factory=dict)

    def user(self, person: PersonId) -> SharedUser:
        """Return a coder under a pseudonym of this file, numbered in the order they are met."""
        if person not in self.users:
            guid = uuid5(self.salt, str(person))
            self.users[person] = SharedUser(guid, f"Coder {len(self.users) + 1}")
        return self.users[person]

    def about(self, **what: object) -> tuple[UUID, ...]:
        """Return the memos about one thing, and have them leave with it."""
        ((name, identity),) = what.items()
        found = [memo for memo in self.memos if getattr(memo, name) == identity and memo.body]
        for memo in found:
            user = self.user(memo.author).guid
            self.kept_memos[memo.id] = SharedMemo(memo.id, memo.body, user, _instant(memo.made_at))
        return tuple(memo.id for memo in found)

    def codes(self, tree: CodeTree) -> Iterator[SharedCode]:
        """Yield the codes that are offered, and retired ones that are not merged, as a tree."""
        for code in [*(code for code, _ in tree.walk()), *tree.retired()]:
            parent = tree.parents.get(code.id)
            yield SharedCode(
                guid=code.id,
                name=code.name,
                parent=None if parent is None else tree.stands_for(parent),
                definition=code.definition,
                colour=code.colour,
                codable=not code.retired,
                memos=self.about(code=code.id),
            )

    def codings(self, passages: Iterable[CodedPassage]) -> tuple[SharedCoding, ...]:
        """Return codings of one text, in the order of the text."""
        found = []
        for passage in passages:
            coding, place = passage.coding, passage.coding.passage
            if place is not None:
                found.append(self._coding(coding, passage.code.id, place.start, place.end))
        return tuple(sorted(found, key=lambda each: (each.start, each.end, str(each.guid))))

    def _coding(self, coding: Coding, code: UUID, start: int, end: int) -> SharedCoding:
        return SharedCoding(
            guid=coding.id,
            code=code,
            start=start,
            end=end,
            user=self.user(coding.coder).guid,
            made_at=_instant(coding.made_at),
            memos=self.about(coding=coding.id),
        )


def gather_leaving(desk: Desk, project: ProjectId) -> Leaving:
    """Return what of a project's coding would leave.

    Args:
        desk: The open board.
        project: Which project.

    Raises:
        NotAllowedError: Only peer researchers and coordinators send coding on.
        NotFoundError: The project is not on this board.
    """
    with desk.store.unit_of_work() as work:
        require_coder(desk, work, doing="send coding to another program")
        found = work.get(Project, project)
        shelf = CodingShelf(desk, work)
        gathering = _Gathering(shelf, work.find(Memo), desk.new_id())
        passages = [p for p in shelf.passages() if p.project == project]
        tree = CodeTree(c for c in shelf.tree.by_id.values() if c.project in (None, project))
        codes = tuple(gathering.codes(tree))
        drafts = list(_drafts(gathering, work, passages, project))
        notes, kept_back = _notes(gathering, passages, project)
        quotes, unconsented = _quotes(gathering, passages, project)
    said = [
        f"{counted(len(codes), 'code')}, {counted(len(drafts), 'draft')}, "
        f"{counted(len(notes), 'note')} of members who agreed, and "
        f"{counted(len(quotes), 'quote')} of participants go into the file.",
        "Coders are called Coder 1, Coder 2 and so on. Members are not named. Participants are "
        "shown as you chose for each quote, with codes made for this file only.",
    ]
    if kept_back:
        stays = counted(kept_back, "coded note")
        said.append(f"Kept here, as nobody agreed or others may not read it: {stays}.")
    if unconsented:
        stays = counted(unconsented, "quote")
        said.append(f"Kept here, as no consent is on record: {stays}.")
    sent = SharedProject(
        name=found.title,
        users=tuple(gathering.users.values()),
        codes=codes,
        sources=(*drafts, *notes, *quotes),
        memos=tuple(gathering.kept_memos.values()),
    )
    return Leaving(sent, tuple(said))


def _drafts(
    gathering: _Gathering, work: UnitOfWork, passages: list[CodedPassage], project: ProjectId
) -> Iterator[SharedSource]:
    """Yield the project's drafts in which anything was coded, or about which there is a memo."""
    for version in gathering.shelf.versions.values():
        draft = gathering.shelf.draft_of(version.id)
        if draft is None or draft.project != project:
            continue
        coded = [p for p in passages if p.coding.version == version.id]
        memos = gathering.about(version=version.id)
        if coded or memos:
            yield SharedSource(
                guid=version.id,
                name=gathering.shelf.title_of(version.id),
                text=draft_text_from_bytes(work.blob(version.text)).text,
                codings=gathering.codings(coded),
                memos=memos,
            )


def _notes(
    gathering: _Gathering, passages: list[CodedPassage], project: ProjectId
) -> tuple[list[SharedSource], int]:
    """Return the coded notes that may leave, and how many stay."""
    shelf = gathering.shelf
    found, stays = [], 0
    coded_notes = {c.annotation for c in shelf.codings if c.annotation is not None}
    leaving = {
        opened.note.id
        for opened in shelf.open_notes()
        if opened.project == project
        and may_leave(opened.note, shelf.people.get(opened.note.author))
    }
    for which, note in shelf.notes.items():
        draft = shelf.draft_of(note.version)
        if which not in coded_notes or draft is None or draft.project != project:
            continue
        here = [
            p for p in passages if p.coding.annotation == which and words_at(p.coding, note.body)
        ]
        if which not in leaving:
            stays += 1
        elif here:
            name = f"{KIND_WORDS[note.kind]} on {shelf.title_of(note.version)}"
            found.append(SharedSource(which, name, note.body, gathering.codings(here)))
    return found, stays


def _quotes(
    gathering: _Gathering, passages: list[CodedPassage], project: ProjectId
) -> tuple[list[SharedSource], int]:
    """Return the quotes with consent, shown as was chosen for each, and how many stay."""
    kept = [q for q in gathering.shelf.quotes.values() if q.project == project]
    leaving = [quote for quote in kept if may_be_shown(quote)]
    codes = fresh_codes(leaving, salt=str(gathering.salt))
    found = []
    for number, quote in enumerate(leaving, start=1):
        shown = shown_as(quote, codes=codes)
        here = [p for p in passages if p.coding.quote == quote.id]
        name = f"Quote {number}, {shown}" if shown else f"Quote {number}"
        found.append(SharedSource(quote.id, name, quote.body, gathering.codings(here)))
    return found, len(kept) - len(leaving)


def _instant(instant: datetime | None) -> str:
    if instant is None:
        return ""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
