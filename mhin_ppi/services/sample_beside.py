"""What stands beside the drafts of the sample board: content notes, other forms, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ..domain.codebook import CodeId
from ..domain.companions import CompanionKind
from .sample_questions import Asking, Doing
from .sample_script import Table, place_of


def beside(asking: Asking) -> Iterator[Doing]:
    """Yield the day and the doing of everything that stands beside a draft.

    Args:
        asking: Knows projects, drafts and questions by their key.
    """
    told, codes = asking.script.told, dict[str, CodeId]()
    for note in told["content_note"]:
        yield note["day"], partial(_content_note, asking, note)
    for form in told["companion"]:
        yield form["day"], partial(_companion, asking, form)
    for consent in told["consent"]:
        yield consent["day"], partial(_consent, asking, consent)
    for code in told["code"]:
        yield code["day"], partial(_code, asking, codes, code)
    for coding in told["coding"]:
        yield coding["day"], partial(_coding, asking, codes, coding)


def _content_note(asking: Asking, table: Table) -> None:
    services, _ = asking.laptops.at(table["by"])
    span = asking.span(table["on"], table["passage"])
    services.content_notes.add(asking.versions[table["on"]], span=span, body=table["body"])


def _companion(asking: Asking, table: Table) -> None:
    asking.ruth.companions.add(
        asking.versions[table["on"]],
        asking.script.draft_file(table["file"]),
        file_name=table["file"],
        kind=CompanionKind(table["kind"]),
    )


def _consent(asking: Asking, table: Table) -> None:
    services, behalf = asking.laptops.at(table["by"])
    project = asking.projects[table["project"]]
    services.coding.consents.say(project, agreed=True, on_behalf_of=behalf)


def _code(asking: Asking, codes: dict[str, CodeId], table: Table) -> None:
    made = asking.ruth.coding.codebook.add(
        table["name"], under=codes.get(table.get("under", "")), definition=table["definition"]
    )
    codes[table["key"]] = made.value.id


def _coding(asking: Asking, codes: Mapping[str, CodeId], table: Table) -> None:
    code, codings = codes[table["code"]], asking.ruth.coding.codings
    if "note" in table:
        asked = asking.asked[table["note"]]
        assert asked.annotation is not None  # noqa: S101 - it was raised on a draft
        codings.code_note(code, asked.annotation, place_of(asked.body, table["passage"]))
        return
    span = asking.span(table["on"], table["passage"])
    codings.code_draft(code, asking.versions[table["on"]], span)
