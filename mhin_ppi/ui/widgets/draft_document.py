"""Builds the document that the reader shows from a draft's blocks.

Block by block with a cursor, before any layout exists: that is several times faster than HTML, and
each stretch of text can be noted as a run, so that Qt's positions and the draft's offsets convert.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import (
    QFontInfo,
    QFontMetricsF,
    QImageReader,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from mhin_ppi.domain.blocks import BETWEEN_CELLS, Block, BlockKind, DraftText
from mhin_ppi.ui.text_positions import Run, TextPositions, run_of, utf16_length
from mhin_ppi.ui.theme import Theme
from mhin_ppi.ui.widgets.draft_formats import SMALL_SCALE, DraftFormats, going_on, thin
from mhin_ppi.ui.widgets.folds import Fold, Folds, Piece

LONGEST_HANGING = 8
# Beyond this a table is shown as lines of tabbed text: Qt's tables are slow to lay out.
MOST_CELLS = 4000
PICTURE_ADDRESS = "picture:"
READ, SKIP, AGAIN, CHANGE = "fold:read:", "fold:skip:", "fold:again:", "fold:change:"
"""Addresses of what can be chosen in the document itself; the offset of the fold follows."""

READ_WORDS, SKIP_WORDS = "Read it (Enter)", "Skip it (S)"
AGAIN_WORDS, CHANGE_WORDS = "Fold this part again (S)", "Change the content note"
FOLDED_HEADING = "Folded part"
NO_FOLDS = Folds()
_SAMPLE = "The research team will ask each person about their sleep and how they have been. "


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the shown draft: its block, its level (1 to 6), its words, where it starts."""

    block: int
    level: int
    text: str
    start: int


@dataclass(frozen=True)
class ShownDraft:
    """A draft laid out as a Qt document, and the way back.

    Args:
        draft: What is shown.
        document: Qt's document; the caller owns it.
        positions: The map between the two.
        headings: In order.
        folds: Which parts start folded, and which of them are open.
        block_positions: Where each of the draft's blocks begins in Qt's document.
    """

    draft: DraftText
    document: QTextDocument
    positions: TextPositions
    headings: tuple[Heading, ...]
    folds: Folds = NO_FOLDS
    block_positions: tuple[int, ...] = ()


def column_width(made: Theme) -> float:
    """Return the width in pixels of the person's column of reading text."""
    metrics = QFontMetricsF(made.reading_font())
    each = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    return each * made.preferences.column_characters


def picture_size(stored: bytes, *, widest: float) -> tuple[float, float] | None:
    """Return the size to show a picture at, read from its header; ``None`` if it is damaged."""
    buffer = QBuffer()
    buffer.setData(QByteArray(stored))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    size = QImageReader(buffer).size()
    if not size.isValid() or size.isEmpty():
        return None
    scale = min(1.0, widest / size.width())
    return size.width() * scale, size.height() * scale


def build(draft: DraftText, made: Theme, folds: Folds = NO_FOLDS) -> ShownDraft:
    """Lay a draft out as a Qt document in the look of a theme, some parts of it folded away."""
    return DraftInParts(draft, made, folds).whole()


class DraftInParts:
    """A draft laid out in two goes, so that its first words need not wait for its last.

    Args:
        draft: The draft.
        made: The look of a theme.
        folds: Which parts are folded away.
    """

    def __init__(self, draft: DraftText, made: Theme, folds: Folds = NO_FOLDS) -> None:
        self._draft, self._folds, self._next = draft, folds, 0
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDefaultFont(made.reading_font())
        self._document.setDocumentMargin(QFontInfo(made.reading_font()).pixelSize() * 1.4)
        self._writer = DraftWriter(draft, made, folds, at=QTextCursor(self._document))

    def beginning(self, *, characters: int) -> ShownDraft:
        """Return the draft with no more than its first blocks written.

        Args:
            characters: How many code points of it are to be there at least.
        """
        return self._written(self._draft.block_at(characters) + 1)

    def whole(self) -> ShownDraft:
        """Return the whole draft; what was written before stays, in the same document."""
        return self._written(len(self._draft.blocks))

    def _written(self, blocks: int) -> ShownDraft:
        upto = min(blocks, len(self._draft.blocks))
        self._writer.write(range(self._next, upto))
        self._next = upto
        return ShownDraft(
            self._draft,
            self._document,
            TextPositions(self._writer.runs),
            headings_of(self._draft, self._folds),
            self._folds,
            tuple(self._writer.block_positions),
        )


