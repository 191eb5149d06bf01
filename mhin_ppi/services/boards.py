"""The boards on this laptop: starting, opening, locking, recovering, backing up and restoring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.catalogue_entries import ImpactTaxonomy, Rates, SupportContacts
    from ..domain.frames import Frame
    from ..domain.plain_english import PlainEnglish
    from .annotations import Annotations
    from .answering import Answering
    from .carried import Carrying
    from .claims import Claims
    from .codebook import Codebook
    from .coding_consents import CodingConsents
    from .coding_files import CodingFiles
    from .codings import Codings
    from .companions import Companions
    from .content_notes import ContentNotes
    from .desk import Desk
    from .file_ports import (
        DraftReader,
        MeetingFiles,
        NoteFiles,
        PageRenderer,
        QdaFiles,
        ReportWriter,
        SheetFiles,
    )
    from .impact import Impacts
    from .involvement import Time
    from .meeting_parts import MeetingParts
    from .meetings import Meetings
    from .memos import Memos
    from .pages import Pages
    from .paper import Paper
    from .participant_quotes import Quotes
    from .payment_parts import Payments
    from .payment_ports import FinanceFiles, ReceiptFiles
    from .people import People
    from .pictures import Pictures
    from .ports import Clock, Ids, Progress, Store, Vault
    from .questions import Questions
    from .quiet_timer import QuietTimer
    from .reflections import Reflections
    from .register import RegisterServices
    from .reporting import Reporting
    from .responses import Responses
    from .reviewing import Reviewing
    from .rounds import Rounds
    from .search import Search
    from .team_answers import TeamAnswers
    from .team_files import TeamFiles
    from .themes import Themes
    from .words import WordList

DEFAULT_LABEL = "Board 1"


class Catalogues(Protocol):
    """The fixed lists that services and screens work with."""

    @property
    def taxonomy(self) -> ImpactTaxonomy:
        """Kinds, stages and evidence of impact."""

    @property
    def rates(self) -> Rates:
        """Payment rates as published."""

    @property
    def contacts(self) -> SupportContacts:
        """Who to call for support."""

    @property
    def money_advice(self) -> SupportContacts:
        """Where advice about payments and benefits is to be had."""

    @property
    def plain_english(self) -> PlainEnglish:
        """Hard words, and what a draft should not leave out."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Frameworks that a question can be laid under."""


@dataclass(frozen=True)
class Coding:
    """Everything that peer researchers do with codes, and members with their consent."""

    codebook: Codebook
    codings: Codings
    memos: Memos
    quotes: Quotes
    consents: CodingConsents
    files: CodingFiles


@dataclass(frozen=True)
class Services:
    """Everything a person can do on one open board."""

    desk: Desk
    people: People
    reviewing: Reviewing
    rounds: Rounds
    annotations: Annotations
    content_notes: ContentNotes
    companions: Companions
    paper: Paper
    carried: Carrying
    questions: Questions
    register: RegisterServices
    responses: Responses
    themes: Themes
    impacts: Impacts
    meetings: Meetings
    meeting_parts: MeetingParts
    time: Time
    claims: Claims
    payments: Payments
    words: WordList
    quiet_timer: QuietTimer
    reporting: Reporting
    pictures: Pictures
    reflections: Reflections
    pages: Pages
    team_files: TeamFiles
    team_answers: TeamAnswers
    coding: Coding
    search: Search
    answering: Answering
    catalogues: Catalogues

    @property
    def folder(self) -> Path:
        """Where the board is kept."""
        return self.desk.store.folder

    def verify(self, *, progress: Progress | None = None) -> list[str]:
        """Check everything the store can check of itself; return what is wrong, in plain words."""
        return self.desk.store.verify(progress=progress)

    def backup(self, to: Path) -> None:
        """Write an encrypted, checked copy of the whole board to one file."""
        self.desk.store.backup(to)

    def close(self) -> None:
        """Lock the board: close it and forget its key."""
        self.desk.store.close()


