"""The codebook beside a draft: the tree, coding by key, and what lies on the words at the caret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ...domain.code_tree import CodeTree
from ...domain.codebook import Code, CodeId, Memo
from ...services.coded_passages import CodedPassage
from ..theme import theme, theme_changes
from ..widgets.buttons import button, icon_button
from ..widgets.cards import Card
from ..widgets.code_marks import swatch
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from .framed_page import Column

KEYS = 9
"""So many codes have a key of their own: 1 to 9, as they stand in the list."""
_CODE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CodesShown:
    """What the panel shows, read from the board in one go.

    Args:
        tree: The codes for this project.
        passages: What was coded in this draft.
        memos: Every memo this person has.
    """

    tree: CodeTree
    passages: tuple[CodedPassage, ...]
    memos: tuple[Memo, ...]

    def number_of(self, code: CodeId) -> int:
        """Return how many passages of this draft have a code."""
        return sum(passage.code.id == code for passage in self.passages)


class QuickField(QLineEdit):
    """Narrows the list as one types; Enter puts the first code in it on the marked words.

    Signals:
        moved_down: The down key was pressed.
    """

    moved_down = Signal()

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
            return
        super().keyPressEvent(arg__1)


class CodeTreeView(QTreeWidget):
    """The codes as a tree; Enter puts the one that is marked on the words.

    Signals:
        opened: The id of a code on which Enter was pressed, or that was double-clicked.
        chosen: The code that is marked now, or ``None``.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Codes")
        self.setHeaderHidden(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.itemActivated.connect(lambda item: self.opened.emit(item.data(0, _CODE_ROLE)))
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.code()))
        self.by_key: list[Code] = []
        self._codes: dict[object, Code] = {}

    def code(self) -> Code | None:
        """Return the code that is marked."""
        item = self.currentItem()
        return self._codes.get(item.data(0, _CODE_ROLE)) if item else None

    def fill(self, shown: CodesShown, *, words: str = "") -> None:
        """Show the codes whose name has these words in it, with the codes above them."""
        before = self.code()
        wanted = words.casefold().split()
        tree = shown.tree
        fits = {
            code.id
            for code, _ in tree.walk()
            if all(word in code.name.casefold() for word in wanted)
        }
        seen = {each.id for code in fits for each in tree.path(code)}
        self.clear()
        self.by_key, self._codes = [], {}
        items: dict[CodeId, QTreeWidgetItem] = {}
        for code, _ in tree.walk():
            if code.id in seen:
                items[code.id] = self._item(shown, code, items, has_key=code.id in fits)
        self.expandAll()
        kept = items.get(before.id) if before else None
        first = items.get(self.by_key[0].id) if self.by_key else None
        chosen = kept or first
        if chosen is not None:
            self.setCurrentItem(chosen)
        self.chosen.emit(self.code())
        self._fit(len(items))

    def _item(
        self,
        shown: CodesShown,
        code: Code,
        items: dict[CodeId, QTreeWidgetItem],
        *,
        has_key: bool,
    ) -> QTreeWidgetItem:
        above = items.get(shown.tree.parents.get(code.id, code.id))
        item = QTreeWidgetItem(above) if above is not None else QTreeWidgetItem(self)
        key = ""
        if has_key:
            self.by_key.append(code)
            key = f"{len(self.by_key)}  " if len(self.by_key) <= KEYS else ""
        number = shown.number_of(code.id)
        item.setText(0, f"{key}{code.name}" + (f"  ({number:,})" if number else ""))
        item.setIcon(0, swatch(code.name, code.colour))
        item.setToolTip(0, code.definition or code.name)
        said = f"{code.name}, {number:,} in this draft. {code.definition}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{key}{said}".strip())
        item.setData(0, _CODE_ROLE, code.id)
        self._codes[code.id] = code
        return item

    def _fit(self, rows: int) -> None:
        made = theme()
        self.setIconSize(QSize(made.px(1.3), made.px(1.3)))
        self.setIndentation(made.px(0.9))
        row = max(self.sizeHintForRow(0), made.px(1.3))
        self.setFixedHeight(row * min(max(rows, 2), 12) + made.px(0.8))


