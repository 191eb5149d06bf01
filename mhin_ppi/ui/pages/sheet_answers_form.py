"""What a team filled in on an answer sheet: looked at row by row first, then recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.answer_sheet import FilledRow
from ...domain.british import counted
from ...domain.responses import DECISION_WORDS
from ...errors import PPIError
from ...services.boards import Services
from ...services.sheet_rows import CheckedRow, SheetCheck, Standing
from ..messages import announce
from ..tasks import Progress, StopWanted, Task, Tasks
from ..widgets.buttons import button, reword
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.notice import ProgressRow
from .add_draft_form import bytes_of
from .form import Form
from .framed_page import Column
from .words_for import day_words

ChooseFile = Callable[[QWidget], Path | None]
_SECTIONS = (
    (Standing.UNCLEAR, "Not clear, so left out"),
    (Standing.NEW, "New answers"),
    (Standing.CHANGED, "Newer answers; the earlier ones are kept"),
)
MOST_SHOWN = 60


def choose_sheet(parent: QWidget) -> Path | None:
    """Ask for the file that came back with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Choose the team's answers", "", "Word or Excel (*.docx *.xlsx);;All files (*)"
    )
    return Path(chosen) if chosen else None


class SheetAnswersForm(Form):
    """Reads a sheet that came back, shows what is in it, and records it when told to.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        choose: Asks for the file.
    """

    def __init__(
        self, services: Services, tasks: Tasks, *, choose: ChooseFile = choose_sheet
    ) -> None:
        super().__init__("The team's answers", tasks=tasks, save_words="Record the answers")
        self._services, self._choose = services, choose
        self._reading: Task | None = None
        self.checked: SheetCheck | None = None
        self.file_button = button("Choose a file", icon="folder-open", on_press=self.choose)
        self.ask("The file that came back", self.file_button, help_text="Word or Excel.")
        self.file_button.setAccessibleName("Choose a file")
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self.stop)
        self.put(self.progress)
        self.found, self.rows = WrapLabel(), Column()
        self.found.hide()
        self.put(self.found)
        self.put(self.rows)
        self.save_button.setEnabled(False)
        self.cancelled.connect(self.stop)

    def choose(self) -> None:
        """Ask which file, and begin to read it."""
        path = self._choose(self)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file beside the window; nothing is recorded."""
        self.stop()
        self.notice.hide()
        self.found.hide()
        self.rows.clear()
        self.checked = None
        self.save_button.setEnabled(False)
        self.progress.start(f"Reading {path.name}…")
        sheets = self._services.answering.sheets

        def work(progress: Progress, stop_wanted: StopWanted) -> tuple[FilledRow, ...]:
            untrusted = bytes_of(path)
            return sheets.read(
                untrusted, file_name=path.name, progress=progress, stop_wanted=stop_wanted
            )

        self._reading = task = self.tasks.run_long(
            work,
            owner=self,
            on_done=lambda rows: self._check(task, rows),
            on_problem=self.say_problem,
            on_progress=self.progress.set_progress,
            on_end=self.progress.finish,
        )

    def stop(self) -> None:
        """Stop reading; nothing has been recorded."""
        if self._reading is not None:
            self._reading.stop()

    def save(self) -> None:
        """Record what was shown."""
        checked = self.checked
        if checked is not None and checked.to_record:
            self.run(lambda: self._services.answering.sheets.record(checked))

    def say_problem(self, problem: PPIError) -> None:
        """Say in the form what is amiss with the file."""
        super().say_problem(problem)
        reword(self.file_button, "Choose another file")

    def _check(self, task: Task, rows: Sequence[FilledRow]) -> None:
        if task is self._reading:
            self.tasks.run(
                lambda: self._services.answering.sheets.check(rows),
                owner=self,
                on_done=lambda checked: self._show(task, checked),
                on_problem=self.say_problem,
            )

    def _show(self, task: Task, checked: SheetCheck) -> None:
        if task is not self._reading:
            return
        self.checked = checked
        reword(self.file_button, "Choose another file")
        self.found.setText(what_came(checked))
        self.found.show()
        today = self._services.desk.today()
        parts: list[QWidget] = []
        for standing, title in _SECTIONS:
            rows = checked.of(standing)
            parts += [heading(title)] if rows else []
            parts += [row_card(row, today=today) for row in rows[:MOST_SHOWN]]
            if len(rows) > MOST_SHOWN:
                parts.append(muted(f"And {len(rows) - MOST_SHOWN:,} more like these."))
        self.rows.show_only(*parts)
        many = len(checked.to_record)
        reword(self.save_button, f"Record {counted(many, 'answer')}", gap=False)
        self.save_button.setEnabled(bool(many))
        announce(self, self.found.text())


def row_card(row: CheckedRow, *, today: date) -> Card:
    """Return what one row says, and what would be recorded or why it is left out."""
    card = Card()
    asked = " ".join(row.asked.split()) or "A row without a question"
    card.setAccessibleName(asked)
    card.add(WrapLabel(f"“{asked}”"))
    if row.why:
        card.add(WrapLabel(f"{row.row.where[:1].upper()}{row.row.where[1:]}: {row.why}"))
        return card
    decision = DECISION_WORDS[row.decision] if row.decision else ""
    card.add(WrapLabel(f"{decision}: {row.row.answer}"))
    if row.row.reason:
        card.add(WrapLabel(f"Why: {row.row.reason}"))
    team = row.story.project.team if row.story and row.story.project else "the research team"
    day = day_words(row.decided_on or today, today=today)
    card.add(muted(f"Decided by {row.row.decided_by or team}, {day}"))
    return card


def what_came(checked: SheetCheck) -> str:
    """Return what a sheet holds, and that nothing has been recorded yet."""
    kinds = (
        (Standing.NEW, "new answer", "new answers"),
        (Standing.CHANGED, "newer answer", "newer answers"),
        (Standing.KNOWN, "answer that is here already", "answers that are here already"),
        (Standing.EMPTY, "row not filled in", "rows not filled in"),
        (Standing.UNCLEAR, "row that is not clear", "rows that are not clear"),
    )
    parts = [
        counted(len(rows), one, several)
        for standing, one, several in kinds
        if (rows := checked.of(standing))
    ]
    said = f"In this file: {'; '.join(parts)}." if parts else "There is nothing in this file."
    return f"{said} Nothing is recorded until you say so."