def headings_of(draft: DraftText, folds: Folds) -> tuple[Heading, ...]:
    """Return a draft's headings; one that is folded away keeps its place but not its words."""
    found = []
    for index, (block, start) in enumerate(zip(draft.blocks, draft.starts, strict=True)):
        if block.kind is BlockKind.HEADING:
            hidden = any(
                not folds.is_open(fold) for fold in folds.touching(start, start + len(block.text))
            )
            words = FOLDED_HEADING if hidden else block.text
            found.append(Heading(index, block.level or 1, words, start))
    return tuple(found)


class DraftWriter:
    """Writes blocks of a draft into a document, one after the other.

    Args:
        draft: The draft.
        made: The look.
        folds: Which parts are folded away.
        at: Where to write: in an empty paragraph, such as the one every document begins with.

    Attributes:
        runs: The stretches of the draft's text that were written.
        block_positions: Where each block that was written begins, in Qt's document.
    """

    def __init__(self, draft: DraftText, made: Theme, folds: Folds, *, at: QTextCursor) -> None:
        self._draft, self._theme, self._folds = draft, made, folds
        self._look = DraftFormats(made)
        self._document, self._cursor = at.document(), at
        self.runs: list[Run] = []
        self.block_positions: list[int] = []
        self._begun = False
        # Qt's documents begin with an empty paragraph, and keep one after every table.
        self._fresh = True
        self._look.plain = self._look.letters()
        self._formats: dict[tuple[BlockKind, int], tuple[QTextBlockFormat, QTextCharFormat]] = {}

    def write(self, blocks: range) -> None:
        """Write these blocks of the draft."""
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        for index in blocks:
            block, start = self._draft.blocks[index], self._draft.starts[index]
            self._begun = False
            before = self._cursor.position()
            pieces = self._folds.pieces(start, start + len(block.text))
            if block.kind is BlockKind.TABLE and self._cells(block) <= MOST_CELLS:
                self._write_whole(block, start, pieces, self._write_table)
            elif block.kind is BlockKind.IMAGE:
                self._write_whole(block, start, pieces, self._write_picture)
            else:
                self._write_words(block, start, pieces)
            if not self._begun:
                self.block_positions.append(before)
        edit.endEditBlock()

    def _begin(self, lines: QTextBlockFormat, letters: QTextCharFormat) -> None:
        """Start a paragraph, in the empty one that is there already if there is one."""
        if self._fresh:
            self._cursor.setBlockFormat(lines)
            self._cursor.setBlockCharFormat(letters)
            self._fresh = False
        else:
            self._cursor.insertBlock(lines, letters)
        self._note_start(self._cursor.position())

    def _note_start(self, position: int) -> None:
        """Note where the block that is being written begins."""
        if not self._begun:
            self.block_positions.append(position)
            self._begun = True

    def _put(self, text: str, start: int, letters: QTextCharFormat) -> None:
        """Write words of the draft at the cursor and note the run."""
        self.runs.append(run_of(text, start=start, position=self._cursor.position()))
        self._cursor.insertText(_one_paragraph(text), letters)

    def _write_words(self, block: Block, start: int, pieces: list[Piece]) -> None:
        lines, letters = self._look.of(block.kind, block.level)
        in_paragraph = False
        for order, piece in enumerate(pieces):
            if piece.box:
                self._write_box(piece.box)
                in_paragraph = False
                continue
            words = block.text[piece.start - start : piece.end - start]
            # Spaces between a folded part and what follows would push the first line in.
            blank = len(words) - len(words.lstrip(" ")) if order and not in_paragraph else 0
            if blank and blank == len(words):
                continue
            if not in_paragraph:
                self._begin(lines if not order else going_on(lines), letters)
                in_paragraph = True
            if not order and block.marker:
                # A word before a note ("Speaker notes:") is too long to hang in the margin.
                hangs = block.kind is not BlockKind.HEADING and len(block.marker) <= LONGEST_HANGING
                gap = "\t" if hangs else " "
                self._cursor.insertText(f"{block.marker}{gap}", letters)
            self._put(words[blank:], piece.start + blank, letters)
            if piece.ending:
                self._write_ending(piece.ending)

    def _write_whole(
        self,
        block: Block,
        start: int,
        pieces: list[Piece],
        write: Callable[[Block, int], None],
    ) -> None:
        """Write a table or a picture, unless it is folded away."""
        for piece in pieces:
            if piece.box:
                self._write_box(piece.box)
            else:
                write(block, start)
            if piece.ending:
                self._begin(
                    self._look.lines(SMALL_SCALE), self._look.letters(SMALL_SCALE, role="muted")
                )
                self._write_ending(piece.ending)

    def _write_box(self, fold: Fold) -> None:
        """Write what stands in the place of a folded part: what it touches on, and two choices."""
        letters = self._look.letters()
        self._begin(self._look.box(), letters)
        at = self._cursor.position()
        self._cursor.insertText(f"\u00a0{box_words(fold)}\u2028\u00a0", letters)
        self._write_choice(READ_WORDS, f"{READ}{fold.start}")
        self._cursor.insertText("  ·  ", self._look.letters(role="muted"))
        self._write_choice(SKIP_WORDS, f"{SKIP}{fold.start}")
        units = self._cursor.position() - at
        self.runs.append(Run(fold.start, 0, at, stand_in=units))

    def _write_ending(self, fold: Fold) -> None:
        """Write, after a part that was opened, how to fold it again."""
        self._cursor.insertText(" ", self._look.letters(SMALL_SCALE, role="muted"))
        self._write_choice(AGAIN_WORDS, f"{AGAIN}{fold.start}", scale=SMALL_SCALE)
        if fold.changeable:
            self._cursor.insertText(" · ", self._look.letters(SMALL_SCALE, role="muted"))
            self._write_choice(CHANGE_WORDS, f"{CHANGE}{fold.start}", scale=SMALL_SCALE)

    def _write_choice(self, words: str, address: str, *, scale: float = 1.0) -> None:
        self._cursor.insertText(words, self._look.choice(address, scale=scale))

    def _write_picture(self, block: Block, start: int) -> None:
        lines, letters = self._look.of(BlockKind.IMAGE, 0)
        stored = self._draft.images.get(block.image)
        size = picture_size(stored, widest=column_width(self._theme)) if stored else None
        self._begin(lines, letters)
        if size is not None:
            shown = QTextImageFormat()
            shown.setName(PICTURE_ADDRESS + block.image)
            shown.setWidth(size[0])
            shown.setHeight(size[1])
            # Proportional line height would cut a picture as tall as its line.
            alone = QTextBlockFormat(lines)
            alone.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            self._cursor.setBlockFormat(alone)
            self._cursor.insertImage(shown)
            self._cursor.insertBlock(lines, letters)
        self._cursor.insertText("Picture: " if block.text else "Picture, not described.", letters)
        self._put(block.text, start, letters)

    def _cells(self, block: Block) -> int:
        return block.text.count(BETWEEN_CELLS) + block.text.count("\n") + 1

    def _write_table(self, block: Block, start: int) -> None:
        rows = block.rows()
        if self._fresh:
            self._cursor.setBlockFormat(thin())
        table = self._cursor.insertTable(
            len(rows), max(len(row) for row in rows), self._look.table(block)
        )
        header, offset = self._look.letters(bold=True), start
        lines = self._look.lines(below=0)
        for row_index, row in enumerate(rows):
            if not row_index:
                self._note_start(table.firstPosition())
            letters = header if row_index < block.header_rows else self._look.plain
            for column, cell in enumerate(row):
                self._cursor = table.cellAt(row_index, column).firstCursorPosition()
                self._cursor.setBlockFormat(lines)
                self._put(cell, offset, letters)
                offset += len(cell) + 1
        self._cursor = QTextCursor(self._document)
        self._cursor.setPosition(table.lastPosition() + 1)
        self._fresh = True


def box_words(fold: Fold) -> str:
    """Return what a folded part says of itself."""
    return f"This part touches on: {fold.words.rstrip('.')}."


def _one_paragraph(text: str) -> str:
    """Return text in which a line break does not end Qt's paragraph; the length stays the same."""
    return text.replace("\n", "\u2028").replace("\r", "\u2028").replace("\u2029", "\u2028")


def picture_id(address: QUrl) -> str:
    """Return the SHA-256 (hex) that a picture's address in the document names, or ""."""
    whole = address.toString()
    return whole.removeprefix(PICTURE_ADDRESS) if whole.startswith(PICTURE_ADDRESS) else ""


__all__ = [
    "DraftInParts",
    "DraftWriter",
    "Heading",
    "ShownDraft",
    "build",
    "column_width",
    "picture_id",
    "utf16_length",
]
