"""Puts notes into a Word file as its own kind of comments, and touches nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_anchors import Anchor, Anchors
from mhin_ppi.documents.docx_card import Entry, digest_of, entries_of, keep_entries, recognised
from mhin_ppi.documents.docx_comment_parts import CommentParts
from mhin_ppi.documents.docx_comment_words import (
    author_in_file,
    comment_styles,
    mark_run,
    range_mark,
    xml_text,
)
from mhin_ppi.documents.docx_comments import Comment, comments_of
from mhin_ppi.documents.docx_names import W
from mhin_ppi.documents.docx_notes_in import note_ids, saved_by_libreoffice
from mhin_ppi.documents.docx_package import Package
from mhin_ppi.documents.docx_parts import OpenDocx, open_docx, part_root
from mhin_ppi.documents.docx_places import Cuts, place_of, put_after
from mhin_ppi.documents.docx_trace import TracedText
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.note_frames import note_from_json
from mhin_ppi.documents.packages import open_word
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.domain.shared_notes import SharedNote, find_note

if TYPE_CHECKING:
    from lxml.etree import _Element

_QUOTED_MOST = 400  # characters of a quote in a comment on the whole draft


@dataclass(slots=True)
class Written:
    """What became of the notes, by where each was in what was given.

    Args:
        placed: Those on their words, and replies.
        without_place: Those about the whole draft, or whose words were not found.
        already_there: Those that were in the file before.
        beside: Those of ``placed`` that stand only near their words.
    """

    placed: list[int] = field(default_factory=list)
    without_place: list[int] = field(default_factory=list)
    already_there: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)


def notes_into_docx(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "notes_into_docx": the same Word file with notes in it.

    Args:
        request: Its arguments hold ``notes``, as plain values.
        report: Told how far it is.

    Returns:
        What became of the notes; and the file, b"" when nothing was to be written.

    Raises:
        Refusal: The file cannot be read, or must not be changed.
    """
    notes = [note_from_json(plain) for plain in request.arguments["notes"]]
    archive = open_word(request.untrusted, file_name=request.file_name)
    changed, written = write_notes(open_docx(archive), notes, report=report)
    pieces = rewritten(request.untrusted, archive.parts, changed) if changed else ()
    return asdict(written), b"".join(pieces)


def write_notes(
    opened: OpenDocx, notes: Sequence[SharedNote], *, report: Progress
) -> tuple[dict[str, bytes], Written]:
    """Return the changed parts of a Word file by name, and what became of the notes.

    Args:
        opened: The file; its body is changed.
        notes: Threads in any order.
        report: Called with paragraphs done and the total.

    Raises:
        Refusal: The file is signed, protected, or has no paragraph.
    """
    package = Package(opened)
    _may_be_changed(opened)
    writer = _Writer(opened, package, report)
    for thread in writer.threads(notes):
        writer.write(thread)
    return writer.finish(), writer.written


def _may_be_changed(opened: OpenDocx) -> None:
    if any(name.lower().startswith("_xmlsignatures/") for name in opened.archive.names):
        raise Refusal(Why.SIGNED)
    settings = next((part for kind, part in opened.related.values() if kind == "settings"), "")
    root = part_root(opened.archive, settings)
    protection = None if root is None else root.find(W + "documentProtection")
    if protection is not None and protection.get(W + "edit") in ("readOnly", "forms"):
        if protection.get(W + "enforcement") in ("1", "true", "on"):
            raise Refusal(Why.PROTECTED)


@dataclass(slots=True)
class _Thread:
    """A first note, or a comment that is in the file, and the new notes that go with it."""

    notes: list[SharedNote]
    under: Comment | None = None


