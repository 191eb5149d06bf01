"""Other forms of the draft on the reading page: read in its place, or saved to be listened to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.blocks import DraftText
from ...domain.companions import Companion
from ...errors import StoreFullError
from .. import messages
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.reader_pane import ReaderPane
from .companion_words import companion_words
from .reading_facts import Reading
from .reading_parts import ReadingPart, ReadingPlace

_WARNING = (
    "A recording is not played here. You can save a copy and listen to that. The copy is not "
    "locked: anyone who uses this computer can open it. Delete it when you have listened."
)


def choose_place(parent: QWidget, name: str) -> Path | None:
    """Ask where a copy goes, with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save a copy", str(Path.home() / name))
    return Path(chosen) if chosen else None


class OtherForm(QWidget):
    """Another form of the draft, in the draft's place.

    Args:
        back: Called to go back to the draft.
    """

    def __init__(self, back: QPushButton) -> None:
        super().__init__()
        self.words = WrapLabel(role="strong")
        self.pane = ReaderPane()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FlowRow(back, self.words))
        column.addWidget(self.pane, 1)
        self.setFocusProxy(self.pane)


class ReadingCompanions(ReadingPart):
    """Offers the other forms of a draft in the bar over the text."""

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self.choose_place = choose_place
        self._row = FlowRow()
        self._row.hide()
        self._buttons: list[QWidget] = []
        page.pane.add_tool(self._row)
        self._form: OtherForm | None = None

    @property
    def form(self) -> OtherForm:
        """Where another form is read: a second reader, made when one is first wanted."""
        if self._form is None:
            back = button("Back to the draft", icon="arrow-left", on_press=self._back)
            self._form = OtherForm(back)
            self.page.stack.addWidget(self._form)
        return self._form

    @override
    def opened(self, reading: Reading) -> None:
        for made in self._buttons:
            made.hide()
            made.deleteLater()
        here = ((companion, 0) for companion in reading.companions)
        offered = [*here, *reading.older_companions]
        self._buttons = [muted("Other forms:")] if offered else []
        for companion, made_for in offered:
            words = companion_words(companion, made_for=made_for)
            made = button(words, kind="quiet", on_press=partial(self._open, companion, words))
            made.setAccessibleName(f"Other form: {words}")
            self._buttons.append(made)
        for made in self._buttons:
            self._row.add(made)
        self._row.setVisible(bool(self._buttons))

    @override
    def left(self) -> None:
        self._back()

    def _open(self, companion: Companion, words: str) -> None:
        companions = self.page.services.companions
        if companion.text is None:
            self._offer_copy(companion, words)
            return

        def show(text: DraftText) -> None:
            self.form.words.setText(f"You are reading: {words}. Notes are about the whole draft.")
            self.form.pane.show_draft(text)
            self.page.stack.setCurrentWidget(self.form)
            self.form.pane.reader.setFocus(Qt.FocusReason.OtherFocusReason)
            messages.announce(self.form, self.form.words.text())

        self.page.tasks.run(lambda: companions.text_of(companion.id), owner=self, on_done=show)

    def _back(self) -> None:
        if self._form is not None and self.page.stack.currentWidget() is self._form:
            self.page.stack.setCurrentWidget(self.page.pane)
            self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_copy(self, companion: Companion, words: str) -> None:
        card = Card()
        card.add(heading(words))
        card.add(WrapLabel(_WARNING))
        save = button("Save a copy", icon="download", on_press=partial(self._save, companion))
        close = button("Cancel", on_press=self._close)
        card.add(FlowRow(save, close))
        self.page.margin.slot.show_only(card)
        self.page.frame.show_part(margin=True)
        self.page.margin.area.ensureVisible(0, 0)
        save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.page.margin.slot.clear()
        self.page.frame.show_part(margin=False)
        self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, companion: Companion) -> None:
        place = self.choose_place(self.page.margin, _plain_name(companion.file_name))
        if place is None:
            return
        companions = self.page.services.companions

        def work() -> str:
            _, content = companions.file_of(companion.id)
            write_copy(place, content)
            return place.name

        def say(name: str) -> None:
            self._close()
            messages.tell(self, f"A copy is saved as “{name}”. It is not locked.")

        self.page.tasks.run(work, owner=self, on_done=say)


def write_copy(place: Path, content: bytes) -> None:
    """Write a copy of an attached file where the person wants it.

    Raises:
        StoreFullError: The computer cannot write there.
    """
    try:
        place.write_bytes(content)
    except OSError as cause:
        raise StoreFullError(
            f"“{place.name}” could not be written there.",
            what_is_safe="The recording is still on the board.",
            next_step="Choose another folder, or make room, then save it again.",
        ) from cause


def _plain_name(name: str) -> str:
    """Return a file's name without any folder that a foreign laptop may have put in it."""
    return name.replace("\\", "/").rsplit("/", 1)[-1] or "recording"
