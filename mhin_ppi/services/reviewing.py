"""Drafts and the requests to read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.drafts import (
    Draft,
    DraftId,
    DraftKind,
    DraftVersion,
    ReturnId,
    ReviewReturn,
    ReviewRound,
    RoundId,
    VersionId,
    check_round,
)
from ..domain.people import PersonId
from ..domain.projects import Project, ProjectId
from ..errors import InputError, NotFoundError
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome
from .ports import Progress, StopWanted, UnitOfWork


@dataclass(frozen=True, slots=True)
class DraftOnShelf:
    """A draft as a list shows it.

    Args:
        draft: The draft.
        project: Its project.
        versions: Its versions, oldest first; at least one.
        request: The request that asks this person to read it, if any: the newest for its newest
            version; otherwise the newest for an earlier one.
        done: Whether this person has given that review back.
    """

    draft: Draft
    project: Project
    versions: tuple[DraftVersion, ...]
    request: ReviewRound | None
    done: bool

    @property
    def latest(self) -> DraftVersion:
        """The newest version."""
        return self.versions[-1]

    @property
    def to_read(self) -> DraftVersion:
        """The version this person is asked to read; the newest when they are not asked."""
        wanted = self.request.version if self.request else None
        return next((one for one in self.versions if one.id == wanted), self.latest)

    @property
    def waits(self) -> bool:
        """Whether the person at the laptop has been asked to read it and has not yet."""
        return self.request is not None and not self.done


@dataclass(frozen=True)
class Reviewing:
    """Adding drafts, asking people to read them, and giving a review back."""

    desk: Desk

    def shelf(self) -> list[DraftOnShelf]:
        """Return every draft, those that wait for this person first, then the newest first."""
        with self.desk.store.unit_of_work() as work:
            drafts = self._on_shelf(work)
        far = date.max
        return sorted(
            reversed(drafts),
            key=lambda one: (not one.waits, (one.request and one.request.due_on) or far),
        )

    def version(self, version: VersionId) -> tuple[DraftVersion, Draft]:
        """Return a version and its draft.

        Raises:
            NotFoundError: It is not on this board.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            return found, work.get(Draft, found.draft)

    def text_of(self, version: VersionId, *, images: bool = True) -> DraftText:
        """Return a version's text.

        Args:
            version: Which.
            images: Whether to fetch its pictures too.

        Raises:
            NotFoundError: It is not on this board, or its file is not here yet.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            pictures = {str(one): work.blob(one) for one in found.images} if images else {}
            return draft_text_from_bytes(work.blob(found.text), images=pictures)

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> DraftText:
        """Return the text of a file without adding it, so that a person can see what it is first.

        Raises:
            DocumentError: The file cannot be read.
            Stopped: The person pressed Stop.
        """
        return self._read(untrusted, file_name, progress, stop_wanted)

    def request(self, version: VersionId) -> tuple[ReviewRound | None, bool]:
        """Return the newest request that asks this person to read a version, and whether done."""
        me = self.desk.store.person
        with self.desk.store.unit_of_work() as work:
            asked = [r for r in work.find(ReviewRound, version=version) if me in r.invited]
            if not asked:
                return None, False
            given = work.count(ReviewReturn, round=asked[-1].id, person=me)
            return asked[-1], given > 0

    def add_draft(  # noqa: PLR0913 - the file, what it is, and how its reading is followed
        self,
        untrusted: bytes,
        *,
        file_name: str,
        project: ProjectId,
        title: str,
        kind: DraftKind = DraftKind.PROTOCOL,
        text: DraftText | None = None,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Outcome[DraftVersion]:
        """Read a file and add it as the first version of a new draft.

        Args:
            untrusted: The file's bytes.
            file_name: What it is called.
            project: Which project it belongs to.
            title: What people will call it.
            kind: What sort of document it is.
            text: What :meth:`read` gave for it; it is read now otherwise.
            progress: Told how far the reading is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotAllowedError: Only a coordinator adds drafts.
            InputError: No title.
            DocumentError: The file cannot be read; nothing was added.
            Stopped: The person pressed Stop; nothing was added.
        """
        if not title.strip():
            raise InputError("The draft has no title.", next_step="Write what it is called.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add drafts")
            work.get(Project, project)
        text = text or self._read(untrusted, file_name, progress, stop_wanted)
        with self.desk.store.unit_of_work() as work:
            draft = Draft(
                id=DraftId(self.desk.new_id()),
                project=project,
                title=" ".join(title.split()),
                kind=kind,
            )
            keep(work, draft)
            made = self._keep_version(work, draft.id, 1, text, untrusted, file_name)
            return Outcome(made, work.commit())

    def add_version(
        self,
        draft: DraftId,
        untrusted: bytes,
        *,
        file_name: str,
        text: DraftText | None = None,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Outcome[DraftVersion]:
        """Read a file and add it as the next version of a draft.

        Args:
            draft: Which draft.
            untrusted: The file's bytes.
            file_name: What it is called.
            text: What :meth:`read` gave for it; it is read now otherwise.
            progress: Told how far the reading is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotAllowedError: Only a coordinator adds versions.
            InputError: It is the same text as a version already here.
            DocumentError: The file cannot be read; nothing was added.
            Stopped: The person pressed Stop; nothing was added.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add versions")
            work.get(Draft, draft)
        text = text or self._read(untrusted, file_name, progress, stop_wanted)
        with self.desk.store.unit_of_work() as work:
            before = work.find(DraftVersion, draft=draft)
            for version in before:
                if version.text == text.digest:
                    raise InputError(
                        f"“{file_name}” has the same words as version {version.number}.",
                        next_step="Check that you chose the new file.",
                    )
            number = max((version.number for version in before), default=0) + 1
            made = self._keep_version(work, draft, number, text, untrusted, file_name)
            return Outcome(made, work.commit())

    def ask_to_read(
        self,
        version: VersionId,
        *,
        invited: Iterable[PersonId],
        due_on: date | None = None,
        minutes: int = 60,
        guiding_questions: Iterable[str] = (),
        content_note: str = "",
        agreed_pence: int = 0,
        band: str = "",
    ) -> Outcome[ReviewRound]:
        """Ask people to read a version by a date; ``services/rounds.py`` has what comes after.

        Raises:
            NotAllowedError: Only a coordinator asks.
            InputError: Nobody is invited, the date has passed, or a figure cannot be.
        """
        people = tuple(dict.fromkeys(invited))
        check_round(minutes=minutes, agreed_pence=agreed_pence, invited=people)
        if due_on is not None and due_on < self.desk.today():
            raise InputError("That day has passed.", next_step="Choose today or a later day.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="ask people to read")
            work.get(DraftVersion, version)
            request = ReviewRound(
                id=RoundId(self.desk.new_id()),
                version=version,
                due_on=due_on,
                minutes=minutes,
                content_note=content_note.strip(),
                guiding_questions=tuple(q.strip() for q in guiding_questions if q.strip()),
                invited=people,
                opened_on=self.desk.today(),
                agreed_pence=agreed_pence,
                band=band,
            )
            keep(work, request)
            return Outcome(request, work.commit())

    def give_back(
        self, request: RoundId, *, on_behalf_of: PersonId | None = None
    ) -> Outcome[ReviewReturn]:
        """Give a review back, finished or stopped: the record is the same.

        Raises:
            NotFoundError: There is no such request.
        """
        with self.desk.store.unit_of_work() as work:
            work.get(ReviewRound, request)
            person = self.desk.author(work, on_behalf_of)
            already = work.find(ReviewReturn, round=request, person=person)
            if already:
                return Outcome(already[0])
            made = ReviewReturn(
                id=ReturnId(self.desk.new_id()),
                round=request,
                person=person,
                done_at=self.desk.now(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def keep_place(self, version: VersionId, *, block: int, offset: int) -> None:
        """Remember where this person stopped reading; it stays on this laptop."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(f"place:{version}", {"block": block, "offset": offset})
            work.commit()

    def place(self, version: VersionId) -> tuple[int, int]:
        """Return the block, and the offset in it, where this person stopped reading."""
        with self.desk.store.unit_of_work() as work:
            kept: Any = work.local(f"place:{version}") or {}
            return int(kept.get("block", 0)), int(kept.get("offset", 0))

    def _read(
        self,
        untrusted: bytes,
        file_name: str,
        progress: Progress | None,
        stop_wanted: StopWanted | None,
    ) -> DraftText:
        return self.desk.reader.read(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )

    def _keep_version(
        self,
        work: UnitOfWork,
        draft: DraftId,
        number: int,
        text: DraftText,
        source: bytes,
        file_name: str,
    ) -> DraftVersion:
        version = DraftVersion(
            id=VersionId(self.desk.new_id()),
            draft=draft,
            number=number,
            text=work.keep_blob(text.to_bytes()),
            source=work.keep_blob(source),
            file_name=file_name,
            pages=text.pages,
            characters=len(text.text),
            images=tuple(work.keep_blob(picture) for picture in text.images.values()),
            added_at=self.desk.now(),
        )
        return keep(work, version)

    def _on_shelf(self, work: UnitOfWork) -> list[DraftOnShelf]:
        me = self.desk.store.person
        projects = {project.id: project for project in work.find(Project)}
        versions: dict[DraftId, list[DraftVersion]] = {}
        for version in work.find(DraftVersion):
            versions.setdefault(version.draft, []).append(version)
        requests: dict[VersionId, ReviewRound] = {}
        for request in work.find(ReviewRound):
            if me in request.invited:
                requests[request.version] = request
        given = {one.round for one in work.find(ReviewReturn, person=me)}
        found = []
        for draft in work.find(Draft):
            texts = tuple(sorted(versions.get(draft.id, ()), key=lambda one: one.number))
            if not texts or draft.project not in projects:
                continue
            asked = next((requests[v.id] for v in reversed(texts) if v.id in requests), None)
            found.append(
                DraftOnShelf(
                    draft=draft,
                    project=projects[draft.project],
                    versions=texts,
                    request=asked,
                    done=asked is not None and asked.id in given,
                )
            )
        return found


def missing_text(title: str) -> NotFoundError:
    """Return what to say when a draft's file has not arrived on this laptop yet."""
    return NotFoundError(
        f"The file of “{title}” is not on this laptop yet.",
        next_step="Ask your coordinator to send it again.",
    )