@dataclass(frozen=True)
class Boards:
    """The boards on this laptop."""

    vault: Vault
    clock: Clock
    ids: Ids
    reader: DraftReader
    writer: ReportWriter
    renderer: PageRenderer
    note_files: NoteFiles
    meeting_files: MeetingFiles
    qda: QdaFiles
    sheets: SheetFiles
    receipts: ReceiptFiles
    finance: FinanceFiles
    catalogues: Catalogues
    home: Path

    def known(self) -> list[tuple[Path, str]]:
        """Return the boards on this laptop: folder, and the label shown before unlocking."""
        return self.vault.boards(self.home)

    def new_folder(self) -> Path:
        """Return a folder for a new board; its name says nothing."""
        return self.home / self.ids.new().hex[:12]

    def start(
        self,
        folder: Path,
        *,
        board_name: str,
        person_name: str,
        passphrase: str,
        label: str = DEFAULT_LABEL,
    ) -> tuple[Services, str]:
        """Start a board, with the person at the laptop as its coordinator.

        Returns:
            The open board, and the spare key, which is shown once and never again.

        Raises:
            InputError: A name is missing, or the folder or password will not do.
            StoreFullError: It could not be written.
        """
        store, code = self.vault.create(
            folder,
            label=label,
            passphrase=passphrase,
            board_name=board_name,
            person_name=person_name,
        )
        return self.serve(store), code

    def open(self, folder: Path, *, passphrase: str) -> Services:
        """Open a board with its password.

        Raises:
            CannotOpenBoardError: Wrong password, or damaged.
            StoreTooNewError: Made by a newer version.
            StoreBusyError: Open in another window.
        """
        return self.serve(self.vault.open(folder, passphrase=passphrase))

    def open_unlocked(self, folder: Path) -> Services | None:
        """Open a board whose person asked to stay unlocked on this computer."""
        store = self.vault.open_unlocked(folder)
        return None if store is None else self.serve(store)

    def recover(self, folder: Path, *, code: str, passphrase: str) -> tuple[Services, str]:
        """Open with the spare key and set a new password; returns a new spare key too.

        Raises:
            CannotOpenBoardError: The spare key does not fit.
        """
        store, fresh = self.vault.recover(folder, code=code, new_passphrase=passphrase)
        return self.serve(store), fresh

    def restore(self, file: Path, folder: Path, *, passphrase: str) -> Services:
        """Make a board from a backup file.

        Raises:
            CannotOpenBoardError: Wrong password, or a damaged backup.
            InputError: The folder is not empty.
        """
        return self.serve(self.vault.restore(file, folder, passphrase=passphrase))

    def serve(self, store: Store) -> Services:
        """Return what a person can do on an open store."""
        from .annotations import Annotations
        from .answering import answering
        from .carried import Carrying
        from .companions import Companions
        from .content_notes import ContentNotes
        from .impact import Impacts
        from .involvement import Time
        from .meeting_parts import meeting_parts_of
        from .meetings import Meetings
        from .pages import Pages
        from .paper import Paper
        from .people import People
        from .questions import Questions
        from .quiet_timer import QuietTimer
        from .register import register_services
        from .reporting import Reporting
        from .responses import Responses
        from .reviewing import Reviewing
        from .rounds import Rounds
        from .search import Search
        from .team_answers import TeamAnswers
        from .team_files import TeamFiles
        from .themes import Themes
        from .words import WordList

        desk = self._desk(store)
        return Services(
            desk=desk,
            people=People(desk),
            reviewing=Reviewing(desk),
            rounds=Rounds(desk),
            annotations=Annotations(desk),
            content_notes=ContentNotes(desk, Carrying(desk)),
            companions=Companions(desk),
            paper=Paper(desk, self.catalogues),
            carried=Carrying(desk),
            questions=Questions(desk),
            register=register_services(desk),
            responses=Responses(desk),
            themes=Themes(desk),
            impacts=Impacts(desk),
            meetings=Meetings(desk),
            meeting_parts=meeting_parts_of(desk, self.meeting_files),
            time=Time(desk),
            claims=_claims(desk),
            payments=self._payments(desk),
            words=WordList(desk),
            quiet_timer=QuietTimer(desk),
            reporting=Reporting(desk, self.catalogues),
            pictures=_pictures(desk, self.catalogues),
            reflections=_reflections(desk),
            pages=Pages(desk, self.renderer),
            team_files=TeamFiles(desk, self.note_files),
            team_answers=TeamAnswers(desk, self.note_files),
            coding=_coding(desk, self.qda),
            search=Search(desk),
            answering=answering(desk, self.sheets),
            catalogues=self.catalogues,
        )

    def _payments(self, desk: Desk) -> Payments:
        from .payment_parts import payments_of

        return payments_of(
            desk, receipts=self.receipts, finance=self.finance, catalogues=self.catalogues
        )

    def _desk(self, store: Store) -> Desk:
        from .desk import Desk

        return Desk(
            store=store,
            clock=self.clock,
            ids=self.ids,
            reader=self.reader,
            writer=self.writer,
            taxonomy=self.catalogues.taxonomy,
        )


def _claims(desk: Desk) -> Claims:
    from .claims import Claims

    return Claims(desk)


def _pictures(desk: Desk, catalogues: Catalogues) -> Pictures:
    from .pictures import Pictures

    return Pictures(desk, catalogues)


def _reflections(desk: Desk) -> Reflections:
    from .reflections import Reflections

    return Reflections(desk)


def _coding(desk: Desk, files: QdaFiles) -> Coding:
    from .codebook import Codebook
    from .coding_consents import CodingConsents
    from .coding_files import CodingFiles
    from .codings import Codings
    from .memos import Memos
    from .participant_quotes import Quotes

    return Coding(
        codebook=Codebook(desk),
        codings=Codings(desk),
        memos=Memos(desk),
        quotes=Quotes(desk),
        consents=CodingConsents(desk),
        files=CodingFiles(desk, files),
    )
