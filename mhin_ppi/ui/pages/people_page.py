"""People: who is on the board, the projects it advises, and the words it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.british import day
from ...domain.people import Board, Person, Role, credited_as
from ...domain.projects import Project, Site
from ...domain.words import Word
from ...services.boards import Services
from .. import messages
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.table_view import TableView
from .form import Form
from .framed_page import Column
from .list_page import ListPage
from .page import Place
from .people_forms import ROLE_WORDS, BoardForm, CreditForm, PersonForm, ProjectForm
from .word_form import WordForm
from .words_panel import explained

_MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class _Facts:
    me: Person
    board: Board
    people: list[Person]
    projects: list[Project]
    sites: list[Site]
    words: list[Word]


class PeoplePage(ListPage):
    """The people of the board, its projects and places, its name and its word list."""

    place: ClassVar[Place] = Place.PEOPLE
    shows: ClassVar[frozenset[str]] = frozenset({"person", "board", "project", "site", "word"})

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="People")
        self._facts: _Facts | None = None
        self.table = TableView("People")
        self.table.row_chosen.connect(self._show_chosen)
        self.chosen = Column()
        self.add_button = self.frame.set_primary(
            "Add a person", icon="plus", on_press=self.add_person
        )
        self.add_button.hide()

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services
        self.tasks.run(
            lambda: _Facts(
                services.people.me(),
                services.people.board(),
                services.people.everyone(),
                services.people.projects(),
                services.people.sites(),
                services.words.all(),
            ),
            owner=self,
            on_done=self._show,
        )

    def form_open(self, form: Form | None) -> None:
        """Offer the main action while there is no form."""
        coordinates = self._facts is not None and self._facts.me.has(Role.COORDINATOR)
        self.add_button.setVisible(form is None and coordinates)

    def _show(self, facts: _Facts) -> None:
        self._facts = facts
        if not self.slot.all():
            self.form_open(None)
        if not facts.me.has(Role.COORDINATOR):
            self.list.show_only(*self._word_list(facts), stretch=True)
            return
        self._fill_table(facts)
        self.list.show_only(
            self.table,
            self.chosen,
            *self._projects(facts),
            *self._board_words(facts),
            *self._word_list(facts),
            stretch=True,
        )

    def _fill_table(self, facts: _Facts) -> None:
        word = facts.board.member_word
        columns: list[TableColumn[Person]] = [
            TableColumn("Name", lambda p: p.name),
            TableColumn("Appears as", lambda p: credited_as(p, member_word=word)),
            TableColumn("Quoted", lambda p: "No" if p.not_quoted else "Yes"),
            TableColumn("On this board", lambda p: ", ".join(ROLE_WORDS[r] for r in p.roles)),
            TableColumn(
                "Since",
                lambda p: day(p.joined_on) if p.joined_on else "",
                sort_key=lambda p: str(p.joined_on or ""),
            ),
            TableColumn("Left", lambda p: day(p.left_on) if p.left_on else ""),
        ]
        before = self.table.chosen()
        kept = before.id if isinstance(before, Person) else None
        self.table.show_rows(TableModel(columns, facts.people))
        rows = min(len(facts.people), _MOST_ROWS) + 2
        self.table.setMinimumHeight(theme().px(1.9 * rows))
        again = next((person for person in facts.people if person.id == kept), None)
        if again is not None:
            self.table.choose(again)
        self._show_chosen(self.table.chosen())

    def _show_chosen(self, person: object) -> None:
        if not isinstance(person, Person):
            self.chosen.show_only(muted("Choose a person to change how they appear."))
            return
        row = FlowRow(
            button(
                f"How {person.name} appears", icon="pencil", on_press=lambda: self._credit(person)
            )
        )
        if person.left_on is None:
            row.add(button(f"{person.name} has left", on_press=lambda: self._left(person)))
        self.chosen.show_only(row)

    def _projects(self, facts: _Facts) -> list[QWidget]:
        card = Card()
        for project in facts.projects:
            places = [site.name for site in facts.sites if site.project == project.id]
            card.add(WrapLabel(project.title, role="strong"))
            about = [project.summary, ", ".join(places)]
            card.add(muted(" · ".join(part for part in about if part) or "No place yet"))
        if not facts.projects:
            card.add(muted("Projects that the board advises will be here."))
        card.add(FlowRow(button("Add a project", icon="plus", on_press=self.add_project)))
        return [heading("Projects"), card]

    def _board_words(self, facts: _Facts) -> list[QWidget]:
        card = Card()
        card.add(WrapLabel(f"The board is called “{facts.board.name}”."))
        card.add(WrapLabel(f"A member is called “{facts.board.member_word}”."))
        card.add(FlowRow(button("Change these words", icon="pencil", on_press=self._board)))
        return [heading("The board's words"), card]

    def _word_list(self, facts: _Facts) -> list[QWidget]:
        card = Card()
        for word in facts.words:
            card.add(WrapLabel(word.term, role="strong"))
            card.add(WrapLabel(explained(word)))
            if facts.me.id == word.proposed_by or facts.me.has(Role.COORDINATOR):
                card.add(self._word_actions(word))
        if not facts.words:
            card.add(muted("Hard words, and what the board would say instead, will be here."))
        card.add(FlowRow(button("Add a word", icon="plus", on_press=self._word)))
        return [heading("Word list"), card]

    # What a person does

    def add_person(self) -> None:
        """Show the form that adds a person."""
        self.show_form(PersonForm(self.services, self.tasks), said="They are on the board.")

    def add_project(self) -> None:
        """Show the form that adds a project."""
        self.show_form(ProjectForm(self.services, self.tasks), said="The project is added.")

    def _credit(self, person: Person) -> None:
        self.show_form(CreditForm(self.services, self.tasks, person), said="Saved.")

    def _board(self) -> None:
        if self._facts is not None:
            form = BoardForm(self.services, self.tasks, self._facts.board)
            self.show_form(form, said="Saved.")

    def _word_actions(self, word: Word) -> FlowRow:
        change = button("Change", kind="quiet", on_press=lambda: self._word(word))
        change.setAccessibleName(f"Change “{word.term}”")
        off = button("Take off the list", kind="quiet", on_press=lambda: self._take_off(word))
        off.setAccessibleName(f"Take “{word.term}” off the list")
        return FlowRow(change, off)

    def _word(self, word: Word | None = None) -> None:
        said = "Saved." if word else "The word is on the list."
        self.show_form(WordForm(self.services, self.tasks, word=word), said=said)

    def _take_off(self, word: Word) -> None:
        words = self.services.words

        def put_back() -> None:
            self.tasks.run(
                lambda: words.propose(word.term, meaning=word.meaning, instead=word.instead),
                owner=self,
            )

        self.tasks.run(
            lambda: words.take_off(word.id),
            owner=self,
            on_done=lambda _: messages.tell(
                self, f"“{word.term}” is off the list.", action="Undo", on_action=put_back
            ),
        )

    def _left(self, person: Person) -> None:
        self.tasks.run(
            lambda: self.services.people.note_left(person.id),
            owner=self,
            on_done=lambda _: self.say("Saved"),
        )
