"""A reminder to whoever holds a question: read it, take it to where it is sent, then say so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import counted
from ...services.boards import Services
from ...services.chasers import Reminder
from ..messages import announce
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .form import Day, Form, Pick, WordsBox
from .whole_file import write_whole

ChoosePlace = Callable[[QWidget, str], Path | None]
OpenMail = Callable[[QUrl], bool]
LONGEST_ADDRESS = 1_900
"""Windows hands a mail program about 2,000 characters; a longer text is copied instead."""


def choose_reminder_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the reminder with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the reminder", name)
    return Path(chosen) if chosen else None


def open_mail(address: QUrl) -> bool:
    """Hand a draft to the computer's mail program, which sends nothing by itself."""
    return QDesktopServices.openUrl(address)


class ReminderForm(Form):
    """Shows a reminder for each holder; nothing is sent from here.

    Args:
        services: The open board.
        tasks: Runs the saving.
        reminders: One for each holder.
        choose_place: Asks where to write it.
        open_mail: Opens a draft in the computer's mail program.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        reminders: Sequence[Reminder],
        *,
        choose_place: ChoosePlace = choose_reminder_place,
        open_mail: OpenMail = open_mail,
    ) -> None:
        super().__init__("A reminder", tasks=tasks, save_words="I have sent it")
        self._services = services
        self._choose_place, self._open_mail = choose_place, open_mail
        self._texts = {reminder.to: reminder.text for reminder in reminders}
        self.to = Pick((f"{r.to} ({len(r.questions)})", r) for r in reminders)
        self.to.currentIndexChanged.connect(lambda _: self._show())
        if len(reminders) > 1:
            self.ask("To whom", self.to)
        self.body = WordsBox(lines=12)
        self.ask("The words", self.body, help_text="Make them yours before you send them.")
        self.kept_back = WrapLabel(role="attention")
        self.put(self.kept_back)
        self.copy_button = button("Copy the words", icon="copy", on_press=self.copy)
        self.mail_button = button("Open in your mail program", icon="send", on_press=self.mail)
        self.file_button = button("Save as a file", icon="save", on_press=self.write)
        self.put(FlowRow(self.copy_button, self.mail_button, self.file_button))
        self.put(muted("Nobody sees this until you send it."))
        self.day = Day(services.desk.today())
        self.ask("Sent on", self.day)
        self._show()

    def copy(self) -> None:
        """Put the words on the clipboard."""
        QGuiApplication.clipboard().setText(self.body.words())
        self._say("The words are copied.")

    def mail(self) -> None:
        """Open a draft in the mail program; words too many for that are copied instead."""
        address = mail_draft(self._reminder().subject, self.body.words())
        if len(address.toEncoded().data()) > LONGEST_ADDRESS:
            QGuiApplication.clipboard().setText(self.body.words())
            self._open_mail(mail_draft(self._reminder().subject, ""))
            self._say("The words are too many to hand over. They are copied: paste them there.")
        elif not self._open_mail(address):
            self._say("No mail program could be opened. You can copy the words instead.")

    def write(self) -> None:
        """Write the words to a file."""
        place = self._choose_place(self, f"Reminder to {self._reminder().to}.txt")
        words = self.body.words()
        if place is not None:
            self.tasks.run(
                lambda: write_whole(place, words.encode(), what="The reminder"),
                owner=self,
                on_done=lambda file: self._say(f"Written to {file}. The file is not encrypted."),
                on_problem=self.say_problem,
                lane="side",
            )

    def save(self) -> None:
        """Record that it was sent."""
        reminder, day = self._reminder(), self.day.value()
        chasers = self._services.answering.chasers
        self.run(lambda: chasers.record(reminder.questions, to=reminder.to, on=day))

    def _reminder(self) -> Reminder:
        chosen = self.to.value()
        assert isinstance(chosen, Reminder)  # noqa: S101 - it is not opened without one
        return chosen

    def _show(self) -> None:
        reminder = self._reminder()
        self.body.setPlainText(reminder.text)
        self.kept_back.setVisible(bool(reminder.kept_back))
        back = counted(reminder.kept_back, "question is", "questions are")
        self.kept_back.setText(f"{back} not quoted: shared with the coordinator only.")

    def _say(self, words: str) -> None:
        self.show_notice(words)
        announce(self, words)


def mail_draft(subject: str, body: str) -> QUrl:
    """Return the address that opens a draft in a mail program (RFC 6068)."""
    lines = body.replace("\n", "\r\n")
    parts = f"subject={quote(subject)}" + (f"&body={quote(lines)}" if lines else "")
    return QUrl.fromEncoded(f"mailto:?{parts}".encode())