class CodesPanel(QWidget):
    """What stands in the margin while somebody codes.

    Signals:
        code_wanted: The id of the code to put on the marked words.
        action_wanted: (what, thing): "new", "change", "move", "merge", "retire", "memo" with a code
            (or ``None``); "remove", "memo_on" with a coded passage; "draft_memo", "close" with
            ``None``.
    """

    code_wanted = Signal(object)
    action_wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = CodesShown(CodeTree(()), (), ())
        self._here_now: tuple[tuple[CodedPassage, ...], tuple[Memo, ...]] = ((), ())
        self._close = icon_button(
            "Show the notes again", icon="x", on_press=lambda: self._want("close", None)
        )
        self.marked = muted("")
        self.quick = QuickField()
        self.quick.setClearButtonEnabled(True)
        self.tree = CodeTreeView()
        self.about, self.slot, self.here = Column(), Column(), Column()
        self._layout = QVBoxLayout(self)
        for widget in (
            FlowRow(heading("Codes"), self._close),
            self.marked,
            self.slot,
            FormRow(
                "Quick code",
                self.quick,
                help_text="Type a few letters, then Enter. Or press a code's number in the draft.",
                wide=True,
            ),
            self.tree,
            self.about,
            self.here,
        ):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.quick.textChanged.connect(lambda words: self.tree.fill(self._shown, words=words))
        self.quick.returnPressed.connect(self._code_first)
        self.quick.moved_down.connect(self.tree.setFocus)
        self.tree.opened.connect(self.code_wanted)
        self.tree.chosen.connect(self._show_about)
        self._space()
        theme_changes().changed.connect(self._space)
        self.show_marked("")

    def show_codes(self, shown: CodesShown) -> None:
        """Show another state of the codebook, keeping what was typed."""
        self._shown = shown
        self.tree.fill(shown, words=self.quick.text())

    def show_marked(self, words: str) -> None:
        """Say which words a code would be put on."""
        short = words if len(words) <= 80 else words[:79] + "…"
        self.marked.setText(f"Marked: “{short}”" if words else "Mark the words to code first.")

    def show_here(self, passages: Sequence[CodedPassage]) -> None:
        """List the codes that lie on the words at the caret."""
        # Asked at every step of the caret: only something else is worth new widgets.
        wanted = (tuple(passages), self._shown.memos)
        if wanted == self._here_now:
            return
        self._here_now = wanted
        widgets: list[QWidget] = []
        for passage in passages:
            card = Card()
            card.setAccessibleName(f"Coded {passage.code.name}")
            card.add(WrapLabel(passage.code.name, role="strong"))
            card.add(muted(f"“{_short(passage.words)}”"))
            for memo in self._shown.memos:
                if memo.coding == passage.coding.id:
                    card.add(WrapLabel(memo.body))
            off = button(
                "Take it off",
                kind="quiet",
                on_press=self._wanting("remove", passage),
            )
            off.setAccessibleName(f"Take {passage.code.name} off these words")
            memo_button = button("Memo", kind="quiet", on_press=self._wanting("memo_on", passage))
            memo_button.setAccessibleName(f"Write a memo on {passage.code.name} here")
            card.add(FlowRow(off, memo_button))
            widgets.append(card)
        if widgets:
            widgets.insert(0, heading("On these words"))
        self.here.show_only(*widgets)

    def codes_by_key(self) -> list[Code]:
        """Return the codes that the keys 1 to 9 stand for, in their order."""
        return self.tree.by_key[:KEYS]

    def _code_first(self) -> None:
        if self.tree.by_key:
            self.code_wanted.emit(self.tree.by_key[0].id)
            self.quick.clear()
        elif self.quick.text().strip():
            self._want("new", self.quick.text())

    def _show_about(self, code: Code | None) -> None:
        add = button("New code", icon="plus", on_press=lambda: self._want("new", ""))
        if code is None:
            self.about.show_only(
                muted("Codes you add will be here."),
                FlowRow(add, self._draft_memo()),
            )
            return
        widgets: list[QWidget] = [WrapLabel(code.name, role="strong")]
        if code.definition:
            widgets.append(WrapLabel(code.definition))
        became = self._shown.tree.merged_into(code.id)
        if became:
            names = ", ".join(each.name for each in became)
            widgets.append(muted(f"Merged into it: {names}"))
        widgets += [WrapLabel(f"Memo: {m.body}") for m in self._shown.memos if m.code == code.id]
        row = FlowRow()
        for words, what in (
            ("Change", "change"),
            ("Move", "move"),
            ("Merge", "merge"),
            ("Retire", "retire"),
            ("Memo", "memo"),
        ):
            made = button(words, kind="quiet", on_press=self._wanting(what, code))
            made.setAccessibleName(f"{words}: {code.name}")
            row.add(made)
        self.about.show_only(*widgets, row, FlowRow(add, self._draft_memo()))

    def _draft_memo(self) -> QWidget:
        return button(
            "Memo on this draft", kind="quiet", on_press=lambda: self._want("draft_memo", None)
        )

    def _want(self, what: str, thing: object) -> None:
        self.action_wanted.emit(what, thing)

    def _wanting(self, what: str, thing: object) -> Callable[[], None]:
        return partial(self._want, what, thing)

    def _space(self) -> None:
        made = theme()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(made.space(2))
        for column in (self.about, self.slot, self.here):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(made.space(1))
        self.tree.fill(self._shown, words=self.quick.text())


def _short(words: str, *, longest: int = 90) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
