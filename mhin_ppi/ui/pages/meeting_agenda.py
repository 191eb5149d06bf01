"""The agenda on a meeting's page: points with times, moved by button or key, and breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget

from ...domain.agenda import TimedItem, sum_of, title_of
from ...domain.drafts import VersionId
from ...domain.meeting_parts import AgendaItem
from ...domain.meetings import AgendaItemId, MeetingId
from ...services.boards import Services
from ...services.reviewing import DraftOnShelf
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from ..widgets.table_view import TableView
from .form import BRITISH, Form, Pick
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .meeting_words import clock, point_words, sum_words
from .page import Place
from .words_for import minutes_words

_MOST_ROWS_IN_VIEW = 12
_BREAK_MINUTES = 10


class AgendaSection(MeetingSection):
    """What is talked about, and when.

    Args:
        page: The page it stands on.
        go: Shows another place of the window.
    """

    def __init__(self, page: MeetingPlace, *, go: Callable[[Place, object], None]) -> None:
        super().__init__(page, "Agenda")
        self._go = go
        self.table = TableView("Agenda")
        self.table.setSortingEnabled(False)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setToolTip("Alt+Up and Alt+Down move a point.")
        self.table.row_opened.connect(lambda _: self.change())
        self.table.row_chosen.connect(lambda _: self._enable())
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.move_point, by))
        self.sum = WrapLabel(role="muted")
        add = partial(self.add_point, is_break=False)
        self.add_button = button("Add a point", icon="plus", on_press=add)
        rest = partial(self.add_point, is_break=True)
        self.break_button = button("Add a break", icon="coffee", on_press=rest)
        self.lines_button = button("Give these lines times", icon="clock", on_press=self.use_lines)
        self.on_chosen = [
            button("Move up", icon="chevron-up", on_press=partial(self.move_point, -1)),
            button("Move down", icon="chevron-down", on_press=partial(self.move_point, 1)),
            button("Change", icon="pencil", on_press=self.change),
            button("Take away", icon="trash-2", on_press=self.take_away),
        ]
        for made in self.on_chosen:
            made.setAccessibleName(f"{made.accessibleName()}: the chosen point")
        self.tools = FlowRow(self.add_button, self.break_button, self.lines_button, *self.on_chosen)
        for widget in (self.table, self.sum, self.tools):
            self.column.insertWidget(self.column.count() - 1, widget)
        theme_changes().changed.connect(self._size)

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show the points; the one that was chosen stays chosen."""
        items, lines = facts.agenda, facts.meeting.agenda.splitlines()
        edits = facts.coordinates and not facts.meeting.cancelled
        self.table.setVisible(edits and bool(items))
        self.tools.setVisible(edits)
        self.sum.setVisible(facts.coordinates and bool(items))
        self.lines_button.setVisible(bool(lines))
        told: list[QWidget] = [WrapLabel(f"•  {line}") for line in lines if line.strip()]
        if not edits:
            told += [self._row(each, facts) for each in items]
        elif not (items or lines):
            told = [muted("Nothing is on the agenda yet.")]
        self.body.show_only(*(told or ([] if items else [muted("There is no agenda yet.")])))
        kept = self._chosen()
        self.table.show_rows(TableModel(_columns(facts.drafts), items, parent=self.table))
        again = next((each for each in items if kept and each.item.id == kept), None)
        if again is not None:
            self.table.choose(again)
        self._enable()
        self._size()
        minutes = facts.meeting.minutes
        self.sum.setText(sum_words(sum_of([each.item for each in items], length=minutes)))

    def _row(self, each: TimedItem, facts: MeetingFacts) -> QWidget:
        said, version = WrapLabel(point_words(each, facts.drafts)), each.item.version
        if version is None or version not in facts.drafts:
            return said
        made = button(
            "Open",
            icon="book-open",
            kind="quiet",
            on_press=lambda: self._go(Place.READING, version),
        )
        made.setAccessibleName(f"Open for “{each.item.title}”: {facts.drafts[version]}")
        return FlowRow(said, made)

    def add_point(self, *, is_break: bool) -> None:
        """Open the form for a new point or break."""
        if self.facts is not None:
            self.open_form(
                PointForm(
                    self.page.services,
                    self.page.tasks,
                    meeting=self.facts.meeting.id,
                    shelf=self.facts.shelf,
                    is_break=is_break,
                )
            )

    def change(self) -> None:
        """Open the form for the chosen point."""
        found = self._point()
        if self.facts is not None and found is not None:
            form = PointForm(
                self.page.services,
                self.page.tasks,
                meeting=self.facts.meeting.id,
                shelf=self.facts.shelf,
                item=found.item,
            )
            self.open_form(form)

    def move_point(self, by: int) -> None:
        """Move the chosen point earlier (-1) or later (1)."""
        found = self._chosen()
        if found is not None:
            agendas = self.page.services.meeting_parts.agendas
            self.act(lambda: agendas.move(found, by=by), said="Moved.")

    def take_away(self) -> None:
        """Take the chosen point away."""
        found = self._chosen()
        if found is not None:
            agendas = self.page.services.meeting_parts.agendas
            self.act(lambda: agendas.take_away(found), said="Taken away.")

    def use_lines(self) -> None:
        """Make points of the lines that were written when the meeting was arranged."""
        if self.facts is not None:
            agendas, meeting = self.page.services.meeting_parts.agendas, self.facts.meeting.id
            self.act(lambda: agendas.from_lines(meeting), said="Each line has a time now.")

    def _point(self) -> TimedItem | None:
        found = self.table.chosen()
        return found if isinstance(found, TimedItem) else None

    def _chosen(self) -> AgendaItemId | None:
        found = self._point()
        return found.item.id if found else None

    def _enable(self) -> None:
        for made in self.on_chosen:
            made.setVisible(self._point() is not None)

    def _size(self) -> None:
        model = self.table.model()
        rows = min(_MOST_ROWS_IN_VIEW, model.rowCount() if model else 0)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * theme().px(2) + theme().px(0.9))


