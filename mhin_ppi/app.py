"""The one place that builds adapters and hands them to services. No Qt.

What reads files and draws reports is built the first time it is wanted, and everything is imported
where it is used: the first window must not wait for it (``docs/decisions/0004-a-fast-start.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .later_files import LaterFinance, LaterReceipts
from .resource_files import resource

if TYPE_CHECKING:
    from datetime import datetime

    from .documents.reading import FileReader
    from .domain.answer_sheet import AnswerSheet, FilledRow
    from .domain.attendance_list import AttendanceList
    from .domain.blocks import DraftText
    from .domain.catalogue_entries import ImpactTaxonomy, Rates, SupportContacts
    from .domain.charts import ChartColours, DrawnChart, Picture
    from .domain.frames import Frame
    from .domain.notes_in_file import NotesInFile
    from .domain.page_words import PageWords
    from .domain.paper_content import PaperDraft
    from .domain.plain_english import PlainEnglish
    from .domain.report_content import ImpactReport
    from .domain.shared_coding import SharedProject
    from .domain.shared_meeting import SharedMeeting
    from .domain.shared_notes import SharedNote
    from .reports.maker import ReportMaker
    from .services.boards import Boards
    from .services.file_ports import OpenPages
    from .services.ports import Clock, Progress, StopWanted
    from .services.sample_board import SampleBoard


class LaterReader:
    """Reads files, and is built the first time one is read."""

    @cached_property
    def _reader(self) -> FileReader:
        from .documents.reading import FileReader

        return FileReader()

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> DraftText:
        """Return a file's text (see ``services.file_ports.DraftReader``)."""
        return self._reader.read(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )


class LaterPages:
    """Draws the pages of files, and is built the first time some are looked at."""

    def open(
        self, untrusted: bytes, *, file_name: str, stop_wanted: StopWanted | None = None
    ) -> OpenPages:
        """Return a file's pages (see ``services.file_ports.PageRenderer``)."""
        from .documents.page_pictures import PdfPages

        return PdfPages().open(untrusted, file_name=file_name, stop_wanted=stop_wanted)

    def words(
        self,
        untrusted: bytes,
        draft: DraftText,
        *,
        file_name: str,
        stop_wanted: StopWanted | None = None,
    ) -> PageWords:
        """Return where words stand on pages (see ``services.file_ports.PageRenderer``)."""
        from .documents.page_pictures import PdfPages

        return PdfPages().words(untrusted, draft, file_name=file_name, stop_wanted=stop_wanted)


