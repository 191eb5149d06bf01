"""Writes a project for other programs for qualitative analysis (REFI-QDA 1.5, ``.qdpx``).

What was chosen where the standard or its readers differ, and why:

- ``project.qde`` is UTF-8 without a byte order mark and the folder is ``sources``: ATLAS.ti opens
  nothing else. Plain texts have the mark, as the standard asks.
- Lines of texts end as the text has them, in a board's texts with a line feed alone. Programs
  disagree whether CR LF counts as one character or two; without CR they cannot, so that places hold
  in every one of them.
- Places count Unicode code points from 0, the end is one past the last character (as ATLAS.ti,
  QualCoder and MAXQDA write it), and each selection carries its words as its name, so that a
  program that counts otherwise can check.
- The same project gives the same bytes.

Source: REFI-QDA 1.5 and ``Project.xsd`` of 18 March 2019, www.qdasoftware.org.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..domain.shared_coding import SharedCode, SharedCoding, SharedProject, SharedSource

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "MHIN PPI"
BYTE_ORDER_MARK = "\ufeff"
LONGEST_SELECTION_NAME = 100
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAME_TIME = (1980, 1, 1, 0, 0, 0)


def write_project(project: SharedProject) -> bytes:
    """Return a project as one ``.qdpx`` file.

    Args:
        project: What goes in; what may not leave has been left out already.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "project.qde", _project(project))
        for source in project.sources:
            text = (BYTE_ORDER_MARK + source.text).encode("utf-8", errors="replace")
            _add(archive, f"sources/{_guid(source.guid)}.txt", text)
    return written.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    part = zipfile.ZipInfo(name, date_time=_SAME_TIME)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.create_system = 3
    part.external_attr = 0o644 << 16
    archive.writestr(part, content)


def _project(project: SharedProject) -> bytes:
    from lxml import etree

    root = etree.fromstring(f'<Project xmlns="{NAMESPACE}"/>')
    root.set("name", _legal(project.name))
    root.set("origin", ORIGIN)
    if project.users:
        users = _child(root, "Users")
        for user in project.users:
            _child(users, "User", guid=_guid(user.guid), name=user.name)
    if project.codes:
        _write_codes(_child(_child(root, "CodeBook"), "Codes"), project.codes)
    if project.sources:
        sources = _child(root, "Sources")
        for source in project.sources:
            _write_source(sources, source)
    if project.memos:
        notes = _child(root, "Notes")
        for memo in project.memos:
            note = _child(notes, "Note", guid=_guid(memo.guid), name=_short(memo.body))
            _set_maker(note, memo.user, memo.made_at)
            _child(note, "PlainTextContent").text = _legal(memo.body)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def _write_codes(top: _Element, codes: Iterable[SharedCode]) -> None:
    """Write the codes as a tree; each stands after the one it is under."""
    written: dict[UUID, _Element] = {}
    for code in codes:
        above = written.get(code.parent, top) if code.parent else top
        made = _child(
            above,
            "Code",
            guid=_guid(code.guid),
            name=code.name,
            isCodable="true" if code.codable else "false",
        )
        if code.colour:
            made.set("color", code.colour)
        if code.definition:
            _child(made, "Description").text = _legal(code.definition)
        _refer(made, code.memos)
        written[code.guid] = made


def _write_source(sources: _Element, source: SharedSource) -> None:
    guid = _guid(source.guid)
    made = _child(
        sources, "TextSource", guid=guid, name=source.name, plainTextPath=f"internal://{guid}.txt"
    )
    for coding in source.codings:
        _write_coding(made, coding, source.text)
    _refer(made, source.memos)


def _write_coding(source: _Element, coding: SharedCoding, text: str) -> None:
    selection = _child(
        source,
        "PlainTextSelection",
        guid=_guid(uuid5(coding.guid, "selection")),
        name=_short(text[coding.start : coding.end]),
        startPosition=str(coding.start),
        endPosition=str(coding.end),
    )
    _set_maker(selection, coding.user, coding.made_at)
    made = _child(selection, "Coding", guid=_guid(coding.guid))
    _set_maker(made, coding.user, coding.made_at)
    _child(made, "CodeRef", targetGUID=_guid(coding.code))
    _refer(made, coding.memos)


def _refer(element: _Element, memos: Iterable[UUID]) -> None:
    for memo in memos:
        _child(element, "NoteRef", targetGUID=_guid(memo))


def _set_maker(element: _Element, user: UUID | None, made_at: str) -> None:
    if user is not None:
        element.set("creatingUser", _guid(user))
    if made_at:
        element.set("creationDateTime", made_at)


def _child(parent: _Element, kind: str, /, **attributes: str) -> _Element:
    from lxml import etree

    plain = {each: _legal(value) for each, value in attributes.items()}
    return etree.SubElement(parent, _tag(kind), plain)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _guid(identity: UUID) -> str:
    return str(identity).upper()


def _short(words: str) -> str:
    """Return words as the name of a selection: on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SELECTION_NAME else line[:LONGEST_SELECTION_NAME] + "…"


def _legal(text: str) -> str:
    """Return text without the few signs that XML cannot hold."""
    return _NOT_XML.sub("", text)
