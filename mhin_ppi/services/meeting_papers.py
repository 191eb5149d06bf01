"""Papers for a meeting: drafts of the board, and files, kept encrypted and saved out as copies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.meeting_parts import MeetingPaper
from ..domain.meetings import Meeting, MeetingId, PaperId
from ..domain.spaces import space_of
from ..errors import InputError, NotFoundError
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome

LARGEST_BYTES = 50 * 1024 * 1024
"""50 MiB: it travels whole in every file that is sent."""
_ZIP = (b"PK\x03\x04",)
_KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    **dict.fromkeys((".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods"), _ZIP),
    ".png": (b"\x89PNG",),
    **dict.fromkeys((".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    **dict.fromkeys((".txt", ".md", ".csv"), ()),
}
"""Endings of files that can be a paper, and how each begins; text has no beginning of its own."""


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper, as it is listed.

    Args:
        paper: The paper.
        title: What it is called.
        version: The draft version it is, or ``None`` for a file.
    """

    paper: MeetingPaper
    title: str
    version: DraftVersion | None = None


@dataclass(frozen=True)
class Papers:
    """The papers of meetings."""

    desk: Desk

    def of(self, meeting: MeetingId) -> list[PaperShown]:
        """Return the papers of a meeting, oldest first."""
        with self.desk.store.unit_of_work() as work:
            found = []
            for paper in work.find(MeetingPaper, meeting=meeting):
                if paper.version is None:
                    found.append(PaperShown(paper, paper.file_name))
                    continue
                version = work.get(DraftVersion, paper.version)
                title = f"{work.get(Draft, version.draft).title}, version {version.number}"
                found.append(PaperShown(paper, title, version))
            return found

    def add_version(self, meeting: MeetingId, version: VersionId) -> Outcome[MeetingPaper]:
        """Add a draft of the board; adding it again changes nothing.

        Raises:
            NotAllowedError: Only a coordinator adds papers.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add papers to a meeting")
            work.get(Meeting, meeting)
            work.get(DraftVersion, version)
            before = work.find(MeetingPaper, meeting=meeting, version=version)
            if before:
                return Outcome(before[0])
            made = MeetingPaper(id=PaperId(self.desk.new_id()), meeting=meeting, version=version)
            keep(work, made)
            return Outcome(made, work.commit())

    def add_file(
        self, meeting: MeetingId, untrusted: bytes, *, file_name: str
    ) -> Outcome[MeetingPaper]:
        """Add a file; it is kept as it is, and never opened by this program.

        Args:
            meeting: Which meeting.
            untrusted: The file's bytes.
            file_name: What it is called.

        Raises:
            NotAllowedError: Only a coordinator adds papers.
            InputError: It is too large, or not a kind of file that people read.
        """
        name = PurePath(file_name.replace("\\", "/")).name
        check_paper(untrusted, file_name=name)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add papers to a meeting")
            work.get(Meeting, meeting)
            made = MeetingPaper(
                id=PaperId(self.desk.new_id()),
                meeting=meeting,
                file=work.keep_blob(untrusted),
                file_name=name,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def take_away(self, paper: PaperId) -> Outcome[None]:
        """Take a paper off a meeting; a draft stays on the board.

        Raises:
            NotAllowedError: Only a coordinator takes papers away.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take papers away")
            old = work.get(MeetingPaper, paper)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(None, work.commit())

    def file_of(self, paper: PaperId) -> tuple[str, bytes]:
        """Return a paper's file, to be saved as a copy: what it is called, and its bytes.

        Raises:
            NotFoundError: It is a draft, or its file is not here yet.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(MeetingPaper, paper)
            if found.file is None:
                raise NotFoundError(
                    "This paper is a draft of the board.", next_step="Open it under To read."
                )
            return found.file_name, work.blob(found.file)


def check_paper(untrusted: bytes, *, file_name: str) -> None:
    """Refuse what is not a file that people read: by its ending and its first bytes.

    Raises:
        InputError: It names the file and says what to do.
    """
    if len(untrusted) > LARGEST_BYTES:
        raise InputError(
            f"“{file_name}” is larger than 50 MB.",
            next_step="Save it without its pictures, or in parts, then choose it again.",
        )
    starts = _KINDS.get(PurePath(file_name).suffix.lower())
    text_like = starts == () and b"\0" not in untrusted and not untrusted.startswith(b"MZ")
    if not untrusted or starts is None or not (text_like or untrusted.startswith(starts or b"\0")):
        raise InputError(
            f"“{file_name}” is not a kind of file that can be a paper.",
            next_step="Save it as PDF, Word, PowerPoint, Excel, OpenDocument, text or a picture.",
        )
