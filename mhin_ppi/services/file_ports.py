"""What services need of files: reading them, writing notes into them, drawing pages and reports.

Small Protocols like those in ``ports.py``; adapters fit them by shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ..domain.answer_sheet import AnswerSheet, FilledRow
from ..domain.attendance_list import AttendanceList
from ..domain.blocks import DraftText
from ..domain.charts import ChartColours, DrawnChart, Picture
from ..domain.notes_in_file import NotesInFile
from ..domain.page_pictures import PagePicture, PageSize
from ..domain.page_words import PageWords
from ..domain.paper_content import PaperDraft
from ..domain.report_content import ImpactReport
from ..domain.shared_coding import SharedProject
from ..domain.shared_meeting import SharedMeeting
from ..domain.shared_notes import SharedNote
from .ports import Progress, StopWanted


class DraftReader(Protocol):
    """Turns a person's own file into text."""

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> DraftText:
        """Return a file's text.

        Raises:
            UnreadableError: Damaged, locked, or without text.
            UnsupportedError: Not a kind we read, or beyond a limit.
            Stopped: The person pressed Stop.
        """


class OpenPages(Protocol):
    """The pages of one open file, to be looked at."""

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """The size of each page, in points."""

    def picture(
        self, page: int, *, width: int, stop_wanted: StopWanted | None = None
    ) -> PagePicture:
        """Return a page (from 0), drawn so many pixels wide; too large a one comes out narrower.

        Raises:
            UnreadableError: This page cannot be drawn.
            Stopped: The person pressed Stop, or the pages have been closed.
        """

    def close(self) -> None:
        """Let go of the file; may be called from any thread, and twice."""


class PageRenderer(Protocol):
    """Draws the pages of a person's own file as they look on paper."""

    def open(
        self, untrusted: bytes, *, file_name: str, stop_wanted: StopWanted | None = None
    ) -> OpenPages:
        """Return a file's pages, ready to be drawn; the caller closes them.

        Raises:
            UnreadableError: Damaged or locked.
            UnsupportedError: Beyond a limit.
            Stopped: The person pressed Stop.
        """

    def words(
        self,
        untrusted: bytes,
        draft: DraftText,
        *,
        file_name: str,
        stop_wanted: StopWanted | None = None,
    ) -> PageWords:
        """Return where the words of a draft stand on the pages of its own file.

        Raises:
            DocumentError: As for :meth:`open`.
            Stopped: The person pressed Stop.
        """


class ReportWriter(Protocol):
    """Draws reports."""

    def impact_pdf(
        self,
        content: ImpactReport,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a tagged PDF.

        Raises:
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """

    def paper_pdf(
        self,
        content: PaperDraft,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a draft for paper as a tagged PDF.

        Raises:
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """

    def draw_chart(self, picture: Picture, *, width: float, colours: ChartColours) -> DrawnChart:
        """Return a chart for the screen, as wide as wanted (in points).

        Raises:
            ReportError: It could not be drawn.
        """


class NoteFiles(Protocol):
    """Writes the board's notes into people's own files, and reads the notes in them."""

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
        """Return a Word or PDF file with notes in it; everything else of it stays as it was.

        Args:
            untrusted: The file.
            notes: What may leave.
            file_name: What it is called; its ending says what it is.
            text: The file's text, in which the notes' spans count.
            progress: Told how far the work is.
            stop_wanted: Asked whether to stop.

        Raises:
            DocumentError: The file cannot be read, or takes no notes.
            Stopped: The person pressed Stop.
        """

    def find_in(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        text: DraftText,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> list[SharedNote]:
        """Return the notes in a Word, PDF or W3C Web Annotation file, replies behind their thread.

        Args:
            untrusted: The file.
            file_name: What it is called; its ending says what it is.
            text: The text of the draft that the notes are on.
            progress: Told how far the work is.
            stop_wanted: Asked whether to stop.

        Raises:
            DocumentError: The file cannot be read, or is of a kind that holds no notes.
            Stopped: The person pressed Stop.
        """

    def annotations(self, notes: Sequence[SharedNote], *, source: str) -> bytes:
        """Return notes as a W3C Web Annotation file on the text with this SHA-256 (hex)."""

    def is_annotations(self, file_name: str) -> bool:
        """Return whether a file holds notes alone, without the text they are on."""


class QdaFiles(Protocol):
    """Writes and reads files of coded texts (REFI-QDA)."""

    def write(self, project: SharedProject) -> bytes:
        """Return a project as one file."""

    def read(self, untrusted: bytes, *, file_name: str) -> SharedProject:
        """Return what a file holds.

        Raises:
            UnreadableError: Damaged, or not such a file.
            UnsupportedError: Beyond a limit.
        """


class MeetingFiles(Protocol):
    """Writes meetings for calendars, and reads who was there from what Teams and Zoom save."""

    def calendar(self, meetings: Sequence[SharedMeeting], *, made_at: datetime) -> bytes:
        """Return meetings, each with its day, as one iCalendar file."""

    def attendance(self, untrusted: bytes, *, file_name: str) -> AttendanceList:
        """Return the list that a file of Teams or Zoom holds.

        Raises:
            UnreadableError: It is no such list.
            UnsupportedError: It is too large.
        """


class SheetFiles(Protocol):
    """Writes answer sheets for the team, and reads those that came back."""

    def write_word(self, sheet: AnswerSheet) -> bytes:
        """Return a sheet as a Word file."""

    def write_excel(self, sheet: AnswerSheet) -> bytes:
        """Return a sheet as an Excel workbook."""

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> tuple[FilledRow, ...]:
        """Return every row of a sheet, in the order of the file, filled in or not.

        Raises:
            DocumentError: It cannot be read, or is no answer sheet.
            Stopped: The person pressed Stop.
        """
