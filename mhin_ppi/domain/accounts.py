"""What coordinators and payments officers keep about money beside the claims themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .drafts import BlobId
from .fields import link, no_words_yet, words
from .people import PersonId
from .projects import ProjectId

BatchId = NewType("BatchId", UUID)
CostId = NewType("CostId", UUID)
PeriodCloseId = NewType("PeriodCloseId", UUID)
FinanceLayoutId = NewType("FinanceLayoutId", UUID)
FormTemplateId = NewType("FormTemplateId", UUID)


class FormKind(StrEnum):
    """What sort of file an organisation's own claim form is."""

    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Batch:
    """Claims that went to finance together. The ledger says which: their entries name it.

    Args:
        id: Made on the laptop that sent them.
        number: 1, 2, … on that laptop; shown with the day.
        made_at: When.
        made_by: Who.
        note: Anything to add.
    """

    id: BatchId
    number: int = 1
    made_at: datetime | None = None
    made_by: PersonId | None = None
    note: str = words("")


@dataclass(frozen=True, slots=True)
class Cost:
    """Money spent or booked for involvement that is nobody's claim: a room, a prepaid ticket.

    Never edited: what is wrong is put right by a record that reverses it.

    Args:
        id: Made on the laptop that noted it.
        project: Which project.
        heading: Heading of the cost guide (``DOMAIN.md`` 4.4).
        on: The day.
        what: What for.
        pence: How much; less than 0 in a record that reverses another.
        reverses: The record it takes back.
        noted_by: Who noted it.
    """

    id: CostId
    project: ProjectId | None = link(default=None)
    heading: str = words("")
    on: date = date.min
    what: str = words("")
    pence: int = 0
    reverses: CostId | None = link(default=None)
    noted_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class PeriodClose:
    """A period whose books are closed. What is put right later counts in a later period.

    Args:
        id: Made on the laptop that closed it.
        starts_on: First day.
        ends_on: Last day.
        closed_at: When.
        closed_by: Who.
        entries: Attached file: the ids of the ledger entries that the period holds, one a line.
        approved_pence: What was approved in it, less what was taken back.
        paid_pence: What was paid in it, less what came back.
    """

    id: PeriodCloseId
    starts_on: date = date.min
    ends_on: date = date.min
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    entries: BlobId | None = None
    approved_pence: int = 0
    paid_pence: int = 0


@dataclass(frozen=True, slots=True)
class FinanceLayout:
    """The columns that a finance office wants, in its own words and order.

    Args:
        id: Made on the laptop that made it.
        name: What the coordinator calls it.
        fields: What each column holds (codes of ``domain/finance_rows.py``), in order.
        headings: What each column is called; as many as ``fields``.
    """

    id: FinanceLayoutId
    name: str = words("")
    fields: tuple[str, ...] = ()
    headings: tuple[str, ...] = no_words_yet()


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """An organisation's own claim form, with named fields to fill in.

    Args:
        id: Made on the laptop that added it.
        name: What the coordinator calls it.
        kind: Word or Excel.
        file: The attached file.
        file_name: What the file was called.
        added_at: When it was added.
    """

    id: FormTemplateId
    name: str = words("")
    kind: FormKind = FormKind.DOCX
    file: BlobId | None = None
    file_name: str = words("")
    added_at: datetime | None = None
