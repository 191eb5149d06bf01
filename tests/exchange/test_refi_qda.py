"""Projects for other coding programs: what goes out comes back equal; theirs are read with care."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mhin_ppi.domain.shared_coding import (
    SharedCode,
    SharedCoding,
    SharedMemo,
    SharedProject,
    SharedSource,
    SharedUser,
    on_unix_lines,
)
from mhin_ppi.errors import UnreadableError, UnsupportedError
from mhin_ppi.exchange import refi_archive
from mhin_ppi.exchange.refi_read import read_project
from mhin_ppi.exchange.refi_write import write_project
from tests.exchange.refi_rules import broken_rules

NS = 'xmlns="urn:QDA-XML:project:1.0"'
TEXT = "Café 👍 one.\nThe bus is late; é is two signs.\n\nEnd 👩🏽‍🦽."


def zipped(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def read(untrusted: bytes) -> SharedProject:
    return read_project(untrusted, file_name="a.qdpx")


# ---------------------------------------------------------------- our own, there and back

_signs = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_words = st.text(
    st.one_of(_signs, st.sampled_from("\t\n\r👍🏽e\u0301\u0308אب\u202e&<>\"'")), max_size=40
)
_any_text = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        st.sampled_from(["\r\n", "\n", "👩🏽‍🦽", "e\u0301", "\ufeff", " the bus ", "\r", "a"]),
    ),
    max_size=12,
).map("".join)


@st.composite
def projects(draw: Any) -> SharedProject:
    """A project as the program writes one: codes in the order of their tree, places in texts."""
    number = iter(range(1, 10_000))

    def fresh() -> UUID:
        return UUID(int=next(number) << 40)

    users = tuple(SharedUser(fresh(), draw(_words)) for _ in range(draw(st.integers(0, 2))))
    user = st.sampled_from([None, *(one.guid for one in users)])
    when = st.sampled_from(["", "2026-03-02T09:30:00Z"])
    memos = tuple(
        SharedMemo(fresh(), draw(_words), draw(user), draw(when))
        for _ in range(draw(st.integers(0, 3)))
    )
    of_memos = st.lists(st.sampled_from([m.guid for m in memos]), max_size=2) if memos else None
    some_memos = of_memos.map(tuple) if of_memos is not None else st.just(())
    codes: list[SharedCode] = []
    path: list[UUID] = []
    for _ in range(draw(st.integers(0, 6))):
        path = path[: draw(st.integers(0, len(path)))]
        colour = draw(st.sampled_from(["", "#1D5E8A"]))
        code = SharedCode(
            fresh(),
            draw(_words),
            path[-1] if path else None,
            draw(_words),
            colour,
            draw(st.booleans()),
            draw(some_memos),
        )
        codes.append(code)
        path.append(code.guid)
    sources = []
    for _ in range(draw(st.integers(0, 3))):
        text = draw(_any_text)
        places = [
            (start, end)
            for start in range(len(text))
            for end in range(start + 1, len(text) + 1)
            if text[start:end].strip()
        ]
        codings = tuple(
            SharedCoding(
                fresh(),
                draw(st.sampled_from(codes)).guid,
                *draw(st.sampled_from(places)),
                draw(user),
                draw(when),
                draw(some_memos),
            )
            for _ in range(draw(st.integers(0, 5)) if codes and places else 0)
        )
        sources.append(SharedSource(fresh(), draw(_words), text, codings, draw(some_memos)))
    return SharedProject(draw(_words), users, tuple(codes), tuple(sources), memos)


@settings(max_examples=150)
@given(projects())
def test_what_goes_out_comes_back_equal(project: SharedProject):
    written = write_project(project)
    assert read(written) == project
    assert write_project(project) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert broken_rules(etree.fromstring(archive.read("project.qde"))) == []


def sample() -> SharedProject:
    code, user, memo = UUID(int=0xABC), UUID(int=2), UUID(int=3)
    at = TEXT.index("👩")
    codings = (
        SharedCoding(UUID(int=4), code, 5, 6, user, "2026-03-02T09:30:00Z", (memo,)),
        SharedCoding(UUID(int=5), code, at, at + 4, user),
    )
    return SharedProject(
        "A study",
        (SharedUser(user, "Coder 1"),),
        (SharedCode(code, "Getting there", None, "How people travel", "#1D5E8A"),),
        (SharedSource(UUID(int=6), "Protocol", TEXT, codings),),
        (SharedMemo(memo, "Ask about buses.\r\nSoon."),),
    )


def test_the_file_is_laid_out_as_other_programs_need_it():
    with zipfile.ZipFile(io.BytesIO(write_project(sample()))) as archive:
        guid = str(UUID(int=6)).upper()
        assert archive.namelist() == ["project.qde", f"sources/{guid}.txt"]
        inside, text = archive.read("project.qde"), archive.read(f"sources/{guid}.txt")
    assert inside.startswith(b"<?xml")
    assert text == b"\xef\xbb\xbf" + TEXT.encode()
    root = etree.fromstring(inside)
    (code,) = root.iter("{*}Code")
    assert code.attrib == {
        "guid": "00000000-0000-0000-0000-000000000ABC",
        "name": "Getting there",
        "isCodable": "true",
        "color": "#1D5E8A",
    }
    first = next(root.iter("{*}PlainTextSelection"))
    assert (first.get("startPosition"), first.get("endPosition"), first.get("name")) == (
        "5",
        "6",
        "👍",
    )
    assert broken_rules(root) == []


def test_signs_that_xml_cannot_hold_are_dropped_rather_than_the_file():
    name = "bell\x07 half\ud83d nothing\ufffe"
    project = SharedProject(name, codes=(SharedCode(UUID(int=1), name, definition=name),))
    assert read(write_project(project)).name == "bell half nothing"


# ---------------------------------------------------------------- other programs' files


def foreign(
    selections: str, *, text: str | bytes = TEXT, path: str = "internal://T.txt",
    name: str = "project.qde", folder: str = "sources", ns: str = NS,
) -> bytes:  # fmt: skip
    qde = (
        f'<?xml version="1.0" encoding="utf-8"?><Project {ns} name="P"><CodeBook><Codes>'
        '<Code guid="{2A08BDDF-4C35-4250-BF77-7DE37B50C930}" name="bus" isCodable="true"'
        ' color="#f0c"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="t-1" name="T" plainTextPath="{path}">{selections}</TextSource>'
        "</Sources></Project>"
    )
    return zipped({name: qde, f"{folder}/T.txt": text})


def selection(start: int, end: int, *, name: str = "", guid: str = "s") -> str:
    return (
        f'<PlainTextSelection guid="{guid}" startPosition="{start}" endPosition="{end}" '
        f'name="{name}"><Coding guid="c-{guid}">'
        '<CodeRef targetGUID="2a08bddf-4c35-4250-bf77-7de37b50c930"/></Coding>'
        "</PlainTextSelection>"
    )


def coded(project: SharedProject) -> list[str]:
    (source,) = project.sources
    return [source.text[c.start : c.end] for c in source.codings]


BUS = TEXT.index("The bus")


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"folder": "Sources"},
        {"name": "My study.qde"},
        {"path": "internal://Sources/T.txt"},
        {"ns": 'xmlns="urn:QDA-XML:project:0:4"'},
        {"ns": ""},
        {"text": b"\xef\xbb\xbf" + TEXT.encode()},
        {"text": TEXT.encode("utf-16")},
    ],
    ids=str,
)
def test_files_as_real_programs_write_them(about: dict[str, Any]):
    project = read(foreign(selection(BUS, BUS + 7, name="The bus"), **about))
    assert coded(project) == ["The bus"]
    assert (project.codes[0].colour, project.left_out) == ("#FF00CC", ())


def utf16(place: int) -> int:
    return len(TEXT[:place].encode("utf-16-le")) // 2


def test_places_in_utf16_units_are_found_by_their_words():
    late = TEXT.index("late")
    project = read(
        foreign(
            selection(utf16(BUS), utf16(BUS + 7), name="The bus")
            + selection(utf16(late), utf16(late + 4), name="late", guid="u")
        )
    )
    assert coded(project) == ["The bus", "late"]
    assert "another way" in project.left_out[0]


def test_an_end_that_is_the_last_character_is_found_by_its_words():
    assert coded(read(foreign(selection(BUS, BUS + 6, name="The bus")))) == ["The bus"]


def test_line_ends_of_two_signs_counted_as_one_are_found_by_their_words():
    text = TEXT.replace("\n", "\r\n")
    at = TEXT.index("late")
    project = read(foreign(selection(at, at + 4, name="late"), text=text))
    assert coded(project) == ["late"]
    (source,) = (on_unix_lines(one) for one in project.sources)
    assert (source.text, source.codings[0].start) == (TEXT, at)


def test_a_name_that_is_a_title_and_not_words_changes_nothing():
    project = read(foreign(selection(BUS, BUS + 7, name="damage done by buses")))
    assert coded(project) == ["The bus"]
    cut = read(foreign(selection(BUS, BUS + 11, name="The bus…")))
    assert coded(cut) == ["The bus is "]


def test_what_is_not_taken_is_told():
    inside = (
        selection(BUS, BUS + 7)
        + selection(10_000, 10_002, guid="x")
        + selection(9, 3, guid="y")
        + '<PlainTextSelection guid="q" startPosition="1" endPosition="2"/>'
        + '<PlainTextSelection guid="r" startPosition="0" endPosition="4"><Coding guid="z">'
        '<CodeRef targetGUID="nobody"/></Coding></PlainTextSelection>'
    )
    assert read(foreign(inside)).left_out == (
        "1 marked passage without a code left out.",
        "2 codings outside their texts left out.",
        "1 coding whose code is not in the file left out.",
    )
    missing = read(foreign("", path="absolute:///home/x/T.txt"))
    assert missing.left_out == ("1 text that is not in the file as plain text left out.",)


def test_a_codebook_by_itself_as_atlas_ti_and_taguette_write_it():
    atlas = (
        '<CodeBook origin="ATLAS.ti Win 9" xmlns="urn:QDA-XML:codebook:0:4"><Codes>'
        '<Code guid="FFD939DA-B5DC-4611-A9F8-366495EB0AE2" name="one" isCodable="false">'
        '<Code guid="575CD58B-641A-48C7-BC7B-4F3D2199C776" name="one.one" isCodable="true">'
        "<Description>d</Description></Code></Code></Codes><Sets><Set name='s' guid='g'/></Sets>"
        "</CodeBook>"
    )
    project = read_project(b"\xef\xbb\xbf" + atlas.encode(), file_name="a.qdc")
    assert [(c.name, c.codable, c.definition) for c in project.codes] == [
        ("one", False, ""),
        ("one.one", True, "d"),
    ]
    assert project.codes[1].parent == project.codes[0].guid
    assert project.left_out == ("1 group of codes left out.",)


# ---------------------------------------------------------------- hostile files

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Project>&b;</Project>'


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"\x00" * 40,
        b"%PDF-1.7",
        b"<html/>",
        b'<Project xmlns="urn:other"/>',
        b"{}",
        write_project(sample())[:-30],
        zipped({"other.xml": "<Project/>"}),
        zipped({"a.qde": "<Project/>", "b.qde": "<Project/>"}),
        zipped({"../project.qde": "<Project/>"}),
        zipped({"project.qde": BOMB}),
        zipped({"project.qde": BOMB.encode("utf-16")}),
        zipped({"project.qde": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Project/>'}),
        zipped({"project.qde": "<Project><Sources></Project>"}),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(untrusted: bytes):
    with pytest.raises(UnreadableError, match="a.qdpx"):
        read(untrusted)


def test_bombs_are_stopped_before_they_are_unpacked():
    huge = zipped({"project.qde": b" " * (refi_archive.PROJECT_BYTES + 1)})
    assert len(huge) < 100_000
    long_text = foreign("", text=b"a" * (refi_archive.SOURCE_BYTES + 1))
    deep = zipped({"project.qde": "<Project>" + "<Code>" * 100 + "</Code>" * 100 + "</Project>"})
    many = zipped({f"sources/{n}.txt": "" for n in range(refi_archive.MOST_PARTS + 1)})
    for untrusted in (huge, long_text, deep, many):
        with pytest.raises(UnsupportedError):
            read(untrusted)


def test_names_that_climb_out_of_the_folder_reach_nothing():
    project = read(foreign("", path="internal://../../../etc/passwd"))
    assert project.sources == ()
    assert read(foreign("", path="relative:///T.txt")).sources == ()


@settings(max_examples=60)
@given(st.integers(0, 4_000), st.integers(0, 255))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(at: int, value: int):
    spoilt = bytearray(write_project(sample()))
    spoilt[at % len(spoilt)] = value
    with contextlib.suppress(UnreadableError, UnsupportedError):
        assert isinstance(read(bytes(spoilt)), SharedProject)
