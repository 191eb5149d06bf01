"""The organisation's own claim form: kept, looked into, and filled in for a claim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..domain.accounts import FormTemplate, FormTemplateId
from ..domain.claim_form_fields import FormFields, filled_in
from ..domain.claims import ClaimId
from ..domain.people import Person
from ..domain.projects import Project
from ..errors import InputError, NotFoundError, UnsupportedError
from .claim_deciding import PAYING
from .claims_reading import one_claim
from .desk import Desk, keep
from .outcome import Outcome
from .payment_ports import FinanceFiles
from .ports import UnitOfWork

LARGEST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True)
class ClaimForms:
    """Claim forms of organisations."""

    desk: Desk
    files: FinanceFiles

    def kept(self) -> list[FormTemplate]:
        """Return the forms that are kept, oldest first.

        Raises:
            NotAllowedError: Only those who pay see them.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            return work.find(FormTemplate)

    def look_into(self, file: Path) -> FormFields:
        """Return the names in a file, without keeping it.

        Raises:
            InputError: It is not there, or holds no name.
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither Word nor Excel, too large, or cannot be filled in whole.
        """
        _, fields = self.files.form_fields(_read(file), file_name=file.name)
        return fields

    def keep(self, file: Path, *, name: str) -> Outcome[FormTemplate]:
        """Keep a form under a name.

        Raises:
            NotAllowedError: Only those who pay keep forms.
            InputError: No name, or no field in the file that we could fill in.
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither Word nor Excel, too large, or cannot be filled in whole.
        """
        if not name.strip():
            raise InputError("The form has no name.", next_step="Give it a name to find it by.")
        content = _read(file)
        kind, fields = self.files.form_fields(content, file_name=file.name)
        if not fields.found:
            raise InputError(
                f"“{file.name}” holds no field that we could fill in.",
                what_is_safe="Nothing was kept.",
                next_step="Write {{person}}, {{total}} or {{line.what}} where they belong in it.",
            )
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            made = FormTemplate(
                id=FormTemplateId(self.desk.new_id()),
                name=name.strip(),
                kind=kind,
                file=work.keep_blob(content),
                file_name=file.name,
                added_at=self.desk.now(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def fill(self, form: FormTemplateId, claim: ClaimId) -> bytes:
        """Return a form filled in for a claim; the claim is not changed by it.

        Raises:
            NotAllowedError: Only those who pay fill forms in.
            NotFoundError: The form, its file or the claim is not on this laptop.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            kept = work.get(FormTemplate, form)
            if kept.file is None:
                raise NotFoundError("The file of this form is not on this laptop.")
            content = work.blob(kept.file)
            known = one_claim(work, claim)
            once, lines = filled_in(
                known,
                name=work.get(Person, known.person).name,
                board_name=self.desk.board(work).name,
                projects={str(one.id): one.title for one in work.find(Project)},
                today=self.desk.today(),
            )
        return self.files.fill_form(content, file_name=kept.file_name, once=once, lines=lines)

    def _require(self, work: UnitOfWork) -> None:
        self.desk.require(work, *PAYING, doing="fill in claim forms")


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise UnsupportedError(
                f"“{file.name}” is larger than a form can be (5 MB).",
                what_is_safe="Nothing was kept.",
                next_step="Save a copy without pictures, then choose that.",
            )
        return file.read_bytes()
    except OSError as cause:
        raise InputError(
            f"“{file.name}” could not be opened.",
            what_is_safe="Nothing was kept.",
            next_step="Look whether it is still there, then choose it again.",
        ) from cause
