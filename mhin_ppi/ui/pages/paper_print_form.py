"""A draft as a PDF to print, for somebody who reads and replies on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.drafts import Draft, DraftVersion, VersionId
from ...domain.paper_content import PaperDraft
from ...services.boards import Services
from ..tasks import Progress, StopWanted, Task, Tasks
from ..widgets.labels import muted
from ..widgets.notice import ProgressRow
from .form import Choice, Form, Pick
from .whole_file import write_whole
from .words_for import version_words

ChoosePlace = Callable[[QWidget, str], Path | None]


def choose_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write a PDF, with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Where to write the draft for paper", name, "PDF (*.pdf)"
    )
    return Path(chosen) if chosen else None


def version_pick(versions: Sequence[DraftVersion], chosen: VersionId) -> Pick:
    """Return a menu of versions, the newest first."""
    return Pick(((version_words(one), one.id) for one in reversed(versions)), chosen=chosen)


class PaperPrintForm(Form):
    """Which version, how large the letters are, and where the PDF goes.

    Args:
        services: The open board.
        tasks: Runs the drawing.
        draft: Which draft.
        versions: Its versions, oldest first.
        chosen: The version offered.
        choose: Asks for a place.

    Signals:
        saved: The file that was written.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        versions: Sequence[DraftVersion],
        chosen: VersionId,
        choose: ChoosePlace = choose_place,
    ) -> None:
        super().__init__(
            f"Print “{draft.title}” or save it for paper", tasks=tasks, save_words="Save the PDF"
        )
        self._services, self._choose = services, choose
        self._drawing: Task | None = None
        self._numbers = {one.id: one.number for one in versions}
        self.put(
            muted(
                "Every paragraph has a number in the margin. The team’s questions have room to "
                "write, and there are slips to reply on. Print the PDF from any program."
            )
        )
        self.version = version_pick(versions, chosen)
        if len(versions) > 1:
            self.ask("Which version", self.version)
        sizes = (("Plain print, 12 points", False), ("Large print, 18 points", True))
        self.letters = Choice(sizes, name="How large the letters are", chosen=False)
        self.ask("How large the letters are", self.letters)
        # The row gives its own words to the first choice, which would no longer say which it is.
        self.letters.name_choices()
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self.stop)
        self.put(self.progress)
        self.cancelled.connect(self.stop)

    def save(self) -> None:
        """Ask where the PDF goes, then gather and draw it."""
        version, large = self.version.value(), bool(self.letters.value())
        size = ", large print" if large else ""
        number = self._numbers[version]
        file = self._choose(self, f"Draft to read, version {number}{size}.pdf")
        if file is None:
            return
        self.notice.hide()
        self.save_button.setEnabled(False)
        self.progress.start("Making the PDF…")
        self.tasks.run(
            lambda: self._services.paper.content(version, large_print=large),
            owner=self,
            on_done=lambda content: self._draw(content, file),
            on_problem=self.say_problem,
            on_end=self._ended,
        )

    def stop(self) -> None:
        """Stop drawing; nothing is left behind."""
        if self._drawing is not None:
            self._drawing.stop()

    def _draw(self, content: PaperDraft, file: Path) -> None:
        paper = self._services.paper

        def work(progress: Progress, stop_wanted: StopWanted) -> Path:
            drawn = paper.draw(content, progress=progress, stop_wanted=stop_wanted)
            return write_whole(file, drawn, what="The draft for paper")

        self._drawing = self.tasks.run_long(
            work,
            owner=self,
            on_done=self.saved.emit,
            on_problem=self.say_problem,
            on_progress=self.progress.set_progress,
            on_end=self._drawn,
        )

    def _drawn(self) -> None:
        self._drawing = None
        self._ended()

    def _ended(self) -> None:
        """Be ready again, unless the PDF is still being drawn."""
        if self._drawing is None:
            self.progress.finish()
            self.save_button.setEnabled(True)
