"""Linking a changed passage to the question it came from, beside the comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from ...domain.comparison import Comparison
from ...domain.questions import QuestionId
from ...domain.responses import CERTAINTY_WORDS, LED_TO
from ...services.changed_passages import ChangedPassages, LinkedChange
from ...services.stories import Story
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .compare_facts import Compared
from .form import Choice, Form, Pick
from .story_links import short

MOST_OFFERED = 50


class LinkForm(Form):
    """Which question a changed passage came from, and how sure that is.

    Args:
        changed: Records the link.
        tasks: Runs the saving.
        compared: The two versions.
        number: The number of the change.
        stories: The questions it can be linked to.
        hidden: Whether its words are folded away, for what they touch on.
    """

    def __init__(
        self,
        changed: ChangedPassages,
        tasks: Tasks,
        *,
        compared: Compared,
        number: int,
        stories: Sequence[Story],
        hidden: bool = False,
    ) -> None:
        super().__init__("This came from a question", tasks=tasks, save_words="Link them")
        self._changed, self._compared, self._number = changed, compared, number
        self._stories = stories
        words = "" if hidden else passage_words(compared.comparison, number)
        self.put(WrapLabel(words or "The words of this part are folded away."))
        self.filter = QLineEdit()
        self.filter.textChanged.connect(lambda _: self._offer())
        self.ask("Find words in the question", self.filter)
        self.question = Pick(())
        self.question_row = self.ask("Which question", self.question)
        self.sure = Choice(
            [(said, code) for code, said in CERTAINTY_WORDS.items()],
            name="Did the question lead to it?",
            chosen=LED_TO,
        )
        self.ask("Did the question lead to it?", self.sure)
        if not stories:
            self.put(
                muted("No question can be linked yet: a question needs the team's answer first.")
            )
        self._offer()

    def save(self) -> None:
        """Link them."""
        question, sure = self.question.value(), self.sure.value()
        self.question_row.set_problem("" if question else "Choose a question.")
        if question is None:
            return
        both, change = self._compared.both, self._compared.comparison.changes[self._number]
        self.run(
            lambda: self._changed.link(
                question,
                old=(both.old.id, change.old),
                new=(both.new.id, change.new),
                certainty=sure,
            )
        )

    def _offer(self) -> None:
        wanted = self.filter.text().casefold().split()
        fitting = [
            story
            for story in self._stories
            if all(word in story.question.body.casefold() for word in wanted)
        ]
        nothing: tuple[str, object] = (
            "Choose one" if fitting else "No question has these words",
            None,
        )
        some = fitting[:MOST_OFFERED]
        listed = [(f"{short(s.question.body)} ({s.asked_by})", s.question.id) for s in some]
        self.question.offer([nothing, *listed])


def passage_words(comparison: Comparison, number: int) -> str:
    """Return a change as old and new words, short enough to recognise it."""
    change = comparison.changes[number]
    before = short(comparison.old_text[slice(*change.old)])
    after = short(comparison.new_text[slice(*change.new)])
    if not before.strip():
        return f"Added: “{after}”"
    return f"Before: “{before}”\nNow: “{after}”" if after.strip() else f"Taken out: “{before}”"


def change_at(comparison: Comparison, linked: LinkedChange) -> int | None:
    """Return the number of the change that a linked one lies in, or the one nearest before it."""
    if linked.new is None:
        return None
    start, end = linked.new
    numbers = range(len(comparison.changes))
    touching = [n for n in numbers if _meets(comparison.changes[n].new, start, end)]
    before = [n for n in numbers if comparison.changes[n].new[0] <= start]
    return touching[0] if touching else (before[-1] if before else None)


def _meets(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] < end and span[1] > start or (span[0] == span[1] and start <= span[0] <= end)


def linked_card(
    linked: LinkedChange,
    comparison: Comparison,
    *,
    on_show: Callable[[int], object],
    on_story: Callable[[QuestionId], object],
) -> QWidget:
    """Return a card of a change that a question is linked to: from here back to the question.

    Args:
        linked: The change and its question.
        comparison: The two versions.
        on_show: Told the number of the change to bring into view.
        on_story: Told the id of the question whose story is wanted.
    """
    card, question = Card(), linked.story.question
    words = question.body or "These words were taken back."
    card.setAccessibleName(words)
    card.add(WrapLabel(words, copyable=True))
    sure = CERTAINTY_WORDS.get(linked.change.certainty, "")
    card.add(muted(f"{linked.story.asked_by} · {sure}"))
    row = FlowRow()
    number = change_at(comparison, linked)
    if number is not None:
        show = button("Show the part", icon="search", on_press=partial(on_show, number))
        show.setAccessibleDescription(words)
        row.add(show)
    see = button("See the question", icon="message-square", on_press=partial(on_story, question.id))
    see.setAccessibleDescription(words)
    row.add(see)
    card.add(row)
    return card
