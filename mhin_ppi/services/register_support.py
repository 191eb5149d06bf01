"""“I'd ask this too”: said by members of another's question, and taken back as easily.

It is read beside a question and nowhere else: nothing is counted against anybody, and no list is
ever put in its order.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.annotations import Visibility
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.people import Credit, Person, credited_as
from ..domain.questions import Question, QuestionId
from ..domain.register import Support, SupportId
from ..domain.spaces import space_of
from ..errors import NotAllowedError
from .desk import Desk, alter, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class SupportSeen:
    """Somebody who would ask a question too, as others see it.

    Args:
        support: What they said.
        name: How they want to be named.
        is_mine: Whether it is the person at this laptop.
    """

    support: Support
    name: str
    is_mine: bool


@dataclass(frozen=True)
class Supporting:
    """Saying “I'd ask this too”."""

    desk: Desk

    def of(self, question: QuestionId) -> list[SupportSeen]:
        """Return who would ask a question too, earliest first."""
        with self.desk.store.unit_of_work() as work:
            word = self.desk.board(work).member_word
            people = {person.id: person for person in work.find(Person)}
            # Said by one person on two laptops before they exchanged, it is said once.
            said = {one.person: one for one in reversed(work.find(Support, question=question))}
            return [
                SupportSeen(
                    one,
                    credited_as(people[one.person], choice=one.credit, member_word=word),
                    one.person == self.desk.store.person,
                )
                for one in reversed(said.values())
                if one.person in people
            ]

    def mine(self) -> frozenset[str]:
        """Return the questions the person at this laptop would ask too (ids as text)."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Support, person=self.desk.store.person)
        return frozenset(str(one.question) for one in found)

    def say(
        self, question: QuestionId, *, body: str = "", credit: Credit | None = None
    ) -> Outcome[Support]:
        """Say “I'd ask this too”; saying it again replaces the words and the name of before.

        Args:
            question: Another person's question that the whole board may see.
            body: Anything the person adds, in their own words.
            credit: How they want to be named for it; ``None`` for their usual choice.

        Raises:
            NotAllowedError: It is their own question, one the team asked, one that was taken back,
                or one kept between its asker and the coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            self._check(found)
            before = self._mine(work, question)
            if before is not None:
                return Outcome(alter(work, before, body=body.strip(), credit=credit), work.commit())
            made = Support(
                id=SupportId(self.desk.new_id()),
                question=question,
                person=self.desk.store.person,
                at=self.desk.now(),
                body=body.strip(),
                credit=credit,
            )
            keep(work, made, space=space_of(found))
            return Outcome(made, work.commit())

    def take_back(self, question: QuestionId) -> Outcome[bool]:
        """Take back “I'd ask this too”, with any words that went with it.

        Returns:
            Whether there was anything to take back.
        """
        with self.desk.store.unit_of_work() as work:
            mine = work.find(Support, question=question, person=self.desk.store.person)
            if not mine:
                return Outcome(False)
            space = space_of(work.get(Question, question))
            for one in mine:
                work.record(space, [SetOp(entity_of(one), "gone", True)])
            outcome = Outcome(True, work.commit())
        for one in mine:
            self.desk.store.forget(Support, one.id)
        return outcome

    def _mine(self, work: UnitOfWork, question: QuestionId) -> Support | None:
        found = work.find(Support, question=question, person=self.desk.store.person)
        return found[0] if found else None

    def _check(self, question: Question) -> None:
        if question.to_board:
            raise NotAllowedError(
                "The team asks this, and you can answer it.", next_step="Write your answer instead."
            )
        if question.asker == self.desk.store.person:
            raise NotAllowedError("This question is yours already.")
        if question.visibility is not Visibility.BOARD or not question.body:
            raise NotAllowedError("This question is not shared with the board.")


def others_words(number: int) -> str:
    """Return how many others would ask a question too, in words; "" for nobody.

    >>> others_words(1), others_words(2)
    ('1 other would ask this too', '2 others would ask this too')
    """
    if not number:
        return ""
    return f"{number} {'other' if number == 1 else 'others'} would ask this too"
