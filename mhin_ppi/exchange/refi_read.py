"""Reads projects and codebooks of other programs for qualitative analysis (REFI-QDA).

Taken: codes, plain texts, what was coded in them, memos, who coded. Told and left out: pictures,
recordings, PDF pages, cases, variables, links and graphs. Namespaces of drafts of the standard
(``…:0:4``), another name of the project's file, the folder ``Sources`` and identities in braces are
all met in files of real programs and accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from ..domain.shared_coding import (
    SharedCode,
    SharedCoding,
    SharedMemo,
    SharedProject,
    SharedSource,
    SharedUser,
)
from .refi_archive import QdaArchive
from .refi_places import Marked, Measures
from .refi_write import ORIGIN

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_CODES, MOST_SOURCES, MOST_CODINGS, MOST_MEMOS = 5_000, 2_000, 100_000, 20_000
_TWICE, _NO_MEMO, _NO_TEXT = "twice", "no memo", "no text"
_NO_CODE, _OUTSIDE, _UNKNOWN, _MEASURE = "no code", "outside", "unknown code", "measure"
_NOT_TAKEN = {
    "PictureSource": ("picture", "pictures"),
    "PDFSource": ("PDF", "PDFs"),
    "AudioSource": ("recording", "recordings"),
    "VideoSource": ("film", "films"),
    "Case": ("case", "cases"),
    "Variable": ("variable", "variables"),
    "Link": ("link", "links"),
    "Graph": ("drawing", "drawings"),
    "Set": ("group of codes", "groups of codes"),
    _TWICE: ("code that stands in the file twice", "codes that stand in the file twice"),
    _NO_MEMO: ("memo whose text is not in the file", "memos whose text is not in the file"),
    _NO_TEXT: (
        "text that is not in the file as plain text",
        "texts that are not in the file as plain text",
    ),
    _NO_CODE: ("marked passage without a code", "marked passages without a code"),
    _OUTSIDE: ("coding outside its text", "codings outside their texts"),
    _UNKNOWN: ("coding whose code is not in the file", "codings whose code is not in the file"),
}


def read_project(untrusted: bytes, *, file_name: str) -> SharedProject:
    """Return what a ``.qdpx``, ``.qde`` or ``.qdc`` file holds.

    Args:
        untrusted: The file's bytes.
        file_name: What it is called, for messages.

    Raises:
        UnreadableError: It is damaged, or not such a file.
        UnsupportedError: It is beyond a limit.
    """
    archive = QdaArchive(untrusted, file_name=file_name)
    return _Reading(archive).project()


class _Reading:
    """One file being read."""

    def __init__(self, archive: QdaArchive) -> None:
        self._archive = archive
        self._root = archive.root()
        self._ours = self._root.get("origin") == ORIGIN
        self._codes: dict[UUID, SharedCode] = {}
        self._memos: dict[UUID, SharedMemo] = {}
        self._codings = 0
        self._left: Counter[str] = Counter()

    def project(self) -> SharedProject:
        kind, space = _name(self._root), _space(self._root)
        if kind not in ("Project", "CodeBook") or (space and "QDA-XML" not in space):
            raise self._archive.refused("is not a file of coded texts that this program knows")
        book = self._root if kind == "CodeBook" else _first(self._root, "CodeBook")
        for top in _each(book, "Codes"):
            self._read_codes(top, None)
        for notes in _each(self._root, "Notes"):
            for note in _each(notes, "Note"):
                self._read_memo(note)
        users = tuple(
            SharedUser(_guid(user, "guid"), user.get("name", ""))
            for top in _each(self._root, "Users")
            for user in _each(top, "User")
        )
        sources = tuple(self._sources())
        self._check(len(self._codes) <= MOST_CODES and len(self._memos) <= MOST_MEMOS)
        return SharedProject(
            name=self._root.get("name", ""),
            users=users,
            codes=tuple(self._codes.values()),
            sources=sources,
            memos=tuple(self._memos.values()),
            left_out=tuple(self._told()),
        )

    def _check(self, within: bool) -> None:  # noqa: FBT001 - the limit's own name says it
        if not within:
            raise self._archive.too_large()

    # Codes and memos

    def _read_codes(self, top: _Element, parent: UUID | None) -> None:
        for element in _each(top, "Code"):
            guid = _guid(element, "guid")
            if guid in self._codes:
                self._left[_TWICE] += 1
                continue
            self._codes[guid] = SharedCode(
                guid=guid,
                name=element.get("name", ""),
                parent=parent,
                definition=_text_of(element, "Description"),
                colour=_colour(element.get("color", "")),
                codable=element.get("isCodable", "true").strip().lower() not in ("false", "0"),
                memos=_memos_of(element),
            )
            self._read_codes(element, guid)

    def _read_memo(self, element: _Element) -> None:
        body = self._text(element)
        if body is None:
            self._left[_NO_MEMO] += 1
            return
        guid = _guid(element, "guid")
        self._memos[guid] = SharedMemo(guid, body, _user(element), _made_at(element))

    # Texts

    def _sources(self) -> Iterator[SharedSource]:
        found = [one for top in _each(self._root, "Sources") for one in _each(top, "TextSource")]
        self._check(len(found) <= MOST_SOURCES)
        for element in found:
            text = self._text(element)
            if text is None:
                self._left[_NO_TEXT] += 1
                continue
            yield SharedSource(
                guid=_guid(element, "guid"),
                name=element.get("name", ""),
                text=text,
                codings=tuple(self._codings_in(element, text)),
                memos=_memos_of(element),
            )

    def _text(self, element: _Element) -> str | None:
        path = element.get("plainTextPath", "")
        if path:
            content = self._archive.source(path)
            return None if content is None else _decoded(content)
        inside = _first(element, "PlainTextContent")
        return None if inside is None else inside.text or ""

    def _codings_in(self, element: _Element, text: str) -> Iterator[SharedCoding]:
        selections = list(_each(element, "PlainTextSelection"))
        marked = [_marked(selection) for selection in selections]
        places, usual = Measures(text, marked).places(ours=self._ours)
        if not usual:
            self._left[_MEASURE] += 1
        for selection, (start, end) in zip(selections, places, strict=True):
            codings = list(_each(selection, "Coding"))
            if not codings:
                self._left[_NO_CODE] += 1
            elif not 0 <= start < end <= len(text) or not text[start:end].strip():
                self._left[_OUTSIDE] += len(codings)
            else:
                yield from self._read_codings(selection, codings, start, end)

    def _read_codings(
        self, selection: _Element, codings: list[_Element], start: int, end: int
    ) -> Iterator[SharedCoding]:
        beside = _memos_of(selection)
        said = _text_of(selection, "Description")
        if said:
            guid = uuid5(_guid(selection, "guid"), "description")
            self._memos[guid] = SharedMemo(guid, said, _user(selection), _made_at(selection))
            beside += (guid,)
        for coding in codings:
            reference = _first(coding, "CodeRef")
            code = _guid(reference, "targetGUID") if reference is not None else None
            if code is None or code not in self._codes:
                self._left[_UNKNOWN] += 1
                continue
            self._codings += 1
            self._check(self._codings <= MOST_CODINGS)
            yield SharedCoding(
                guid=_guid(coding, "guid"),
                code=code,
                start=start,
                end=end,
                user=_user(coding) or _user(selection),
                made_at=_made_at(coding) or _made_at(selection),
                memos=(*_memos_of(coding), *beside),
            )

    # What is left out

    def _told(self) -> Iterator[str]:
        for element in self._root.iter():
            kind = _name(element)
            if kind in _NOT_TAKEN:
                self._left[kind] += 1
        for kind, number in sorted(self._left.items()):
            if kind == _MEASURE:
                yield (
                    "Some texts count their characters in another way than the standard; the "
                    "places were found by the words that the file names."
                )
                continue
            one, many = _NOT_TAKEN[kind]
            yield f"{number:,} {one if number == 1 else many} left out."


def _decoded(content: bytes) -> str | None:
    """Return a plain text; only one byte order mark is taken off, the rest is the text's own."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _marked(selection: _Element) -> Marked:
    try:
        start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
    except ValueError:
        start = end = -1
    return Marked(start, end, selection.get("name", ""))


