"""Coding to and from other programs: what would go or come is read before it does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.projects import Project, ProjectId
from ...errors import PPIError, StoreFullError, UnreadableError
from ...services.boards import Services
from ...services.coding_arriving import Arriving
from ...services.coding_leaving import Leaving
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, muted
from .form import Pick
from .framed_page import Column

SUFFIX = ".qdpx"
OPENS = "Coding projects and codebooks (*.qdpx *.qde *.qdc)"
LARGEST_BYTES = 100 * 1024 * 1024


class FilesSection(Column):
    """Two cards: a file for other programs, and a file from one.

    Args:
        services: The open board.
        tasks: Runs what takes time.

    Signals:
        said: A short sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self.project = Pick([])
        self.project.currentIndexChanged.connect(lambda _: self._forget())
        self.going, self.coming = Column(), Column()
        out, back = Card("For another program"), Card("From another program")
        out.add(
            WrapLabel(
                "One file (.qdpx) that NVivo, ATLAS.ti, MAXQDA, QualCoder and others open. It is "
                "not encrypted."
            )
        )
        out.add(FlowRow(button("See what goes", icon="eye", on_press=self.look)))
        out.add(self.going)
        back.add(
            WrapLabel(
                "Codes and coded texts from such a file (.qdpx), or a codebook alone (.qdc). "
                "Nothing is kept before you have read what it would bring."
            )
        )
        back.add(FlowRow(button("Choose a file", icon="folder-open", on_press=self.choose_file)))
        back.add(self.coming)
        self.show_only(
            FormRow("The project the file is about", self.project), out, back, stretch=True
        )
        self._space()
        theme_changes().changed.connect(self._space)

    def show_projects(self, projects: tuple[Project, ...], *, chosen: ProjectId | None) -> None:
        """Offer these projects; the one that is chosen on the page first."""
        wanted = chosen or self.project.value()
        self.project.blockSignals(True)
        self.project.offer((project.title, project.id) for project in projects)
        if wanted in [project.id for project in projects]:
            self.project.choose(wanted)
        self.project.blockSignals(False)

    # Going

    def look(self) -> None:
        """Say what would leave."""
        project, files = self.project.value(), self._services.coding.files
        if project is not None:
            self._tasks.run(lambda: files.leaving(project), owner=self, on_done=self._show_going)

    def _show_going(self, leaving: Leaving) -> None:
        write = button(
            "Write the file",
            icon="download",
            kind="primary",
            on_press=lambda: self.choose_place(leaving),
        )
        said: list[QWidget] = [WrapLabel(line) for line in leaving.said]
        self.going.show_only(*said, FlowRow(write))

    def choose_place(self, leaving: Leaving) -> None:
        """Ask where to write the file."""
        dialog = QFileDialog(self, QGuiApplication.applicationDisplayName())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.selectFile(f"coding{SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen), leaving))
        dialog.open()

    def save_to(self, file: Path, leaving: Leaving) -> None:
        """Write the file; one that is there is replaced once the new one is whole."""
        files = self._services.coding.files
        self._tasks.run(
            lambda: _write_whole(file, files.write(leaving)), owner=self, on_done=self._written
        )

    def _written(self, file: Path) -> None:
        words = f"Written to {file}. It is not encrypted: anybody who has the file can read it."
        messages.tell(self, words)
        self.going.show_only()
        self.said.emit("The file is written")

    # Coming

    def choose_file(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, QGuiApplication.applicationDisplayName(), "", OPENS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen)))
        dialog.open()

    def open_file(self, file: Path) -> None:
        """Say what a file would bring; nothing is kept yet."""
        project, files = self.project.value(), self._services.coding.files
        if project is None:
            return
        self._tasks.run(
            lambda: files.arriving(_read(file), file_name=file.name, project=project),
            owner=self,
            on_done=self._show_coming,
            on_problem=self._refused,
        )

    def _refused(self, problem: PPIError) -> None:
        self.coming.show_only(WrapLabel(problem.in_full(), role="attention"))
        messages.announce(self, problem.in_full(), at_once=True)

    def _show_coming(self, arriving: Arriving) -> None:
        said: list[QWidget] = [WrapLabel(line) for line in arriving.said]
        if not arriving.brings:
            self.coming.show_only(*said, muted("There is nothing new in it."))
            return
        take = button(
            "Bring this in",
            icon="check",
            kind="primary",
            on_press=lambda: self.take_in(arriving),
        )
        leave = button("Leave it", on_press=self.coming.clear)
        self.coming.show_only(*said, FlowRow(take, leave))

    def take_in(self, arriving: Arriving) -> None:
        """Keep what a file brings."""
        files = self._services.coding.files

        def done(_: object) -> None:
            self.coming.clear()
            messages.tell(self, "It is on your board now.")

        self._tasks.run(lambda: files.take_in(arriving), owner=self, on_done=done)

    def _forget(self) -> None:
        self.going.clear()
        self.coming.clear()

    def _space(self) -> None:
        for column in (self, self.going, self.coming):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(theme().space(2))


def _read(file: Path) -> bytes:
    """Return a file's bytes; one beyond the limit is cut, and refused by whoever reads it."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except OSError as cause:
        raise UnreadableError(
            f"“{file.name}” could not be opened.",
            next_step="Check that it is still there, then try again.",
        ) from cause


def _write_whole(file: Path, content: bytes) -> Path:
    half = file.with_name(f".{file.name}.half")
    try:
        half.write_bytes(content)
        return half.replace(file)
    except OSError as cause:
        half.unlink(missing_ok=True)
        raise StoreFullError(
            f"The file could not be written to {file}.",
            what_is_safe="The board has not been changed.",
            next_step="Choose another folder, or make room on the disk.",
        ) from cause
