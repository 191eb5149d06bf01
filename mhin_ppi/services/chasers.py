"""Reminders to whoever holds a question: drafted here, sent by the person, then recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..domain import british
from ..domain.annotations import Visibility
from ..domain.feedback_debt import COORDINATOR
from ..domain.questions import Question, QuestionId
from ..domain.register import Chaser, ChaserId
from ..domain.spaces import space_of
from ..errors import InputError
from .carried import Carrying
from .desk import COORDINATING, Desk, keep
from .feedback_debt import Debt
from .outcome import Outcome
from .quoted_warnings import QuotedWarnings, quoted_warnings


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder in plain words, not sent yet.

    Args:
        to: Who is reminded.
        subject: One line for a mail.
        text: The words.
        questions: The questions it speaks of, those that it does not quote among them.
        kept_back: How many of them are for the coordinator only, and so are not quoted.
    """

    to: str
    subject: str
    text: str
    questions: tuple[QuestionId, ...]
    kept_back: int


@dataclass(frozen=True)
class Chasers:
    """Drafting reminders and recording that they were sent."""

    desk: Desk

    def draft(self, debts: Sequence[Debt]) -> tuple[Reminder, ...]:
        """Return one reminder for each holder, whoever holds most first.

        A question that its asker shared with the coordinator only is quoted to nobody; nor is the
        coordinator sent a reminder.

        Raises:
            NotAllowedError: Only a coordinator sends reminders.
        """
        with self.desk.store.unit_of_work() as work:
            sender = self.desk.require(work, *COORDINATING, doing="send reminders").name
            board = self.desk.board(work).name
        held: dict[str, list[Debt]] = {}
        for debt in debts:
            if debt.held_by != COORDINATOR:
                held.setdefault(debt.held_by, []).append(debt)
        told = (debt.story for debts in held.values() for debt in debts)
        warnings = quoted_warnings(self.desk, Carrying(self.desk), told)
        most_first = sorted(held.items(), key=lambda one: -len(one[1]))
        return tuple(_reminder(to, waits, sender, board, warnings) for to, waits in most_first)

    def record(
        self, questions: Iterable[QuestionId], *, to: str, on: date | None = None
    ) -> Outcome[int]:
        """Record that a reminder was sent.

        Args:
            questions: What it spoke of.
            to: Who was reminded.
            on: The day; today unless said otherwise.

        Returns:
            How many questions it spoke of.

        Raises:
            NotAllowedError: Only a coordinator records reminders.
            InputError: That day has not come yet, or nobody is named.
        """
        day = on or self.desk.today()
        if day > self.desk.today():
            raise InputError("That day has not come yet.", next_step="Choose today or earlier.")
        if not to.strip():
            raise InputError("It does not say who was reminded.", next_step="Write who it was.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="record reminders")
            asked = list(dict.fromkeys(questions))
            for question in asked:
                chaser = Chaser(
                    id=ChaserId(self.desk.new_id()),
                    question=question,
                    to=to.strip(),
                    on=day,
                    by=self.desk.store.person,
                )
                keep(work, chaser, space=space_of(work.get(Question, question)))
            return Outcome(len(asked), work.commit())


def _reminder(
    to: str, waits: Sequence[Debt], sender: str, board: str, warnings: QuotedWarnings
) -> Reminder:
    quoted = [w for w in waits if w.story.question.visibility is Visibility.BOARD]
    back = len(waits) - len(quoted)
    parts = [f"Dear {_greeted(to)},"]
    if quoted:
        asked = british.counted(len(quoted), "question waits", "questions wait")
        parts.append(
            f"{asked} for an answer from you. The people who asked were promised one, and would be "
            "glad of a few plain sentences. “We will not change this, because …” is an answer too."
        )
    parts += [_asked(number, debt, warnings) for number, debt in enumerate(quoted, start=1)]
    if back:
        more = british.counted(back, "more question waits", "more questions wait")
        was = "was" if back == 1 else "were"
        parts.append(f"{more} that {was} asked in confidence. I will talk to you about it.")
    parts.append(f"Thank you.\n\n{sender}\n{board}")
    subject = british.counted(len(waits), "question waits", "questions wait")
    return Reminder(
        to=to,
        subject=f"{subject} for your answer",
        text="\n\n".join(parts),
        questions=tuple(debt.question for debt in waits),
        kept_back=back,
    )


def _greeted(to: str) -> str:
    """Return a holder as one writes to them ("PCREF team")."""
    return to.removeprefix("the ")


def _asked(number: int, debt: Debt, warnings: QuotedWarnings) -> str:
    story = debt.story
    days = british.counted(debt.waited_days, "working day")
    asked = f"{number}. {debt.owed_to} asked on {_plain(british.day(debt.since))} ({days} ago):"
    lines = [asked, f"   “{story.question.body}”"]
    note = story.annotation
    if note is not None and note.passage is not None and story.draft and story.version:
        where = f"{story.draft.title}, version {story.version.number}"
        # In a mail nothing can be folded: what the words touch on comes before them.
        warning = warnings.before(note.version, note.passage)
        lines += [f"   {warning}"] if warning else []
        lines.append(f"   About these words in {where}: “{' '.join(note.passage.quote.split())}”")
    if debt.days_over:
        over = british.counted(debt.days_over, "working day")
        lines.append(f"   We promised an answer by {_plain(british.day(debt.due_on))}: {over} ago.")
    if debt.reminders:
        lines.append(f"   We asked you before on {_plain(british.day(debt.reminders[-1].on))}.")
    return "\n".join(lines)


def _plain(words: str) -> str:
    """Return words with ordinary spaces, for a mail."""
    return words.replace(british.NO_BREAK_SPACE, " ")
