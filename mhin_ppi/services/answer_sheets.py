"""Answer sheets: open questions to a team in Word or Excel, and its answers read back in.

First everything that would be recorded is shown; nothing is recorded until the coordinator says so.
A row that is not clear is named and left out: nothing is guessed. The same sheet may be read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.annotations import Visibility
from ..domain.answer_sheet import AnswerSheet, FilledRow, SheetRow, code_of
from ..domain.drafts import Draft, DraftId
from ..domain.feedback_debt import Owed
from ..domain.log import LogEntry
from ..domain.projects import Project, ProjectId
from ..domain.responses import Answer, Decision
from ..errors import InputError
from .carried import Carrying
from .desk import COORDINATING, Desk
from .feedback_debt import Debt, FeedbackDebt
from .file_ports import SheetFiles
from .outcome import Outcome
from .ports import Progress, StopWanted
from .questions import Questions
from .quoted_warnings import QuotedWarnings, quoted_warnings
from .responses import Responses
from .sheet_rows import CheckedRow, SheetCheck, check_rows, identity_of
from .stories import Story


@dataclass(frozen=True, slots=True)
class LeavingSheet:
    """What goes to a team, gathered in one go.

    Args:
        sheet: The questions, worded and credited as they leave.
        kept_back: How many open questions stay here: those shared with the coordinator only.
    """

    sheet: AnswerSheet
    kept_back: int


@dataclass(frozen=True)
class AnswerSheets:
    """Answer sheets, out and in.

    Args:
        desk: The open board.
        files: Writes and reads them.
    """

    desk: Desk
    files: SheetFiles

    def leaving(
        self, *, project: ProjectId | None = None, draft: DraftId | None = None
    ) -> LeavingSheet:
        """Return the questions that still need an answer from a team.

        Args:
            project: Only those about this project.
            draft: Only those about this draft.

        Raises:
            NotAllowedError: Only a coordinator sends questions to the team.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="send questions to the team")
            board = self.desk.board(work).name
            title = _title(
                work.get(Draft, draft) if draft else None,
                work.get(Project, project) if project else None,
            )
        waiting = [
            debt
            for debt in FeedbackDebt(self.desk).everyone().debts
            if _is_open(debt) and _is_about(debt.story, project, draft)
        ]
        goes = [d for d in waiting if d.story.question.visibility is Visibility.BOARD]
        warnings = quoted_warnings(self.desk, Carrying(self.desk), (debt.story for debt in goes))
        rows = tuple(
            _row(number, debt.story, warnings) for number, debt in enumerate(goes, start=1)
        )
        sheet = AnswerSheet(title or board, board, self.desk.today(), rows)
        return LeavingSheet(sheet, len(waiting) - len(goes))

    def write(self, leaving: LeavingSheet, *, as_word: bool) -> bytes:
        """Return a sheet as a file; the board is not touched.

        Args:
            leaving: What goes.
            as_word: Word; Excel otherwise.

        Raises:
            InputError: There is no question to send.
        """
        if not leaving.sheet.rows:
            raise InputError(
                "There is no open question for the team here.",
                next_step="Choose another project or draft.",
            )
        write = self.files.write_word if as_word else self.files.write_excel
        return write(leaving.sheet)

    def read(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> tuple[FilledRow, ...]:
        """Return the rows of a sheet that came back; the board is not touched.

        Raises:
            DocumentError: It cannot be read, or is no answer sheet.
            Stopped: The person pressed Stop.
        """
        return self.files.read(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )

    def check(self, rows: Sequence[FilledRow]) -> SheetCheck:
        """Return what would be recorded from a sheet, and what would not, and why.

        Raises:
            NotAllowedError: Only a coordinator records the team's answers.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="record the team's answers")
        known = {code_of(s.question.id): s for s in Questions(self.desk).register()}
        return SheetCheck(check_rows(rows, known, today=self.desk.today()))

    def record(self, checked: SheetCheck) -> Outcome[int]:
        """Record what :meth:`check` found to be new or changed.

        Should it be broken off, reading the same sheet again goes on where it stopped.

        Returns:
            How many answers were recorded.

        Raises:
            NotAllowedError: Only a coordinator records answers, or one of the questions has been
                finished since.
        """
        entries: list[LogEntry] = []
        again = self.check([row.row for row in checked.to_record])
        for row in again.to_record:
            entries += self._respond(row).entries
        return Outcome(len(again.to_record), tuple(entries))

    def _respond(self, row: CheckedRow) -> Outcome[Story]:
        assert row.story is not None and row.decision is not None  # noqa: PT018, S101 - it is new
        answer = Answer(
            decision=row.decision,
            body=row.row.answer,
            reason=row.row.reason,
            decided_by=row.row.decided_by,
            decided_on=row.decided_on,
            was_earlier=row.decision is Decision.ALREADY_COVERED,
        )
        question = row.story.question.id
        return Responses(self.desk).to_question(question, answer, identity=identity_of(row))


def _is_open(debt: Debt) -> bool:
    return debt.owed is not Owed.TELLING and not debt.story.question.to_board


def _is_about(story: Story, project: ProjectId | None, draft: DraftId | None) -> bool:
    on_project = project is None or story.question.project == project
    return on_project and (draft is None or (story.draft is not None and story.draft.id == draft))


def _title(draft: Draft | None, project: Project | None) -> str:
    if draft is not None:
        return draft.title
    return project.title if project is not None else ""


def _row(number: int, story: Story, warnings: QuotedWarnings) -> SheetRow:
    note, passage = story.annotation, ""
    if note is not None and story.draft and story.version:
        where = f"{story.draft.title}, version {story.version.number}"
        quote = " ".join(note.passage.quote.split()) if note.passage else ""
        passage = f"“{quote}” ({where})" if quote else where
        # In a file nothing can be folded: what the words touch on comes before them.
        passage = " ".join(filter(None, (warnings.before(note.version, note.passage), passage)))
    return SheetRow(
        code=code_of(story.question.id),
        number=number,
        asked=story.question.body,
        passage=passage,
        asked_by=story.asked_by,
    )
