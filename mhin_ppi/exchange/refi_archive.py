"""Opens foreign ``.qdpx``, ``.qde`` and ``.qdc`` files without trusting what they say.

Parts are looked up and read into memory with a limit each, never extracted, so names with ``../``
or a drive letter do nothing. XML with a DTD is refused: entity bombs need one, no program writes
one.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from ..errors import UnreadableError, UnsupportedError

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_BYTES = 100 * 1024 * 1024
"""The whole file; other programs put recordings in theirs, which this one does not take."""
PROJECT_BYTES = 32 * 1024 * 1024
"""The project itself; a large one has 2 MB, and the parser needs six times the size."""
SOURCE_BYTES = 8 * 1024 * 1024
"""One text: more than 2,000 pages."""
SOURCES_BYTES = 64 * 1024 * 1024
"""All texts together."""
MOST_PARTS = 20_000
DEEPEST = 64
"""How far XML may nest; codebooks have fewer than ten levels."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class QdaArchive:
    """The parts of one file.

    Args:
        untrusted: The whole file.
        file_name: What it is called, for messages.

    Raises:
        UnreadableError: It is damaged, or not such a file.
        UnsupportedError: It is beyond a limit.
    """

    def __init__(self, untrusted: bytes, *, file_name: str) -> None:
        self.file_name = file_name
        if len(untrusted) > LARGEST_BYTES:
            raise self.too_large()
        self._zip: zipfile.ZipFile | None = None
        self._bare = untrusted
        self._read_so_far = 0
        self._names: dict[str, str] = {}
        if untrusted[:2] == b"PK":
            self._open(untrusted)

    def _open(self, untrusted: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(untrusted))
        except _BROKEN as cause:
            raise self.refused("is damaged or cut short") from cause
        if len(self._zip.infolist()) > MOST_PARTS:
            raise self.too_large()
        for name in self._zip.namelist():
            self._names.setdefault(name.replace("\\", "/").lower(), name)

    def project(self) -> bytes:
        """Return the bytes of the project or codebook.

        Raises:
            UnreadableError: There is none, or several.
        """
        if self._zip is None:
            return self._bare
        named = [name for name in self._names if name.endswith(".qde") and "/" not in name]
        chosen = "project.qde" if "project.qde" in named else named[0] if len(named) == 1 else ""
        if not chosen:
            raise self.refused("holds no project of coded texts")
        return self._part(self._names[chosen], limit=PROJECT_BYTES)

    def source(self, path: str) -> bytes | None:
        """Return a text that the project refers to; ``None`` when it is not in the file.

        Args:
            path: As the project writes it ("internal://ABC.txt").

        Raises:
            UnreadableError: It is damaged.
            UnsupportedError: It is beyond a limit.
        """
        if self._zip is None or not path.lower().startswith("internal://"):
            return None
        name = path[len("internal://") :].replace("\\", "/").rsplit("/", 1)[-1].lower()
        for place in (f"sources/{name}", name):
            if name and place in self._names:
                content = self._part(self._names[place], limit=SOURCE_BYTES)
                self._read_so_far += len(content)
                if self._read_so_far > SOURCES_BYTES:
                    raise self.too_large()
                return content
        return None

    def _part(self, name: str, *, limit: int) -> bytes:
        if self._zip is None:
            return b""
        try:
            with self._zip.open(name) as part:
                untrusted = part.read(limit + 1)
        except _BROKEN as cause:
            raise self.refused("is damaged, cut short or locked with a password") from cause
        if len(untrusted) > limit:
            raise self.too_large()
        return untrusted

    def root(self) -> _Element:
        """Return the project's root element.

        Raises:
            UnreadableError: It is not XML of this kind, or plays a trick.
            UnsupportedError: It nests too deeply.
        """
        from lxml import etree

        untrusted = self.project()
        if b"<!DOCTYPE" in untrusted or b"<!ENTITY" in untrusted:
            raise self.refused("is written in a way that no program for coding uses")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(untrusted, parser)
        except (etree.XMLSyntaxError, ValueError) as cause:
            raise self.refused("is not a file of coded texts that this program knows") from cause
        # The first look misses a DTD written in UTF-16; the parser does not.
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refused("is written in a way that no program for coding uses")
        self._check_depth(root)
        return root

    def _check_depth(self, root: _Element) -> None:
        from lxml import etree

        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise self.too_large()

    def refused(self, why: str) -> UnreadableError:
        """Return what to raise when the file cannot be read."""
        return UnreadableError(
            f"“{self.file_name}” {why}.",
            next_step="Ask for it again as a REFI-QDA project (.qdpx) or codebook (.qdc).",
        )

    def too_large(self) -> UnsupportedError:
        """Return what to raise when the file is beyond a limit."""
        return UnsupportedError(
            f"“{self.file_name}” holds more than this program takes in at once.",
            next_step="Export only the texts that are needed, without pictures and recordings.",
        )
