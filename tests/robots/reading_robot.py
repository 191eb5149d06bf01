"""Reads, marks and writes as a person does: by what is on the screen and by name."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.thread_card import ThreadCard
from tests.robots.laptop import Laptop, field, press, sees, texts


class ReadingRobot:
    def __init__(self, laptop: Laptop, qtbot: Any) -> None:
        self.laptop, self.qtbot = laptop, qtbot
        page = laptop.page(Place.READING)
        assert isinstance(page, ReadingPage)
        self.page = page

    def open(self, version: VersionId | tuple[Any, ...]) -> ReadingRobot:
        self.laptop.go(Place.READING, version)
        self.laptop.settle(self.qtbot)
        return self

    def select(self, words: str) -> ReadingRobot:
        """Mark words with the keyboard: the caret is put before them, then Shift+Right."""
        reader = self.page.reader
        at = reader.document().find(words)
        assert not at.isNull(), f"“{words}” is not in the draft"
        caret = QTextCursor(reader.document())
        caret.setPosition(at.selectionStart())
        reader.setTextCursor(caret)
        for _ in words:
            self.qtbot.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert self.page.bar.isVisible()
        return self

    def choose(self, words: str) -> ReadingRobot:
        press(self.page.bar, words)
        return self

    def write(self, words: str) -> ReadingRobot:
        box = field(self.page.margin, "Your words")
        box.selectAll()
        self.qtbot.keyClicks(box, words)
        return self

    def save(self) -> ReadingRobot:
        press(self.page.margin, "Save")
        self.laptop.settle(self.qtbot)
        return self

    def ask(self, words: str) -> ReadingRobot:
        return self.choose("Ask").write(words).save()

    def press(self, words: str) -> ReadingRobot:
        press(self.page, words)
        self.laptop.settle(self.qtbot)
        return self

    def more(self, action: str, *, on: str = "") -> ReadingRobot:
        """Choose from the menu *More* of the card that shows these words (or of the only one)."""
        card = self.card(on)
        note = next(each for each in card.talk.all if on in each.note.body)
        menu = card.menu(note)
        (entry,) = [each for each in menu.actions() if each.text() == action]
        entry.trigger()
        menu.close()
        self.laptop.settle(self.qtbot)
        return self

    def card(self, words: str = "") -> ThreadCard:
        found = [c for c in self.page.margin.cards.values() if any(words in t for t in texts(c))]
        assert found, f"no card says “{words}” among {self.notes()}"
        return found[0]

    def key(self, widget: Any, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> ReadingRobot:
        held = Qt.KeyboardModifier.NoModifier
        for each in modifiers:
            held |= each
        self.qtbot.keyClick(widget, key, held)
        self.laptop.settle(self.qtbot)
        return self

    def sees(self, words: str) -> bool:
        return sees(self.page, words)

    def highlighted(self) -> list[str]:
        """Return the words that are painted in the draft."""
        return [each.cursor.selectedText() for each in self.page.reader.extraSelections()]

    def notes(self) -> list[str]:
        return texts(self.page.margin.notes)
