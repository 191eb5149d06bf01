"""Reports: choices at the side, what the report says in the middle, and the file at the end."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import counted, money, time_given
from ...domain.people import Role
from ...domain.projects import Project, ProjectId
from ...domain.report_content import ImpactReport, QuestionLine
from ...errors import PPIError
from ...services.boards import Services
from ..tasks import Progress, StopWanted, Task, Tasks
from ..theme import theme, theme_changes
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.notice import ProgressRow
from ..widgets.page_frame import scrolling
from .framed_page import Column, FramedPage, loading
from .page import Place
from .report_choices import ReportChoices
from .report_line import question_card
from .whole_file import write_whole

FIRST_QUESTIONS = 10


class ReportsPage(FramedPage):
    """The impact report: what it would say, and the PDF."""

    place: ClassVar[Place] = Place.REPORTS
    shows: ClassVar[frozenset[str]] = frozenset(
        {"question", "response", "change", "impact", "feedback", "involvement", "claim", "project"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(
            services, tasks, title="Reports", context="Involvement and the difference it made"
        )
        self._content: ImpactReport | None = None
        self._wanted = ""
        self._drawing: Task | None = None
        self.choices: ReportChoices | None = None
        self.said_column = Column(loading())
        self.choice_column = Column(loading())
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self.stop)
        inside = Column(self.progress, self.said_column)
        self.progress.hide()
        self._inside = inside
        self.frame.set_content(inside)
        margin = scrolling(self.choice_column, name="What to report")
        self.frame.set_margin(margin, words="What to report", content_words="Preview")
        self.pdf_button = self.frame.set_primary(
            "Make the PDF", icon="download", on_press=self.choose_place
        )
        self.pdf_button.setEnabled(False)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        """Show what a report would say now; at a question's id, with its line on top."""
        self._wanted = str(argument) if isinstance(argument, UUID) else ""
        self.reload()

    def reload(self) -> None:
        """Read the projects, once, and what the report says."""
        if self.choices is None:
            services = self.services
            self.tasks.run(
                lambda: (services.people.projects(), services.people.me()),
                owner=self,
                on_done=lambda found: self._show_choices(*found),
            )
        else:
            self.gather()

    def _show_choices(self, projects: list[Project], me: object) -> None:
        if not getattr(me, "has", lambda _: False)(Role.COORDINATOR):
            self.said_column.show_only(
                muted("A coordinator makes reports about the board."), stretch=True
            )
            return
        self.choices = ReportChoices(projects, today=self.today)
        self.choices.changed.connect(self.gather)
        self.choice_column.show_only(self.choices, stretch=True)
        self.gather()

    def gather(self) -> None:
        """Read what the report says, for what is chosen."""
        choices = self.choices
        if choices is None:
            return
        projects: list[ProjectId] = choices.projects()
        since, until = choices.since(), choices.until()
        self.tasks.run(
            lambda: self.services.reporting.impact_report(
                projects=projects, since=since, until=until
            ),
            owner=self,
            on_done=self._show,
            on_problem=self._refused,
        )

    def _refused(self, problem: PPIError) -> None:
        self._content = None
        self.pdf_button.setEnabled(False)
        self.show_notice(problem.in_full(), tone="attention")

    def _show(self, content: ImpactReport) -> None:
        self._content = content
        self.pdf_button.setEnabled(True)
        self.frame.close_notice()
        widgets: list[QWidget] = [
            *self._wanted_line(content),
            WrapLabel(content.period_words, role="strong"),
            _numbers(content),
            heading("Time and payments"),
            _time_and_money(content),
            heading("Effects nobody wanted, and no effect"),
            _unwelcome(content),
            heading("You said, we did"),
        ]
        first = content.questions[:FIRST_QUESTIONS]
        widgets += [self._question(line) for line in first]
        left = len(content.questions) - len(first)
        if left > 0:
            widgets.append(muted(f"The PDF has {counted(left, 'more question')}."))
        if not content.questions:
            widgets.append(muted("No question was asked in this time."))
        self.said_column.show_only(*widgets, stretch=True)

    def _wanted_line(self, content: ImpactReport) -> list[QWidget]:
        """Return the line of the question that led here, so that it leads back too."""
        if not self._wanted:
            return []
        lines = [line for line in content.questions if self._wanted in line.record_ids[:1]]
        if not lines:
            return [WrapLabel("The question you came from is not in what is chosen here.")]
        return [heading("The question you came from"), self._question(lines[0])]

    def _question(self, line: QuestionLine) -> Card:
        return question_card(line, on_story=lambda id_: self.go.emit(Place.STORY, id_))

    # The file

    def choose_place(self) -> None:
        """Ask where to write the PDF."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Where to write the report", "impact-report.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Draw the report and write it; an existing file is replaced once the new one is whole."""
        content = self._content
        if content is None or self._drawing is not None:
            return
        self.pdf_button.setEnabled(False)
        self.progress.start("Drawing the report…")

        def work(progress: Progress, stop_wanted: StopWanted) -> Path:
            reporting = self.services.reporting
            drawn = reporting.draw(content, progress=progress, stop_wanted=stop_wanted)
            return write_whole(file, drawn, what="The report")

        self._drawing = self.tasks.run_long(
            work,
            owner=self,
            on_done=self._written,
            on_problem=lambda problem: self.show_notice(problem.in_full(), tone="attention"),
            on_progress=self.progress.set_progress,
            on_end=self._ended,
        )

    def stop(self) -> None:
        """Stop drawing; nothing is left behind."""
        if self._drawing is not None:
            self._drawing.stop()

    def _ended(self) -> None:
        self._drawing = None
        self.progress.finish()
        self.pdf_button.setEnabled(self._content is not None)

    def _written(self, file: Path) -> None:
        def open_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))

        self.show_notice(
            f"Written to {file}. It is not encrypted: anybody who has the file can read it.",
            tone="good",
            action="Open the folder",
            on_action=open_folder,
        )
        self.say("The report is written")

    def _space(self) -> None:
        made = theme()
        for column in (self.said_column, self._inside):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))


def _numbers(content: ImpactReport) -> FlowRow:
    cards = []
    for number in content.summary_numbers:
        card = Card()
        card.setAccessibleName(f"{number.value} {number.label}")
        card.add(WrapLabel(number.value, role="heading"))
        label = muted(number.label)
        label.setFixedWidth(theme().px(9))
        card.add(label)
        cards.append(card)
    return FlowRow(*cards)


def _time_and_money(content: ImpactReport) -> Card:
    card = Card()
    totals = content.involvement
    if totals is None or not totals.minutes:
        card.add(muted("No time is noted in this period."))
        return card
    card.add(WrapLabel(f"{time_given(totals.total_minutes)} by {totals.people_words}."))
    for minutes in totals.minutes:
        card.add(muted(f"{minutes.activity}: {time_given(minutes.minutes)}"))
    for payment in totals.payments:
        card.add(WrapLabel(f"{payment.kind}: {money(payment.amount_pence)}"))
    return card


def _unwelcome(content: ImpactReport) -> Card:
    card, effects = Card(), content.unwelcome
    if not effects.looked_for:
        card.add(WrapLabel("Nobody has looked yet."))
    elif not (effects.found or effects.nil):
        card.add(WrapLabel("People looked, and none were found."))
    for said in (*effects.found, *effects.nil):
        card.add(WrapLabel(said))
    return card
