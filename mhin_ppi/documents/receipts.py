"""A receipt a person chose, cleaned in the child process before anything else looks at it."""

from __future__ import annotations

from pathlib import Path

from mhin_ppi.documents import limits
from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.pictures import measured
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted

_JPEG, _PDF = "image/jpeg", "application/pdf"


def receipt_bytes(path: Path) -> bytes:
    """Return a file's bytes; its size is asked for first, and a large one is not read at all.

    Raises:
        UnreadableError: It is not there, or may not be read.
        UnsupportedError: It is larger than 15 MB.
    """
    try:
        if path.stat().st_size > limits.RECEIPT_BYTES:
            raise as_error(Why.RECEIPT_LARGE, file_name=path.name)
        with path.open("rb") as opened:
            # One byte more than allowed: the file may have grown, or be a device without end.
            untrusted = opened.read(limits.RECEIPT_BYTES + 1)
    except OSError as cause:
        raise as_error(Why.MISSING, file_name=path.name) from cause
    if len(untrusted) > limits.RECEIPT_BYTES:
        raise as_error(Why.RECEIPT_LARGE, file_name=path.name)
    return untrusted


def clean_receipt(
    untrusted: bytes,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> tuple[str, bytes]:
    """Return what a receipt is ("image/jpeg" or "application/pdf"), and its cleaned bytes.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked.
        UnsupportedError: It is neither a photograph nor a PDF, or beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    if len(untrusted) > limits.RECEIPT_BYTES:
        raise as_error(Why.RECEIPT_LARGE, file_name=Path(file_name).name)
    answer = ask_child(
        "receipt",
        untrusted,
        file_name=file_name,
        arguments={},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        media, cleaned = str(answer.untrusted["media"]), answer.untrusted_file
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause
    if not (_is_kept_photo(media, cleaned) or (media == _PDF and cleaned.startswith(b"%PDF-"))):
        raise as_error(Why.CRASHED, file_name=file_name)
    return media, cleaned


def _is_kept_photo(media: str, cleaned: bytes) -> bool:
    kind, dots = measured(cleaned)
    return media == _JPEG and kind == "jpeg" and 0 < dots <= limits.RECEIPT_SIDE**2
