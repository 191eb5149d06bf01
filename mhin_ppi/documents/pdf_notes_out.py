"""Writes notes into a PDF as annotations; runs in the child process only.

A passage becomes a highlight, a reply a text annotation in reply to it, and *resolved* a state in
Acrobat's review model. What cannot be placed stands as a sticky note on the first page. Pages and
annotations that are there already stay as they are. The same notes give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mhin_ppi.documents import pdf_marks as marks
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.note_frames import note_from_json
from mhin_ppi.documents.pdf import open_pdf
from mhin_ppi.documents.pdf_changing import open_for_changing, saved
from mhin_ppi.documents.pdf_places import PdfPlaces
from mhin_ppi.domain.blocks import block_from_json
from mhin_ppi.domain.page_words import PageBox
from mhin_ppi.domain.shared_notes import SharedNote, find_note

_COLOURS = {
    "questioning": (1.0, 0.87, 0.35),
    "editing": (0.68, 0.90, 0.62),
    "assessing": (0.68, 0.90, 0.62),
}
_COLOUR = (0.65, 0.84, 1.0)
_PRINTED = 4
_KEPT_UPRIGHT = 4 | 8 | 16  # printed, of one size and never turned, as Acrobat writes sticky notes
_UNSEEN = 2 | 4 | 8 | 16  # and a state is not drawn at all
_STICKY = 20.0  # points
_MARGIN = 8.0
_NOTES_BETWEEN_REPORTS = 20


def notes_into(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "notes_into_pdf": the same PDF with notes in it.

    Args:
        request: Its arguments hold ``blocks`` and ``notes``, as plain values.
        report: Told how far it is.

    Returns:
        The indices of the notes that were placed on words, that were placed on none, and that were
        in the file already; and the file.

    Raises:
        Refusal: The file cannot be read, or must not be changed.
    """
    blocks = [block_from_json(plain) for plain in request.arguments["blocks"]]
    notes = [note_from_json(plain) for plain in request.arguments["notes"]]
    document = open_pdf(request.untrusted)
    pdf = open_for_changing(request.untrusted)
    places = PdfPlaces(document, blocks, report=report)
    writer = _Writer(pdf, places, notes)
    for done, (index, parent) in enumerate(marks.parents_first(notes)):
        writer.write(index, parent)
        if done % _NOTES_BETWEEN_REPORTS == 0:
            report(done, len(notes))
    return writer.told, saved(writer.finished())


