"""A member's word on whether their own notes may be used in a project's analysis."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.codebook import CodingConsent, ConsentId
from ..domain.coding_consent import has_agreed
from ..domain.people import PersonId
from ..domain.projects import Project, ProjectId
from .desk import Desk, keep
from .outcome import Outcome


@dataclass(frozen=True)
class CodingConsents:
    """Off for every project until the member says otherwise; the newest word counts."""

    desk: Desk

    def of(self, person: PersonId | None = None) -> list[tuple[Project, bool]]:
        """Return every project, and whether a person has agreed for it.

        Args:
            person: Who; the person at the laptop unless said otherwise.
        """
        whose = person or self.desk.store.person
        with self.desk.store.unit_of_work() as work:
            said = work.find(CodingConsent, person=whose)
            return [
                (project, has_agreed(said, person=whose, project=project.id))
                for project in work.find(Project)
            ]

    def say(
        self, project: ProjectId, *, agreed: bool, on_behalf_of: PersonId | None = None
    ) -> Outcome[CodingConsent]:
        """Record what a member says.

        Args:
            project: For which project.
            agreed: Whether their notes may be coded.
            on_behalf_of: Whose word it is, when a coordinator types it in for them.

        Raises:
            NotAllowedError: Only a coordinator types in for others.
            NotFoundError: The project or person is not on this board.
        """
        with self.desk.store.unit_of_work() as work:
            person = self.desk.author(work, on_behalf_of)
            consent = CodingConsent(
                id=ConsentId(self.desk.new_id()),
                person=person,
                project=work.get(Project, project).id,
                agreed=agreed,
                said_at=self.desk.now(),
                typed_by=self.desk.typed_by(person),
            )
            keep(work, consent)
            return Outcome(consent, work.commit())
