"""What a file of another coding program would bring, said in words before anything is kept.

Nothing is guessed. A text is attached only where it equals a draft of this project, or a note or
quote that may be coded and that the file knows by its identity; every other text is named and left
out. A code is taken for one that is here when it has its identity, or its name in the same place of
the tree. Codings and memos become those of the person who brings them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from ..domain.annotations import AnnotationId
from ..domain.attribution import may_be_shown
from ..domain.blocks import draft_text_from_bytes
from ..domain.british import counted
from ..domain.code_tree import LONGEST_NAME, MOST_CODES, CodeTree
from ..domain.codebook import Code, CodeId, Coding, CodingId, Memo, MemoId, QuoteId
from ..domain.coded_places import place_only
from ..domain.drafts import VersionId
from ..domain.passages import Passage, passage_in
from ..domain.projects import Project, ProjectId
from ..domain.shared_coding import (
    SharedCode,
    SharedCoding,
    SharedMemo,
    SharedProject,
    SharedSource,
    on_unix_lines,
)
from ..errors import InputError
from .coded_passages import CodingShelf
from .coders import require_coder
from .desk import Desk, keep
from .outcome import Outcome
from .ports import UnitOfWork

NAMED_AT_MOST = 5
"""So many texts that are left out are named; the rest are counted."""
LONGEST_MEMO = 20_000
_NAMELESS = "Code without a name"


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a file would bring.

    Args:
        codes: New codes, every one after the one it stands under.
        codings: New codings.
        memos: New memos.
        said: Plain sentences to be read before anything is kept.
    """

    codes: tuple[Code, ...]
    codings: tuple[Coding, ...]
    memos: tuple[Memo, ...]
    said: tuple[str, ...]

    @property
    def brings(self) -> bool:
        """Whether there is anything new in it."""
        return bool(self.codes or self.codings or self.memos)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of this board that a file's text equals: one of the three that a coding may name."""

    text: str
    version: VersionId | None = None
    annotation: AnnotationId | None = None
    quote: QuoteId | None = None

    @property
    def identity(self) -> UUID | None:
        """Its identity, as a file of this program names it."""
        return self.version or self.annotation or self.quote


@dataclass(frozen=True, slots=True)
class _About:
    """The one thing that a memo is about."""

    code: CodeId | None = None
    coding: CodingId | None = None
    version: VersionId | None = None