class _Writer:
    """Adds annotations to the pages of one PDF.

    Args:
        pdf: The PDF, opened by pikepdf.
        places: Where the draft's words stand in it.
        notes: All that are to be written.
    """

    def __init__(self, pdf: Any, places: PdfPlaces, notes: Sequence[SharedNote]) -> None:  # noqa: ANN401
        self._pdf, self._places, self._notes = pdf, places, notes
        self._new: dict[int, list[Any]] = {}
        self._made: dict[int, Any] = {}
        self._stickies = 0
        self._empty: Any = None
        self._there = self._names()
        self._boxes = self._all_boxes()
        self.told: dict[str, list[int]] = {"placed": [], "without_place": [], "already_there": []}

    def _names(self) -> dict[str, tuple[int, Any]]:
        """Return the annotations that have a name, with their pages."""
        import pikepdf

        named: dict[str, tuple[int, Any]] = {}
        for number, page in enumerate(self._pdf.pages):
            annotations = page.obj.get("/Annots")
            if isinstance(annotations, pikepdf.Array):
                for one in annotations:
                    if isinstance(one, pikepdf.Dictionary) and "/NM" in one and one.is_indirect:
                        named.setdefault(str(one["/NM"]), (number, one))
        return named

    def write(self, index: int, parent: int | None) -> None:
        """Write a note; its parent, where it has one, has been written."""
        note = self._notes[index]
        name = marks.name_of(note)
        if name in self._there:
            self._made[index] = self._there[name]
            self.told["already_there"].append(index)
            return
        answered = self._there.get(note.reply_to) if parent is None else self._made[parent]
        if note.reply_to and answered is not None:
            self._made[index] = self._reply(note, answered)
            self.told["placed"].append(index)
        elif boxes := self._boxes.get(index):
            self._made[index] = self._highlight(note, boxes)
            self.told["placed"].append(index)
        else:
            self._made[index] = self._sticky(note)
            self.told["without_place"].append(index)
        if note.resolved:
            self._state(note, self._made[index])

    def _all_boxes(self) -> dict[int, list[PageBox]]:
        """Return the rectangles of every note, asked for page by page: opening pages takes time."""
        spans = [find_note(note, self._places.text) for note in self._notes]
        found = sorted((span, index) for index, span in enumerate(spans) if span is not None)
        return {
            index: [box for box in self._places.boxes(*span) if box.x1 > box.x0 and box.y1 > box.y0]
            for span, index in found
        }

    def _add(self, page: int, plain: dict[str, Any]) -> tuple[int, Any]:
        import pikepdf

        made = self._pdf.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, **plain}))
        self._new.setdefault(page, []).append(made)
        return page, made

    def _common(self, note: SharedNote, words: str, *, name: str = "") -> dict[str, Any]:
        """Return what every comment has: words, author, name, dates and kind."""
        import pikepdf

        texts = {
            "/Contents": words,
            "/T": note.author,
            "/NM": name or marks.name_of(note),
            "/Subj": marks.subject_of(note),
            "/CreationDate": marks.pdf_date(note.created),
            "/M": marks.pdf_date(note.created),
        }
        return {key: pikepdf.String(_storable(text)) for key, text in texts.items() if text}

    def _highlight(self, note: SharedNote, boxes: Sequence[PageBox]) -> tuple[int, Any]:
        """Write a highlight; one that goes on over a page end has a part on each page."""
        pages = list(dict.fromkeys(box.page for box in boxes))
        made = None
        for page in pages:
            here = [box for box in boxes if box.page == page]
            if made is None:
                words = self._common(note, note.body)
            else:
                name = marks.name_on_page(marks.name_of(note), page)
                words = self._common(note, marks.goes_on_from(pages[0]), name=name)
            part = self._add(page - 1, words | self._shape(here, note))
            made = made or part
        assert made is not None  # noqa: S101 - there is at least one box
        return made

    def _shape(self, boxes: Sequence[PageBox], note: SharedNote) -> dict[str, Any]:
        import pikepdf

        colour = _COLOURS.get(note.motivation, _COLOUR)
        around = [
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        ]
        # Top left, top right, bottom left, bottom right: what Acrobat and all viewers use, though
        # the standard's text (12.5.6.10) says anticlockwise.
        corners = [edge for b in boxes for edge in (b.x0, b.y1, b.x1, b.y1, b.x0, b.y0, b.x1, b.y0)]
        return {
            "/Subtype": pikepdf.Name.Highlight,
            "/Rect": _numbers(around),
            "/QuadPoints": _numbers(corners),
            "/C": _numbers(colour),
            "/F": _PRINTED,
            "/AP": pikepdf.Dictionary(N=self._appearance(boxes, around, colour)),
        }

    def _appearance(
        self, boxes: Sequence[PageBox], around: Sequence[float], colour: Sequence[float]
    ) -> Any:  # noqa: ANN401
        """Return what is drawn: without it some programs draw nothing, and not on paper."""
        import pikepdf

        drawn = ["/Multiply gs", " ".join(f"{part:.3g}" for part in colour) + " rg"]
        drawn += [f"{b.x0:.2f} {b.y0:.2f} {b.x1 - b.x0:.2f} {b.y1 - b.y0:.2f} re" for b in boxes]
        form = self._pdf.make_stream(("\n".join([*drawn, "f"]) + "\n").encode("ascii"))
        form.Type, form.Subtype, form.FormType = pikepdf.Name.XObject, pikepdf.Name.Form, 1
        form.BBox = _numbers(around)
        shade = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply)
        form.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Multiply=shade))
        return form

    def _sticky(self, note: SharedNote) -> tuple[int, Any]:
        """Write a note that stands on no words, in the margin of the first page."""
        import pikepdf

        left, bottom, _, top = _edges(self._pdf.pages[0])
        in_column = max(1, int((top - bottom - 2 * _MARGIN) // _STICKY))
        column, row = divmod(self._stickies, in_column)
        x, y = left + _MARGIN + column * _STICKY, top - _MARGIN - (row + 1) * _STICKY
        self._stickies += 1
        return self._add(
            0,
            self._common(note, marks.words_of(note, placed=False))
            | {
                "/Subtype": pikepdf.Name.Text,
                "/Rect": _numbers([x, y, x + _STICKY, y + _STICKY]),
                "/Name": pikepdf.Name.Comment,
                "/C": _numbers(_COLOURS.get(note.motivation, _COLOUR)),
                "/F": _KEPT_UPRIGHT,
                marks.NO_PLACE_KEY: True,
            },
        )

    def _reply(self, note: SharedNote, answered: tuple[int, Any]) -> tuple[int, Any]:
        page, parent = answered
        plain = self._common(note, note.body) | _answering(parent, _KEPT_UPRIGHT)
        # Replies are read in the list of comments. Poppler and PDFium would draw a sticky note over
        # the words for each, were it not said that there is nothing to draw.
        return self._add(page, plain | {"/AP": self._nothing()})

    def _nothing(self) -> Any:  # noqa: ANN401
        import pikepdf

        if self._empty is None:
            self._empty = self._pdf.make_stream(b"")
            self._empty.Type = pikepdf.Name.XObject
            self._empty.Subtype = pikepdf.Name.Form
            self._empty.BBox = _numbers([0, 0, 1, 1])
        return pikepdf.Dictionary(N=self._empty)

    def _state(self, note: SharedNote, on: tuple[int, Any]) -> None:
        import pikepdf

        page, annotation = on
        words = f"{marks.STATE_MODEL}: {marks.DONE}"
        name = marks.derived_name(marks.name_of(note), marks.DONE)
        self._add(
            page,
            self._common(note, words, name=name)
            | _answering(annotation, _UNSEEN)
            | {
                "/StateModel": pikepdf.String(marks.STATE_MODEL),
                "/State": pikepdf.String(marks.DONE),
            },
        )

    def finished(self) -> Any:  # noqa: ANN401
        """Return the PDF with the new annotations after those it had."""
        import pikepdf

        for number, new in self._new.items():
            page = self._pdf.pages[number].obj
            old = page.get("/Annots")
            kept = list(old) if isinstance(old, pikepdf.Array) else []
            page["/Annots"] = self._pdf.make_indirect(pikepdf.Array([*kept, *new]))
        return self._pdf


def _answering(parent: Any, flags: int) -> dict[str, Any]:  # noqa: ANN401
    import pikepdf

    return {
        "/Subtype": pikepdf.Name.Text,
        "/Rect": parent["/Rect"],
        "/Name": pikepdf.Name.Comment,
        "/IRT": parent,
        "/RT": pikepdf.Name.R,
        "/F": flags,
    }


def _edges(page: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Return the edges of what is shown of a page: left, bottom, right, top."""
    x0, y0, x1, y1 = (float(one) for one in page.cropbox)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _numbers(values: Sequence[float]) -> Any:  # noqa: ANN401
    import pikepdf

    return pikepdf.Array([round(float(value), 2) for value in values])


def _storable(text: str) -> str:
    """Return text without what UTF-16 cannot hold."""
    return text.encode("utf-16-le", "replace").decode("utf-16-le")
