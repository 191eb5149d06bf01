"""Sorting questions: who looks after them, their labels, their place, stage and frames.

Everything here is a coordinator's work, and none of it touches the asker's words or the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.people import Person, PersonId, Role
from ..domain.projects import Site, SiteId
from ..domain.questions import Considered, Question, QuestionId
from ..errors import InputError
from .desk import COORDINATING, Desk, alter
from .outcome import Outcome
from .ports import UnitOfWork

LONGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class ForMany:
    """What is noted on several questions at once; what is not said of them stays as it is.

    Args:
        put: What takes the place of what there was, by field: ``assigned`` (a coordinator, or
            ``None`` for nobody in particular), ``site`` (or ``None``), ``stage`` (a code, or "").
        tags: Labels to add.
        frames: Codes of frames to add.
    """

    put: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()


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
            self._check(work, [found], {"stage": stage, "site": site, "assigned": assigned})
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

    def many(self, questions: Iterable[QuestionId], wanted: ForMany) -> Outcome[dict[str, int]]:
        """Note the same on several questions, all of it in one action or none.

        Returns:
            How many were not so before, for each thing that was noted, by the name of its field.

        Raises:
            NotAllowedError: Only a coordinator sorts questions.
            InputError: Nothing to note, a label that is too long, a stage that is not known, a
                place of another project, or a person who is no coordinator.
        """
        labels, frames = tidied(wanted.tags), tuple(dict.fromkeys(wanted.frames))
        put = dict(wanted.put)
        if not (labels or frames or put):
            raise InputError("Nothing is chosen yet.", next_step="Choose a person, or write a tag.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="sort questions")
            found = work.find(Question, id=tuple(questions))
            self._check(work, found, put)
            done = dict.fromkeys(
                [*put, *(["tags"] * bool(labels)), *(["frames"] * bool(frames))], 0
            )
            for question in found:
                new = put | {
                    "tags": tidied((*question.tags, *labels)) if labels else question.tags,
                    "frames": tuple(dict.fromkeys((*question.frames, *frames))),
                }
                changed = {
                    name: value for name, value in new.items() if getattr(question, name) != value
                }
                if changed:
                    alter(work, question, **changed)
                for name in changed:
                    done[name] += 1
            return Outcome(done, work.commit())

    def _check(
        self, work: UnitOfWork, questions: Iterable[Question], put: Mapping[str, Any]
    ) -> None:
        """Refuse what cannot be noted on these questions."""
        stage, site, assigned = put.get("stage"), put.get("site"), put.get("assigned")
        if stage and stage not in {term.code for term in self.desk.taxonomy.stages}:
            raise InputError("That stage is not known.", next_step="Choose one of the list.")
        if site:
            of = work.get(Site, site).project
            if any(question.project and question.project != of for question in questions):
                raise InputError(
                    "That place belongs to another project.", next_step="Choose another place."
                )
        if assigned:
            _check_coordinates(work.get(Person, assigned))

    def assign(self, questions: Iterable[QuestionId], *, to: PersonId | None) -> Outcome[int]:
        """Say who looks after several questions; ``None`` for nobody in particular.

        Returns:
            How many were not theirs before.

        Raises:
            NotAllowedError: Only a coordinator assigns questions.
            InputError: The person is no coordinator.
        """
        done = self.many(questions, ForMany(put={"assigned": to}))
        return Outcome(done.value["assigned"], done.entries)

    def tag(self, questions: Iterable[QuestionId], tags: Iterable[str]) -> Outcome[int]:
        """Put labels on several questions, beside those they have.

        Returns:
            How many did not have all of them before.

        Raises:
            NotAllowedError: Only a coordinator labels questions.
            InputError: No label, or one that is too long.
        """
        done = self.many(questions, ForMany(tags=tuple(tags)))
        return Outcome(done.value["tags"], done.entries)


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
