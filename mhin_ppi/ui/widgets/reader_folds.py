"""How a person opens, skips and folds again the parts of a draft that carry a content note.

Kept apart from the reader: it hears the reader's keys and clicks and asks the reader to show other
parts. The words of a folded part are not in the document at all, so that nothing (a screen reader,
a copy, a search) comes upon them unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from mhin_ppi.ui.messages import announce
from mhin_ppi.ui.widgets.draft_document import AGAIN, CHANGE, READ, SKIP, ShownDraft, box_words
from mhin_ppi.ui.widgets.folds import Fold, Folds, lay_over

_OPENING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOICES = (READ, SKIP, AGAIN, CHANGE)


class FoldingReader(Protocol):
    """What of the reader is needed here, beside Qt's own."""

    @property
    def shown(self) -> ShownDraft:
        """The draft as it is laid out."""

    def caret(self) -> int:
        """Return where the caret is, as an offset."""

    def go_to(self, place: tuple[int, int]) -> None:
        """Scroll to a place."""

    def show_passage(self, start: int, end: int) -> None:
        """Bring words into view and put the caret before them."""


class ReaderFolds(QObject):
    """The folded parts of one reader.

    Keys, once the caret is on a folded part: Space or Enter opens it; S or Escape goes on after
    it. S in a part that was opened folds it again and goes on after it. S elsewhere passes over
    the first folded part in view.

    Args:
        view: The reader, as Qt's widget.
        reader: The same, as what it can do with folds.
        show: Shows other parts of the draft in view folded.

    Signals:
        changed: Something was opened or folded.
        change_wanted: The ids of the content notes that the person wants to change.
    """

    changed = Signal()
    change_wanted = Signal(object)

    def __init__(
        self, view: QTextBrowser, reader: FoldingReader, *, show: Callable[[Folds], None]
    ) -> None:
        super().__init__(view)
        self._view, self._reader, self._show = view, reader, show
        self._at: Fold | None = None
        self.wanted: tuple[Fold, ...] = ()
        self.opened: frozenset[str] = frozenset()
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.cursorPositionChanged.connect(self._on_caret_moved)

    # What is folded

    @property
    def folds(self) -> Folds:
        """The folds of the draft in view."""
        return self._reader.shown.folds

    def begin(self, wanted: Iterable[Fold]) -> None:
        """Take the folds of a draft that is about to be shown: all of them closed."""
        self.wanted, self.opened, self._at = tuple(wanted), frozenset(), None

    def set(self, wanted: Iterable[Fold]) -> None:
        """Fold other parts of the draft in view; what was opened stays open."""
        self.wanted = tuple(wanted)
        self._apply()

    def spans(self) -> list[tuple[int, int]]:
        """Return start and end (code points) of every part that is folded away now, in order."""
        return [(fold.start, fold.end) for fold in self.folds.closed]

    def around(self, start: int) -> Fold | None:
        """Return the folded part that a range lies in, wholly or with its beginning."""
        closed = self.folds.closed
        return next((one for one in closed if one.start <= start < one.end), None)

    def trimmed(self, marked: tuple[int, int], *, anchor: int) -> tuple[int, int] | None:
        """Return marked words without what is folded: as far as the first folded part.

        Args:
            marked: Start and end of what is marked.
            anchor: Where the marking began.
        """
        start, end = marked
        for fold in self.folds.closed:
            if fold.start >= end or fold.end <= start:
                continue
            if anchor <= fold.start:
                end = min(end, fold.start)
            else:
                start = max(start, fold.end)
        return (start, end) if start < end else None

    # What a person does

    def open(self, fold: Fold) -> None:
        """Show the words of a part."""
        self._toggle(fold, on=True)
        self._reader.show_passage(fold.start, fold.start)
        announce(self._view, self.tr("Open. Press S to fold it again and go on after it."))

    def skip(self, fold: Fold) -> None:
        """Fold a part away, if it is not, and go on after it."""
        if self.folds.is_open(fold):
            self._toggle(fold, on=False)
        shown = self._reader.shown
        if fold.end >= len(shown.draft.text):
            self._reader.show_passage(fold.start, fold.start)
            announce(self._view, self.tr("That was the last part."))
            return
        text = shown.draft.text
        after = fold.end
        while after < len(text) - 1 and text[after].isspace():
            after += 1
        # The caret first: bringing it into view may scroll a little, going there has the last word.
        self._reader.show_passage(after, after)
        block = shown.draft.block_at(after)
        self._reader.go_to((block, after - shown.draft.starts[block]))
        announce(self._view, self.tr("Skipped."))

    def _toggle(self, fold: Fold, *, on: bool) -> None:
        self.opened = self.folds.with_open(fold, on=on).opened
        self._apply()

    def _apply(self) -> None:
        draft = self._reader.shown.draft
        self._show(lay_over(draft, self.wanted, opened=self.opened))
        self.changed.emit()

    def _choose(self, address: str) -> None:
        kind = next(each for each in _CHOICES if address.startswith(each))
        start = int(address.removeprefix(kind))
        fold = next((one for one in self.folds.all if one.start == start), None)
        if fold is None:
            return
        acts: dict[str, Callable[[], None]] = {
            READ: lambda: self.open(fold),
            SKIP: lambda: self.skip(fold),
            AGAIN: lambda: self.skip(fold),
            CHANGE: lambda: self.change_wanted.emit(fold.ids),
        }
        acts[kind]()

    # Where the caret and the eye are

    def _box_at(self, cursor: QTextCursor) -> Fold | None:
        positions, document = self._reader.shown.positions, self._view.document()
        block = cursor.block()
        return next(
            (
                fold
                for fold in self.folds.closed
                if document.findBlock(positions.to_position(fold.start)) == block
            ),
            None,
        )

    def _open_part_at_caret(self) -> Fold | None:
        caret = self._reader.caret()
        folds = self.folds
        return next(
            (one for one in folds.all if folds.is_open(one) and one.start <= caret < one.end), None
        )

    def _first_in_view(self) -> Fold | None:
        area = self._view.viewport().rect()
        top = self._view.cursorForPosition(area.topLeft()).position()
        bottom = self._view.cursorForPosition(area.bottomRight()).position()
        positions = self._reader.shown.positions
        for fold in self.folds.closed:
            if top <= positions.to_position(fold.start) <= bottom:
                return fold
        return None

    def _on_caret_moved(self) -> None:
        here = self._box_at(self._view.textCursor()) if self.folds.all else None
        if here is not None and here != self._at:
            said = self.tr("{0} Enter: read it. S: skip it.").format(box_words(here))
            announce(self._view, said)
        self._at = here

    # Qt's events

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.folds.all:
            return False
        if watched is self._view and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        if watched is not self._view and isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, box = event.key(), self._box_at(self._view.textCursor())
        if box is not None and key in _OPENING:
            self.open(box)
            return True
        if box is not None and key == Qt.Key.Key_Escape:
            self.skip(box)
            return True
        if key == Qt.Key.Key_S and not self._view.textCursor().hasSelection():
            fold = box or self._open_part_at_caret() or self._first_in_view()
            if fold is not None:
                self.skip(fold)
                return True
        return False

    def _on_mouse(self, event: QMouseEvent) -> bool:
        point: QPoint = event.position().toPoint()
        address = self._view.anchorAt(point)
        if not address.startswith(_CHOICES):
            return False
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            return True
        pressed = event.type() == QEvent.Type.MouseButtonPress
        released = event.type() == QEvent.Type.MouseButtonRelease
        if event.button() == Qt.MouseButton.LeftButton and released:
            self._choose(address)
        return pressed or released
