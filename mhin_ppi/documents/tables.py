"""Tables in Excel workbooks that came from outside, read by the child."""

from __future__ import annotations

from mhin_ppi.documents.jobs import MISSHAPEN, ask_child
from mhin_ppi.documents.refusals import Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted
from mhin_ppi.domain.paid_table import Table


def read_table(
    untrusted: bytes,
    *,
    file_name: str,
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> Table:
    """Return the first table of a workbook; its first row that holds anything are the headings.

    Args:
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the reading is given up.

    Raises:
        UnreadableError: The file is damaged or locked, or holds no table.
        UnsupportedError: It is no workbook, carries macros, or is beyond a limit.
        Stopped: ``stop_wanted`` said yes.
    """
    answer = ask_child(
        "table",
        untrusted,
        file_name=file_name,
        arguments={},
        progress=progress,
        stop_wanted=stop_wanted,
    )
    try:
        rows = [(int(row[0]), tuple(str(cell) for cell in row[1:])) for row in answer.untrusted]
        return Table(rows[0][1], tuple(rows[1:]))
    except MISSHAPEN as cause:
        raise as_error(Why.CRASHED, file_name=file_name) from cause
