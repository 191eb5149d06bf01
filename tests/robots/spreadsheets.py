"""What LibreOffice Calc shows of a workbook, for slow tests."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, quotes, UTF-8, values rather than what a column has room for, one file for each sheet."""


def _has_calc() -> bool:
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").exists()


SPREADSHEETS = _has_calc()
"""Whether LibreOffice is here with Calc (Debian: ``libreoffice-calc-nogui``)."""


def shown_by_libreoffice(workbook: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Return the rows of every sheet, formulas worked out, by the sheet's name."""
    (folder / "book.xlsx").write_bytes(workbook)
    office = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run(
        ["soffice", office, "--headless", "--convert-to", _EVERY_SHEET, "--outdir"]
        + [str(folder / "shown"), str(folder / "book.xlsx")],
        check=True,
        capture_output=True,
        timeout=240,
    )
    shown = {}
    for file in sorted((folder / "shown").glob("book-*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            shown[file.stem.removeprefix("book-")] = list(csv.reader(opened))
    return shown