@dataclass
class _Plan:
    """What is worked out from one file."""

    desk: Desk
    project: ProjectId
    shelf: CodingShelf
    codes: list[Code] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    same: dict[UUID, CodeId] = field(default_factory=dict)
    of_coding: dict[UUID, CodingId] = field(default_factory=dict)
    texts: dict[UUID, _Text] = field(default_factory=dict)
    known: int = 0
    attached: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    # Codes

    def take_codes(self, shared: Iterable[SharedCode]) -> None:
        """Work out which codes are new."""
        for code in shared:
            here = self._same_code(code)
            if here is None:
                self._add_code(code)
            else:
                self.same[code.guid] = here
                self.known += 1

    def _same_code(self, code: SharedCode) -> CodeId | None:
        by_id = self.shelf.tree.by_id.get(CodeId(code.guid))
        if by_id is not None and by_id.project in (None, self.project):
            return by_id.id
        under = self.same.get(code.parent) if code.parent else None
        name = _short_name(code.name).casefold()
        for old in (*self.shelf.tree.by_id.values(), *self.codes):
            beside = self.shelf.tree.parents.get(old.id, old.parent) == under
            ours = old.project in (None, self.project) and not old.retired
            if ours and beside and old.name.casefold() == name:
                return old.id
        return None

    def _add_code(self, shared: SharedCode) -> None:
        taken = CodeId(shared.guid) in self.shelf.tree.by_id
        name = _short_name(shared.name)
        whole = " ".join(shared.name.split())
        cut = f"{whole}\n\n" if name != whole and whole else ""
        code = Code(
            id=CodeId(self.desk.new_id() if taken else shared.guid),
            name=name,
            project=self.project,
            definition=(cut + shared.definition.strip()).strip(),
            colour=shared.colour
            or CodeTree((*self.shelf.tree.by_id.values(), *self.codes)).next_colour(),
            parent=self.same.get(shared.parent) if shared.parent else None,
            made_by=self.desk.store.person,
        )
        self.codes.append(code)
        self.same[shared.guid] = code.id

    # Texts and codings

    def take_sources(self, sources: Iterable[SharedSource], texts: Sequence[_Text]) -> None:
        """Work out which texts are here, and what is new in them."""
        mine = self.desk.store.person
        stands_for = self.shelf.tree.stands_for
        known = {coding.id for coding in self.shelf.codings}
        before = {
            (stands_for(coding.code), _place(coding), _of(coding))
            for coding in self.shelf.codings
            if coding.coder == mine
        }
        for source in map(on_unix_lines, sources):
            text = _equal(source, texts)
            if text is None:
                self.strangers.append(source.name or "a text without a name")
                continue
            self.attached.append(source.name)
            self.texts[source.guid] = text
            for coding in source.codings:
                made = self._coding(coding, text)
                key = (stands_for(made.code), _place(made), _of(made))
                if key not in before and CodingId(coding.guid) not in known:
                    before.add(key)
                    self.codings.append(made)
                    self.of_coding[coding.guid] = made.id

    def _coding(self, shared: SharedCoding, text: _Text) -> Coding:
        identity = CodingId(self.desk.new_id())
        return Coding(
            id=identity,
            code=self.same[shared.code],
            coder=self.desk.store.person,
            version=text.version,
            annotation=text.annotation,
            quote=text.quote,
            passage=_passage(text, shared, identity),
            made_at=_instant(shared.made_at) or self.desk.now(),
        )

    # Memos

    def take_memos(self, shared: SharedProject, here: Sequence[Memo]) -> None:
        """Work out which memos are new, each about one thing that is here.

        Args:
            shared: What the file holds.
            here: The memos of this board.
        """
        bodies = {memo.guid: memo for memo in shared.memos}
        old = {(memo.body, memo.code, memo.version) for memo in here}
        for about, memos in self._abouts(shared):
            for memo in (bodies[each] for each in memos if each in bodies):
                if (memo.body.strip(), about.code, about.version) not in old:
                    self._memo(memo, about)

    def _abouts(self, shared: SharedProject) -> Iterator[tuple[_About, tuple[UUID, ...]]]:
        """Yield each thing here that the file has memos about, and which memos."""
        for code in shared.codes:
            yield _About(code=self.same[code.guid]), code.memos
        for source in shared.sources:
            text = self.texts.get(source.guid)
            if text is not None and text.version is not None:
                yield _About(version=text.version), source.memos
            for coding in source.codings:
                made = self.of_coding.get(coding.guid)
                if made is not None:
                    yield _About(coding=made), coding.memos

    def _memo(self, shared: SharedMemo, about: _About) -> None:
        body = shared.body.strip()[:LONGEST_MEMO]
        if body:
            memo = Memo(
                id=MemoId(self.desk.new_id()),
                author=self.desk.store.person,
                body=body,
                code=about.code,
                coding=about.coding,
                version=about.version,
                made_at=_instant(shared.made_at) or self.desk.now(),
            )
            self.memos.append(memo)

    def said(self, shared: SharedProject) -> tuple[str, ...]:
        """Return what would happen, in words."""
        found = [f"{counted(len(self.codes), 'code')} would be added; {self.known:,} are here."]
        if self.attached:
            found.append(
                f"{counted(len(self.codings), 'coding')} would be added, as yours, in "
                f"{counted(len(self.attached), 'text')} that this board has word for word."
            )
        if self.memos:
            found.append(f"{counted(len(self.memos), 'memo')} would be added, as yours.")
        if self.strangers:
            named = ", ".join(f"“{name}”" for name in self.strangers[:NAMED_AT_MOST])
            more = len(self.strangers) - NAMED_AT_MOST
            rest = f" and {more:,} more" if more > 0 else ""
            found.append(f"Left out, because no draft here has the same words: {named}{rest}.")
        return (*found, *shared.left_out)


