"""Putting another form of a draft beside it: Easy Read, a translation, a recording."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ...domain.companions import CompanionKind
from ...domain.drafts import Draft, DraftVersion
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.labels import WrapLabel
from .add_draft_form import ChooseFile, bytes_of
from .companion_words import COMPANION_WORDS
from .form import Form, Pick

FILE_KINDS = (
    "Words and recordings (*.docx *.pdf *.odt *.md *.txt *.mp3 *.m4a *.ogg *.oga *.opus *.flac "
    "*.wav);;Every file (*)"
)


def choose_companion(parent: QWidget) -> Path | None:
    """Ask for a file with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Choose the file", "", FILE_KINDS)
    return Path(chosen) if chosen else None


class AddCompanionForm(Form):
    """Which form, in which language, from which file.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.
        draft: Which draft.
        version: Beside which version of it.
        choose: Asks for a file.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        version: DraftVersion,
        choose: ChooseFile = choose_companion,
    ) -> None:
        super().__init__(
            f"Another form of “{draft.title}”, version {version.number}",
            tasks=tasks,
            save_words="Add it",
        )
        self._services, self._version, self._choose = services, version, choose
        self._file: Path | None = None
        self.kind = Pick((words, kind) for kind, words in COMPANION_WORDS.items())
        self.ask("Which form it is", self.kind)
        self.language = QLineEdit()
        self.language_row = self.ask(
            "In which language",
            self.language,
            help_text="As its own speakers write it, such as Polski. Leave it empty for English.",
        )
        self.file_button = button("Choose a file", icon="folder-open", on_press=self.choose)
        self.file_row = self.ask(
            "The file",
            self.file_button,
            help_text="Words: Word, PDF, OpenDocument, Markdown or text. "
            "A recording: MP3, M4A, Ogg, FLAC or WAV, up to 100 MB.",
        )
        self.file_button.setAccessibleName("Choose a file")
        self.file_words = WrapLabel(role="muted")
        self.file_words.hide()
        self.put(self.file_words)

    def choose(self) -> None:
        """Ask for the file."""
        chosen = self._choose(self)
        if chosen is not None:
            self._file = chosen
            self.file_words.setText(chosen.name)
            self.file_words.show()
            self.file_row.set_problem("")

    def save(self) -> None:
        """Read the file and put it beside the draft."""
        file, kind, language = self._file, CompanionKind(self.kind.value()), self.language.text()
        nameless = kind is CompanionKind.TRANSLATION and not language.strip()
        self.language_row.set_problem("Write the language." if nameless else "")
        self.file_row.set_problem("" if file else "Choose the file first.")
        if file is None or nameless:
            return
        services, version = self._services, self._version.id
        self.run(
            lambda: services.companions.add(
                version, bytes_of(file), file_name=file.name, kind=kind, language=language
            )
        )
