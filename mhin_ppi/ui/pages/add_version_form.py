"""Adding the next version of a draft: what becomes of the notes is known before and said after."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from ...domain.drafts import Draft, DraftVersion, VersionId
from ...services.boards import Services
from ...services.carried import Job, work_out
from ...services.carried_notes import CarriedNotes, Places
from ...services.outcome import Outcome
from ..messages import announce
from ..tasks import Task, Tasks
from ..widgets.buttons import button, reword
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from ..widgets.notice import ProgressRow
from .add_draft_form import ChooseFile, FileForm, ReadFile, choose_file
from .carried_facts import outcome_words
from .finding import Finding, watched
from .words_for import count_words

_SAVE, _SAVE_ANYWAY = "Add it", "Add it anyway"


class AddVersionForm(FileForm):
    """Adds the next version of a draft.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.
        draft: Which draft.
        number: The number the version will have.
        choose: Asks for a file.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        number: int,
        choose: ChooseFile = choose_file,
    ) -> None:
        super().__init__(
            f"Version {number} of “{draft.title}”",
            services=services,
            tasks=tasks,
            save_words=_SAVE,
            choose=choose,
        )
        self._draft, self._number = draft, number
        self._comparing: Task | None = None
        self._found: tuple[Job, Places] | None = None
        self.put(
            WrapLabel(
                "Notes on the earlier version stay where they are, and are found again in this "
                "one.",
                role="muted",
            )
        )

    def take(self, read: ReadFile) -> None:
        """Compare the file with the version before it: perhaps it is the wrong file."""
        self._found = None
        reword(self.save_button, _SAVE, gap=False)
        carrying, draft, text = self.services.carried, self._draft.id, read.text
        self.tasks.run(
            lambda: carrying.rehearsal(draft, text),
            owner=self,
            on_done=partial(self._compare, read),
        )

    def stop(self) -> None:
        """Stop reading and comparing; nothing has been added."""
        super().stop()
        if self._comparing is not None:
            self._comparing.stop()

    def save(self) -> None:
        """Add the version."""
        read = self.checked_file()
        if read is None:
            return
        services, draft, found = self.services, self._draft.id, self._found

        def work() -> Outcome[DraftVersion]:
            made = services.reviewing.add_version(
                draft, read.untrusted, file_name=read.name, text=read.text
            )
            if found is not None:
                services.carried.keep(*found)
            return made

        self.run(work)

    def _compare(self, read: ReadFile, job: Job | None) -> None:
        if job is None or read is not self.file:
            return
        task = self._comparing = self.tasks.run_long(
            partial(watched, lambda watch: work_out(job, watch=watch)),
            owner=self,
            on_done=lambda places: self._know(read, job, places),
            on_progress=self.progress.set_progress,
            on_end=lambda: self._compared(task),
        )
        self.progress.start(f"Comparing it with version {self._number - 1}…")

    def _know(self, read: ReadFile, job: Job, places: Places) -> None:
        if read is not self.file:
            return
        self._found = (job, places)
        if not places.is_another:
            return
        notes = count_words(len(job.spans), "marked part")
        lost = f" None of the {notes} would find its place." if job.spans else ""
        words = (
            f"These words are quite different from version {self._number - 1}.{lost} Is it the "
            "right file? You can choose another one, or add it anyway."
        )
        self.show_notice(words, tone="attention")
        announce(self, words)
        reword(self.save_button, _SAVE_ANYWAY, gap=False)

    def _compared(self, task: Task) -> None:
        if task is self._comparing:
            self._comparing = None
            self.progress.finish()


class VersionAdded(Card):
    """Says what became of the notes when a version has been added.

    Args:
        services: The open board.
        tasks: Runs the work.
        version: The version that was added.

    Signals:
        compare_wanted: The person wants to see what changed.
        check_wanted: They want to look at the notes in the new version.
        closed: They have read it.
    """

    compare_wanted = Signal()
    check_wanted = Signal()
    closed = Signal()

    def __init__(self, services: Services, tasks: Tasks, *, version: DraftVersion) -> None:
        super().__init__(f"Version {version.number} is added.")
        self._services, self._tasks = services, tasks
        self._version: VersionId = version.id
        self.words = WrapLabel()
        self.words.hide()
        self.progress = ProgressRow()
        before = version.number - 1
        self.compare = button(
            f"Compare with version {before}", icon="copy", on_press=self.compare_wanted.emit
        )
        self.check = button("Check", icon="circle-dot", on_press=self.check_wanted.emit)
        self.check.hide()
        close = button("Close", kind="quiet", on_press=self.closed.emit)
        for part in (
            self.words,
            self.progress,
            FlowRow(self.compare, self.check, close),
        ):
            self.add(part)
        self.finding = Finding(services, tasks, parent=self)
        self.finding.begun.connect(
            lambda: self.progress.start("Finding the notes of earlier versions…")
        )
        self.finding.progressed.connect(lambda done: self.progress.set_progress(done, 100))
        self.finding.found.connect(self._ask)
        self.finding.stopped.connect(self.progress.finish)
        self.progress.stop_wanted.connect(self.finding.stop)
        self.finding.start(self._version)

    def _ask(self) -> None:
        carrying, version = self._services.carried, self._version
        self._tasks.run(lambda: carrying.on(version), owner=self, on_done=self._say)

    def _say(self, told: CarriedNotes | None) -> None:
        self.progress.finish()
        if told is None:
            return
        said = outcome_words(told)
        if told.others:
            said = f"This is quite a different document, so no note finds its place. {said}"
        self.words.setText(said)
        self.words.show()
        waiting = len(told.waiting)
        self.check.setVisible(bool(waiting))
        reword(self.check, f"Check {count_words(waiting, 'note')}")
        announce(self, f"Version added. {said}")
