"""What was done to the notes of one draft in this sitting, step by step, undone and done again.

Nothing in the log is ever removed: each undo is a new entry that reverses an earlier one. The steps
themselves live in memory only, since words that were taken back must not be kept anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ..domain.annotations import AnnotationId
from .annotations import Annotations
from .note_states import NoteState
from .outcome import Outcome

MOST_STEPS = 200


class NoteAct(StrEnum):
    """What a person did to a note."""

    WRITE = "write"
    REPLY = "reply"
    CHANGE = "change"
    TAG = "tag"
    RESOLVE = "resolve"
    OPEN_AGAIN = "open_again"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class NoteStep:
    """One step.

    Args:
        act: What was done.
        note: To which note.
        before: The note before it; ``None`` when there was none.
        after: The note after it; ``None`` when it was taken back.
    """

    act: NoteAct
    note: AnnotationId
    before: NoteState | None
    after: NoteState | None

    def reversed(self) -> NoteStep:
        """Return the step that leads back."""
        return replace(self, before=self.after, after=self.before)


class NoteHistory:
    """The steps of one sitting, newest last.

    Args:
        annotations: The notes.
    """

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations
        self._done: list[NoteStep] = []
        self._undone: list[NoteStep] = []

    @property
    def can_undo(self) -> bool:
        """Whether a step can be undone."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an undone step can be done again."""
        return bool(self._undone)

    def do(
        self, act: NoteAct, work: Callable[[], Outcome[Any]], *, note: AnnotationId | None = None
    ) -> Outcome[NoteStep]:
        """Do something to a note, and remember how to undo it.

        Args:
            act: What is done.
            work: Does it; for a new note its outcome is the note or has it as ``annotation``.
            note: Which note; ``None`` for a new one.
        """
        before = None if note is None else self._annotations.state(note)
        outcome = work()
        made = note or getattr(outcome.value, "annotation", outcome.value).id
        step = NoteStep(act, made, before, self._annotations.state(made))
        self._done = [*self._done, step][-MOST_STEPS:]
        self._undone = []
        return Outcome(step, outcome.entries)

    def undo(self) -> Outcome[NoteStep] | None:
        """Undo the latest step; ``None`` when there is none.

        Raises:
            PPIError: It cannot be undone any more; the step before it comes next.
        """
        return self._turn(self._done, self._undone)

    def undo_step(self, step: NoteStep) -> Outcome[NoteStep] | None:
        """Undo one certain step, whatever was done after it.

        Args:
            step: As ``do`` returned it.

        Returns:
            ``None`` when it was undone already, or is no longer remembered.

        Raises:
            PPIError: It cannot be undone any more, since the note has changed.
        """
        at = next((n for n, done in enumerate(self._done) if done is step), None)
        if at is None:
            return None
        return self._take(self._done.pop(at), self._undone)

    def redo(self) -> Outcome[NoteStep] | None:
        """Do the step undone last once more; ``None`` when there is none.

        Raises:
            PPIError: It cannot be done again.
        """
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[NoteStep], target: list[NoteStep]) -> Outcome[NoteStep] | None:
        return self._take(source.pop(), target) if source else None

    def _take(self, step: NoteStep, target: list[NoteStep]) -> Outcome[NoteStep]:
        back = step.reversed()
        # When it is refused the step stays let go of, so that the one before it can be undone.
        put = self._annotations.put_as(step.note, was=back.before, wanted=back.after)
        target.append(back)
        return Outcome(back, put.entries)