class LaterNoteFiles:
    """Notes in people's own files; each format's module is read the first time it is wanted."""

    def put_in(
        self,
        untrusted: bytes,
        notes: Sequence[SharedNote],
        *,
        file_name: str,
        text: DraftText,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> NotesInFile:
        """Return a file with notes in it (see ``services.file_ports.NoteFiles``)."""
        from .documents.note_files import put_notes_in

        return put_notes_in(
            untrusted,
            notes,
            file_name=file_name,
            text=text,
            progress=progress,
            stop_wanted=stop_wanted,
        )

    def find_in(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        text: DraftText,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> list[SharedNote]:
        """Return the notes in a file (see ``services.file_ports.NoteFiles``)."""
        if self.is_annotations(file_name):
            from .exchange.web_annotation import read_notes

            return read_notes(untrusted, file_name=file_name)
        from .documents.note_files import find_notes_in

        return find_notes_in(
            untrusted, file_name=file_name, text=text, progress=progress, stop_wanted=stop_wanted
        )

    def annotations(self, notes: Sequence[SharedNote], *, source: str) -> bytes:
        """Return notes as a W3C Web Annotation file."""
        from .exchange.web_annotation import write_notes

        return write_notes(notes, source=source)

    def is_annotations(self, file_name: str) -> bool:
        """Return whether a file holds notes alone, by its ending."""
        return file_name.lower().endswith((".jsonld", ".json"))


class LaterWriter:
    """Draws reports, and is built the first time one is drawn."""

    @cached_property
    def _maker(self) -> ReportMaker:
        from .reports.maker import ReportMaker

        return ReportMaker(resource("fonts"))

    def impact_pdf(
        self,
        content: ImpactReport,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a tagged PDF (see ``services.file_ports.ReportWriter``)."""
        return self._maker.impact_pdf(content, progress=progress, stop_wanted=stop_wanted)

    def paper_pdf(
        self,
        content: PaperDraft,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a draft for paper (see ``services.file_ports.ReportWriter``)."""
        return self._maker.paper_pdf(content, progress=progress, stop_wanted=stop_wanted)

    def draw_chart(self, picture: Picture, *, width: float, colours: ChartColours) -> DrawnChart:
        """Return a chart for the screen (see ``services.file_ports.ReportWriter``)."""
        return self._maker.draw_chart(picture, width=width, colours=colours)


class LaterQda:
    """Writes and reads files of coded texts, with what is loaded when one is first wanted."""

    def write(self, project: SharedProject) -> bytes:
        """Return a project as one file (see ``services.file_ports.QdaFiles``)."""
        from .exchange.refi_write import write_project

        return write_project(project)

    def read(self, untrusted: bytes, *, file_name: str) -> SharedProject:
        """Return what a file holds (see ``services.file_ports.QdaFiles``)."""
        from .exchange.refi_read import read_project

        return read_project(untrusted, file_name=file_name)


class LaterMeetingFiles:
    """Files about meetings, each format's module read the first time it is wanted."""

    def calendar(self, meetings: Sequence[SharedMeeting], *, made_at: datetime) -> bytes:
        """Return meetings as an iCalendar file (see ``services.file_ports.MeetingFiles``)."""
        from .exchange.icalendar_write import write_calendar

        return write_calendar(meetings, made_at=made_at)

    def attendance(self, untrusted: bytes, *, file_name: str) -> AttendanceList:
        """Return who was there (see ``services.file_ports.MeetingFiles``)."""
        from .exchange.attendance_csv import read_attendance

        return read_attendance(untrusted, file_name=file_name)


class LaterSheets:
    """Writes and reads answer sheets, with what is loaded when one is first wanted."""

    def write_word(self, sheet: AnswerSheet) -> bytes:
        """Return a sheet as a Word file (see ``services.file_ports.SheetFiles``)."""
        from .exchange.answer_sheet_docx import write_docx

        return write_docx(sheet)

    def write_excel(self, sheet: AnswerSheet) -> bytes:
        """Return a sheet as an Excel workbook (see ``services.file_ports.SheetFiles``)."""
        from .exchange.answer_sheet_xlsx import write_xlsx

        return write_xlsx(sheet)

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> tuple[FilledRow, ...]:
        """Return the rows of a sheet (see ``services.file_ports.SheetFiles``)."""
        from .documents.answer_sheets import read_answer_sheet

        return read_answer_sheet(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )


def home_folder() -> Path:
    """Return where boards are kept: local to this computer, not roaming between computers."""
    from platformdirs import user_data_path

    return user_data_path("mhin-ppi", appauthor=False, roaming=False) / "boards"


def boards(home: Path | None = None, *, clock: Clock | None = None) -> Boards:
    """Return the boards on this laptop, with every adapter in place.

    Args:
        home: Where boards are kept; the person's own application folder unless said otherwise.
        clock: Tells the time; the laptop's own clock unless said otherwise.
    """
    from .services.boards import Boards
    from .storage.system_ports import RandomIds, SystemClock
    from .storage.vault import LocalVault

    clock, ids = clock or SystemClock(), RandomIds()
    return Boards(
        vault=LocalVault(clock=clock, ids=ids),
        clock=clock,
        ids=ids,
        reader=LaterReader(),
        writer=LaterWriter(),
        renderer=LaterPages(),
        note_files=LaterNoteFiles(),
        meeting_files=LaterMeetingFiles(),
        qda=LaterQda(),
        sheets=LaterSheets(),
        receipts=LaterReceipts(),
        finance=LaterFinance(),
        catalogues=LaterCatalogues(),
        home=home or home_folder(),
    )


class LaterCatalogues:
    """The fixed lists that ship with the program, each read the first time it is wanted."""

    @cached_property
    def taxonomy(self) -> ImpactTaxonomy:
        """Kinds, stages and evidence of impact."""
        from .domain.catalogues import parse_impact_taxonomy

        return parse_impact_taxonomy(_text("catalogues", "impact_taxonomy.toml"))

    @cached_property
    def rates(self) -> Rates:
        """Payment rates as published."""
        from .domain.catalogues import parse_rates

        return parse_rates(_text("catalogues", "payment_rates.toml"))

    @cached_property
    def contacts(self) -> SupportContacts:
        """Who to call for support."""
        from .domain.catalogues import parse_support_contacts

        return parse_support_contacts(_text("support_contacts.toml"))

    @cached_property
    def money_advice(self) -> SupportContacts:
        """Where advice about payments and benefits is to be had."""
        from .domain.catalogues import parse_money_advice

        return parse_money_advice(_text("money_advice.toml"))

    @cached_property
    def plain_english(self) -> PlainEnglish:
        """Hard words, and what a draft should not leave out."""
        from .domain.plain_english import parse_plain_english

        return parse_plain_english(_text("catalogues", "plain_english.toml"))

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Frameworks that a question can be laid under."""
        from .domain.frames import every_frame

        return every_frame(
            _text("catalogues", "frames.toml"), _text("catalogues", "uk_standards.toml")
        )


def _text(*parts: str) -> str:
    return resource(*parts).read_text(encoding="utf-8")


def sample_board(folder: Path, *, progress: Progress | None = None) -> SampleBoard:
    """Build the sample board in a folder, or find the one that is there.

    Args:
        folder: Where; gets ``coordinator`` and ``member`` inside.
        progress: Told how far it is.
    """
    from .services.sample import ScriptClock, build_sample
    from .storage.system_ports import SystemClock

    clock = ScriptClock(SystemClock())
    every = boards(folder, clock=clock)
    return build_sample(every, folder, resource("sample_board"), clock=clock, progress=progress)