def _columns(drafts: Mapping[VersionId, str]) -> tuple[TableColumn[TimedItem], ...]:
    about: TableColumn[TimedItem] = TableColumn(
        "Draft", lambda each: drafts.get(each.item.version, "") if each.item.version else ""
    )
    return (
        TableColumn(
            "Time",
            lambda each: clock(each.starts_at) if each.starts_at else "",
            sort_key=lambda each: each.item.place,
        ),
        TableColumn("What", lambda each: title_of(each.item)),
        TableColumn("How long", lambda each: minutes_words(each.item.minutes)),
        *((about,) if drafts else ()),
        TableColumn("Who leads", lambda each: each.item.lead),
    )


class PointForm(Form):
    """One point of an agenda, or a break.

    Args:
        services: The open board.
        tasks: Runs the saving.
        meeting: Whose agenda.
        shelf: The board's drafts, one of which it can be about.
        item: The point that is changed; ``None`` for a new one.
        is_break: Whether a new one is a break.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        meeting: MeetingId,
        shelf: Sequence[DraftOnShelf],
        item: AgendaItem | None = None,
        is_break: bool = False,
    ) -> None:
        words = "Change a point" if item else "Add a break" if is_break else "Add a point"
        super().__init__(words, tasks=tasks)
        self._services, self._meeting, self._item = services, meeting, item
        self.title = QLineEdit(item.title if item else "Tea and rest" if is_break else "")
        self.title_row = self.ask("What it is", self.title)
        self.minutes = QSpinBox()
        self.minutes.setLocale(BRITISH)
        self.minutes.setRange(1, 24 * 60)
        self.minutes.setSuffix(" min")
        self.minutes.setValue(item.minutes if item else _BREAK_MINUTES if is_break else 20)
        self.ask("How many minutes", self.minutes)
        self._drafts = {one.draft.id: one for one in shelf}
        about = next((one for one in shelf if item and _has(one, item.version)), None)
        titles = [(one.draft.title, one.draft.id) for one in shelf]
        self.draft = Pick([("No draft", None), *titles], chosen=about and about.draft.id)
        self.draft.currentIndexChanged.connect(lambda _: self._offer_versions())
        self.version = Pick(())
        self.ask("The draft it is about", self.draft)
        self.version_row = self.ask("Which version", self.version)
        self._offer_versions(item.version if item else None)
        self.lead = QLineEdit(item.lead if item else "")
        self.ask("Who leads it", self.lead, help_text="Only if somebody does.")
        self.is_break = QCheckBox("It is a break")
        self.is_break.setChecked(item.is_break if item else is_break)
        self.put(self.is_break)

    def _offer_versions(self, chosen: VersionId | None = None) -> None:
        """Offer the versions of the draft, the newest first and chosen unless another is."""
        found = self._drafts.get(self.draft.value())
        newest = [*reversed(found.versions)] if found else []
        words = [f"Version {one.number}" for one in newest]
        if len(words) > 1:
            words[0] += ", the newest"
        self.version.offer(zip(words, (one.id for one in newest), strict=True), chosen=chosen)
        self.version_row.setVisible(found is not None)

    def save(self) -> None:
        """Keep the point."""
        title = self.title.text().strip()
        self.title_row.set_problem("" if title else "Write what it is.")
        if not title:
            return
        said: dict[str, Any] = {
            "minutes": self.minutes.value(),
            "is_break": self.is_break.isChecked(),
            "version": self.version.value(),
            "lead": self.lead.text(),
        }
        agendas, item, meeting = self._services.meeting_parts.agendas, self._item, self._meeting
        if item is None:
            self.run(lambda: agendas.add(meeting, title, **said))
        else:
            self.run(lambda: agendas.change(item.id, title=title, **said))


def _has(one: DraftOnShelf, version: VersionId | None) -> bool:
    return any(each.id == version for each in one.versions)
