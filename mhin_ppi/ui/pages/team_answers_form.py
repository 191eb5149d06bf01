"""What the team answered in its own file: looked at first, then taken in."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.british import counted
from ...domain.drafts import Draft, DraftVersion, VersionId
from ...services.boards import Services
from ...services.came_back import CameBack, NotesHere
from ..messages import announce
from ..tasks import Progress, StopWanted, Task, Tasks
from ..widgets.labels import WrapLabel
from .add_draft_form import ChooseFile, FileForm, ReadFile
from .form import Pick
from .team_file_form import choose_team_file
from .words_for import version_words


class TeamAnswersForm(FileForm):
    """Which version, which file, and what is new in it.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        draft: Which draft.
        versions: Its versions, oldest first.
        chosen: The version offered.
        choose: Asks for the file.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        versions: Sequence[DraftVersion],
        chosen: VersionId,
        choose: ChooseFile = choose_team_file,
    ) -> None:
        super().__init__(
            f"What the team answered on “{draft.title}”",
            services=services,
            tasks=tasks,
            save_words="Add the answers",
            choose=choose,
        )
        self._came: CameBack | None = None
        self._checking: Task | None = None
        self.version = Pick(((version_words(v), v.id) for v in reversed(versions)), chosen=chosen)
        self.version.currentIndexChanged.connect(self._check_again)
        if len(versions) > 1:
            self.ask("Which version it is a copy of", self.version)
        self.found = WrapLabel()
        self.found.hide()
        self.put(self.found)
        self.save_button.setEnabled(False)

    def take(self, read: ReadFile) -> None:
        """Look at the comments, once the file itself has been read."""
        version, answers = self.version.value(), self.services.team_answers
        self._came = None
        self.save_button.setEnabled(False)
        self.found.hide()
        self.tasks.run(
            lambda: answers.here(version),
            owner=self,
            on_done=lambda here: self._check(here, read),
            on_problem=self.say_problem,
        )

    def _check_again(self) -> None:
        if self.file is not None:
            self.take(self.file)

    def _check(self, here: NotesHere, read: ReadFile) -> None:
        answers = self.services.team_answers

        def work(progress: Progress, stop_wanted: StopWanted) -> CameBack:
            return answers.check(
                here,
                read.untrusted,
                file_name=read.name,
                progress=progress,
                stop_wanted=stop_wanted,
            )

        self.progress.start("Looking at the comments…")
        self._checking = self.tasks.run_long(
            work,
            owner=self,
            on_done=lambda came: self._show(read, came),
            on_problem=self.say_problem,
            on_progress=self.progress.set_progress,
            on_end=self.progress.finish,
        )

    def stop(self) -> None:
        """Stop reading and looking; nothing has been taken in."""
        super().stop()
        if self._checking is not None:
            self._checking.stop()

    def _show(self, read: ReadFile, came: CameBack) -> None:
        if read is not self.file or came.version != self.version.value():
            return
        self._came = came
        self.found.setText(what_came(came))
        self.found.show()
        self.save_button.setEnabled(not came.is_nothing)
        announce(self, self.found.text())

    def save(self) -> None:
        """Take in what was found."""
        came = self._came
        if came is not None and not came.is_nothing:
            self.run(lambda: self.services.team_answers.take_in(came))


def what_came(came: CameBack) -> str:
    """Return what a file holds that is new, and that nothing has been kept yet."""
    parts = []
    if came.replies:
        parts.append(counted(len(came.replies), "reply", "replies") + " to notes")
    if came.remarks:
        parts.append(counted(len(came.remarks), "comment") + " of their own")
    if came.closed:
        parts.append(counted(len(came.closed), "note") + " they marked as resolved")
    known = f" {counted(came.known, 'comment is', 'comments are')} here already."
    if not parts:
        return f"There is nothing new in this file.{known if came.known else ''}"
    said = f"New in this file: {'; '.join(parts)}."
    if came.unplaced:
        said += (
            f" {counted(came.unplaced, 'comment is', 'comments are')} on words that this version "
            "does not have, and will be shown as being about the whole draft."
        )
    return (
        f"{said}{known if came.known else ''} Nothing is added until you press “Add the answers”."
    )
