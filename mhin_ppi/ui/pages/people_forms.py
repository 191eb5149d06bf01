"""Adding people and projects, and how somebody wants to appear."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ...domain.people import Board, Credit, Person, Role
from ...services.boards import Services
from ..tasks import Tasks
from ..theme import theme
from .form import Choice, Form, WordsBox

CREDIT_WORDS = {
    Credit.NOT_NAMED: "Not named",
    Credit.FULL_NAME: "Full name",
    Credit.FIRST_NAME: "First name",
    Credit.PSEUDONYM: "A pseudonym",
}
ROLE_WORDS = {
    Role.MEMBER: "Board member",
    Role.PEER_RESEARCHER: "Peer researcher",
    Role.COORDINATOR: "Coordinator",
    Role.GUEST: "Guest",
    Role.CLINICIAN: "Clinician",
    Role.PARTNER: "Partner",
    Role.RESEARCHER: "Researcher",
    Role.APPROVER: "Approves claims",
    Role.PAYMENTS_OFFICER: "Pays claims",
}


class _CreditFields:
    """How somebody wants to appear: the choice, and the pseudonym it may need."""

    def __init__(self, form: Form, person: Person | None) -> None:
        self.choice = Choice(
            [(words, credit) for credit, words in CREDIT_WORDS.items()],
            name="How they want to appear",
            chosen=person.credit if person else Credit.NOT_NAMED,
        )
        form.ask("How they want to appear", self.choice, help_text="Ask them; they can change it.")
        self.pseudonym = QLineEdit(person.pseudonym if person else "")
        self.row = form.ask("Their pseudonym", self.pseudonym)
        self.choice.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.row.setVisible(self.choice.value() is Credit.PSEUDONYM)

    def check(self) -> bool:
        """Say beside the field when a pseudonym is chosen and none is given."""
        missing = self.choice.value() is Credit.PSEUDONYM and not self.pseudonym.text().strip()
        self.row.set_problem("Write the name they would like to appear." if missing else "")
        return not missing


class PersonForm(Form):
    """Adding somebody to the board.

    Args:
        services: The open board.
        tasks: Runs the saving.
    """

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__("Add a person", tasks=tasks)
        self._services = services
        self.name = QLineEdit()
        self.name_row = self.ask("Name", self.name)
        self._roles = _ticks(ROLE_WORDS, chosen=(Role.MEMBER,))
        self.ask("What they are on this board", self._roles)
        self.credit = _CreditFields(self, None)
        self.contact = QLineEdit()
        self.ask("How to reach them", self.contact, help_text="Only coordinators see this.")

    def save(self) -> None:
        """Add them."""
        name = self.name.text().strip()
        self.name_row.set_problem("" if name else "Write their name.")
        if not (self.credit.check() and name):
            return
        roles = self._roles.chosen()
        credit, pseudonym = self.credit.choice.value(), self.credit.pseudonym.text()
        contact = self.contact.text()
        self.run(
            lambda: self._services.people.add_person(
                name, roles=roles, credit=credit, pseudonym=pseudonym, contact=contact
            )
        )


class CreditForm(Form):
    """How somebody wants to appear from now on, and whether they may be quoted.

    Args:
        services: The open board.
        tasks: Runs the saving.
        person: Who.
    """

    def __init__(self, services: Services, tasks: Tasks, person: Person) -> None:
        super().__init__(f"How {person.name} appears", tasks=tasks)
        self._services, self._person = services, person
        self.credit = _CreditFields(self, person)
        self.quoted = QCheckBox("Their words may be quoted in reports")
        self.quoted.setChecked(not person.not_quoted)
        self.put(self.quoted)

    def save(self) -> None:
        """Record the choice."""
        if not self.credit.check():
            return
        credit, pseudonym = self.credit.choice.value(), self.credit.pseudonym.text()
        not_quoted, person = not self.quoted.isChecked(), self._person.id
        self.run(
            lambda: self._services.people.choose_credit(
                person, credit=credit, pseudonym=pseudonym, not_quoted=not_quoted
            )
        )


class ProjectForm(Form):
    """Adding a project and the places where it happens.

    Args:
        services: The open board.
        tasks: Runs the saving.
    """

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__("Add a project", tasks=tasks)
        self._services = services
        self.title = QLineEdit()
        self.title_row = self.ask("What it is called", self.title)
        self.summary = WordsBox(lines=2)
        self.ask("What it is about", self.summary, help_text="One or two sentences.")
        self.team = QLineEdit()
        self.ask(
            "What its team is called",
            self.team,
            help_text="For instance: the PCREF team. It is named as the one who holds a question.",
        )
        self.sites = WordsBox(lines=2)
        self.ask("Where it happens", self.sites, help_text="One place a line.")

    def save(self) -> None:
        """Add it."""
        title = self.title.text().strip()
        self.title_row.set_problem("" if title else "Write what it is called.")
        if not title:
            return
        summary, team = self.summary.words(), self.team.text()
        sites = [line.strip() for line in self.sites.words().splitlines() if line.strip()]
        self.run(
            lambda: self._services.people.add_project(
                title, summary=summary, team=team, sites=sites
            )
        )


class BoardForm(Form):
    """What the board is called, and what it calls its members.

    Args:
        services: The open board.
        tasks: Runs the saving.
        board: As it is now.
    """

    def __init__(self, services: Services, tasks: Tasks, board: Board) -> None:
        super().__init__("The board's words", tasks=tasks)
        self._services = services
        self.name = QLineEdit(board.name)
        self.ask("What the board is called", self.name)
        self.member = QLineEdit(board.member_word)
        self.ask(
            "What a member is called",
            self.member,
            help_text="For instance: board member, expert by experience, public contributor.",
        )

    def save(self) -> None:
        """Change them."""
        name, word = self.name.text(), self.member.text()
        self.run(lambda: self._services.people.rename_board(name, member_word=word))


class _Ticks(QWidget):
    """Several of a few, all in view."""

    def __init__(self, words: dict[Role, str], chosen: Sequence[Role]) -> None:
        super().__init__()
        self._boxes: dict[Role, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        for role, said in words.items():
            box = QCheckBox(said)
            box.setChecked(role in chosen)
            self._boxes[role] = box
            column.addWidget(box)

    def chosen(self) -> list[Role]:
        """Return what is ticked."""
        return [role for role, box in self._boxes.items() if box.isChecked()]


def _ticks(words: dict[Role, str], *, chosen: Sequence[Role]) -> _Ticks:
    return _Ticks(words, chosen)
