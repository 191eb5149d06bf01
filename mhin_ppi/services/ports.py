"""What services need from the outside world, as small Protocols. Adapters fit them by shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

from ..domain.blocks import DraftText
from ..domain.claims import ClaimId, LedgerEntry
from ..domain.drafts import BlobId
from ..domain.log import LogEntry, Op
from ..domain.notes_in_file import NotesInFile
from ..domain.page_pictures import PagePicture, PageSize
from ..domain.page_words import PageWords
from ..domain.paper_content import PaperDraft
from ..domain.people import BoardId, Device, PersonId
from ..domain.questions import QuestionId, Step
from ..domain.report_content import ImpactReport
from ..domain.shared_notes import SharedNote
from ..domain.spaces import Space

Noun = TypeVar("Noun")
Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class Ids(Protocol):
    """Makes identities."""

    def new(self) -> UUID:
        """Return an id no other laptop will make."""


class UnitOfWork(Protocol):
    """One action on the board: everything in it is kept together, or nothing is."""

    def get(self, noun: type[Noun], identity: object) -> Noun:
        """Return a noun by id.

        Raises:
            NotFoundError: It is not on this board, or has been taken away.
        """

    def find(self, noun: type[Noun], **where: object) -> list[Noun]:
        """Return every noun whose fields equal what is given, oldest first.

        Args:
            noun: Which kind.
            where: Fields and the (domain) values they must have; a list or tuple means any of them.
        """

    def count(self, noun: type[Any], **where: object) -> int:
        """Return how many :meth:`find` would return."""

    def steps(self, question: QuestionId | None = None) -> list[Step]:
        """Return the steps of one question, or of all, in their order."""

    def ledger(self, claim: ClaimId | None = None) -> list[LedgerEntry]:
        """Return the ledger entries of one claim, or of all, in their order."""

    def record(self, space: Space, ops: Iterable[Op]) -> None:
        """Add operations to this action; they are applied at once and kept on commit.

        The store fills in what each ``set`` is laid over, and moves personal words into salted
        references beside the entry.

        Raises:
            EntryRefusedError: An operation cannot be applied.
        """

    def keep_blob(self, content: bytes) -> BlobId:
        """Keep a file inside the encrypted store and return its id (SHA-256, hex)."""

    def blob(self, identity: BlobId) -> bytes:
        """Return a kept file.

        Raises:
            NotFoundError: It is not here (yet).
        """

    def keep_local(self, key: str, value: Mapping[str, Any] | None) -> None:
        """Keep plain values on this laptop only (never in the log); ``None`` forgets them."""

    def local(self, key: str) -> Mapping[str, Any] | None:
        """Return plain values kept on this laptop, or ``None``."""

    def local_keys(self, prefix: str) -> list[str]:
        """Return the keys that begin so."""

    def commit(self) -> tuple[LogEntry, ...]:
        """Keep everything, and return the entries made.

        Raises:
            StoreFullError: The disk refuses; nothing of this action has been kept.
        """


class Store(Protocol):
    """One open board on this laptop."""

    @property
    def person(self) -> PersonId:
        """Whose laptop this is: the author of everything recorded here."""

    @property
    def folder(self) -> Path:
        """Where the board is kept."""

    def unit_of_work(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work; without ``commit()`` nothing is kept."""

    def entries(self, *, after: Iterable[str] = ()) -> list[LogEntry]:
        """Return log entries in the order applied, but those whose ids are given."""

    def take_in(self, shipped: Iterable[tuple[bytes, bytes, Mapping[str, Any]]]) -> int:
        """Apply entries from another laptop: (body, signature, what personal words it refers to).

        Returns:
            How many were new.

        Raises:
            EntryRefusedError: Bytes that were not made by a device of this board; nothing changed.
        """

    def ship(
        self, *, spaces: Iterable[Space], after: Iterable[str] = ()
    ) -> list[tuple[bytes, bytes, Mapping[str, Any]]]:
        """Return entries in the form :meth:`take_in` takes, causes first.

        Args:
            spaces: Only these audiences.
            after: Ids of entries that the other laptop has already.
        """

    def forget(self, noun: type[Any], identity: object) -> None:
        """Take back every personal word that a noun ever held; the signed entries stay valid."""

    def missing_blobs(self) -> list[BlobId]:
        """Return attached files that entries name but that are not here yet."""

    def digest(self, *spaces: Space) -> str:
        """Return a digest of what the tables hold: equal entries give equal digests."""

    def verify(self, *, progress: Progress | None = None) -> list[str]:
        """Check everything the store can check of itself; return what is wrong, in plain words."""

    def backup(self, to: Path) -> None:
        """Write an encrypted, checked copy of the whole board to one file.

        Raises:
            StoreFullError: It could not be written; nothing half-made is left.
        """

    def close(self) -> None:
        """Close the board and forget its key."""


class Vault(Protocol):
    """The boards on this laptop: makes, opens, recovers and restores stores."""

    def create(
        self, folder: Path, *, label: str, passphrase: str, board_name: str, person_name: str
    ) -> tuple[Store, str]:
        """Make a new board whose first person is a coordinator.

        Returns:
            The open store and its recovery code, which is never shown again.

        Raises:
            InputError: The folder is not empty, is on a synchronised or network drive, or the
                passphrase is too short.
            StoreFullError: It could not be written.
        """

    def join(
        self, folder: Path, *, label: str, passphrase: str, board: BoardId, person: PersonId
    ) -> tuple[Store, str, Device]:
        """Make a store for a person who is joining an existing board from this laptop.

        Returns:
            The open, empty store, its recovery code, and this laptop's certificate, which a
            coordinator records before anything written here is taken in elsewhere.

        Raises:
            InputError: As for :meth:`create`.
        """

    def open(self, folder: Path, *, passphrase: str) -> Store:
        """Open a board.

        Raises:
            CannotOpenBoardError: Wrong password, or damaged.
            StoreTooNewError: Made by a newer version.
            StoreBusyError: Open in another window.
        """

    def open_unlocked(self, folder: Path) -> Store | None:
        """Open a board whose person asked to stay unlocked here; ``None`` when they did not."""

    def can_stay_unlocked(self) -> bool:
        """Return whether this computer has a place to keep such a key."""

    def stay_unlocked(self, folder: Path, *, passphrase: str, wanted: bool) -> None:
        """Turn staying unlocked on this computer on or off."""

    def recover(self, folder: Path, *, code: str, new_passphrase: str) -> tuple[Store, str]:
        """Open with the recovery code, set a new passphrase, and return a new code with the store.

        Raises:
            CannotOpenBoardError: The code does not fit.
        """

    def change_passphrase(self, folder: Path, *, old: str, new: str) -> None:
        """Change the passphrase; the data is not encrypted again.

        Raises:
            CannotOpenBoardError: The old one is wrong; it still counts.
            InputError: The new one is too short.
        """

    def restore(self, file: Path, folder: Path, *, passphrase: str) -> Store:
        """Make a board from a backup file, check it, and give it a new device identity.

        Raises:
            CannotOpenBoardError: Wrong password or damaged backup; the folder is left as it was.
            InputError: The folder is not empty.
        """

    def boards(self, home: Path) -> list[tuple[Path, str]]:
        """Return the boards kept under a folder, with the label shown before unlocking."""


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