def _guid(element: _Element, attribute: str) -> UUID:
    """Return an identity; one that is no UUID, as some programs write, always gives the same."""
    written = element.get(attribute, "").strip()
    try:
        return UUID(written)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"urn:QDA-XML:{written}")


def _user(element: _Element) -> UUID | None:
    return _guid(element, "creatingUser") if element.get("creatingUser") else None


def _made_at(element: _Element) -> str:
    return str(element.get("creationDateTime", ""))


def _memos_of(element: _Element) -> tuple[UUID, ...]:
    return tuple(_guid(reference, "targetGUID") for reference in _each(element, "NoteRef"))


def _colour(written: str) -> str:
    """Return a colour as "#RRGGBB"; three digits stand for six."""
    digits = written.strip().removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - the short form
        digits = "".join(sign * 2 for sign in digits)
    whole = len(digits) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in digits)  # noqa: PLR2004
    return f"#{digits.upper()}" if whole else ""


def _text_of(element: _Element, name: str) -> str:
    found = _first(element, name)
    return "" if found is None else found.text or ""


def _first(element: _Element, name: str) -> _Element | None:
    return next(_each(element, name), None)


def _each(element: _Element | None, name: str) -> Iterator[_Element]:
    """Yield the children of this name, in whatever namespace."""
    return (child for child in (element if element is not None else ()) if _name(child) == name)


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _space(element: _Element) -> str:
    return str(element.tag).rpartition("}")[0].lstrip("{")
