"""Sorting questions: who looks after them, their labels, their place, stage and frames.

Everything here is a coordinator's work, and none of it touches the asker's words or the state.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..domain.people import Person, PersonId, Role
from ..domain.projects import Site, SiteId
from ..domain.questions import Considered, Question, QuestionId
from ..errors import InputError
from .desk import COORDINATING, Desk, alter
from .outcome import Outcome

LONGEST_TAG = 40


@dataclass(frozen=True)
class Sorting:
    """What a coordinator notes on questions, one or many at once."""

    desk: Desk

    def note(
        self,
        question: QuestionId,
        *,
        assigned: PersonId | None,
        tags: Iterable[str],
        site: SiteId | None,
        stage: str,
        frames: Iterable[str],
        considered: Considered | None,
    ) -> Outcome[Question]:
        """Note everything that is known of one question; what differs is recorded.

        Args:
            question: Which question.
            assigned: The coordinator who looks after it.
            tags: Short labels.
            site: The place it concerns.
            stage: Code of the research stage, or "".
            frames: Codes of frames; never asked of members.
            considered: Whether the team had thought of it before; ``None`` while nobody has said.

        Raises:
            NotAllowedError: Only a coordinator sorts questions.
            InputError: A label is too long, the stage is not known, the place belongs to another
                project, or the person is no coordinator.
        """
        labels = tidied(tags)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="sort questions")
            found = work.get(Question, question)
            if stage and stage not in {term.code for term in self.desk.taxonomy.stages}:
                raise InputError("That stage is not known.", next_step="Choose one of the list.")
            if site and found.project and work.get(Site, site).project != found.project:
                raise InputError(
                    "That place belongs to another project.", next_step="Choose another place."
                )
            if assigned:
                _check_coordinates(work.get(Person, assigned))
            new = alter(
                work,
                found,
                assigned=assigned,
                tags=labels,
                site=site,
                stage=stage,
                frames=tuple(dict.fromkeys(frames)),
                considered=considered,
            )
            return Outcome(new, work.commit())

    def assign(self, questions: Iterable[QuestionId], *, to: PersonId | None) -> Outcome[int]:
        """Say who looks after several questions; ``None`` for nobody in particular.

        Returns:
            How many were not theirs before.

        Raises:
            NotAllowedError: Only a coordinator assigns questions.
            InputError: The person is no coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="assign questions")
            if to is not None:
                _check_coordinates(work.get(Person, to))
            done = 0
            for question in work.find(Question, id=tuple(questions)):
                if question.assigned != to:
                    alter(work, question, assigned=to)
                    done += 1
            return Outcome(done, work.commit())

    def tag(self, questions: Iterable[QuestionId], tags: Iterable[str]) -> Outcome[int]:
        """Put labels on several questions, beside those they have.

        Returns:
            How many did not have all of them before.

        Raises:
            NotAllowedError: Only a coordinator labels questions.
            InputError: No label, or one that is too long.
        """
        labels = tidied(tags)
        if not labels:
            raise InputError("No tag is written yet.", next_step="Write a word or two.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="tag questions")
            done = 0
            for question in work.find(Question, id=tuple(questions)):
                both = tidied((*question.tags, *labels))
                if both != question.tags:
                    alter(work, question, tags=both)
                    done += 1
            return Outcome(done, work.commit())


def tidied(tags: Iterable[str]) -> tuple[str, ...]:
    """Return labels without spaces at their ends, each once, whatever its capitals.

    Raises:
        InputError: A label is longer than ``LONGEST_TAG`` characters.
    """
    found: dict[str, Any] = {}
    for tag in tags:
        label = " ".join(tag.split())
        if len(label) > LONGEST_TAG:
            raise InputError(
                f"A tag has at most {LONGEST_TAG} characters.", next_step="Make it shorter."
            )
        if label:
            found.setdefault(label.casefold(), label)
    return tuple(found.values())


def _check_coordinates(person: Person) -> None:
    if not person.has(Role.COORDINATOR) or person.left_on is not None:
        raise InputError(
            f"{person.name} is not a coordinator of this board.",
            next_step="Choose a coordinator. Teams and others are named with “Pass to”.",
        )
