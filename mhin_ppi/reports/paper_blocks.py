"""A draft's own text on paper: each block with its number, tables and pictures too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest

from ..domain.blocks import Block, BlockKind
from ..domain.paper import PaperNumbers
from ..domain.paper_content import PaperDraft, PassageNote
from .layout import Place, baseline
from .pages import MARGIN, TEXT_WIDTH, Photo, Picture, Strip, Words
from .paper_sheet import BLACK, PaperSheet
from .tables import PADDING, Column, Frame, add_table
from .tagging import Element
from .typefaces import tidy
from .typesetting import set_lines

PASSAGE_NOTE = "Before you read the next part"
SKIP_IT = "You may skip it."
PICTURE_HEIGHT = 330.0
# Enough for 150 dots an inch across the column: sharper only makes the file larger.
PICTURE_DOTS = 1200
PAPER_WHITE = "#FFFFFF"
LEAST_SHARE = 0.5
# Left and right of a cell's words, and a little more so that rounding cuts no word.
CELL_EDGES = 2 * PADDING + 2


class PaperBlocks:
    """Sets the draft.

    Args:
        sheet: The sheet under way.
        content: What it says.
        numbers: Those of the draft.
    """

    def __init__(self, sheet: PaperSheet, content: PaperDraft, numbers: PaperNumbers) -> None:
        self.sheet, self.content, self.numbers = sheet, content, numbers
        self._lists: list[tuple[int, Element]] = []

    def add(self, index: int) -> None:
        """Set the block with that index, after its content note where it has one."""
        block, number = self.content.draft.blocks[index], self.numbers.number_of(index)
        for note in self.content.passage_notes:
            if note.first == index:
                self._note(note)
        if block.kind is BlockKind.LIST_ITEM:
            self._entry(block, number)
            return
        self._lists = []
        words = f"{block.marker} {block.text}" if block.marker else block.text
        if block.kind is BlockKind.HEADING:
            self.sheet.heading(words, max(block.level, 1), number=number)
        elif block.kind is BlockKind.TABLE:
            self._table(block, number)
        elif block.kind is BlockKind.IMAGE:
            self._picture(block, number)
        elif block.text.strip():
            self.sheet.paragraph(words, place=self.sheet.beside_numbers, number=number)

    def _note(self, note: PassageNote) -> None:
        """Set a content note in a box, with where to go on for those who skip the part."""
        self._lists = []
        sizes = self.sheet.sizes
        draft = self.content.draft
        last = self.numbers.number_at(draft.starts[min(note.last, len(draft.blocks) - 1)])
        skip = f"{SKIP_IT} It ends with paragraph {last}." if last else SKIP_IT
        texts = [(PASSAGE_NOTE, sizes.strong), (note.words, sizes.body), (skip, sizes.body)]
        self.sheet.boxed(texts, place=self.sheet.beside_numbers)

    def _entry(self, block: Block, number: int | None) -> None:
        """Set a list entry; entries that follow each other make one list, nested as the file's."""
        sizes, layout = self.sheet.sizes, self.sheet.layout
        entry = self._list(block.level).add("LI")
        label, body = entry.add("Lbl"), entry.add("LBody")
        level = min(max(block.level, 1), 5)
        marker = set_lines(block.marker or "•", sizes.body, TEXT_WIDTH / 3, layout.faces)[0]
        left = self.sheet.beside_numbers.x + (level - 1) * sizes.indent
        step = max(sizes.indent, marker.width + sizes.body.size * 0.5)
        place = Place(body, left + step, MARGIN + TEXT_WIDTH - left - step)
        strips = self.sheet.text(block.text, sizes.body, body, place)
        drop = baseline(sizes.body)
        front = [Words(label, left, drop, marker, sizes.body)]
        if number is not None:
            front.insert(0, self.sheet.number(number, label, drop, x=left))
        strips[0].words[:0] = front
        layout.space(sizes.body.after * 0.6)

    def _list(self, level: int) -> Element:
        while self._lists and self._lists[-1][0] > level:
            self._lists.pop()
        if not self._lists or self._lists[-1][0] < level:
            outer = self._lists[-1][1].children[-1] if self._lists else None
            parent = outer if isinstance(outer, Element) else self.sheet.wide.parent
            if parent.kind == "LI" and isinstance(parent.children[-1], Element):
                parent = parent.children[-1]
            self._lists.append((level, parent.add("L")))
        return self._lists[-1][1]

    def _table(self, block: Block, number: int | None) -> None:
        """Set a table; where its columns would be too narrow to read, one row below another."""
        sizes, place = self.sheet.sizes, self.sheet.beside_numbers
        rows = _even(block.rows())
        self.sheet.paragraph("Table", sizes.strong, place=place, number=number, with_next=True)
        above, body = rows[: block.header_rows], rows[block.header_rows :]
        heads = [" – ".join(filter(None, column)) for column in zip(*above, strict=True)]
        if not body:
            heads, body = [], rows
        shares = self._shares(rows, place.width)
        if not shares:
            self._row_by_row(heads, body)
            return
        heads = heads or [""] * len(shares)
        columns = [Column(head, share) for head, share in zip(heads, shares, strict=True)]
        cell = replace(sizes.body, leading=sizes.body.size * 1.3, after=0)
        frame = Frame(place.x, place.width, cell, head=PAPER_WHITE, rule=BLACK)
        add_table(self.sheet.layout, columns, body, frame=frame)

    def _shares(self, rows: Sequence[Sequence[str]], width: float) -> list[float]:
        """Return each column's part of the width by its words; none if a word would be cut."""
        face, size = self.sheet.layout.faces.bold, self.sheet.sizes.body.size
        longest, whole = [], []
        for column in zip(*rows, strict=True):
            cells = [[face.word(w).width for w in tidy(cell).split()] for cell in column]
            longest.append(max(max(words, default=1.0) for words in cells) * size + CELL_EDGES)
            lines = (sum(words) + face.space * len(words) for words in cells)
            whole.append(max(lines) * size + CELL_EDGES)
        room = width - sum(longest)
        if room < 0:
            return []
        wanted = [min(full, width / 2) - least for full, least in zip(whole, longest, strict=True)]
        extra = [max(each, LEAST_SHARE) for each in wanted]
        return [
            least + room * each / sum(extra) for least, each in zip(longest, extra, strict=True)
        ]

    def _row_by_row(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        place = self.sheet.beside_numbers
        for at, row in enumerate(rows, start=1):
            if not any(row):
                continue
            self.sheet.paragraph(f"Row {at}", self.sheet.sizes.strong, place=place, with_next=True)
            for head, cell in zip_longest(heads, row, fillvalue=""):
                if cell:
                    self.sheet.paragraph(f"{head}: {cell}" if head else cell, place=place)

    def _picture(self, block: Block, number: int | None) -> None:
        """Set a picture with what it shows in words; the words alone where it cannot be drawn."""
        place, layout = self.sheet.beside_numbers, self.sheet.layout
        alt = block.text.strip()
        photo = _photo(self.content.draft.images.get(block.image, b""), place.width)
        if photo is not None:
            element = layout.tree.document.add("Figure", alt=tidy(alt) or "A picture.")
            drawn = Picture(element, photo, place.x)
            layout.strips.append(Strip(photo.height, picture=drawn, with_next=True))
            layout.space(4, with_next=True)
        said = f"Picture: {alt}" if alt else "A picture, not described in the file."
        if photo is None:
            said = f"{said} (It could not be printed.)"
        self.sheet.paragraph(said, place=place, number=number)


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Return rows that all have as many cells as the longest."""
    most = max(len(row) for row in rows)
    return [[*row, *[""] * (most - len(row))] for row in rows]


def _photo(stored: bytes, width: float) -> Photo | None:
    """Return a stored picture ready to be drawn, no wider than the column; ``None`` if it is none.

    The child process has let in PNG and JPEG of bounded size only; just those are read here.
    """
    from PIL import Image, UnidentifiedImageError

    if not stored:
        return None
    try:
        with Image.open(BytesIO(stored), formats=("PNG", "JPEG")) as opened:
            opened.thumbnail((PICTURE_DOTS, PICTURE_DOTS))
            clear = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError):
        return None
    flat = Image.new("RGBA", clear.size, PAPER_WHITE)
    flat.alpha_composite(clear)
    wide, high = flat.size
    scale = min(width / wide, PICTURE_HEIGHT / high, 1.0)
    return Photo(flat.convert("RGB"), wide * scale, high * scale)
