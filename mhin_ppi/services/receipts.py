"""Receipts: kept, cleaned and encrypted, from the moment they are chosen; shared with the claim.

Until its claim is sent, a receipt is on this laptop only: nothing of it is in the log.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING
from uuid import UUID

from ..domain.claim_lines import ClaimLine
from ..domain.drafts import BlobId
from ..domain.people import PersonId
from ..domain.receipts import Receipt, ReceiptId
from ..errors import InputError, NotFoundError
from .desk import Desk, keep
from .ports import UnitOfWork

if TYPE_CHECKING:
    from .payment_ports import ReceiptFiles
    from .ports import Progress, StopWanted

DRAFT_PREFIX = "receipt-draft:"
MOST_RECEIPTS = 20
"""On one line of a claim."""
LONGEST_NAME = 120
_ENDINGS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class CleanReceipt:
    """A receipt that may be kept.

    Args:
        file_name: What it is called, safe to save under later.
        media: What it is: "image/jpeg" or "application/pdf".
        content: Its bytes, without what they remembered.
    """

    file_name: str
    media: str
    content: bytes


@dataclass(frozen=True)
class Receipts:
    """Receipts of expenses.

    Args:
        desk: The open board.
        files: Looks into photographs and PDFs, in a process of its own.
    """

    desk: Desk
    files: ReceiptFiles

    def add(self, file: Path) -> Receipt:
        """Keep a receipt from a file on this laptop, with a claim that is not sent yet.

        Raises:
            UnreadableError: It is not there, damaged or locked.
            UnsupportedError: It is neither a photograph nor a PDF, or beyond a limit.
        """
        return self.keep(self.cleaned(file))

    def cleaned(
        self,
        chosen: Path | bytes,
        *,
        file_name: str = "receipt",
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> CleanReceipt:
        """Return a receipt without what it remembers; nothing is kept, the board is not touched.

        Args:
            chosen: A file on this laptop, or what was pasted.
            file_name: What to call something pasted.
            progress: Called with what is done and the total.
            stop_wanted: Asked often; when it says yes, the work is given up.

        Raises:
            UnreadableError: It is not there, damaged or locked.
            UnsupportedError: It is neither a photograph nor a PDF, or beyond a limit.
            Stopped: ``stop_wanted`` said yes.
        """
        name = _plain_name(chosen.name if isinstance(chosen, Path) else file_name)
        untrusted = self.files.read(chosen) if isinstance(chosen, Path) else chosen
        media, content = self.files.clean(
            untrusted, file_name=name, progress=progress, stop_wanted=stop_wanted
        )
        return CleanReceipt(str(PurePosixPath(name).with_suffix(_ENDINGS[media])), media, content)

    def keep(self, clean: CleanReceipt) -> Receipt:
        """Keep a cleaned receipt on this laptop, with a claim that is not sent yet."""
        with self.desk.store.unit_of_work() as work:
            made = Receipt(
                id=ReceiptId(self.desk.new_id()),
                person=self.desk.store.person,
                file=work.keep_blob(clean.content),
                file_name=clean.file_name,
                media=clean.media,
                size_bytes=len(clean.content),
                added_at=self.desk.now(),
            )
            kept = ("file", "file_name", "media", "size_bytes")
            plain = {name: getattr(made, name) for name in kept}
            work.keep_local(f"{DRAFT_PREFIX}{made.id}", plain)
            work.commit()
        return made

    def of(self, ids: Iterable[str]) -> list[Receipt]:
        """Return the receipts that a line names, sent or not, in its order; unknown ones not."""
        with self.desk.store.unit_of_work() as work:
            found = (_find(work, one, person=self.desk.store.person) for one in ids)
            return [one for one in found if one is not None]

    def open(self, receipt: str) -> tuple[Receipt, bytes]:
        """Return a receipt and its bytes, to be shown or saved out.

        Raises:
            NotFoundError: It is not here (yet).
        """
        with self.desk.store.unit_of_work() as work:
            found = _find(work, receipt, person=self.desk.store.person)
            if found is None or found.file is None:
                raise NotFoundError(
                    "This receipt is not on this laptop yet.",
                    next_step="It comes with the next update that holds it.",
                )
            return found, work.blob(found.file)

    def for_showing(self, receipt: Receipt, untrusted: bytes) -> bytes:
        """Return a receipt's bytes as the window may draw them.

        What came from somebody else's laptop is drawn anew in a process of its own first: whoever
        sent it may not have cleaned it.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither a photograph nor a PDF, or beyond a limit.
        """
        if receipt.person == self.desk.store.person:
            return untrusted
        return self.files.clean(untrusted, file_name=receipt.file_name)[1]

    def leave_out(self, receipt: str) -> None:
        """Forget a receipt that was not sent; one that was sent stays with its claim."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(f"{DRAFT_PREFIX}{receipt}", None)
            work.commit()


def record_receipts(
    work: UnitOfWork, desk: Desk, lines: Iterable[ClaimLine], *, person: PersonId
) -> None:
    """Put the receipts of a claim into the person's space, as the claim is sent.

    Raises:
        InputError: A line names too many, or one that is not there; the sentence names the line.
    """
    for line in lines:
        if len(line.receipts) > MOST_RECEIPTS:
            raise InputError(
                f"“{line.what}” has more than {MOST_RECEIPTS} receipts.",
                what_is_safe="The rest of your claim is kept.",
                next_step="Put some of them with another expense.",
            )
        for one in line.receipts:
            sent = _sent(work, one)
            if sent is not None and sent.person == person:
                continue
            found = _draft(work, one, person=person)
            if found is None:
                raise InputError(
                    f"A receipt of “{line.what}” is not on this laptop any more.",
                    what_is_safe="The rest of your claim is kept.",
                    next_step="Take the receipt away and choose it again.",
                )
            keep(work, _as_sent(found, desk, person=person))
            work.keep_local(f"{DRAFT_PREFIX}{one}", None)


def _as_sent(draft: Receipt, desk: Desk, *, person: PersonId) -> Receipt:
    return Receipt(
        id=draft.id,
        person=person,
        file=draft.file,
        file_name=draft.file_name,
        media=draft.media,
        size_bytes=draft.size_bytes,
        added_at=desk.now(),
        typed_by=desk.typed_by(person),
    )


def _find(work: UnitOfWork, receipt: str, *, person: PersonId) -> Receipt | None:
    return _sent(work, receipt) or _draft(work, receipt, person=person)


def _sent(work: UnitOfWork, receipt: str) -> Receipt | None:
    return next(iter(work.find(Receipt, id=receipt)), None)


def _draft(work: UnitOfWork, receipt: str, *, person: PersonId) -> Receipt | None:
    kept = work.local(f"{DRAFT_PREFIX}{receipt}")
    if kept is None:
        return None
    return Receipt(
        id=ReceiptId(UUID(receipt)),
        person=person,
        file=BlobId(kept["file"]),
        file_name=kept["file_name"],
        media=kept["media"],
        size_bytes=kept["size_bytes"],
    )


def _plain_name(name: str) -> str:
    last = PurePosixPath(PureWindowsPath(name).name).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*/')
    return kept.strip(" .")[-LONGEST_NAME:].lstrip(" .") or "receipt"
