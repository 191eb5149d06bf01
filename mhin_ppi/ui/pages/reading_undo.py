"""Undo and redo of everything done to notes on a reading page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from ...domain.annotations import AnnotationId
from ...domain.drafts import VersionId
from ...errors import PPIError
from ...services.note_history import NoteAct, NoteHistory, NoteStep
from ...services.outcome import Outcome
from .. import messages
from .reading_parts import ReadingPlace

_UNDONE = {
    NoteAct.WRITE: "Your note was taken back.",
    NoteAct.REPLY: "Your reply was taken back.",
    NoteAct.CHANGE: "The note is as it was before.",
    NoteAct.TAG: "The tags are as they were before.",
    NoteAct.RESOLVE: "The note is open again.",
    NoteAct.OPEN_AGAIN: "The note is marked resolved again.",
    NoteAct.TAKE_BACK: "Your note is back.",
}
_DONE_AGAIN = {
    NoteAct.WRITE: "Your note is back.",
    NoteAct.REPLY: "Your reply is back.",
    NoteAct.CHANGE: "The note is changed again.",
    NoteAct.TAG: "The tags are changed again.",
    NoteAct.RESOLVE: "The note is marked resolved again.",
    NoteAct.OPEN_AGAIN: "The note is open again.",
    NoteAct.TAKE_BACK: "Your words were taken back again.",
}
_TOO_LATE = "This was undone already. Nothing else was changed."


class Undoing(QObject):
    """The steps taken on each draft since the board was opened.

    Args:
        page: The reading page.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._histories: dict[VersionId, NoteHistory] = {}

    @property
    def history(self) -> NoteHistory | None:
        """The steps on the draft in view."""
        reading = self._page.reading
        if reading is None:
            return None
        made = NoteHistory(self._page.services.annotations)
        return self._histories.setdefault(reading.version.id, made)

    def run(
        self,
        act: NoteAct,
        work: Callable[[], Outcome[Any]],
        *,
        note: AnnotationId | None = None,
        then: Callable[[NoteStep], None],
        on_problem: Callable[[PPIError], None] | None = None,
    ) -> None:
        """Do something to a note beside the window, so that it can be undone.

        Args:
            act: What is done.
            work: Does it.
            note: To which note; ``None`` for a new one.
            then: Told the step, once it is kept.
            on_problem: Told what stood in the way; without it the page says so.
        """
        history = self.history
        if history is None:
            return
        self._page.tasks.run(
            lambda: history.do(act, work, note=note),
            owner=self,
            on_done=lambda outcome: then(outcome.value),
            on_problem=on_problem,
            on_end=self.show,
        )

    def undo(self) -> None:
        """Undo the latest step, and say what that means."""
        history = self.history
        if history is None or not history.can_undo:
            self._page.say("There is nothing to undo on this draft.")
            return
        self._turn(history.undo, _UNDONE)

    def undo_later(self, step: NoteStep) -> Callable[[], None]:
        """Return what undoes one certain step, however much is done in between."""
        history = self.history

        def undo() -> None:
            if history is not None:
                self._turn(lambda: history.undo_step(step), _UNDONE, otherwise=_TOO_LATE)

        return undo

    def redo(self) -> None:
        """Do the step undone last once more."""
        history = self.history
        if history is None or not history.can_redo:
            self._page.say("There is nothing to redo.")
            return
        self._turn(history.redo, _DONE_AGAIN)

    def show(self) -> None:
        """Offer undo and redo where there is something to undo or to do again."""
        history = self.history
        self._page.margin.head.say_steps(
            can_undo=history is not None and history.can_undo,
            can_redo=history is not None and history.can_redo,
        )

    def _turn(
        self,
        turn: Callable[[], Outcome[NoteStep] | None],
        words: dict[NoteAct, str],
        *,
        otherwise: str = "",
    ) -> None:
        def said(outcome: Outcome[NoteStep] | None) -> None:
            if outcome is not None:
                self._page.say(words[outcome.value.act])
            elif otherwise:
                self._page.say(otherwise)

        self._page.tasks.run(
            turn,
            owner=self,
            on_done=said,
            on_problem=lambda problem: messages.show_problem(self, problem),
            on_end=self.show,
        )
