"""Adding a draft from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ...domain.blocks import DraftText
from ...domain.drafts import DraftKind, DraftVersion
from ...domain.projects import Project
from ...errors import PPIError, UnreadableError, UnsupportedError
from ...services.boards import Services
from ...services.outcome import Outcome
from ..messages import announce
from ..tasks import Task, Tasks
from ..widgets.buttons import button, reword
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from ..widgets.notice import ProgressRow
from .form import Form, Pick
from .words_for import DRAFT_KIND_WORDS, count_words

LARGEST_FILE_BYTES = 500 * 1024 * 1024
FILE_KINDS = "Drafts (*.docx *.pdf *.pptx *.odt *.md *.txt);;All files (*)"
SLIDES = (".pptx", ".ppsx", ".potx")
ChooseFile = Callable[[QWidget], Path | None]
_NEW_PROJECT = "new"


def choose_file(parent: QWidget) -> Path | None:
    """Ask for a file with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Choose the draft", "", FILE_KINDS)
    return Path(chosen) if chosen else None


@dataclass(frozen=True)
class ReadFile:
    """A file that has been read: its name, its bytes, and its text."""

    name: str
    untrusted: bytes
    text: DraftText


class FileForm(Form):
    """A form that begins with a file, which is read at once and beside the window.

    Args:
        heading: What the form is for.
        services: The open board.
        tasks: Runs the reading and the saving.
        save_words: Words of the button that saves.
        choose: Asks for a file.
    """

    def __init__(
        self,
        heading: str,
        *,
        services: Services,
        tasks: Tasks,
        save_words: str,
        choose: ChooseFile = choose_file,
    ) -> None:
        super().__init__(heading, tasks=tasks, save_words=save_words)
        self.services, self._choose = services, choose
        self.file: ReadFile | None = None
        self._reading: Task | None = None
        self.file_button = button("Choose a file", icon="folder-open", on_press=self.choose)
        self.file_row: FormRow = self.ask(
            "The file",
            self.file_button,
            help_text="Word, PDF, PowerPoint, OpenDocument, Markdown or text.",
        )
        self.file_button.setAccessibleName("Choose a file")
        self.file_words = WrapLabel(role="muted")
        self.file_words.hide()
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self.stop)
        self.put(self.file_words)
        self.put(self.progress)
        self.cancelled.connect(self.stop)

    def choose(self) -> None:
        """Ask which file, and begin to read it."""
        path = self._choose(self)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file; the form waits for it but the window does not."""
        self.stop()
        self.file = None
        self.notice.hide()
        self.file_row.set_problem("")
        self.file_words.hide()
        self.progress.start(f"Reading {path.name}…")
        reviewing = self.services.reviewing

        def work(progress: Callable[[int, int], None], stop: Callable[[], bool]) -> ReadFile:
            untrusted = bytes_of(path)
            text = reviewing.read(
                untrusted, file_name=path.name, progress=progress, stop_wanted=stop
            )
            return ReadFile(path.name, untrusted, text)

        self._reading = task = self.tasks.run_long(
            work,
            owner=self,
            on_done=lambda read: self._on_read(task, read),
            on_problem=lambda problem: self._on_unreadable(task, problem),
            on_progress=self.progress.set_progress,
            on_end=lambda: self._on_end(task),
        )

    def stop(self) -> None:
        """Stop reading; nothing has been added."""
        if self._reading is not None:
            self._reading.stop()

    def take(self, read: ReadFile) -> None:
        """Use what a file says of itself; for forms that ask more than the file."""

    def checked_file(self) -> ReadFile | None:
        """Return the file, or say in the form that one is needed."""
        if self.file is None:
            reading = self._reading is not None
            self.file_row.set_problem(
                "The file is still being read. Save again in a moment."
                if reading
                else "Choose the file first."
            )
        return self.file

    def _on_read(self, task: Task, read: ReadFile) -> None:
        if task is not self._reading:
            return
        self.file = read
        length = count_words(len(read.text.text.split()), "word")
        pages = f"{count_words(read.text.pages, 'page')}, " if read.text.pages else ""
        said = f"{read.name} · {pages}{length}. {' '.join(read.text.notes)}".strip()
        self.file_words.setText(said)
        self.file_words.show()
        reword(self.file_button, "Choose another file")
        announce(self, f"The file has been read. {said}")
        self.take(read)

    def _on_unreadable(self, task: Task, problem: PPIError) -> None:
        if task is self._reading:
            self.say_problem(problem)

    def _on_end(self, task: Task) -> None:
        if task is self._reading:
            self._reading = None
            self.progress.finish()


class AddDraftForm(FileForm):
    """Adds a draft.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.
        projects: To choose from.
        choose: Asks for a file.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        projects: Sequence[Project],
        choose: ChooseFile = choose_file,
    ) -> None:
        super().__init__(
            "Add a draft", services=services, tasks=tasks, save_words="Add it", choose=choose
        )
        self.title = QLineEdit()
        self.title_row = self.ask("What people will call it", self.title)
        self._guessed = ""
        choices: list[tuple[str, object]] = [(p.title, p.id) for p in projects]
        self.project = Pick([*choices, ("A new project", _NEW_PROJECT)])
        self.ask("Project", self.project)
        self.new_project = QLineEdit()
        self.new_project_row = self.ask("Name of the new project", self.new_project)
        self.kind = Pick((words, kind) for kind, words in DRAFT_KIND_WORDS.items())
        self.ask("What it is", self.kind)
        self.project.currentIndexChanged.connect(self._show_new_project)
        self._show_new_project()

    def take(self, read: ReadFile) -> None:
        """Offer the file's own title, unless the person has written one, and tell slides."""
        guess = " ".join(read.text.title.split()) or Path(read.name).stem.replace("_", " ")
        if self.title.text().strip() in ("", self._guessed):
            self.title.setText(guess)
            self._guessed = guess
        if Path(read.name).suffix.lower() in SLIDES:
            self.kind.choose(DraftKind.SLIDES)

    def save(self) -> None:
        """Add the draft, and its project when that is new."""
        read = self.checked_file()
        title, kind = self.title.text(), self.kind.value()
        project, new = self.project.value(), self.new_project.text()
        self.title_row.set_problem("" if title.strip() else "Write what people will call it.")
        wanted = project == _NEW_PROJECT and not new.strip()
        self.new_project_row.set_problem("Write the project's name." if wanted else "")
        if read is None or not title.strip() or wanted:
            return
        services = self.services

        def work() -> Outcome[DraftVersion]:
            before = services.people.add_project(new) if project == _NEW_PROJECT else None
            made = services.reviewing.add_draft(
                read.untrusted,
                file_name=read.name,
                project=before.value.id if before else project,
                title=title,
                kind=DraftKind(kind),
                text=read.text,
            )
            return Outcome(made.value, (*(before.entries if before else ()), *made.entries))

        self.run(work)

    def _show_new_project(self) -> None:
        self.new_project_row.setVisible(self.project.value() == _NEW_PROJECT)


def bytes_of(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UnreadableError: The computer cannot open it.
        UnsupportedError: It is far too large for a draft.
    """
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise UnsupportedError(
                f"“{path.name}” is larger than half a gigabyte.",
                next_step="Save it without its pictures, then choose it again.",
            )
        return path.read_bytes()
    except OSError as cause:
        raise UnreadableError(
            f"“{path.name}” could not be opened.",
            next_step="Check that it is still there and that no other program holds it.",
        ) from cause