def work_out(desk: Desk, shared: SharedProject, project: ProjectId) -> Arriving:
    """Return what a file would bring into a project; nothing is kept yet.

    Raises:
        NotAllowedError: Only peer researchers and coordinators bring coding in.
        NotFoundError: The project is not on this board.
        InputError: The codebook would grow beyond its limit.
    """
    with desk.store.unit_of_work() as work:
        require_coder(desk, work, doing="bring coding in")
        work.get(Project, project)
        shelf = CodingShelf(desk, work)
        plan = _Plan(desk, project, shelf)
        texts = list(_texts(work, shelf, project))
        plan.take_codes(shared.codes)
        plan.take_sources(shared.sources, texts)
        plan.take_memos(shared, work.find(Memo))
    if len(shelf.tree.by_id) + len(plan.codes) > MOST_CODES:
        raise InputError(
            f"The codebook would hold more than {MOST_CODES:,} codes.",
            next_step="Export only the codes that are needed, then try again.",
        )
    return Arriving(tuple(plan.codes), tuple(plan.codings), tuple(plan.memos), plan.said(shared))


def take_in(desk: Desk, arriving: Arriving) -> Outcome[None]:
    """Keep what a file brings: all of it, or nothing.

    Raises:
        NotAllowedError: Only peer researchers and coordinators bring coding in.
    """
    with desk.store.unit_of_work() as work:
        require_coder(desk, work, doing="bring coding in")
        for new in (*arriving.codes, *arriving.codings, *arriving.memos):
            keep(work, new)
        return Outcome(None, work.commit())


def _texts(work: UnitOfWork, shelf: CodingShelf, project: ProjectId) -> Iterable[_Text]:
    """Yield the texts of a project that may be coded, the newest draft first."""
    for version in reversed(shelf.versions.values()):
        draft = shelf.draft_of(version.id)
        if draft is not None and draft.project == project:
            yield _Text(draft_text_from_bytes(work.blob(version.text)).text, version=version.id)
    for opened in shelf.open_notes():
        if opened.project == project:
            yield _Text(opened.note.body, annotation=opened.note.id)
    for quote in shelf.quotes.values():
        if quote.project == project and may_be_shown(quote):
            yield _Text(quote.body, quote=quote.id)


def _equal(source: SharedSource, texts: Iterable[_Text]) -> _Text | None:
    """Return the text here that a file's text equals, but for empty lines at the end."""
    same = [each for each in texts if each.text.rstrip() == source.text.rstrip()]
    known = [each for each in same if each.identity == source.guid]
    drafts = [each for each in same if each.version]
    return next(iter((*known, *drafts)), None)


def _passage(text: _Text, coding: SharedCoding, identity: CodingId) -> Passage:
    if text.version is not None:
        return passage_in(text.text, coding.start, coding.end)
    return place_only(text.text, coding.start, coding.end, coding=identity)


def _place(coding: Coding) -> tuple[int, int]:
    return (coding.passage.start, coding.passage.end) if coding.passage else (0, 0)


def _of(coding: Coding) -> UUID | None:
    return coding.version or coding.annotation or coding.quote


def _short_name(name: str) -> str:
    whole = " ".join(name.split()) or _NAMELESS
    return whole if len(whole) <= LONGEST_NAME else whole[: LONGEST_NAME - 1] + "…"


def _instant(written: str) -> datetime | None:
    """Return an instant as a file writes it; ``None`` where it writes none that can be read."""
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
