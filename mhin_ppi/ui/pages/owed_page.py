"""Still owed an answer: who waits, for what, how long, and who holds it; and what can be done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QCheckBox, QWidget

from ...domain.drafts import Draft
from ...domain.feedback_debt import COORDINATOR, OWED_WORDS, Owed
from ...domain.projects import Project
from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.feedback_debt import Debt, DebtList
from ...services.quoted_warnings import QuotedWarnings
from .. import messages
from ..item_roles import ROW_ROLE
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import heading
from ..widgets.table_view import TableView
from .answer_sheet_form import AnswerSheetForm, choose_sheet_place
from .form import Form, Pick
from .framed_page import loading
from .list_page import ListPage
from .page import Place
from .reminder_form import ReminderForm, choose_reminder_place, open_mail
from .sentence_card import SentenceCard
from .sheet_answers_form import SheetAnswersForm, choose_sheet
from .tell_many_form import TellManyForm
from .words_for import count_words, day_words

_EVERYBODY = ""
_TABLE_EM = 20
_WIDTHS_EM = (13, 7.5, 8.5, 7.5, 7, 8.5, 4)


@dataclass(frozen=True, slots=True)
class _Facts:
    found: DebtList
    projects: list[Project]
    drafts: list[Draft]
    warnings: QuotedWarnings


def columns(today: date) -> list[TableColumn[Debt]]:
    """Return the columns of the list."""
    return [
        TableColumn("Question", lambda d: " ".join(d.story.question.body.split())),
        TableColumn("Who waits", lambda d: d.owed_to),
        TableColumn("For what", lambda d: OWED_WORDS[d.owed], sort_key=lambda d: d.owed.value),
        TableColumn("Who has it", lambda d: d.held_by),
        TableColumn(
            "Working days",
            lambda d: str(d.waited_days),
            sort_key=lambda d: d.waited_days,
            figures=True,
        ),
        TableColumn(
            "Promised by",
            lambda d: day_words(d.due_on, today=today),
            sort_key=lambda d: d.due_on.toordinal(),
            tip=lambda d: f"{d.days_over} working days over" if d.days_over else "",
        ),
        TableColumn("Reminded", lambda d: _reminded(d, today)),
    ]


class OwedPage(ListPage):
    """Everyone who is still owed something."""

    place: ClassVar[Place] = Place.OWED
    shows: ClassVar[frozenset[str]] = frozenset(
        {"question", "response", "feedback", "chaser", "jotting", "impact", "second_look", "board"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Still owed an answer")
        self._facts: _Facts | None = None
        self.choose_sheet_place, self.choose_sheet = choose_sheet_place, choose_sheet
        self.choose_reminder_place, self.open_mail = choose_reminder_place, open_mail
        self._build()

    def _build(self) -> None:
        self.holder = Pick([("Whoever has it", _EVERYBODY)])
        self.holder.setAccessibleName("Who has it")
        self.holder.currentIndexChanged.connect(lambda _: self._filter())
        self.overdue = QCheckBox("Longer than promised only")
        self.overdue.toggled.connect(lambda _: self._filter())
        self.remind_button = button("Draft a reminder", icon="send", on_press=self.remind)
        self.story_button = button("Open its story", icon="arrow-right", on_press=self._open_story)
        self.tools = FlowRow(self.holder, self.overdue, self.remind_button, self.story_button)
        self.table = TableView("Who is still owed something")
        self.table.row_chosen.connect(lambda chosen: self._enable(chosen))
        self.table.row_opened.connect(lambda _: self._open_story())
        # After the table's own: it makes columns as wide as their words, this keeps all in view.
        theme_changes().changed.connect(self._widen)
        self._model: TableModel[Debt] = TableModel(columns(self.today))
        for part in (self.tools, self.table):
            part.hide()
        self.frame.add_action("Questions to the team", icon="download", on_press=self.write_sheet)
        self.frame.add_action("The team's answers", icon="upload", on_press=self.read_sheet)
        self.tell_button = self.frame.set_primary(
            "Tell those who are answered", icon="hand-heart", on_press=self.tell_many
        )
        self.tell_button.hide()
        self.list.show_only(loading(), self.tools, self.table)

    def reload(self) -> None:
        """Read again who is owed what."""
        services = self.services

        def work() -> _Facts:
            shelf = services.reviewing.shelf()
            found = services.answering.debt.everyone()
            told = (debt.story for debt in found.debts if debt.owed is Owed.TELLING)
            return _Facts(
                found,
                services.people.projects(),
                [one.draft for one in shelf],
                services.content_notes.before_quotes(told),
            )

        self.tasks.run(work, owner=self, on_done=self._show)

    # ---- what can be done

    def remind(self) -> None:
        """Draft a reminder about the marked waits, or all in view when none is marked."""
        chasers, debts = self.services.answering.chasers, self._marked()
        self.tasks.run(
            lambda: chasers.draft(debts),
            owner=self,
            on_done=lambda drafts: self.show_form(
                ReminderForm(
                    self.services,
                    self.tasks,
                    drafts,
                    choose_place=self.choose_reminder_place,
                    open_mail=self.open_mail,
                ),
                said="The reminder is kept with each question.",
            ),
        )

    def write_sheet(self) -> None:
        """Write the open questions into a Word or Excel file for a team."""
        if self._facts is not None:
            form = AnswerSheetForm(
                self.services,
                self.tasks,
                projects=self._facts.projects,
                drafts=self._facts.drafts,
                choose_place=self.choose_sheet_place,
            )
            form.saved.connect(lambda said: messages.tell(self, said))
            self.show_form(form)

    def read_sheet(self) -> None:
        """Look at what a team filled in, then record it."""
        form = SheetAnswersForm(self.services, self.tasks, choose=self.choose_sheet)
        form.saved.connect(
            lambda done: messages.tell(self, f"{count_words(done.value, 'answer')} recorded.")
        )
        self.show_form(form)

    def tell_many(self) -> None:
        """Draft what several people are told."""
        if self._facts is None:
            return
        waiting = [d for d in self._debts() if d.owed is Owed.TELLING]
        form = TellManyForm(self.services, self.tasks, waiting, warnings=self._facts.warnings)
        self.show_form(form, said="What they are told is saved.")

    def form_open(self, form: Form | None) -> None:
        """One main action at a time."""
        self.tell_button.setVisible(form is None and self._some_to_tell())

    # ---- inside

    def _show(self, facts: _Facts) -> None:
        self._facts = facts
        found = facts.found
        self.frame.set_context(total_words(found))
        self.form_open(self.slot.all()[0] if self.slot.all() else None)  # type: ignore[arg-type]
        self._offer_holders(found)
        # Both stay in the list, hidden when nothing waits: what is not shown again is let go of.
        parts: list[QWidget] = [self.tools, self.table]
        for part in parts:
            part.setVisible(bool(found.debts))
        if not found.debts:
            parts.append(
                EmptyState(
                    "Nobody is owed an answer.",
                    more="Everyone who asked something has been told what happened.",
                    icon="circle-check",
                )
            )
        parts += self._jottings(found) + self._looks(found)
        self.list.show_only(*parts, stretch=True)
        self._filter()

    def _offer_holders(self, found: DebtList) -> None:
        chosen = self.holder.value()
        holders = [(f"{name} ({many})", name) for name, many in found.by_holder]
        self.holder.blockSignals(True)
        self.holder.offer([("Whoever has it", _EVERYBODY), *holders], chosen=chosen)
        self.holder.blockSignals(False)

    def _jottings(self, found: DebtList) -> list[QWidget]:
        parts: list[QWidget] = []
        for words, jottings in (
            ("Written down in a meeting, without a name yet", found.jottings),
            ("Written down in a meeting, with different names", found.twice),
        ):
            parts += [heading(words)] if jottings else []
            for jotting, meeting in jottings:
                go = partial(self.go.emit, Place.MEETING, jotting.meeting)
                said = f"“{jotting.body}”"
                parts.append(SentenceCard(said, "See the meeting", go, more=meeting))
        return parts

    def _looks(self, found: DebtList) -> list[QWidget]:
        if not found.looks:
            return []
        parts: list[QWidget] = [heading("It is time to look at these again. Are they still so?")]
        for impact in found.looks:
            go = impact.question
            parts.append(
                SentenceCard(
                    impact.what_changed,
                    "See its story",
                    lambda go=go: self.go.emit(Place.STORY, go),  # type: ignore[misc]
                    more=f"Since {day_words(impact.look_again_on, today=self.today)}",
                )
            )
        return parts

    def _debts(self) -> Sequence[Debt]:
        return self._facts.found.debts if self._facts is not None else ()

    def _some_to_tell(self) -> bool:
        return any(debt.owed is Owed.TELLING for debt in self._debts())

    def _filter(self) -> None:
        holder, late = self.holder.value() or _EVERYBODY, self.overdue.isChecked()
        rows = [
            debt
            for debt in self._debts()
            if holder in (_EVERYBODY, debt.held_by) and (debt.days_over or not late)
        ]
        marked = {debt.question for debt in self._selected()}
        self._model = TableModel(columns(self.today), rows)
        self.table.show_rows(self._model, sort_by=4, descending=True)
        self._widen()
        self._mark(marked)
        self._enable(self.table.chosen())

    def _mark(self, questions: Collection[QuestionId]) -> None:
        """Mark waits again that were marked before the list was read anew."""
        model, wanted = self.table.model(), QItemSelection()
        for row in range(model.rowCount()) if questions else ():
            index = model.index(row, 0)
            if index.data(ROW_ROLE).question in questions:
                wanted.select(index, index)
        flags, chosen = QItemSelectionModel.SelectionFlag, self.table.selectionModel()
        if wanted.indexes():
            chosen.setCurrentIndex(wanted.indexes()[0], flags.NoUpdate)
            chosen.select(wanted, flags.ClearAndSelect | flags.Rows)

    def _widen(self) -> None:
        self.table.setMinimumHeight(theme().px(_TABLE_EM))
        for at, ems in enumerate(_WIDTHS_EM):
            self.table.setColumnWidth(at, theme().px(ems))

    def _marked(self) -> list[Debt]:
        return self._selected() or self._model.things()

    def _selected(self) -> list[Debt]:
        return [debt for debt in self.table.marked() if isinstance(debt, Debt)]

    def _enable(self, chosen: object) -> None:
        self.story_button.setEnabled(chosen is not None)
        held = any(debt.held_by != COORDINATOR for debt in self._marked())
        self.remind_button.setEnabled(held)

    def _open_story(self) -> None:
        chosen = self.table.chosen()
        if isinstance(chosen, Debt):
            self.go.emit(Place.STORY, chosen.question)


def total_words(found: DebtList) -> str:
    """Return how many waits there are, and how many are longer than promised."""
    if not found.debts:
        return ""
    said = count_words(len(found.debts), "question waits", many="questions wait")
    late = len(found.overdue)
    if not late:
        return f"{said}, none longer than the board promises."
    return f"{said}, {late:,} longer than the board promises."


def _reminded(debt: Debt, today: date) -> str:
    return day_words(debt.reminders[-1].on, today=today) if debt.reminders else ""
