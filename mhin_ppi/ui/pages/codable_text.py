"""Words of a person that may be coded where they stand: marked, then given a code by a few letters.

Used for participants' quotes and for the notes of members who agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit
from typing_extensions import override

from ...domain.code_tree import CodeTree
from ...domain.codebook import CodeId
from ...services.coded_passages import CodedPassage
from ..text_positions import run_of
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import muted
from ..widgets.note_editor import WritingField
from .code_forms import path_words

_MOST_LINES = 8
"""So many lines are in view; longer words scroll."""


class ReadWords(WritingField):
    """Words to be marked and never changed.

    Args:
        words: The words.
        name: What screen readers call them.
    """

    def __init__(self, words: str, *, name: str) -> None:
        super().__init__()
        self.setPlainText(words)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self._words = words
        self._room()

    def span(self) -> tuple[int, int]:
        """Return the marked words in code points; all of them when none are marked."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return 0, len(self._words)
        run = run_of(self._words, start=0, position=0)
        return run.to_points(cursor.selectionStart()), run.to_points(cursor.selectionEnd())

    @override
    def resizeEvent(self, e: object) -> None:
        super().resizeEvent(e)  # type: ignore[arg-type]
        self._room()

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._room()

    def _room(self) -> None:
        lines = max(1, round(self.document().size().height()))
        bars = Qt.ScrollBarPolicy
        fits = lines <= _MOST_LINES
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if fits else bars.ScrollBarAsNeeded)
        height = self.fontMetrics().lineSpacing() * min(lines, _MOST_LINES) + theme().px(1.2)
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)


class CodableCard(Card):
    """One person's words, what is coded in them, and a field that codes what is marked.

    Args:
        words: The words.
        about: Whose they are and where they stand, in words.
        tree: The codes that can be used.
        coded: What is coded in them already.

    Signals:
        code_wanted: (code, (start, end)) to put a code on words.
        remove_wanted: The coded passage to take off.
    """

    code_wanted = Signal(object, object)
    remove_wanted = Signal(object)

    def __init__(
        self, words: str, *, about: str, tree: CodeTree, coded: Sequence[CodedPassage] = ()
    ) -> None:
        super().__init__()
        self.setAccessibleName(about)
        self.add(muted(about))
        self.words = ReadWords(words, name=f"Words to code: {about}")
        self.add(self.words)
        self._codes = {path_words(tree, code.id): code.id for code, _ in tree.walk()}
        self.quick = QLineEdit()
        self.quick.setPlaceholderText("Code the marked words: a few letters, then Enter")
        self.quick.setAccessibleName(f"Code the marked words of: {about}")
        completer = QCompleter(QStringListModel(list(self._codes), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.quick.setCompleter(completer)
        self.quick.returnPressed.connect(self._code)
        self.quick.setEnabled(bool(self._codes))
        self.add(self.quick)
        self.foot = FlowRow()
        for passage in coded:
            made = button(
                f"{passage.code.name} ×",
                kind="quiet",
                on_press=partial(self.remove_wanted.emit, passage),
            )
            made.setAccessibleName(f"Take {passage.code.name} off “{passage.words}”")
            made.setToolTip(f"“{passage.words}”. Press to take the code off.")
            self.foot.add(made)
        self.add(self.foot)

    def _code(self) -> None:
        code = self._found(self.quick.text())
        if code is not None:
            self.quick.clear()
            self.code_wanted.emit(code, self.words.span())

    def _found(self, typed: str) -> CodeId | None:
        """Return the code typed in full, or the first whose name has the letters in it."""
        wanted = typed.strip().casefold()
        if not wanted:
            return None
        whole = [code for words, code in self._codes.items() if words.casefold() == wanted]
        part = [code for words, code in self._codes.items() if wanted in words.casefold()]
        return next(iter((*whole, *part)), None)
