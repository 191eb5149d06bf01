"""Opens the zip inside an Office or OpenDocument file without trusting what it says of itself.

Parts are only ever looked up by exact name and read into memory, never extracted, so names with
``../`` or a drive letter in them do nothing.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from mhin_ppi.documents import limits
from mhin_ppi.documents.refusals import Refusal, Why

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_END_OF_DIRECTORY = b"PK\x05\x06"


class Archive:
    """The parts of one zip, read with a limit each.

    Args:
        untrusted: The whole file.

    Raises:
        Refusal: It is damaged, cut short, locked, or would unpack to something enormous.
    """

    def __init__(self, untrusted: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(untrusted))
        except (*_BROKEN, RuntimeError) as cause:
            whole = _END_OF_DIRECTORY in untrusted[-66_000:]
            raise Refusal(Why.DAMAGED if whole else Why.CUT_SHORT) from cause
        self.parts = self._zip.infolist()
        self._check(self.parts)
        self.names = frozenset(self._zip.namelist())

    @staticmethod
    def _check(parts: list[zipfile.ZipInfo]) -> None:
        total = sum(part.file_size for part in parts)
        if len(parts) > limits.ZIP_PARTS or total > limits.UNZIPPED_BYTES:
            raise Refusal(Why.ZIP_BOMB)
        for part in parts:
            if part.flag_bits & 0x1:
                raise Refusal(Why.PASSWORD)
            grows = part.file_size / max(1, part.compress_size)
            if part.file_size > limits.RATIO_FROM and grows > limits.RATIO:
                raise Refusal(Why.ZIP_BOMB)

    def read(self, name: str, *, limit: int = limits.PART_BYTES) -> bytes:
        """Return one part's bytes, or b"" where there is none of that name.

        Raises:
            Refusal: It is damaged, or larger than ``limit`` whatever the directory says.
        """
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                untrusted = part.read(limit + 1)
        except (*_BROKEN, RuntimeError) as cause:
            raise Refusal(Why.DAMAGED) from cause
        if len(untrusted) > limit:
            raise Refusal(Why.ZIP_BOMB)
        return untrusted

    def size(self, name: str) -> int:
        """Return how large a part says it is, in bytes."""
        return self._zip.getinfo(name).file_size if name in self.names else 0


def part_name(target: str, *, beside: str) -> str:
    """Return the full name of a part that another part refers to.

    >>> part_name("media/image1.png", beside="word/document.xml")
    'word/media/image1.png'
    >>> part_name("/word/media/image1.png", beside="word/document.xml")
    'word/media/image1.png'
    """
    joined = posixpath.join("/", posixpath.dirname(beside), target)
    return posixpath.normpath(joined).lstrip("/")
