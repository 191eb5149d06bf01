"""The board's notes into the team's own file: what goes, to whom, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import counted
from ...domain.drafts import Draft, DraftVersion, VersionId
from ...services.boards import Services
from ...services.team_files import Leaving
from ..tasks import Progress, StopWanted, Task, Tasks
from ..widgets.labels import WrapLabel, muted
from ..widgets.notice import ProgressRow
from .add_draft_form import ChooseFile, bytes_of
from .form import Choice, Form, Pick
from .whole_file import write_whole
from .words_for import version_words

ChoosePlace = Callable[[QWidget, str], Path | None]
OWN, LATER, ALONE = "own", "later", "alone"
_FILES = (
    ("The file this version was read from", OWN),
    ("A later copy of it, in which they have worked on", LATER),
    ("The notes alone, for another program (W3C Web Annotations)", ALONE),
)
SAFE = "Nobody sees this until you send it. The file is not encrypted."


def choose_team_file(parent: QWidget) -> Path | None:
    """Ask for the team's copy with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Choose the team's file", "", "Word or PDF (*.docx *.pdf);;All files (*)"
    )
    return Path(chosen) if chosen else None


def choose_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the file with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the team's file", name)
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class WrittenForTeam:
    """What was written.

    Args:
        file: Where.
        notes: How many notes are in it.
        apart: How many of them could not stand on their words.
    """

    file: Path
    notes: int
    apart: int

    def sentence(self) -> str:
        """Return what a person is told."""
        said = f"Written to {self.file}, with {counted(self.notes, 'note')} in it."
        if self.apart:
            said += (
                f" {counted(self.apart, 'note')} could not be put beside the words: "
                "look for them at the start, with the words quoted."
            )
        return f"{said} {SAFE}"


class TeamFileForm(Form):
    """Which version, which file, and what goes.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        draft: Which draft.
        versions: Its versions, oldest first.
        chosen: The version offered.
        choose: Asks for the team's copy.
        choose_place: Asks where to write.

    Signals:
        saved: What was written (``WrittenForTeam``).
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
        choose_place: ChoosePlace = choose_place,
    ) -> None:
        super().__init__(
            f"The board's notes in the team's file of “{draft.title}”",
            tasks=tasks,
            save_words="Write the file",
        )
        self._services, self._choose, self._choose_place = services, choose, choose_place
        self._leaving: Leaving | None = None
        self._writing: Task | None = None
        self.version = Pick(((version_words(v), v.id) for v in reversed(versions)), chosen=chosen)
        self.version.currentIndexChanged.connect(self._gather)
        if len(versions) > 1:
            self.ask("Which version", self.version)
        self.goes = WrapLabel()
        self.put(self.goes)
        self.kind = Choice(_FILES, name="Which file", chosen=OWN)
        self.ask("Which file", self.kind)
        self.put(muted(SAFE))
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self.stop)
        self.put(self.progress)
        self.cancelled.connect(self.stop)
        self._gather()

    def _gather(self) -> None:
        version = self.version.value()
        self._leaving = None
        self.goes.setText("Checking what would go…")
        self.tasks.run(
            lambda: self._services.team_files.leaving(version),
            owner=self,
            on_done=lambda leaving: self._show(version, leaving),
            on_problem=self.say_problem,
        )

    def _show(self, version: VersionId, leaving: Leaving) -> None:
        if version != self.version.value():
            return
        self._leaving = leaving
        self.goes.setText(what_goes(leaving))

    def save(self) -> None:
        """Ask for the files, then write."""
        leaving, kind = self._leaving, self.kind.value()
        if leaving is None:
            return
        theirs = self._choose(self) if kind == LATER else None
        if kind == LATER and theirs is None:
            return
        self.notice.hide()
        self.save_button.setEnabled(False)
        if theirs is None and kind == OWN:
            version = self.version.value()
            self.tasks.run(
                lambda: self._services.team_files.original(version),
                owner=self,
                on_done=lambda found: self._write(leaving, *found),
                on_problem=self._give_up,
            )
        elif theirs is not None:
            self._write(leaving, None, theirs.name, path=theirs)
        else:
            self._write(leaving, None, "notes.jsonld")

    def _write(
        self, leaving: Leaving, untrusted: bytes | None, name: str, *, path: Path | None = None
    ) -> None:
        suggested = f"{Path(name).stem} with notes{Path(name).suffix}"
        file = self._choose_place(self, suggested)
        if file is None:
            self.save_button.setEnabled(True)
            return
        self.progress.start("Writing the file…")
        team = self._services.team_files

        def work(progress: Progress, stop_wanted: StopWanted) -> WrittenForTeam:
            content = bytes_of(path) if path else untrusted
            if content is None:
                drawn, apart = team.as_annotations(leaving), 0
            else:
                placed = team.into(
                    leaving, content, file_name=name, progress=progress, stop_wanted=stop_wanted
                )
                drawn, apart = placed.file, len(placed.lost_words)
            write_whole(file, drawn, what="The file for the team")
            return WrittenForTeam(file, len(leaving.notes), apart)

        self._writing = self.tasks.run_long(
            work,
            owner=self,
            on_done=self.saved.emit,
            on_problem=self.say_problem,
            on_progress=self.progress.set_progress,
            on_end=self._ended,
        )

    def stop(self) -> None:
        """Stop writing; nothing is left behind."""
        if self._writing is not None:
            self._writing.stop()

    def _give_up(self, problem: Exception) -> None:
        self.save_button.setEnabled(True)
        self.say_problem(problem)  # type: ignore[arg-type]

    def _ended(self) -> None:
        self._writing = None
        self.progress.finish()
        self.save_button.setEnabled(True)


def what_goes(leaving: Leaving) -> str:
    """Return exactly what would go, and what stays."""
    if not leaving.notes:
        said = "There are no notes for the team on this version yet."
    else:
        replies = sum(bool(note.reply_to) for note in leaving.notes)
        with_replies = f", including {counted(replies, 'reply', 'replies')}" if replies else ""
        said = (
            f"{counted(len(leaving.notes), 'note')} will be in the file{with_replies}. "
            "Each is shown under the name its writer chose."
        )
    if leaving.kept_back:
        stay = counted(leaving.kept_back, "note will not go", "notes will not go")
        said += f" {stay}: only for the coordinator, or for the person who wrote it."
    return said
