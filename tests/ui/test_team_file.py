"""The team's own file, out and in, through the page a coordinator uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.shared_notes import SharedNote
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.page_robot import PageRobot
from tests.services.test_team_files import PARAGRAPHS, word_file


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("PCREF").value
    made = services.reviewing.add_draft(
        word_file(*PARAGRAPHS), file_name="protocol.docx", project=project.id, title="Protocol"
    ).value
    text = services.reviewing.text_of(made.id).text
    at = text.index("text message")
    services.annotations.annotate(
        made.id, kind=AnnotationKind.QUESTION, body="Is that safe?", span=(at, at + 12)
    )
    services.annotations.annotate(
        made.id, kind=AnnotationKind.CONCERN, body="Mine alone", visibility=Visibility.ONLY_ME
    )
    return made


@pytest.fixture
def page(services: Services, version: DraftVersion, qtbot: Any, look: None) -> Iterator[PageRobot]:
    laptop = Laptop(services)
    laptop.put(ToReadPage)
    laptop.show()
    yield PageRobot(laptop, qtbot, Place.TO_READ).open().press("More: Protocol")
    laptop.close_board()


def test_the_file_says_what_goes_and_holds_it(page: PageRobot, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    page.page.choose_team_place = lambda parent, name: out
    page.press("Notes into the team's file: Protocol")
    assert page.sees("1 note will be in the file.")
    assert page.sees("1 note will not go")
    assert page.sees("Nobody sees this until you send it.")
    assert not [one for one in nameless(page.page) if "no name" in one]
    page.press("Write the file")
    assert page.sees(f"Written to {out}, with 1 note in it.")
    assert [one.text for one in docx.Document(str(out)).comments] == ["Question: Is that safe?"]


def test_a_later_copy_and_notes_alone_can_be_chosen(page: PageRobot, tmp_path: Path) -> None:
    later = tmp_path / "later.docx"
    later.write_bytes(word_file("New words first.", *PARAGRAPHS[1:]))
    out = tmp_path / "out.docx"
    page.page.choose_team_file = lambda parent: later
    page.page.choose_team_place = lambda parent, name: out
    page.press("Notes into the team's file: Protocol")
    page.choose("A later copy of it, in which they have worked on").press("Write the file")
    assert page.sees("1 note could not be put beside the words")
    alone = tmp_path / "notes.jsonld"
    page.page.choose_team_place = lambda parent, name: alone
    page.press("Notes into the team's file: Protocol")
    page.choose("The notes alone, for another program (W3C Web Annotations)")
    page.press("Write the file")
    assert b"Is that safe?" in alone.read_bytes()
    assert b"Mine alone" not in alone.read_bytes()


def test_another_document_is_refused_in_the_form(page: PageRobot, tmp_path: Path) -> None:
    other = tmp_path / "cake.docx"
    other.write_bytes(word_file(*["Stir the flour. Bake for an hour until golden."] * 9))
    page.page.choose_team_file = lambda parent: other
    page.page.choose_team_place = lambda parent, name: tmp_path / "out.docx"
    page.press("Notes into the team's file: Protocol")
    page.choose("A later copy of it, in which they have worked on").press("Write the file")
    assert page.sees("does not look like a copy of this version")
    assert not (tmp_path / "out.docx").exists()


def test_answers_are_looked_at_first_and_then_taken_in(
    page: PageRobot, services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any
) -> None:
    leaving = services.team_files.leaving(version.id)
    own, name = services.team_files.original(version.id)
    files = services.team_files.files
    text = services.reviewing.text_of(version.id)
    (asked,) = leaving.notes
    reply = SharedNote(
        id="urn:x:1", body="Yes.", author="Dr Invented", motivation="replying", reply_to=asked.id
    )
    back = tmp_path / "back.docx"
    notes = [replace(asked, resolved=True), reply]
    back.write_bytes(files.put_in(own, notes, file_name=name, text=text).file)
    page.page.choose_team_file = lambda parent: back
    page.press("Open the team's answers: Protocol").press("Choose a file")
    qtbot.waitUntil(
        lambda: page.sees("New in this file: 1 reply to notes; 1 note they"), timeout=60_000
    )
    assert len(services.annotations.on(version.id)) == 2
    page.press("Add the answers")
    said = [one.annotation for one in services.annotations.on(version.id)]
    assert {one.written_by for one in said} == {"", "Dr Invented"}
    assert [one.body for one in said if one.resolved] == ["Is that safe?"]
    page.press("Open the team's answers: Protocol").press("Choose a file")
    qtbot.waitUntil(lambda: page.sees("There is nothing new in this file."), timeout=60_000)
