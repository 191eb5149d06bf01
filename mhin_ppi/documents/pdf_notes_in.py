"""Reads the comments of a PDF as notes on a draft; runs in the child process only.

Highlights, underlines, crossings-out, sticky notes and free text of any program are read, with
replies and states. A comment that stands on no words is about the whole draft; none is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mhin_ppi.documents import pdf_marks
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.note_frames import note_to_json
from mhin_ppi.documents.pdf import open_pdf
from mhin_ppi.documents.pdf_annotations import AROUND_WORDS, AT_A_POINT, ON_WORDS, Mark, marks_in
from mhin_ppi.documents.pdf_changing import open_for_reading
from mhin_ppi.documents.pdf_places import PdfPlaces
from mhin_ppi.documents.pdf_seen import SeenWords
from mhin_ppi.domain.blocks import block_from_json
from mhin_ppi.domain.page_words import PageBox
from mhin_ppi.domain.passages import CONTEXT_CHARACTERS
from mhin_ppi.domain.shared_notes import SharedNote

_FINISHED = {"Completed", "Cancelled"}
_NOT_SAID = {"", "None", "Unmarked", "Marked"}
"""*Marked* is one reader's own tick, not a word to the others (ISO 32000-1, table 171)."""

_CROSSED_OUT = "/StrikeOut"
_MARKS_BETWEEN_REPORTS = 20


def notes_in(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "notes_in_pdf": the comments in a PDF.

    Args:
        request: Its arguments hold the draft's ``blocks``, as plain values.
        report: Told how far it is.

    Raises:
        Refusal: The file cannot be read.
    """
    blocks = [block_from_json(plain) for plain in request.arguments["blocks"]]
    document = open_pdf(request.untrusted)
    marks = marks_in(open_for_reading(request.untrusted))
    if not marks:
        return [], b""
    threads = _Threads(marks)
    seen = SeenWords(PdfPlaces(document, blocks, report=report))
    notes: list[dict[str, object]] = []
    for done, mark in enumerate(threads.comments):
        notes.append(note_to_json(_note(mark, threads, seen)))
        if done % _MARKS_BETWEEN_REPORTS == 0:
            report(done, len(marks))
    return notes, b""


class _Threads:
    """Who answers whom, what belongs together, and what has been said to be finished."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._by_number = {mark.number: mark for mark in marks if mark.number}
        self._by_name = {mark.name: mark for mark in reversed(marks) if mark.name}
        self._ids = self._distinct_ids(marks)
        self._parents = {id(mark): self._answered(mark) for mark in marks}
        self._cut_circles(marks)
        self._parts: dict[int, list[Mark]] = {}
        self._states: dict[int, dict[str, Mark]] = {}
        self.comments: list[Mark] = []
        for mark in marks:
            self._sort(mark)

    def _distinct_ids(self, marks: Iterable[Mark]) -> dict[int, str]:
        """Return an id for every comment; names that stand twice are made different."""
        ids: dict[int, str] = {}
        used: set[str] = set()
        for mark in marks:
            wanted = mark.name or pdf_marks.derived_name(
                mark.page, mark.kind, mark.author, mark.made, mark.words, mark.boxes
            )
            name, more = wanted, 2
            while name in used:
                name, more = f"{wanted}#{more}", more + 1
            used.add(name)
            ids[id(mark)] = name
        return ids

    def _answered(self, mark: Mark) -> Mark | None:
        found = self._by_number.get(mark.answers) or self._by_name.get(mark.answers_name)
        goes_on = pdf_marks.name_without_page(mark.name)
        if found is None and goes_on in self._by_name and goes_on is not None:
            mark.is_part = True  # the second page of a highlight of ours
            found = self._by_name[goes_on]
        return found

    def _cut_circles(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            seen = {id(mark)}
            here = self._parents[id(mark)]
            while here is not None and id(here) not in seen:
                seen.add(id(here))
                here = self._parents[id(here)]
            if here is mark:
                self._parents[id(mark)] = None

    def _sort(self, mark: Mark) -> None:
        # A person's next state answers their last one (ISO 32000-1, 12.5.6.3).
        parent = self._parents[id(mark)]
        while parent is not None and parent.state:
            parent = self._parents[id(parent)]
        self._parents[id(mark)] = parent
        if mark.state:
            if parent is not None:
                # Each person's latest word counts; in a file later ones come later.
                self._states.setdefault(id(parent), {})[mark.author] = mark
            return
        if parent is not None and mark.is_part:
            self._parts.setdefault(id(parent), []).append(mark)
            if not mark.words or pdf_marks.name_without_page(mark.name) is not None:
                return
        self.comments.append(mark)

    def id_of(self, mark: Mark) -> str:
        """Return a comment's id."""
        return self._ids[id(mark)]

    def parent_of(self, mark: Mark) -> Mark | None:
        """Return the comment it answers."""
        return self._parents[id(mark)]

    def boxes_of(self, mark: Mark) -> list[PageBox]:
        """Return what it covers, with the parts that belong to it.

        A replacement is a caret with the words it replaces as a part: those are what it is about.
        """
        parts = [box for part in self._parts.get(id(mark), ()) for box in part.boxes]
        return parts if parts and mark.kind in AT_A_POINT else [*mark.boxes, *parts]

    def is_on_words(self, mark: Mark) -> bool:
        """Say whether it covers words, itself or by one of its parts."""
        kinds = {mark.kind, *(part.kind for part in self._parts.get(id(mark), ()))}
        return bool(kinds & (ON_WORDS | AROUND_WORDS))

    def states_of(self, mark: Mark) -> list[str]:
        """Return what people have said has become of it."""
        said = self._states.get(id(mark), {}).values()
        return [one.state for one in said if one.state not in _NOT_SAID]


def _note(mark: Mark, threads: _Threads, seen: SeenWords) -> SharedNote:
    parent = threads.parent_of(mark)
    words, lost_quote = pdf_marks.body_and_quote(mark.words) if mark.no_place else (mark.words, "")
    ours = pdf_marks.motivation_and_tags(mark.subject)
    states = threads.states_of(mark)
    tags = ours[1] if ours else ()
    note = SharedNote(
        id=threads.id_of(mark),
        body=words,
        quote=lost_quote,
        author=mark.author,
        created=pdf_marks.instant_of(mark.made),
        motivation=ours[0] if ours else _motivation(mark, is_reply=parent is not None),
        reply_to=threads.id_of(parent) if parent is not None else "",
        tags=tags + tuple(s.lower() for s in states if s not in _FINISHED),
        resolved=any(state in _FINISHED for state in states),
        page=None if mark.no_place else mark.page,
    )
    if parent is not None or mark.no_place:
        return note
    return _placed(note, mark, threads, seen)


def _motivation(mark: Mark, *, is_reply: bool) -> str:
    if is_reply:
        return "replying"
    if mark.kind in (_CROSSED_OUT, "/Caret"):
        return "editing"
    return "commenting" if mark.words or mark.kind not in ON_WORDS else "highlighting"


def _placed(note: SharedNote, mark: Mark, threads: _Threads, seen: SeenWords) -> SharedNote:
    """Return a note with the words it stands on: of the draft, or else of the page."""
    boxes = threads.boxes_of(mark)
    if threads.is_on_words(mark):
        span, words = seen.span_in(boxes)
    elif mark.kind in AT_A_POINT and boxes:
        span, words = seen.line_beside(boxes[0]), ""
    else:
        return note
    if span is None:
        return replace(note, quote=words)
    start, end = span
    text = seen.text
    return replace(
        note,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
        suffix=text[end : end + CONTEXT_CHARACTERS],
        span=span,
    )
