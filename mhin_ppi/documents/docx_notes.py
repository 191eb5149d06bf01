"""The board's notes as Word comments in a person's own .docx, and the comments of one as notes.

Both ways run in the child process; this is what the rest of the program calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.note_frames import note_from_json, note_to_json
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.notes_in_file import NotesInFile
from mhin_ppi.domain.passages import CONTEXT_CHARACTERS
from mhin_ppi.domain.shared_notes import SharedNote

_LISTS = ("placed", "without_place", "already_there", "beside")


def notes_into_docx(
    untrusted: bytes,
    draft: DraftText,
    notes: Sequence[SharedNote],
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> NotesInFile:
    """Return a Word file with notes in it as comments; everything else of it stays as it was.

    A note stands on its words: at its ``span`` where they are there, otherwise wherever in the file
    its quote fits best. A note whose words are not found is not dropped: it becomes a comment at
    the very start, about the whole, with its quote as its first line. A note that is in the file
    already (by its id) is left as it is; a reply to one, or to any other comment of the file, joins
    that thread. In a thread, the first note's ``resolved`` is that of all.

    Args:
        untrusted: The whole file.
        draft: The text that the notes' spans count in: this file's, as read before.
        notes: What may leave, in any order: who may see which note has been decided before.
        file_name: For the sentences a person may see.
        progress: Called with paragraphs done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: The file is damaged or locked with a password.
        UnsupportedError: It is not a Word file, carries macros, is signed or protected against
            changes, or is beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    text = draft.text
    answer = ask_child(
        "notes_into_docx",
        untrusted,
        file_name=file_name,
        arguments={"notes": [note_to_json(_with_words(note, text)) for note in notes]},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        told = [sorted(int(at) for at in answer.untrusted[name]) for name in _LISTS]
        placed, without_place, already, beside = told
        every = sorted(placed + without_place + already)
        if every != list(range(len(notes))) or not set(beside) <= set(placed):
            raise ValueError
        if not answer.untrusted_file and len(already) < len(notes):
            raise ValueError
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause
    lists = (tuple(notes[at] for at in some) for some in told)
    return NotesInFile(answer.untrusted_file or untrusted, *lists)


def notes_in_docx(
    untrusted: bytes,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> list[SharedNote]:
    """Return the comments of a Word file, in the order of its text, replies behind their thread.

    ``span`` counts in the text that :class:`~mhin_ppi.documents.reading.FileReader` gives for the
    same file. A comment at a point is taken to be about that paragraph; one at the very start, or
    on words that are not in the text, has no span (deleted words are kept as its quote). A reply
    has no place of its own. Notes we wrote come back with our ids; how the others' ids are made:
    ``docx_notes_in.py``.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        progress: Called with paragraphs done and the total.
        stop_wanted: Asked often; when it says yes, the work is given up.

    Raises:
        UnreadableError: The file is damaged or locked with a password.
        UnsupportedError: It is not a Word file, carries macros, or is beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "notes_in_docx",
        untrusted,
        file_name=file_name,
        arguments={},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        return [note_from_json(plain) for plain in answer.untrusted]
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause


def _with_words(note: SharedNote, text: str) -> SharedNote:
    """Return a note with its quote and surroundings, so that it can be found by them too."""
    if note.span is None or note.quote or note.reply_to:
        return note
    start, end = note.span
    return replace(
        note,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
        suffix=text[end : end + CONTEXT_CHARACTERS],
    )
