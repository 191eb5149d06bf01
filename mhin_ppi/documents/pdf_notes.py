"""The board's comments in the researchers' own PDF, and their answers out of it again.

Both ways run in the child process; this is what the rest of the program calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.note_frames import note_from_json, note_to_json
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.notes_in_file import NotesInFile
from mhin_ppi.domain.shared_notes import SharedNote


def notes_into_pdf(
    untrusted: bytes,
    draft: DraftText,
    notes: Sequence[SharedNote],
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> NotesInFile:
    """Return a PDF with notes as highlights, replies and states.

    Args:
        untrusted: The PDF's bytes.
        draft: The text that was read from it.
        notes: What may leave: who may see which note has been decided before.
        file_name: For the sentences a person may see.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked with a password.
        UnsupportedError: It is signed, protected against changes, no PDF, or beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "notes_into_pdf",
        untrusted,
        file_name=file_name,
        arguments={"blocks": _blocks(draft), "notes": [note_to_json(note) for note in notes]},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        told = answer.untrusted
        placed, without_place, already = (
            tuple(notes[_index(at, notes)] for at in told[name])
            for name in ("placed", "without_place", "already_there")
        )
        if not answer.untrusted_file or len(placed + without_place + already) != len(notes):
            raise ValueError
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause
    return NotesInFile(answer.untrusted_file, placed, without_place, already)


def notes_in_pdf(
    untrusted: bytes,
    draft: DraftText,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> list[SharedNote]:
    """Return the comments of a PDF, in the order of its pages.

    Each has the words it stands on and their place in the draft, where they are the draft's. Notes
    we wrote come back with our ids. A comment crossing words out has the motivation "editing", one
    that says nothing "highlighting". States but *completed* and *cancelled* come as tags.

    Args:
        untrusted: The PDF's bytes.
        draft: The text the comments are on, read from this file or from an earlier copy of it.
        file_name: For the sentences a person may see.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: It is damaged or locked with a password.
        UnsupportedError: It is no PDF, or beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "notes_in_pdf",
        untrusted,
        file_name=file_name,
        arguments={"blocks": _blocks(draft)},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        return [note_from_json(plain) for plain in answer.untrusted]
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause


def _blocks(draft: DraftText) -> list[dict[str, object]]:
    return [block.to_json() for block in draft.blocks]


def _index(untrusted: Any, notes: Sequence[SharedNote]) -> int:  # noqa: ANN401 - the child's JSON
    at = int(untrusted)
    if not 0 <= at < len(notes):
        raise IndexError(at)
    return at
