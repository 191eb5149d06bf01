"""Settings of this board on this laptop: how it locks, and a backup."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ...services.boards import Boards, Services
from ...services.laptop import IDLE_CHOICES, Laptop
from ..preferences import default_path
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow, PasswordField
from ..widgets.labels import WrapLabel, muted
from ..window_name import NAMES, load_name, save_name
from .form import Choice
from .framed_page import Column, FramedPage
from .page import Place

WIDEST_EM = 38
BACKUP_SUFFIX = ".ppibackup"


class SettingsPage(FramedPage):
    """What a person can set for this board on this laptop.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        boards: The boards on this laptop.

    Signals:
        idle_minutes_changed: The board locks itself after another time.
        name_changed: The window calls itself something else.
    """

    place: ClassVar[Place] = Place.SETTINGS
    idle_minutes_changed = Signal(int)
    name_changed = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, *, boards: Boards) -> None:
        super().__init__(
            services, tasks, title="Settings", context="For this board on this laptop."
        )
        self._vault = boards.vault
        self._column = Column(
            self._backup_card(),
            self._idle_card(),
            self._password_card(),
            self._unlocked_card(),
            self._name_card(),
            FlowRow(button("Go back to where I was", icon="arrow-left", on_press=self.back.emit)),
        )
        self.frame.set_content(self._column)
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self.reload()

    def reload(self) -> None:
        """Read again what is set."""
        laptop, vault = Laptop(self.services.desk), self._vault
        self.tasks.run(
            lambda: (laptop.idle_minutes(), vault.can_stay_unlocked()),
            owner=self,
            on_done=self._show,
        )

    # ---- inside

    def _show(self, found: tuple[int, bool]) -> None:
        minutes, can_stay = found
        self._idle.blockSignals(True)
        self._idle.choose(minutes)
        self._idle.blockSignals(False)
        self._unlocked.setVisible(can_stay)

    def _backup_card(self) -> Card:
        card = Card("A backup")
        card.add(
            WrapLabel(
                "One encrypted file with the whole board in it. Keep it away from this laptop. It "
                "opens with the password the board has now."
            )
        )
        card.add(
            FlowRow(button("Make a backup now", icon="save", on_press=self.choose_backup_file))
        )
        return card

    def choose_backup_file(self) -> None:
        """Ask where to keep the backup, then make it."""
        dialog = QFileDialog(self, QGuiApplication.applicationDisplayName())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(BACKUP_SUFFIX)
        dialog.selectFile(f"backup-{self.today.isoformat()}{BACKUP_SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: self.back_up(Path(chosen)))
        dialog.open()

    def back_up(self, file: Path) -> None:
        """Make a backup in a file."""
        self.tasks.run(
            lambda: self.services.backup(file),
            owner=self,
            on_done=lambda _: self._tell(f"The backup is made and checked: {file.name}"),
        )

    def _idle_card(self) -> Card:
        card = Card("Locking")
        card.add(WrapLabel("Lock the board when nobody has touched the laptop for"))
        choices = [(f"{minutes} minutes", minutes) for minutes in IDLE_CHOICES]
        self._idle = Choice(choices, name="Lock after")
        self._idle.changed.connect(self._set_idle)
        card.add(self._idle)
        return card

    def _set_idle(self) -> None:
        minutes = self._idle.value()
        self.tasks.run(
            lambda: Laptop(self.services.desk).set_idle_minutes(minutes),
            owner=self,
            on_done=lambda _: self.say("Saved"),
        )
        self.idle_minutes_changed.emit(minutes)

    def _password_card(self) -> Card:
        card = Card("Another password")
        self._old, self._new, self._again = PasswordField(), PasswordField(), PasswordField()
        self._old_row = FormRow("The password now", self._old)
        self._new_row = FormRow(
            "The new one", self._new, help_text="At least 12 characters. A few words are good."
        )
        self._again_row = FormRow("The new one again", self._again)
        for row in (self._old_row, self._new_row, self._again_row):
            card.add(row)
        card.add(FlowRow(button("Change the password", on_press=self.change_password)))
        return card

    def change_password(self) -> None:
        """Change the password to what is typed."""
        same = self._new.text() == self._again.text()
        self._again_row.set_problem("" if same else "The two are not the same. Type it again.")
        if not same:
            return
        old, new, folder = self._old.text(), self._new.text(), self.services.folder
        self.tasks.run(
            lambda: self._vault.change_passphrase(folder, old=old, new=new),
            owner=self,
            on_done=lambda _: self._password_changed(),
        )

    def _password_changed(self) -> None:
        for field in (self._old, self._new, self._again):
            field.clear()
        self._tell("The password is changed. Your spare key still works.")

    def _unlocked_card(self) -> Card:
        self._unlocked = card = Card("Stay unlocked on this computer")
        card.add(
            WrapLabel(
                "The board then opens without its password for anyone who is signed in to this "
                "computer as you. It is off unless you turn it on. Leave it off on a laptop you "
                "share."
            )
        )
        self._stay_password = PasswordField()
        card.add(FormRow("Password", self._stay_password))
        card.add(
            FlowRow(
                button("Stay unlocked", on_press=lambda: self.stay_unlocked(wanted=True)),
                button("Always ask", on_press=lambda: self.stay_unlocked(wanted=False)),
            )
        )
        card.hide()
        return card

    def stay_unlocked(self, *, wanted: bool) -> None:
        """Turn staying unlocked on or off."""
        password, folder = self._stay_password.text(), self.services.folder
        self._stay_password.clear()
        words = "The board opens without a password here." if wanted else "The password is asked."
        self.tasks.run(
            lambda: self._vault.stay_unlocked(folder, passphrase=password, wanted=wanted),
            owner=self,
            on_done=lambda _: self._tell(words),
        )

    def _name_card(self) -> Card:
        card = Card("What the window calls itself")
        card.add(muted("Anyone who looks at the screen can see it. No board is ever named there."))
        self._name = Choice(
            [(name, name) for name in NAMES], name="Name", chosen=load_name(default_path())
        )
        self._name.changed.connect(self._set_name)
        card.add(self._name)
        return card

    def _set_name(self) -> None:
        save_name(default_path(), self._name.value())
        self.name_changed.emit(self._name.value())
        self.say("Saved")

    def _tell(self, words: str) -> None:
        self.show_notice(words, tone="good")
        self.say(words)

    def _space(self) -> None:
        self._column.setMaximumWidth(theme().px(WIDEST_EM))
        layout = self._column.layout()
        if layout is not None:
            layout.setSpacing(theme().space(3))
