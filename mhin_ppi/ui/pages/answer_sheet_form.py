"""The open questions in a file for a team that answers in Word or Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import counted
from ...domain.drafts import Draft, DraftId
from ...domain.projects import Project, ProjectId
from ...services.answer_sheets import LeavingSheet
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.labels import WrapLabel, muted
from .form import Choice, Form, Pick
from .team_file_form import SAFE
from .whole_file import write_whole

ChoosePlace = Callable[[QWidget, str], Path | None]
WORD, EXCEL = "docx", "xlsx"
_KINDS = (("A Word file, one table to a question", WORD), ("An Excel file, one row to each", EXCEL))
_ALL = ("all", None)


def choose_sheet_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the file with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the questions", name)
    return Path(chosen) if chosen else None


class AnswerSheetForm(Form):
    """What the questions are about, which kind of file, and what goes.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        projects: To choose from.
        drafts: To choose from.
        choose_place: Asks where to write.

    Signals:
        saved: What a person is told.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        projects: Sequence[Project],
        drafts: Sequence[Draft],
        choose_place: ChoosePlace = choose_sheet_place,
    ) -> None:
        super().__init__("Questions to the team", tasks=tasks, save_words="Write the file")
        self._services, self._choose_place = services, choose_place
        self._leaving: LeavingSheet | None = None
        choices: list[tuple[str, object]] = [("Everything", _ALL)]
        choices += [(project.title, ("project", project.id)) for project in projects]
        choices += [(draft.title, ("draft", draft.id)) for draft in drafts]
        self.about = Pick(choices)
        self.about.currentIndexChanged.connect(lambda _: self._gather())
        self.ask("What they are about", self.about)
        self.goes = WrapLabel()
        self.put(self.goes)
        self.kind = Choice(_KINDS, name="Which file", chosen=WORD)
        self.ask("Which file", self.kind)
        self.put(muted(SAFE))
        self._gather()

    def save(self) -> None:
        """Ask where, then write."""
        leaving, kind = self._leaving, self.kind.value()
        if leaving is None:
            return
        place = self._choose_place(self, f"Questions about {leaving.sheet.title}.{kind}")
        if place is None:
            return
        sheets = self._services.answering.sheets

        def work() -> str:
            write_whole(place, sheets.write(leaving, as_word=kind == WORD), what="The file")
            asked = counted(len(leaving.sheet.rows), "question")
            return f"Written to {place}, with {asked} in it. {SAFE}"

        self.notice.hide()
        self.save_button.setEnabled(False)
        self.tasks.run(
            work,
            owner=self,
            on_done=self.saved.emit,
            on_problem=self.say_problem,
            on_end=lambda: self.save_button.setEnabled(True),
            lane="side",
        )

    def _gather(self) -> None:
        about, identity = self.about.value()
        self._leaving = None
        self.goes.setText("Checking what would go…")
        project = ProjectId(identity) if about == "project" else None
        draft = DraftId(identity) if about == "draft" else None
        self.tasks.run(
            lambda: self._services.answering.sheets.leaving(project=project, draft=draft),
            owner=self,
            on_done=lambda leaving: self._show((about, identity), leaving),
            on_problem=self.say_problem,
        )

    def _show(self, about: tuple[str, object], leaving: LeavingSheet) -> None:
        if about == self.about.value():
            self._leaving = leaving
            self.goes.setText(what_goes(leaving))


def what_goes(leaving: LeavingSheet) -> str:
    """Return exactly what would go, and what stays."""
    if leaving.sheet.rows:
        asked = counted(len(leaving.sheet.rows), "question")
        said = f"{asked} will be in the file, each under the name its asker chose."
    else:
        said = "No question about this waits for an answer from a team."
    if leaving.kept_back:
        stay = counted(leaving.kept_back, "question stays", "questions stay")
        said += f" {stay} here: shared with the coordinator only."
    return said
