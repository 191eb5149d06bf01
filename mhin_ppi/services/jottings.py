"""Questions jotted down in a meeting as they were said; whose they were is added later.

A jotting has no name on it, so that the screen everybody looks at shows none. Given a name it
becomes a question like any other. From then on its words are kept in the question alone: words that
the asker takes back are then gone from the jotting as well.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ..domain.annotations import AnnotationKind
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.meeting_parts import Jotting
from ..domain.meeting_rules import named_identity
from ..domain.meetings import JottingId, Meeting, MeetingId
from ..domain.people import Person, PersonId
from ..domain.questions import Question
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, alter, keep, speaks_for_all
from .outcome import Outcome
from .questions import Questions

LONGEST_WORDS = 20_000


@dataclass(frozen=True)
class Jottings:
    """What was jotted down in meetings."""

    desk: Desk

    def of(self, meeting: MeetingId) -> list[Jotting]:
        """Return what was jotted down, in the order it was said.

        Those that have a name by now bring the words of their question.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.find(Jotting, meeting=meeting)
            words = {q.id: q.body for q in work.find(Question, meeting=meeting)}
        return sorted(
            (
                _with_words(one, words.get(one.question, "")) if one.question else one
                for one in found
            ),
            key=lambda one: str(one.made_at),
        )

    def jot(
        self,
        meeting: MeetingId,
        body: str,
        *,
        kind: AnnotationKind = AnnotationKind.QUESTION,
    ) -> Outcome[Jotting]:
        """Write down what was said; it is kept at once.

        Raises:
            NotAllowedError: Only a coordinator writes down what others say.
            InputError: No words, or far too many.
        """
        words = body.strip()
        if not words:
            raise InputError("Nothing is written yet.", next_step="Write a few words, then Enter.")
        _check_length(words)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="write down what others say")
            work.get(Meeting, meeting)
            made = Jotting(
                id=JottingId(self.desk.new_id()),
                meeting=meeting,
                body=words,
                kind=kind,
                made_at=self.desk.now(),
            )
            keep(work, made)
            work.keep_local(_key(meeting), None)
            return Outcome(made, work.commit())

    def reword(self, jotting: JottingId, body: str) -> Outcome[Jotting]:
        """Put the words right, while they have no name; those of before are forgotten.

        Raises:
            NotAllowedError: Only a coordinator does; a question is changed where it is.
            InputError: No words, or far too many.
        """
        words = body.strip()
        if not words:
            raise InputError("Nothing is written.", next_step="Write the words, then save.")
        _check_length(words)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="put the words right")
            old = work.get(Jotting, jotting)
            _check_nameless(old)
            new = alter(work, old, body=words)
            # What was misheard is nobody's word; what stands there now is kept.
            work.forget(Jotting, jotting, but_standing=True)
            return Outcome(new, work.commit())

    def take_away(self, jotting: JottingId) -> Outcome[None]:
        """Take away what was no question after all; its words are forgotten.

        Raises:
            NotAllowedError: Only a coordinator does; a question is never taken away like that.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take it away")
            old = work.get(Jotting, jotting)
            _check_nameless(old)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            work.forget(Jotting, jotting)
            return Outcome(None, work.commit())

    def give_name(self, jotting: JottingId, asker: PersonId | None) -> Outcome[Question]:
        """Say whose question it was: it becomes one, and is owed an answer.

        Args:
            jotting: Which jotting.
            asker: Who asked; ``None`` for the whole group. Nobody can be told "the whole group", so
                then :meth:`told_for_group` asks for them and passes the answer on.

        Raises:
            NotAllowedError: Only a coordinator says whose it was, and only once.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="say whose question it was")
            old = work.get(Jotting, jotting)
            _check_nameless(old)
            project = work.get(Meeting, old.meeting).project
            # Stopped between the two steps below, the question is there already: no second one.
            linked = {one.question for one in work.find(Jotting, meeting=old.meeting)}
            whose = asker or speaks_for_all(work)
            same = work.find(Question, id=named_identity(jotting, asker)) or [
                one
                for one in work.find(Question, meeting=old.meeting, asker=whose)
                if one.body == old.body and one.id not in linked
            ]
        raised = (
            Outcome(same[0])
            if same
            else Questions(self.desk).raise_question(
                old.body,
                kind=old.kind,
                project=project,
                meeting=old.meeting,
                on_behalf_of=asker,
                jotted=old,
            )
        )
        with self.desk.store.unit_of_work() as work:
            alter(work, work.get(Jotting, jotting), question=raised.value.id, body="")
            work.forget(Jotting, jotting)
            entries = work.commit()
        return Outcome(raised.value, (*raised.entries, *entries))

    def told_for_group(self) -> Person:
        """Return who is told what became of the whole group's questions, and passes it on."""
        with self.desk.store.unit_of_work() as work:
            return work.get(Person, speaks_for_all(work))

    def keep_begun(self, meeting: MeetingId, words: str) -> None:
        """Keep words that are being typed, on this laptop only; none forgets them."""
        with self.desk.store.unit_of_work() as work:
            work.keep_local(_key(meeting), {"words": words} if words else None)
            work.commit()

    def begun(self, meeting: MeetingId) -> str:
        """Return words that were being typed when the program stopped, or ""."""
        with self.desk.store.unit_of_work() as work:
            kept = work.local(_key(meeting))
        return str(kept["words"]) if kept else ""


def _key(meeting: MeetingId) -> str:
    return f"jotting:{meeting}"


def _with_words(jotting: Jotting, words: str) -> Jotting:
    return dataclasses.replace(jotting, body=words)


def _check_length(words: str) -> None:
    if len(words) > LONGEST_WORDS:
        raise InputError(
            f"That is longer than {LONGEST_WORDS:,} letters.",
            next_step="Write it down in several parts.",
        )


def _check_nameless(jotting: Jotting) -> None:
    if jotting.question is not None:
        raise NotAllowedError(
            "This is a question with a name already.",
            next_step="Open the question to see what can be done with it.",
        )
