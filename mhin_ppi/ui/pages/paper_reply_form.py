"""Typing in what somebody wrote on a reply slip, at the number they wrote it about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit

from ...domain.annotations import KIND_WORDS, AnnotationId, Visibility
from ...domain.blocks import BlockKind, DraftText
from ...domain.drafts import Draft, DraftVersion, VersionId
from ...domain.paper import (
    PaperNumbers,
    Range,
    numbers_from,
    paragraph_numbers,
    question_from,
    question_letter,
    range_words,
)
from ...domain.people import Credit, Person
from ...errors import InputError
from ...services.annotations import Noted
from ...services.boards import Services
from ...services.outcome import Outcome
from ..messages import announce
from ..tasks import Tasks
from ..widgets.buttons import reword
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel
from .form import Form, Pick, WordsBox
from .paper_print_form import version_pick
from .words_for import count_words

LONGEST_SHOWN = 500
SAY_AFTER_MS = 700
WHOLE = "About the whole draft."
SEEN_BY = (
    ("The board and the research team", Visibility.BOARD),
    ("Just the coordinator", Visibility.COORDINATOR),
)


class PaperReplyForm(Form):
    """One slip after the other: whose, about which number, what it is, the words, who sees them.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.
        draft: Which draft.
        versions: Its versions, oldest first.
        chosen: The version that was most likely printed.
        people: Whose words they may be.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        versions: Sequence[DraftVersion],
        chosen: VersionId,
        people: Sequence[Person],
    ) -> None:
        super().__init__(
            f"Type in paper replies to “{draft.title}”", tasks=tasks, save_words="Save and next"
        )
        self._services, self._kept = services, 0
        self._numbers: PaperNumbers | None = None
        self._questions: tuple[str, ...] = ()
        reword(self.cancel_button, "Done")
        self.whose = Pick((person.name, person.id) for person in people)
        self.ask("Whose words", self.whose)
        self.version = version_pick(versions, chosen)
        self.version.currentIndexChanged.connect(self._read)
        if len(versions) > 1:
            self.ask("Which version was printed", self.version)
        self._ask_what()
        self._pause = QTimer(self, singleShot=True, interval=SAY_AFTER_MS)
        self._pause.timeout.connect(lambda: announce(self.number, self.shown.text()))
        self._read()

    def _ask_what(self) -> None:
        self.number = QLineEdit()
        self.number.textChanged.connect(self._on_number)
        self.number_row = self.ask(
            "About paragraph no.",
            self.number,
            help_text="As on the slip: 12, 12-14 or 3, 5. A for an answer to Question A. "
            "Leave it empty for the whole draft.",
        )
        self.shown = WrapLabel()
        about = Card()
        about.add(self.shown)
        self.put(about)
        self.kind = Pick((words, kind) for kind, words in KIND_WORDS.items())
        self.ask("What it is", self.kind)
        self.words = WordsBox(lines=3)
        self.words_row = self.ask("Their words, as written", self.words)
        self.who = Pick(SEEN_BY)
        self.ask("Who may see it", self.who)
        self.not_named = QCheckBox("Do not show their name")
        self.put(self.not_named)

    # The number

    def _read(self) -> None:
        """Read the version that was printed, whose numbers count."""
        version, self._numbers = self.version.value(), None
        self.shown.setText("Opening…")
        paper = self._services.paper
        self.tasks.run(
            lambda: (paper.draft(version), paper.guiding_questions(version)),
            owner=self,
            on_done=lambda read: self._on_draft(*read),
        )

    def _on_draft(self, draft: DraftText, questions: tuple[str, ...]) -> None:
        self._numbers, self._questions = paragraph_numbers(draft), questions
        self._show_words()

    def _on_number(self) -> None:
        self.number_row.set_problem("")
        self._show_words()
        self._pause.start()

    def _show_words(self) -> None:
        """Show the words at the number as it is typed, so that one sees that it is right."""
        if self._numbers is None:
            return
        asked = self._asked()
        if asked:
            self.shown.setText(f"An answer to {asked[0]}: “{asked[1]}”")
            return
        try:
            ranges = numbers_from(self.number.text(), self._numbers)
        except InputError as problem:
            self.shown.setText(f"{problem.what_happened} {problem.next_step}")
            return
        said = [words_at(one, self._numbers) for one in ranges] or [WHOLE]
        if len(ranges) > 1:
            others = range_words(ranges[1:])
            said.append(f"The note will stand at the first, with a label that names {others}.")
        self.shown.setText("\n".join(said))

    def _asked(self) -> tuple[str, str] | None:
        """Return the guiding question that is named, as it is called and as it reads."""
        found = question_from(self.number.text(), count=len(self._questions))
        return (f"Question {question_letter(found)}", self._questions[found - 1]) if found else None

    # Saving

    def save(self) -> None:
        """Keep this slip, and be ready for the person's next one."""
        numbers = self._numbers
        if numbers is None:
            return
        body, written = self.words.words(), self.number.text()
        asked = self._asked()
        try:
            ranges = () if asked else numbers_from(written, numbers)
        except InputError as problem:
            self.number_row.set_problem(f"{problem.what_happened} {problem.next_step}")
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.words_row.set_problem("" if body else "Write what they wrote.")
        if not body:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        version, kind, person = self.version.value(), self.kind.value(), self.whose.value()
        visibility = self.who.value()
        credit = Credit.NOT_NAMED if self.not_named.isChecked() else None
        about = f"paragraph {range_words(ranges)}" if ranges else "the whole draft"
        about = asked[0] if asked else about
        said = f"Saved: {self.whose.currentText()}, {about}."
        self.notice.hide()
        self.save_button.setEnabled(False)
        self.tasks.run(
            lambda: self._services.paper.enter_reply(
                version,
                number_words=written,
                kind=kind,
                body=body,
                person=person,
                visibility=visibility,
                credit=credit,
            ),
            owner=self,
            on_done=lambda outcome: self._kept_one(outcome, said),
            on_problem=self.say_problem,
            on_end=lambda: self.save_button.setEnabled(True),
        )

    def _kept_one(self, outcome: Outcome[Noted], said: str) -> None:
        """Say so, keep the person and the version, and empty the rest."""
        self._kept += 1
        note = outcome.value.annotation.id
        words = f"{said} {count_words(self._kept, 'reply', many='replies')} typed in so far."
        self.show_notice(
            words, tone="good", action="Take it back", on_action=lambda: self._take_back(note)
        )
        announce(self, words)
        self.number.clear()
        self._pause.stop()
        self.words.clear()
        self.not_named.setChecked(False)
        self.kind.setCurrentIndex(0)
        self.who.setCurrentIndex(0)
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_back(self, note: AnnotationId) -> None:
        def gone(_: object) -> None:
            self._kept -= 1
            self.show_notice("It is taken back.", tone="good")
            announce(self, "It is taken back.")

        self.tasks.run(
            lambda: self._services.annotations.take_back(note),
            owner=self,
            on_done=gone,
            on_problem=self.say_problem,
        )


def words_at(numbers: Range, of: PaperNumbers) -> str:
    """Return the words at a range of numbers as the form shows them, under the nearest heading.

    Args:
        numbers: First and last; both are there.
        of: The numbers of the draft.
    """
    words = " ".join(of.words(numbers).split())
    if len(words) > LONGEST_SHOWN:
        half = LONGEST_SHOWN // 2
        words = f"{words[:half].rstrip()} … {words[-half:].lstrip()}"
    blocks = of.draft.blocks[: of.blocks[numbers[0] - 1]]
    heading = next((b.text for b in reversed(blocks) if b.kind is BlockKind.HEADING), "")
    under = f" (under “{heading}”)" if heading else ""
    return f"{range_words([numbers])}{under}: “{words}”"
