"""Giving a review back: finishing and stopping are one and the same."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox
from typing_extensions import override

from ...domain.british import money
from ...errors import PPIError
from ...services.boards import Services
from ...services.outcome import Outcome
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.labels import WrapLabel
from .form import BRITISH, Form
from .reading_facts import Reading
from .words_for import minutes_words

LONGEST_MINUTES = 1440


class FinishForm(Form):
    """“I am done with this” or “Stop here”: perhaps some minutes, and the review is given back.

    The two buttons do one and the same thing, whoever looks: nothing is kept of which was pressed,
    and no reason is asked. There are two so that nobody has to say they are done who is not.

    Args:
        services: The open board.
        tasks: Runs the saving.
        reading: What was read.
        offered_minutes: What the quiet timer counted; 0 when it is off.
    """

    def __init__(
        self, services: Services, tasks: Tasks, reading: Reading, *, offered_minutes: int = 0
    ) -> None:
        asked = reading.request is not None and not reading.done
        super().__init__(
            "Give this back" if asked else "Note your time",
            tasks=tasks,
            save_words="I am done with this" if asked else "Save",
        )
        self._services, self._reading = services, reading
        self.stop_button = button("Stop here", on_press=self.save)
        if asked:
            self.offer(self.stop_button)
        said = "Read to the end, or stopped on the way: it is the same. Others see only “done”."
        if asked and reading.request is not None and reading.request.agreed_pence:
            said += f" What was agreed, {money(reading.request.agreed_pence)}, is paid either way."
        self.put(WrapLabel(said if asked else "You can note the time that you gave."))
        self.minutes = QSpinBox()
        self.minutes.setLocale(BRITISH)
        self.minutes.setRange(0, LONGEST_MINUTES)
        self.minutes.setSpecialValueText("Not now")
        self.minutes.setSuffix(" minutes")
        self.minutes.setSingleStep(5)
        self.minutes.setValue(min(offered_minutes, LONGEST_MINUTES))
        timed = (
            f"The quiet timer counted {minutes_words(offered_minutes)}. Put in what feels right, "
            "or go down to “Not now”."
        )
        reckoned = "As you reckon it. Leave it at “Not now” if you would rather not say."
        self.ask("Minutes you gave", self.minutes, help_text=timed if offered_minutes else reckoned)

    def save(self) -> None:
        """Give the review back, finished or stopped, and note the minutes."""
        self.stop_button.setEnabled(False)
        services, reading, minutes = self._services, self._reading, self.minutes.value()
        request = None if reading.done else reading.request

        def work() -> Outcome[object]:
            entries = services.reviewing.give_back(request.id).entries if request else ()
            if minutes:
                logged = services.time.log(
                    minutes,
                    project=reading.draft.project,
                    request=reading.request.id if reading.request else None,
                )
                entries = (*entries, *logged.entries)
            return Outcome(None, entries)

        self.run(work)

    @override
    def say_problem(self, problem: PPIError) -> None:
        super().say_problem(problem)
        self.stop_button.setEnabled(True)
