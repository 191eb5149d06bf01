"""What services need from the outside world, as small Protocols. Adapters fit them by shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

from ..domain.claims import ClaimId, LedgerEntry
from ..domain.drafts import BlobId
from ..domain.log import LogEntry, Op
from ..domain.people import BoardId, Device, PersonId
from ..domain.questions import QuestionId, Step
from ..domain.searching import FoundKind, Match, QuestionMatch, Term
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


class PlainReading(Protocol):
    """Column values as they stand, for lists of very many."""

    def columns(self, noun: type[Any], *fields: str) -> list[tuple[Any, ...]]:
        """Return the id and some fields of every noun of a kind, as stored, in no order."""

    def step_lines(
        self, questions: Iterable[str] | None = None
    ) -> list[tuple[str, str, str, str, str, str]]:
        """Return (question, kind, person, at, order, for whom or "") of steps, in no order."""

    def position(self) -> int:
        """Return how many entries have been applied: it grows with everything that happens."""

    def stepped_since(self, position: int) -> frozenset[str] | None:
        """Return the questions that took steps after a position; ``None``: read all again."""

    def claims_moved_since(self, position: int) -> frozenset[str] | None:
        """Return the claims that something happened to after a position; ``None``: read all."""

    def ledger_shown(self) -> str:
        """Return what changes whenever words of old ledger entries come or go."""

    def claims_in(self, space: Space) -> frozenset[str]:
        """Return the claims that have ledger entries in a space (ids as text)."""


class WordIndex(Protocol):
    """Finds words on the board. What is new has to be indexed before it is found."""

    def find(self, kind: FoundKind, terms: Sequence[Term], *, most: int) -> list[Match]:
        """Return where all terms stand, newest first; drafts are found by their titles."""

    def tell_questions(self, terms: Sequence[Term], *, most: int) -> list[QuestionMatch]:
        """Return the questions in which all terms stand, newest first, with what a list tells."""

    def find_in_drafts(self, terms: Sequence[Term], *, most: int) -> list[Match]:
        """Return the paragraphs of drafts in which all terms stand, newest version first."""

    def find_questions(self, terms: Sequence[Term]) -> list[str]:
        """Return every question in which, or in an answer to which, all terms stand, as text."""

    def unread_questions(self) -> list[str]:
        """Return the ids, as text, of the questions whose words are not indexed yet."""

    def waiting(self) -> int:
        """Return how many rows and versions of drafts are here but not indexed yet."""

    def index(self, *, most_versions: int) -> None:
        """Index a part of what is new; kept on commit.

        Args:
            most_versions: How many versions of drafts at most.
        """


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

    def plain(self) -> PlainReading:
        """Return what reads plain values, for lists of very many."""

    @property
    def words(self) -> WordIndex:
        """What finds words, in this transaction."""

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

    def forget(self, noun: type[Any], identity: object, *, but_standing: bool = False) -> None:
        """Take back every personal word that a noun ever held; the signed entries stay valid.

        This laptop forgets them with this action, every other one when it takes the action in.

        Args:
            noun: Which kind; ``Step`` for what was said with a step in the life of a question.
            identity: Which one; it may have been taken away already.
            but_standing: Whether the words that count now are kept.
        """

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

    def forget(self, noun: type[Any], identity: object, *, but_standing: bool = False) -> None:
        """Take words back in an action of its own; see :meth:`UnitOfWork.forget`."""

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
