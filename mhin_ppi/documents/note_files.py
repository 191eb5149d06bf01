"""The board's notes into a person's own file, and the notes in one, whatever sort of file it is."""

from __future__ import annotations

from collections.abc import Sequence

from mhin_ppi.documents.docx_notes import notes_in_docx, notes_into_docx
from mhin_ppi.documents.pdf_notes import notes_in_pdf, notes_into_pdf
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.notes_in_file import NotesInFile
from mhin_ppi.domain.shared_notes import SharedNote

_PDF = b"%PDF-"
_LOOK_BYTES = 1024
"""A PDF may begin with a little of something else (ISO 32000-1, implementation note 13)."""


def put_notes_in(
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
        file_name: For the sentences a person may see.
        text: The file's own text, in which the notes' spans count.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked.
        UnsupportedError: It is neither Word nor PDF, or takes no notes.
        Stopped: ``stop_wanted`` said yes.
    """
    put_in = notes_into_pdf if _is_pdf(untrusted) else notes_into_docx
    return put_in(
        untrusted, text, notes, file_name=file_name, progress=progress, stop_wanted=stop_wanted
    )


def find_notes_in(
    untrusted: bytes,
    *,
    file_name: str,
    text: DraftText,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> list[SharedNote]:
    """Return the notes in a Word or PDF file, replies behind their thread.

    Args:
        untrusted: The file.
        file_name: For the sentences a person may see.
        text: The file's own text, in which the notes' spans will count.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked.
        UnsupportedError: It is neither Word nor PDF, or beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    if _is_pdf(untrusted):
        return notes_in_pdf(
            untrusted, text, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )
    return notes_in_docx(untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted)


def _is_pdf(untrusted: bytes) -> bool:
    return _PDF in untrusted[:_LOOK_BYTES]
