"""Uses any one page as a person does: by the words on the screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QMessageBox, QRadioButton, QWidget

from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import Laptop, buttons_seen, field, press, sees


class PageRobot:
    def __init__(self, laptop: Laptop, qtbot: Any, place: Place) -> None:
        self.laptop, self.qtbot, self.place = laptop, qtbot, place
        self.page: QWidget = laptop.page(place)

    def open(self, argument: object = None) -> PageRobot:
        self.laptop.go(self.place, argument)
        self.laptop.settle(self.qtbot)
        return self

    def press(self, words: str) -> PageRobot:
        press(self.page, words)
        self.laptop.settle(self.qtbot)
        return self

    def write(self, name: str, words: str) -> PageRobot:
        box = field(self.page, name)
        box.selectAll()
        if "\n" in words:  # QTest types no line break
            box.insertPlainText(words)
        else:
            self.qtbot.keyClicks(box, words)
        return self

    def pick(self, name: str, words: str) -> PageRobot:
        box = field(self.page, name)
        at = box.findText(words)
        assert at >= 0, f"“{words}” is not among the choices of “{name}”"
        box.setCurrentIndex(at)
        return self

    def choose(self, words: str) -> PageRobot:
        found = [
            radio
            for radio in self.page.findChildren(QRadioButton)
            if radio.text() == words and radio.isVisibleTo(self.page.window())
        ]
        assert found, f"no choice “{words}”"
        found[0].click()
        return self

    def answer_dialog(self, words: str) -> PageRobot:
        (box,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
        press(box, words)
        self.laptop.settle(self.qtbot)
        return self

    def sees(self, words: str) -> bool:
        return sees(self.page, words)

    def offers(self) -> set[str]:
        return buttons_seen(self.page)