class _Writer:
    def __init__(self, opened: OpenDocx, package: Package, report: Progress) -> None:
        self._opened, self._package = opened, package
        comments = comments_of(package)
        ours = recognised(comments, entries_of(opened))
        lasting = not saved_by_libreoffice(opened)
        ids = note_ids(comments, ours, lasting=lasting)
        self._there = {ids[one.number]: one for one in comments}
        self._by_paragraph = {one.paragraph: one for one in comments if one.paragraph}
        self._traced = TracedText(opened, report=report)
        self._anchors = Anchors(opened.body, self._traced)
        styles = next((part for kind, part in opened.related.values() if kind == "styles"), "")
        self._styles = comment_styles(part_root(opened.archive, styles))
        self._parts = CommentParts(package, opened.body, self._styles)
        self._cuts = Cuts()
        self._front: list[_Element] = []
        self._entries: list[Entry] = []
        self._at: dict[str, int] = {}
        self.written = Written()

    def threads(self, notes: Sequence[SharedNote]) -> list[_Thread]:
        """Return the notes that are not in the file yet, thread by thread."""
        named = _each_with_an_id(notes)
        self._at = {note.id: at for at, note in enumerate(named)}
        self.written.already_there = [at for one, at in self._at.items() if one in self._there]
        new = {note.id: note for note in named if note.id not in self._there}
        found: dict[str, _Thread] = {}
        replies: list[tuple[str, SharedNote]] = []
        for note in new.values():
            root = _root_of(note, new)
            if root is note and note.reply_to not in self._there:
                found[note.id] = _Thread([note])
            else:
                replies.append(
                    (root.id if root.reply_to not in self._there else root.reply_to, note)
                )
        for root_id, note in replies:
            if root_id not in found:
                found[root_id] = _Thread([], self._first_of(self._there[root_id]))
            found[root_id].notes.append(note)
        return list(found.values())

    def _first_of(self, comment: Comment) -> Comment:
        """Return the comment that begins the thread a comment is in: Word's threads are flat."""
        seen = {comment.number}
        while (above := self._by_paragraph.get(comment.parent)) and above.number not in seen:
            comment = above
            seen.add(above.number)
        return comment

    def write(self, thread: _Thread) -> None:
        """Write one thread: its comments, its marks and its lines on the card."""
        under, first = thread.under, thread.notes[0]
        anchor = None if under else self._anchor_of(first)
        lost = under is None and anchor is None and bool(first.quote.strip() or first.span)
        parent = self._parts.paragraph_of(under.number) if under else ""
        resolved = under.resolved if under else first.resolved
        starts: list[_Element] = []
        ends: list[_Element] = []
        for note in thread.notes:
            quoted = lost and note is first
            body = xml_text(note.body).strip()
            body = f"“{_shortened(note.quote)}”\n{body}" if quoted else body
            new = self._parts.add(note, body, parent=parent, resolved=resolved)
            parent = parent or new.paragraph
            starts.append(range_mark("commentRangeStart", new.number))
            ends += [range_mark("commentRangeEnd", new.number), mark_run(new.number, self._styles)]
            self._entries.append(
                Entry(
                    id=note.id,
                    paragraph=new.paragraph,
                    author=author_in_file(note.author),
                    created=note.created,
                    date=new.date,
                    words=digest_of(body),
                    reply_to=note.reply_to,
                    whole="quoted" if quoted else "",
                )
            )
            alone = note is first and anchor is None and under is None
            told = self.written.without_place if alone else self.written.placed
            told.append(self._at[note.id])
        self._mark(anchor, under, starts, ends)

    def _anchor_of(self, note: SharedNote) -> Anchor | None:
        text, span = self._traced.text, note.span
        # The place is nearly always right, and looking further takes long.
        if span is None or not 0 <= span[0] < span[1] or text[slice(*span)] != note.quote:
            span = find_note(note, text)
        anchor = None if span is None else self._anchors.of(*span)
        if anchor is not None and anchor.beside:
            self.written.beside.append(self._at[note.id])
        return anchor

    def _mark(
        self,
        anchor: Anchor | None,
        under: Comment | None,
        starts: list[_Element],
        ends: list[_Element],
    ) -> None:
        if under is not None and self._beside_marks_of(under.number, starts, ends):
            return
        if anchor is not None:
            anchor.put(self._cuts, starts, ends)
        else:
            self._front += [mark for mark in ends if mark.tag == W + "r"]

    def _beside_marks_of(self, number: str, starts: list[_Element], ends: list[_Element]) -> bool:
        """Put a reply's marks where those of the comment it answers are; say whether there are."""
        marks = {
            one.tag: one
            for one in self._opened.body.iter(
                W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
            )
            if one.get(W + "id") == number
        }
        point = marks.get(W + "commentReference")
        run = None if point is None else place_of(point)
        if run is None:
            return False
        start = marks.get(W + "commentRangeStart")
        if start is None or W + "commentRangeEnd" not in marks:
            ends = [mark for mark in ends if mark.tag == W + "r"]
        else:
            for mark in reversed(starts):
                put_after(start, mark)
        for mark in reversed(ends):
            put_after(run, mark)
        return True

    def finish(self) -> dict[str, bytes]:
        """Put every mark in its place and return the changed parts by name."""
        front = self._anchors.front() if self._front else None
        self._cuts.make()
        if self._front:
            if front is None:
                raise Refusal(Why.NO_TEXT)
            at = 1 if len(front) and front[0].tag == W + "pPr" else 0
            for mark in reversed(self._front):
                front.insert(at, mark)
        if self._entries:
            self._parts.finish()
            keep_entries(self._opened, self._package, self._entries)
        return self._package.finished() if self._entries else {}


def _each_with_an_id(notes: Sequence[SharedNote]) -> list[SharedNote]:
    """Return the notes with an id each, so that none can take another's place."""
    found: dict[str, SharedNote] = {}
    for at, note in enumerate(notes):
        one = note.id
        while not one or one in found:
            one = f"{one}#{at + 1}"
        found[one] = replace(note, id=one)
    return list(found.values())


def _root_of(note: SharedNote, notes: dict[str, SharedNote]) -> SharedNote:
    seen = {note.id}
    while (above := notes.get(note.reply_to)) and above.id not in seen:
        note = above
        seen.add(above.id)
    return note


def _shortened(quote: str) -> str:
    words = " ".join(xml_text(quote).split())
    return words if len(words) <= _QUOTED_MOST else words[: _QUOTED_MOST - 1].rstrip() + "…"
