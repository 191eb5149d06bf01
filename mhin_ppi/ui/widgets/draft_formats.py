"""How each part of a draft looks in the reader: paragraphs, letters, tables, boxes."""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from mhin_ppi.domain.blocks import Block, BlockKind
from mhin_ppi.ui.theme import Theme

HEADING_SCALE = {1: 1.5, 2: 1.25, 3: 1.12}
SMALL_SCALE = 0.9
Formats = tuple[QTextBlockFormat, QTextCharFormat]


class DraftFormats:
    """Qt's formats for a draft, in the look of a theme.

    Args:
        made: The look.

    Attributes:
        letter: The letters' size in pixels; spaces are multiples of it.
        plain: Letters of ordinary text.
    """

    def __init__(self, made: Theme) -> None:
        self._theme = made
        self._font = made.reading_font()
        self.letter = QFontInfo(self._font).pixelSize()
        self.plain = self.letters()
        self._formats: dict[tuple[BlockKind, int], Formats] = {}

    def letters(
        self, scale: float = 1.0, *, bold: bool = False, role: str = "text"
    ) -> QTextCharFormat:
        """Return letters, in multiples of the reading size and one of the theme's colours."""
        letters = QTextCharFormat()
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * scale)
        font.setBold(bold)
        letters.setFont(font)
        letters.setForeground(self._theme.colour(role))
        return letters

    def lines(
        self, scale: float = 1.0, *, above: float = 0.0, below: float = 0.75
    ) -> QTextBlockFormat:
        """Return a paragraph's format; spaces are in multiples of the letters' size."""
        lines = QTextBlockFormat()
        # Qt counts from the typeface's own line height; people count from the letters' size.
        own = QFontMetricsF(self._font).height() / self.letter
        spacing = self._theme.preferences.line_spacing if scale == 1.0 else 1.35
        percent = max(100.0, spacing / own * 100)
        lines.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        lines.setTopMargin(self.letter * above)
        lines.setBottomMargin(self.letter * below)
        return lines

    def of(self, kind: BlockKind, level: int) -> Formats:
        """Return the formats of a kind of block, made once for each kind and level."""
        found = self._formats.get((kind, level))
        if found is None:
            found = self._formats[kind, level] = self._new_format(kind, level)
        return found

    def _new_format(self, kind: BlockKind, level: int) -> Formats:
        if kind is BlockKind.HEADING:
            scale = HEADING_SCALE.get(level, 1.0)
            lines = self.lines(scale or 1.0, above=1.3 if level <= 2 else 0.9, below=0.45)
            lines.setHeadingLevel(level)
            role = "accent" if level == 2 else "text"
            return lines, self.letters(scale, bold=True, role=role)
        if kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
            small = SMALL_SCALE if kind is BlockKind.FOOTNOTE else 1.0
            lines = self.lines(small, below=0.4)
            hang = self.letter * 1.9
            lines.setLeftMargin(hang * max(1, level))
            lines.setTextIndent(-hang)
            stop = QTextOption.Tab(hang, QTextOption.TabType.LeftTab)
            lines.setTabPositions([stop])
            return lines, self.letters(small)
        if kind is BlockKind.IMAGE:
            return self.lines(SMALL_SCALE, below=1.0), self.letters(SMALL_SCALE, role="muted")
        return self.lines(), self.plain

    def table(self, block: Block) -> QTextTableFormat:
        """Return the format of a table."""
        frame = QTextTableFormat()
        frame.setBorder(self._theme.border)
        frame.setBorderBrush(self._theme.colour("edge"))
        frame.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        frame.setBorderCollapse(True)
        frame.setCellPadding(self.letter * 0.4)
        frame.setCellSpacing(0)
        frame.setHeaderRowCount(block.header_rows)
        frame.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        frame.setTopMargin(self.letter * 0.4)
        frame.setBottomMargin(self.letter * 1.0)
        return frame

    def box(self) -> QTextBlockFormat:
        """Return the format of what stands in the place of a folded part."""
        lines = self.lines(above=0.3)
        lines.setBackground(self._theme.colour("soft"))
        lines.setLeftMargin(self.letter * 0.6)
        lines.setRightMargin(self.letter * 0.6)
        return lines

    def choice(self, address: str, *, scale: float = 1.0) -> QTextCharFormat:
        """Return letters that can be chosen, like a link."""
        letters = self.letters(scale, role="accent")
        letters.setFontUnderline(True)
        letters.setAnchor(True)
        letters.setAnchorHref(address)
        return letters


def thin() -> QTextBlockFormat:
    """Return the format of an empty paragraph before a table, which takes no room."""
    lines = QTextBlockFormat()
    lines.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    lines.setProperty(QTextFormat.Property.BlockNonBreakableLines, True)
    return lines


def going_on(lines: QTextBlockFormat) -> QTextBlockFormat:
    """Return the format of a paragraph that goes on after a folded part: nothing hangs out."""
    made = QTextBlockFormat(lines)
    made.setTextIndent(0)
    made.setHeadingLevel(0)
    return made
