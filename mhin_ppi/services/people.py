"""People of the board, the projects they advise, and the words the board uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..domain.people import Board, Credit, Device, Person, PersonId, Role, credited_as
from ..domain.projects import Project, ProjectId, Site, SiteId
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, alter, keep
from .outcome import Outcome


@dataclass(frozen=True)
class People:
    """Who is on the board, what it is called, and which projects it advises."""

    desk: Desk

    def me(self) -> Person:
        """Return the person whose laptop this is."""
        with self.desk.store.unit_of_work() as work:
            return self.desk.me(work)

    def board(self) -> Board:
        """Return the board."""
        with self.desk.store.unit_of_work() as work:
            return self.desk.board(work)

    def everyone(self) -> list[Person]:
        """Return everyone on the board, by name."""
        with self.desk.store.unit_of_work() as work:
            return sorted(work.find(Person), key=lambda person: person.name.casefold())

    def projects(self) -> list[Project]:
        """Return the projects, in the order they were added."""
        with self.desk.store.unit_of_work() as work:
            return work.find(Project)

    def sites(self) -> list[Site]:
        """Return the places, in the order they were added."""
        with self.desk.store.unit_of_work() as work:
            return work.find(Site)

    def name_shown(self, person: PersonId) -> str:
        """Return the name under which a person appears to others."""
        with self.desk.store.unit_of_work() as work:
            word = self.desk.board(work).member_word
            return credited_as(work.get(Person, person), member_word=word)

    def add_person(
        self,
        name: str,
        *,
        roles: Iterable[Role] = (Role.MEMBER,),
        credit: Credit = Credit.NOT_NAMED,
        pseudonym: str = "",
        contact: str = "",
    ) -> Outcome[Person]:
        """Add somebody to the board.

        Args:
            name: Full name.
            roles: Everything they are.
            credit: How they appear; not named until they choose.
            pseudonym: A name they chose to appear under.
            contact: Address or telephone, for the coordinator.

        Raises:
            NotAllowedError: Only a coordinator adds people.
            InputError: No name.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add people")
            person = Person(
                id=PersonId(self.desk.new_id()),
                name=_named(name, "person"),
                roles=tuple(roles),
                credit=credit,
                pseudonym=pseudonym.strip(),
                contact=contact.strip(),
                joined_on=self.desk.today(),
            )
            keep(work, person)
            return Outcome(person, work.commit())

    def choose_credit(
        self, person: PersonId, *, credit: Credit, pseudonym: str = "", not_quoted: bool = False
    ) -> Outcome[Person]:
        """Record how a person wants to appear, and whether they may be quoted.

        Raises:
            NotAllowedError: It is somebody else's choice, and this is not their coordinator.
            InputError: A pseudonym is chosen but none is given.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Person, person)
            if person != self.desk.store.person:
                self.desk.require(work, *COORDINATING, doing="record this for somebody else")
            if credit is Credit.PSEUDONYM and not pseudonym.strip():
                raise InputError(
                    "No pseudonym is given.", next_step="Write the name you would like to appear."
                )
            new = alter(
                work, old, credit=credit, pseudonym=pseudonym.strip(), not_quoted=not_quoted
            )
            return Outcome(new, work.commit())

    def note_left(self, person: PersonId, *, on: date | None = None) -> Outcome[Person]:
        """Note that a person has left; what they said stays, under the name they chose.

        Args:
            person: Who left.
            on: Their last day; today unless said otherwise.

        Raises:
            NotAllowedError: Only a coordinator notes it, and never of themselves.
            InputError: The day has not come.
        """
        day = on or self.desk.today()
        if day > self.desk.today():
            raise InputError("That day has not come yet.", next_step="Choose today or earlier.")
        with self.desk.store.unit_of_work() as work:
            me = self.desk.require(work, *COORDINATING, doing="note that somebody has left")
            if person == me.id:
                raise NotAllowedError(
                    "A coordinator cannot leave by themselves.",
                    next_step="Ask another coordinator to note it.",
                )
            new = alter(work, work.get(Person, person), left_on=day)
            return Outcome(new, work.commit())

    def rename_board(self, name: str, *, member_word: str) -> Outcome[Board]:
        """Change what the board is called, and what it calls its members.

        Raises:
            NotAllowedError: Only a coordinator may.
            InputError: A name is missing.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="rename the board")
            new = alter(
                work,
                self.desk.board(work),
                name=_named(name, "board"),
                member_word=_named(member_word, "word for a member"),
            )
            return Outcome(new, work.commit())

    def add_project(
        self, title: str, *, summary: str = "", team: str = "", sites: Iterable[str] = ()
    ) -> Outcome[Project]:
        """Add a project and the places where it happens.

        Raises:
            NotAllowedError: Only a coordinator adds projects.
            InputError: No title.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add projects")
            project = Project(
                id=ProjectId(self.desk.new_id()),
                title=_named(title, "project"),
                summary=summary.strip(),
                team=team.strip() or "the research team",
            )
            keep(work, project)
            for name in sites:
                site = Site(id=SiteId(self.desk.new_id()), project=project.id, name=name.strip())
                keep(work, site)
            return Outcome(project, work.commit())

    def add_device(self, certificate: Device) -> Outcome[Device]:
        """Let a person's laptop write to the board.

        Raises:
            NotAllowedError: Only a coordinator lets laptops in.
            NotFoundError: The person is not on the board.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="let a laptop in")
            work.get(Person, certificate.person)
            if certificate.revoked:
                raise NotAllowedError("This laptop has been shut out.")
            keep(work, certificate)
            return Outcome(certificate, work.commit())


def _named(name: str, what: str) -> str:
    if not name.strip():
        raise InputError(f"The {what} has no name.", next_step="Write a name, then save again.")
    return " ".join(name.split())
