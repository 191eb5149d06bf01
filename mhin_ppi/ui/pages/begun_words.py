"""Keeps what is begun in a form on this laptop: no lock and no other choice loses a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ...services.desk import Desk
from ...services.words_begun import keep_begun, words_begun
from ..tasks import Tasks
from ..widgets.form_rows import FormRow
from ..widgets.note_editor import WritingField

BACK = "What you had begun to write is back."
_KEEP_AFTER_MS = 1000


class BegunWords(QObject):
    """Keeps the words of one form until it is saved or given up, and puts them back.

    Args:
        form: The form, with all its fields.
        tasks: Runs the reading and the keeping.
        desk: The open board.
        about: What the form is about.

    Signals:
        back: What was begun before is in the fields again.
    """

    back = Signal()

    def __init__(self, form: QWidget, tasks: Tasks, desk: Desk, about: object) -> None:
        super().__init__(form)
        self._tasks, self._desk = tasks, desk
        self._key = (str(about), type(form).__name__)
        self._fields: dict[str, WritingField | QLineEdit] = {
            row.field.accessibleName(): row.field
            for row in form.findChildren(FormRow)
            if isinstance(row.field, WritingField | QLineEdit)
        }
        self._first = self._now()
        self._timer = QTimer(self, interval=_KEEP_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)
        self._ended = False
        form.installEventFilter(self)
        tasks.run(lambda: words_begun(desk, *self._key), owner=self, on_done=self._put_back)
        for field in self._fields.values():
            field.textChanged.connect(self._on_typed)

    def forget(self) -> None:
        """Forget what was begun: the form is saved, or given up."""
        self._ended = True
        self._store({})

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._timer.isActive():
            self._keep()
        return super().eventFilter(watched, event)

    def _now(self) -> dict[str, str]:
        return {
            name: field.toPlainText() if isinstance(field, WritingField) else field.text()
            for name, field in self._fields.items()
        }

    def _on_typed(self) -> None:
        # Not begun anew at every letter: whoever goes on typing is kept up with.
        if not self._ended and not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        first, now = self._first, self._now()
        self._store({name: said for name, said in now.items() if said != first[name]})

    def _store(self, words: dict[str, str]) -> None:
        self._timer.stop()
        desk, key = self._desk, self._key
        self._tasks.run(lambda: keep_begun(desk, *key, words), owner=self._tasks)

    def _put_back(self, kept: dict[str, str]) -> None:
        now = self._now()
        back = [name for name in kept if name in now and now[name] == self._first[name]]
        for name in back:
            field = self._fields[name]
            if isinstance(field, WritingField):
                field.setPlainText(kept[name])
                field.moveCursor(QTextCursor.MoveOperation.End)  # to go on where they stopped
            else:
                field.setText(kept[name])
        if back:
            self.back.emit()
