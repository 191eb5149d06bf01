"""The reader with what helps to move about in it: contents, find, tools, and the way to marks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.ui.messages import announce
from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.find_bar import FindBar
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.folds import Fold
from mhin_ppi.ui.widgets.reader import ReaderView

CONTENTS_EM = 14
NARROW_PANE_EM = 44
CRAMPED_EM = 18
"""With less height than this the tools go behind a button, so that the text keeps its room."""
BOTH_EM = 40


class ReaderPane(QWidget):
    """The reader, its contents list and its find bar.

    Keys: Ctrl+F find; Alt+Down and Alt+Up the next and previous mark; Alt+PageDown and Alt+PageUp
    the next and previous heading.

    Args:
        parent: Qt's owner.

    Signals:
        place_changed: Index of the first block in view.
        arranged: It was laid out for another size.
    """

    place_changed = Signal(int)
    arranged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = ReaderView()
        self.find_bar = FindBar(self.reader)
        self._contents = QListWidget()
        self._contents.setAccessibleName(self.tr("Contents"))
        self._contents.setWordWrap(True)
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._contents.itemActivated.connect(self._open_heading)
        self._contents.itemClicked.connect(self._open_heading)
        self._contents.hide()
        self._show_contents = button(self.tr("Contents"), icon="list", kind="quiet")
        self._show_contents.setCheckable(True)
        self._show_contents.toggled.connect(self._on_contents_toggled)
        self._where = QLabel()
        set_role(self._where, "muted")
        find = button(self.tr("Find"), icon="search", kind="quiet", on_press=self.find_bar.open)
        self._tools = FlowRow(self._show_contents, find)
        self._show_tools = button(self.tr("Tools"), icon="ellipsis", kind="quiet")
        self._show_tools.setCheckable(True)
        self._show_tools.toggled.connect(lambda _: self._arrange())
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._show_tools)
        self._bar.addWidget(self._tools, 1)
        self._bar.addStretch(0)
        self._bar.addWidget(self._where)
        self._across = QHBoxLayout()
        self._across.addWidget(self._contents)
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(self.reader)
        self._across.addWidget(self._sides, 1)
        self._beside: QWidget | None = None
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addLayout(self._bar)
        self._all.addWidget(self.find_bar)
        self._all.addLayout(self._across, 1)
        self.reader.place_changed.connect(self._on_place_changed)
        self.reader.folding.changed.connect(self._list_contents)
        self._add_keys()
        self.setFocusProxy(self.reader)
        self._arrange()
        theme_changes().changed.connect(self._arrange)

    def show_draft(self, draft: DraftText, *, folds: Iterable[Fold] = ()) -> None:
        """Show a draft and its contents, with some parts folded."""
        self.reader.show_draft(draft, folds=folds)
        self._list_contents()
        self._on_place_changed(0)

    def _list_contents(self) -> None:
        self._contents.clear()
        for heading in self.reader.headings:
            line = QListWidgetItem(f"{'    ' * (heading.level - 1)}{heading.text}")
            line.setData(Qt.ItemDataRole.UserRole, heading.block)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, heading.text)
            self._contents.addItem(line)
        self._show_contents.setEnabled(bool(self.reader.headings))

    def add_tool(self, widget: QWidget) -> None:
        """Put a control in the bar over the text, such as *Read aloud*."""
        self._tools.add(widget)

    def set_beside(self, widget: QWidget | None) -> None:
        """Show something beside the text, or in its place where there is no room for both."""
        if self._beside is not None:
            self._beside.hide()
        self._beside = widget
        if widget is not None:
            new = self._sides.indexOf(widget) < 0
            self._sides.addWidget(widget)
            if new:
                self._sides.setSizes([1_000, 1_000])
        self._arrange()

    def add_below(self, widget: QWidget) -> None:
        """Put a line below the text, such as what a hard word means."""
        self._all.addWidget(widget)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_keys(self) -> None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.find_bar.open),
            (QKeySequence("Alt+Down"), lambda: self._to_mark(1)),
            (QKeySequence("Alt+Up"), lambda: self._to_mark(-1)),
            (QKeySequence("Alt+PgDown"), lambda: self._to_heading(1)),
            (QKeySequence("Alt+PgUp"), lambda: self._to_heading(-1)),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _to_mark(self, step: int) -> None:
        mark = self.reader.go_to_highlight(step)
        if mark:
            words = self.reader.draft.text[mark.start : mark.end]
        else:
            words = self.tr("No more marks this way.")
        announce(self.reader, words)

    def _to_heading(self, step: int) -> None:
        heading = self.reader.go_to_heading(step)
        announce(self.reader, heading.text if heading else self.tr("No more headings this way."))

    def _open_heading(self, line: QListWidgetItem) -> None:
        if self._narrow():
            self._show_contents.setChecked(False)
        self.reader.go_to((line.data(Qt.ItemDataRole.UserRole), 0))
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_cramped(self) -> bool:
        """Whether there is so little height that everything but the text must give way."""
        return self.height() < theme().px(CRAMPED_EM)

    def _narrow(self) -> bool:
        return self.width() < theme().px(NARROW_PANE_EM)

    def _on_contents_toggled(self) -> None:
        self._arrange()
        if self._show_contents.isChecked():
            self._contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Lay the contents beside the text, or in its place where there is no room for both."""
        made, narrow, wanted = theme(), self._narrow(), self._show_contents.isChecked()
        self._contents.setVisible(wanted)
        self._contents.setMinimumWidth(0 if narrow else made.px(CONTENTS_EM))
        self._contents.setMaximumWidth(16_777_215 if narrow else made.px(CONTENTS_EM))
        self._contents.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        cramped = self.is_cramped
        self._show_tools.setVisible(cramped)
        self._tools.setVisible(not cramped or self._show_tools.isChecked())
        both = self.width() >= made.px(BOTH_EM)
        self.reader.setVisible(not (narrow and wanted) and (self._beside is None or both))
        if self._beside is not None:
            self._beside.setVisible(not (narrow and wanted))
        self._bar.setSpacing(made.space(1))
        self._all.setSpacing(made.space(1))
        self._across.setSpacing(made.space(2))
        self.arranged.emit()

    def _on_place_changed(self, block: int) -> None:
        draft = self.reader.draft
        page = draft.blocks[block].page if block < len(draft.blocks) else None
        if page and draft.pages:
            self._where.setText(self.tr("Page {0} of {1}").format(page, draft.pages))
        else:
            self._where.setText("")
        row = sum(1 for each in self.reader.headings if each.block <= block) - 1
        if not self._contents.hasFocus():
            self._contents.setCurrentRow(row)
        self.place_changed.emit(block)
