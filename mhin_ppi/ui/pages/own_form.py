"""The organisation's own claim form: kept once, then filled in for a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ...domain.accounts import FormTemplate
from ...domain.claim_form_fields import FIELDS, FormFields
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .form import Form, Pick
from .whole_file import write_whole

if TYPE_CHECKING:
    from ...services.boards import Services

ChoosePlace = Callable[[QWidget, str], Path | None]
ChooseFile = Callable[[QWidget], Path | None]
HOW_TO = (
    "In a Word or Excel form, write these where they belong, then keep the form here: "
    + ", ".join(f"{{{{{name}}}}}" for name in FIELDS)
    + ". A row with a name that begins with “line.” is repeated for each line of the claim."
)


def choose_form(parent: QWidget) -> Path | None:
    """Ask for the form with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "The organisation's claim form", "", "Forms (*.docx *.xlsx)"
    )
    return Path(chosen) if chosen else None


def choose_filled_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the filled form with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the filled form", name)
    return Path(chosen) if chosen else None


class KeepFormForm(Form):
    """A form to keep: which file, and what is in it.

    Args:
        services: The open board.
        tasks: Runs the looking and the keeping.
        choose_file: Asks for the file.
    """

    def __init__(
        self, services: Services, tasks: Tasks, *, choose_file: ChooseFile = choose_form
    ) -> None:
        super().__init__("The organisation's own form", tasks=tasks, save_words="Keep this form")
        self._services, self._choose = services, choose_file
        self.file: Path | None = None
        self.put(muted(HOW_TO))
        self.put(FlowRow(button("Choose the form", icon="folder-open", on_press=self.ask_file)))
        self.found = WrapLabel()
        self.put(self.found)
        self.name = QLineEdit()
        self.name_row = self.ask("What to call it", self.name)
        self.save_button.setEnabled(False)

    def ask_file(self) -> None:
        """Ask for the form, then say what is in it."""
        file = self._choose(self)
        if file is None:
            return
        self.file = file
        self.notice.hide()
        self.save_button.setEnabled(False)
        if not self.name.text():
            self.name.setText(file.stem)
        forms = self._services.payments.forms
        self.tasks.run(
            lambda: forms.look_into(file),
            owner=self,
            on_done=self._show,
            on_problem=self.say_problem,
            lane="side",
        )

    def _show(self, fields: FormFields) -> None:
        self.found.setText(fields_words(fields))
        self.save_button.setEnabled(bool(fields.found))

    def save(self) -> None:
        """Keep it."""
        name, file, forms = self.name.text().strip(), self.file, self._services.payments.forms
        self.name_row.set_problem("" if name else "Write what to call it.")
        if name and file is not None:
            self.run(lambda: forms.keep(file, name=name))


class FillFormForm(Form):
    """A kept form, filled in for a claim and written to a file.

    Args:
        services: The open board.
        tasks: Runs the filling.
        forms: The forms that are kept.
        claims: Claims, with what they are called.
        choose_place: Asks where to write.

    Signals:
        saved: What a person is told.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        forms: Sequence[FormTemplate],
        claims: Sequence[tuple[str, object]],
        choose_place: ChoosePlace = choose_filled_place,
    ) -> None:
        super().__init__("Fill in a form", tasks=tasks, save_words="Write the filled form")
        self._services, self._choose_place = services, choose_place
        self.form = Pick([(one.name, one) for one in reversed(forms)])
        self.ask("Which form", self.form)
        self.claim = Pick(claims)
        self.ask("For which claim", self.claim)

    def save(self) -> None:
        """Ask where, then write."""
        kept, claim = self.form.value(), self.claim.value()
        if claim is None:
            return
        place = self._choose_place(self, f"{kept.name}.{kept.kind.value}")
        if place is None:
            return
        forms = self._services.payments.forms

        def work() -> str:
            write_whole(place, forms.fill(kept.id, claim), what="The filled form")
            return f"Written to {place}. Look it through before it goes."

        self.run(work)


def fields_words(fields: FormFields) -> str:
    """Return what was found in a form, what is not known, and what it does not use."""
    if not fields.found:
        said = "We found no name in it that we could fill in."
    else:
        said = f"Will be filled in: {', '.join(fields.found)}."
    if fields.unknown:
        said += f" Not known here, and left as it is: {', '.join(fields.unknown)}."
    if fields.found and fields.unused:
        said += f" Not in this form: {', '.join(fields.unused)}."
    return said
