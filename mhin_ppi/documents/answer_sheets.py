"""The rows of an answer sheet that came back, read by the child."""

from __future__ import annotations

from typing import Any

from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.answer_sheet import FIELDS, FilledRow


def read_answer_sheet(
    untrusted: bytes,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> tuple[FilledRow, ...]:
    """Return every row of an answer sheet, in the order of the file, filled in or not.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the reading is given up.

    Raises:
        UnreadableError: The file is damaged or locked, or holds no row of an answer sheet.
        UnsupportedError: It is neither Word nor Excel, carries macros, or is beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "answer_sheet",
        untrusted,
        file_name=file_name,
        arguments={},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        return tuple(_row(plain) for plain in answer.untrusted)
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause


def _row(untrusted: dict[str, Any]) -> FilledRow:
    fields = {name: str(untrusted.get(name, "")) for name in FIELDS.values()}
    return FilledRow(where=str(untrusted["where"]), **fields)
