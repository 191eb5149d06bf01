"""Builds the document that the reader shows from a draft's blocks.

Block by block with a cursor, before any layout exists: that is several times faster than HTML, and
each stretch of text can be noted as a run, so that Qt's positions and the draft's offsets convert.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImageReader,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from mhin_ppi.domain.blocks import BETWEEN_CELLS, Block, BlockKind, DraftText
from mhin_ppi.ui.text_positions import Run, TextPositions, run_of, utf16_length
from mhin_ppi.ui.theme import Theme

HEADING_SCALE = {1: 1.5, 2: 1.25, 3: 1.12}
LONGEST_HANGING = 8
SMALL_SCALE = 0.9
# Beyond this a table is shown as lines of tabbed text: Qt's tables are slow to lay out.
MOST_CELLS = 4000
PICTURE_ADDRESS = "picture:"
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
    """

    draft: DraftText
    document: QTextDocument
    positions: TextPositions
    headings: tuple[Heading, ...]


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


def build(draft: DraftText, made: Theme) -> ShownDraft:
    """Lay a draft out as a Qt document in the look of a theme."""
    return _Builder(draft, made).build()


class _Builder:
    """Writes one document from its start to its end."""

    def __init__(self, draft: DraftText, made: Theme) -> None:
        self._draft, self._theme = draft, made
        self._font = made.reading_font()
        self._letter = QFontInfo(self._font).pixelSize()
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDefaultFont(self._font)
        self._document.setDocumentMargin(self._letter * 1.4)
        self._cursor = QTextCursor(self._document)
        self._runs: list[Run] = []
        self._headings: list[Heading] = []
        # Qt's documents begin with an empty paragraph, and keep one after every table.
        self._fresh = True
        self._plain = self._letters()
        self._formats: dict[tuple[BlockKind, int], tuple[QTextBlockFormat, QTextCharFormat]] = {}

    def build(self) -> ShownDraft:
        self._cursor.beginEditBlock()
        for index, (block, start) in enumerate(
            zip(self._draft.blocks, self._draft.starts, strict=True)
        ):
            if block.kind is BlockKind.TABLE and self._cells(block) <= MOST_CELLS:
                self._write_table(block, start)
            elif block.kind is BlockKind.IMAGE:
                self._write_picture(block, start)
            else:
                self._write_words(block, start)
            if block.kind is BlockKind.HEADING:
                self._headings.append(Heading(index, block.level or 1, block.text, start))
        self._cursor.endEditBlock()
        positions = TextPositions(self._runs)
        return ShownDraft(self._draft, self._document, positions, tuple(self._headings))

    def _letters(
        self, scale: float = 1.0, *, bold: bool = False, role: str = "text"
    ) -> QTextCharFormat:
        letters = QTextCharFormat()
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * scale)
        font.setBold(bold)
        letters.setFont(font)
        letters.setForeground(self._theme.colour(role))
        return letters

    def _lines(
        self, scale: float = 1.0, *, above: float = 0.0, below: float = 0.75
    ) -> QTextBlockFormat:
        """Return a paragraph's format; spaces are in multiples of the letters' size."""
        lines = QTextBlockFormat()
        # Qt counts from the typeface's own line height; people count from the letters' size.
        own = QFontMetricsF(self._font).height() / self._letter
        spacing = self._theme.preferences.line_spacing if scale == 1.0 else 1.35
        percent = max(100.0, spacing / own * 100)
        lines.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        lines.setTopMargin(self._letter * above)
        lines.setBottomMargin(self._letter * below)
        return lines

    def _format_for(self, kind: BlockKind, level: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
        """Return the formats of a kind of block, made once for each kind and level."""
        found = self._formats.get((kind, level))
        if found is None:
            found = self._formats[kind, level] = self._new_format(kind, level)
        return found

    def _new_format(self, kind: BlockKind, level: int) -> tuple[QTextBlockFormat, QTextCharFormat]:
        if kind is BlockKind.HEADING:
            scale = HEADING_SCALE.get(level, 1.0)
            lines = self._lines(scale or 1.0, above=1.3 if level <= 2 else 0.9, below=0.45)
            lines.setHeadingLevel(level)
            role = "accent" if level == 2 else "text"
            return lines, self._letters(scale, bold=True, role=role)
        if kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
            small = SMALL_SCALE if kind is BlockKind.FOOTNOTE else 1.0
            lines = self._lines(small, below=0.4)
            hang = self._letter * 1.9
            lines.setLeftMargin(hang * max(1, level))
            lines.setTextIndent(-hang)
            stop = QTextOption.Tab(hang, QTextOption.TabType.LeftTab)
            lines.setTabPositions([stop])
            return lines, self._letters(small)
        if kind is BlockKind.IMAGE:
            return self._lines(SMALL_SCALE, below=1.0), self._letters(SMALL_SCALE, role="muted")
        return self._lines(), self._plain

    def _begin(self, lines: QTextBlockFormat, letters: QTextCharFormat) -> None:
        """Start a paragraph, in the empty one that is there already if there is one."""
        if self._fresh:
            self._cursor.setBlockFormat(lines)
            self._cursor.setBlockCharFormat(letters)
            self._fresh = False
        else:
            self._cursor.insertBlock(lines, letters)

    def _put(self, text: str, start: int, letters: QTextCharFormat) -> None:
        """Write words of the draft at the cursor and note the run."""
        self._runs.append(run_of(text, start=start, position=self._cursor.position()))
        self._cursor.insertText(_one_paragraph(text), letters)

    def _write_words(self, block: Block, start: int) -> None:
        lines, letters = self._format_for(block.kind, block.level)
        self._begin(lines, letters)
        if block.marker and block.kind is not BlockKind.HEADING:
            # A word before a note ("Speaker notes:") is too long to hang in the margin.
            gap = "\t" if len(block.marker) <= LONGEST_HANGING else " "
            self._cursor.insertText(f"{block.marker}{gap}", letters)
        elif block.marker:
            self._cursor.insertText(f"{block.marker} ", letters)
        self._put(block.text, start, letters)

    def _write_picture(self, block: Block, start: int) -> None:
        lines, letters = self._format_for(BlockKind.IMAGE, 0)
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

    def _table_format(self, block: Block) -> QTextTableFormat:
        frame = QTextTableFormat()
        frame.setBorder(self._theme.border)
        frame.setBorderBrush(self._theme.colour("edge"))
        frame.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        frame.setBorderCollapse(True)
        frame.setCellPadding(self._letter * 0.4)
        frame.setCellSpacing(0)
        frame.setHeaderRowCount(block.header_rows)
        frame.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        frame.setTopMargin(self._letter * 0.4)
        frame.setBottomMargin(self._letter * 1.0)
        return frame

    def _write_table(self, block: Block, start: int) -> None:
        rows = block.rows()
        if self._fresh:
            self._shrink_empty_paragraph()
        table = self._cursor.insertTable(
            len(rows), max(len(row) for row in rows), self._table_format(block)
        )
        header, offset = self._letters(bold=True), start
        lines = self._lines(below=0)
        for row_index, row in enumerate(rows):
            letters = header if row_index < block.header_rows else self._plain
            for column, cell in enumerate(row):
                self._cursor = table.cellAt(row_index, column).firstCursorPosition()
                self._cursor.setBlockFormat(lines)
                self._put(cell, offset, letters)
                offset += len(cell) + 1
        self._cursor = QTextCursor(self._document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _shrink_empty_paragraph(self) -> None:
        """Make the empty paragraph before a table take no room."""
        thin = QTextBlockFormat()
        thin.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        thin.setProperty(QTextFormat.Property.BlockNonBreakableLines, True)
        self._cursor.setBlockFormat(thin)


def _one_paragraph(text: str) -> str:
    """Return text in which a line break does not end Qt's paragraph; the length stays the same."""
    return text.replace("\n", "\u2028").replace("\r", "\u2028").replace("\u2029", "\u2028")


def picture_id(address: QUrl) -> str:
    """Return the SHA-256 (hex) that a picture's address in the document names, or ""."""
    whole = address.toString()
    return whole.removeprefix(PICTURE_ADDRESS) if whole.startswith(PICTURE_ADDRESS) else ""


__all__ = ["Heading", "ShownDraft", "build", "column_width", "picture_id", "utf16_length"]
