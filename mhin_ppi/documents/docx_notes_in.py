"""The comments of a Word file as notes on its text: who said what, about which words.

Ids. A comment that our own card knows has the note's id on the board. Any other is named after the
number that outlives every save (``docx:d:0A1B2C3D``), else after its last paragraph's number
(``docx:p:…``), which Word keeps; where LibreOffice last saved the file neither lasts, and it is
named after its author, date and words (``docx:w:…``). So a file that is read twice gives the same
ids. The card is only a hint in a foreign file: whoever takes the notes in must never let one with a
known id take the place of what the board holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mhin_ppi.documents.docx_card import Entry, entries_of, recognised
from mhin_ppi.documents.docx_comments import Comment, comments_of
from mhin_ppi.documents.docx_package import Package
from mhin_ppi.documents.docx_parts import OpenDocx, open_docx, part_root
from mhin_ppi.documents.docx_ranges import Ranges
from mhin_ppi.documents.docx_threads import threads_by_place, threads_of
from mhin_ppi.documents.docx_trace import TracedText
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.note_frames import note_to_json
from mhin_ppi.documents.packages import open_word
from mhin_ppi.domain.shared_notes import SharedNote

_PROGRAM = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"


def notes_in_docx(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "notes_in_docx": the comments of a Word file, as plain values.

    Raises:
        Refusal: It is not a Word file, or cannot be read.
    """
    archive = open_word(request.untrusted, file_name=request.file_name)
    notes = notes_of(open_docx(archive), report=report)
    return [note_to_json(note) for note in notes], b""


def notes_of(opened: OpenDocx, *, report: Progress) -> list[SharedNote]:
    """Return a Word file's comments, in the order of its text; replies follow what they answer.

    Args:
        opened: The file.
        report: Called with paragraphs done and the total.
    """
    comments = comments_of(Package(opened))
    if not comments:
        return []
    ours = recognised(comments, entries_of(opened))
    traced = TracedText(opened, report=report)
    ranges = Ranges(opened.body, traced)
    by_office = saved_by_libreoffice(opened)
    parents = threads_of(comments)
    if by_office and not parents:
        free = [c for c in comments if c.number not in ours or ours[c.number].reply_to]
        parents = threads_by_place(comments, {c.number for c in free}, ranges)
    ids = note_ids(comments, ours, lasting=not by_office)
    roots = {ids[child]: ids[parent] for child, parent in parents.items()}
    roots |= _kept_replies(ours.values(), set(ids.values()))
    finished = {ids[c.number] for c in comments if c.resolved}
    notes = {
        ids[c.number]: _note(c, ids[c.number], ours.get(c.number), roots, finished, ranges)
        for c in sorted(comments, key=lambda c: ranges.order(c.number))
    }
    return _threaded(list(notes.values()))


def saved_by_libreoffice(opened: OpenDocx) -> bool:
    """Say whether LibreOffice last saved the file: it makes Word's numbers of comments anew."""
    root = part_root(opened.archive, "docProps/app.xml")
    return root is not None and "LibreOffice" in (root.findtext(_PROGRAM) or "")


def note_ids(comments: list[Comment], ours: dict[str, Entry], *, lasting: bool) -> dict[str, str]:
    """Return each comment's note id, by the comment's number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for comment in comments:
        entry = ours.get(comment.number)
        wanted = entry.id if entry else _foreign_id(comment, lasting=lasting)
        one, count = wanted, 1
        while one in taken:
            count += 1
            one = f"{wanted}-{count}"
        taken.add(one)
        found[comment.number] = one
    return found


def _foreign_id(comment: Comment, *, lasting: bool) -> str:
    if lasting and comment.durable:
        return f"docx:d:{comment.durable}"
    if lasting and comment.paragraph:
        return f"docx:p:{comment.paragraph}"
    words = "\x1f".join((comment.author, comment.date, " ".join(comment.body.split())))
    return f"docx:w:{hashlib.sha256(words.encode()).hexdigest()[:16].upper()}"


def _kept_replies(entries: Iterable[Entry], known: set[str]) -> dict[str, str]:
    """Return what our own replies answer, as the card keeps it, where that is still in the file."""
    return {one.id: one.reply_to for one in entries if one.reply_to in known}


def _note(
    comment: Comment,
    note_id: str,
    entry: Entry | None,
    parents: dict[str, str],
    finished: set[str],
    ranges: Ranges,
) -> SharedNote:
    reply_to = parents.get(note_id, "")
    root, seen = note_id, {note_id}
    while (above := parents.get(root, "")) and above not in seen:
        root = above
        seen.add(root)
    place = ranges.place_of(comment.number)
    quote, body = place.quote, comment.body
    if entry is not None and entry.whole:
        place, (quote, body) = ranges.nowhere, _without_quote(comment.body)
    return SharedNote(
        id=note_id,
        body=body,
        quote="" if reply_to else quote,
        prefix="" if reply_to else place.prefix,
        suffix="" if reply_to else place.suffix,
        span=None if reply_to else place.span,
        author=comment.author,
        created=entry.created if entry else comment.date,
        motivation="replying" if reply_to else "commenting",
        reply_to=reply_to,
        resolved=root in finished or note_id in finished,
    )


def _without_quote(body: str) -> tuple[str, str]:
    """Return the quote that our own comment on the whole draft begins with, and the rest."""
    first, _, rest = body.partition("\n")
    if first.startswith("“") and first.endswith("”"):
        return first[1:-1], rest.strip()
    return "", body


def _threaded(notes: list[SharedNote]) -> list[SharedNote]:
    """Return the notes with each reply after what it answers."""
    below: dict[str, list[SharedNote]] = {}
    for note in notes:
        below.setdefault(note.reply_to, []).append(note)
    found: list[SharedNote] = []
    waiting = list(reversed(below.pop("", [])))
    while waiting:
        note = waiting.pop()
        found.append(note)
        waiting += reversed(below.pop(note.id, []))
    return found + [note for rest in below.values() for note in rest]  # rings, in a hostile file
