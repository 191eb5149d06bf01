"""Shows what became of a text: added words underlined, words taken out struck, moved ones named.

Never by colour alone, and never by sight alone: "added", "taken out" and "moved" stand in the text
itself, in letters too small to see, so that screen readers and copied words tell them too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QFontMetricsF,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser
from typing_extensions import override

from mhin_ppi.domain.weaving import PieceKind
from mhin_ppi.ui.theme import Theme, theme, theme_changes
from mhin_ppi.ui.widgets.draft_document import column_width

SPOKEN: Mapping[PieceKind, str] = {
    PieceKind.ADDED: "added",
    PieceKind.TAKEN_OUT: "taken out",
    PieceKind.MOVED_HERE: "moved here",
    PieceKind.MOVED_AWAY: "moved away",
}
"""What each kind of piece is called, aloud."""
_Line = QTextCharFormat.UnderlineStyle
_CELLS = "\u2003|\u2003"


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of text to show.

    Args:
        text: Its words.
        kind: What became of it; ``None`` for words of the program itself.
        breaks: Whether a paragraph ends after it.
        change: The number of the change it belongs to, or -1.
        link: Where it leads when chosen, or "".
        heading: Whether it begins a heading.
    """

    text: str
    kind: PieceKind | None = PieceKind.SAME
    breaks: bool = False
    change: int = -1
    link: str = ""
    heading: bool = False


class DifferenceText(QTextBrowser):
    """Read-only text with its changes; Tab and Enter reach its links.

    Args:
        name: What screen readers call it.
        fits: Whether it is as tall as its text, inside something that scrolls; else it scrolls.

    Signals:
        link_chosen: Where the chosen link leads.
    """

    link_chosen = Signal(str)

    def __init__(self, name: str, *, fits: bool = False) -> None:
        super().__init__()
        self._fits = fits
        self._shown: Sequence[Shown] = ()
        self._own: QTextDocument | None = None
        self._places: dict[int, tuple[int, int]] = {}
        self.setAccessibleName(name)
        self.setProperty("role", "" if fits else "reader")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.TextSelectableByMouse
            | flags.TextSelectableByKeyboard
            | flags.LinksAccessibleByMouse
            | flags.LinksAccessibleByKeyboard
        )
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))
        theme_changes().changed.connect(self._again)

    def show_pieces(self, pieces: Sequence[Shown]) -> None:
        """Show these in place of any before."""
        self._shown = pieces
        self._places = {}
        made, document = theme(), QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(made.font() if self._fits else made.reading_font())
        writer = _Writer(document, made, tight=self._fits)
        for piece in pieces:
            first, last = writer.put(piece)
            if piece.change >= 0:
                begun = self._places.get(piece.change, (first, last))[0]
                self._places[piece.change] = (begun, last)
        writer.end()
        old, self._own = self._own, document
        self.setDocument(document)
        if old is not None:
            old.deleteLater()
        self._room()

    def _again(self) -> None:
        self.show_pieces(self._shown)

    def words(self) -> str:
        """Return everything that is shown, as screen readers read it."""
        return self.toPlainText()

    def has_change(self, number: int) -> bool:
        """Return whether a change is in the text now (and not folded away)."""
        return number in self._places

    def show_change(self, number: int) -> None:
        """Bring a change into view and mark it."""
        place = self._places.get(number)
        if place is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(place[1])
        cursor.setPosition(place[0], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return nothing: no file or address is ever opened."""
        return None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._room()

    def _room(self) -> None:
        made, document = theme(), self.document()
        if self._fits:
            document.setTextWidth(self.viewport().width())
            around = max(0, self.height() - self.viewport().height())
            self.setFixedHeight(round(document.size().height()) + around)
            return
        frame = document.rootFrame()
        looks = frame.frameFormat()
        side = max(made.px(1), (self.viewport().width() - column_width(made)) / 2)
        if abs(looks.leftMargin() - side) > 1:
            looks.setLeftMargin(side)
            looks.setRightMargin(side)
            frame.setFrameFormat(looks)


class _Writer:
    """Writes pieces into a document, from its start to its end."""

    def __init__(self, document: QTextDocument, made: Theme, *, tight: bool) -> None:
        self._theme, self._cursor = made, QTextCursor(document)
        self._fresh = True
        self._tiny = QTextCharFormat()
        font = document.defaultFont()
        font.setPixelSize(1)
        self._tiny.setFont(font)
        self._tiny.setForeground(QColor(0, 0, 0, 0))
        self._lines = QTextBlockFormat()
        font = document.defaultFont()
        letter = QFontInfo(font).pixelSize()
        spacing = 1.25 if tight else made.preferences.line_spacing
        percent = max(100.0, spacing / (QFontMetricsF(font).height() / letter) * 100)
        self._lines.setLineHeight(
            percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        self._lines.setBottomMargin(0 if tight else letter * 0.75)
        self._cursor.beginEditBlock()
        self._cursor.setBlockFormat(self._lines)

    def put(self, piece: Shown) -> tuple[int, int]:
        """Write one piece; return where it begins and ends in the document."""
        if not self._fresh:
            self._cursor.insertBlock(self._lines)
        self._fresh = not piece.breaks
        spoken = SPOKEN.get(piece.kind) if piece.kind else None
        if spoken:
            self._cursor.insertText(f" {spoken}: ", self._tiny)
        first = self._cursor.position()
        words = piece.text.strip("\n") if piece.breaks else piece.text
        flat = " ".join(words.split("\n")).replace("\t", _CELLS)
        self._cursor.insertText(flat, self._letters(piece))
        last = self._cursor.position()
        if spoken:
            self._cursor.insertText(f" end of {spoken}. ", self._tiny)
        return first, last

    def end(self) -> None:
        self._cursor.endEditBlock()

    def _letters(self, piece: Shown) -> QTextCharFormat:
        made, letters = self._theme, QTextCharFormat()
        letters.setForeground(made.colour("text"))
        if piece.heading:
            letters.setFontWeight(700)
        if piece.link:
            letters.setAnchor(True)
            letters.setAnchorHref(piece.link)
            letters.setForeground(made.colour("accent"))
            letters.setUnderlineStyle(_Line.SingleUnderline)
        match piece.kind:
            case PieceKind.ADDED:
                letters.setBackground(made.colour("highlight"))
                letters.setUnderlineStyle(_Line.SingleUnderline)
                letters.setUnderlineColor(made.colour("good"))
            case PieceKind.TAKEN_OUT:
                letters.setForeground(made.colour("muted"))
                letters.setFontStrikeOut(True)
            case PieceKind.MOVED_HERE:
                letters.setBackground(made.colour("soft"))
                letters.setUnderlineStyle(_Line.DashUnderline)
                letters.setUnderlineColor(made.colour("accent"))
            case PieceKind.MOVED_AWAY:
                letters.setForeground(made.colour("muted"))
                letters.setBackground(made.colour("soft"))
                letters.setFontStrikeOut(True)
            case _:
                pass
        return letters
