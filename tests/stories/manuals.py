"""Manuals that were not written for our tests, from Debian's package ``debian-policy``."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from pathlib import Path

FOLDER = Path("/usr/share/doc/debian-policy/fhs")
PASSAGE = "root filesystem"
DRAFT_WORDS = "adequate to boot, restore, recover"
"""Words that stand in the manual and nowhere else."""


def unpack_pdf(into: Path) -> Path | None:
    """Unpack the Filesystem Hierarchy Standard 3.0 (50 pages); ``None`` when it is not here."""
    packed = FOLDER / "fhs-3.0.pdf.gz"
    if not packed.exists():
        return None
    file = into / "fhs-3.0.pdf"
    file.write_bytes(gzip.decompress(packed.read_bytes()))
    return file


def make_docx(into: Path) -> Path | None:
    """Have LibreOffice make a Word file of the manual's web page; ``None`` when it cannot."""
    page, office = FOLDER / "fhs-3.0.html", shutil.which("soffice")
    if office is None or not page.exists():
        return None
    home = f"-env:UserInstallation={into.as_uri()}/office"
    subprocess.run(
        [office, home, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
        + ["--outdir", str(into), str(page)],
        check=True,
        capture_output=True,
    )
    return into / "fhs-3.0.docx"
