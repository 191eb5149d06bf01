"""Content notes on passages: anyone's to write, only the writer's or a coordinator's to change."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.blocks import draft_text_from_bytes
from mhin_ppi.domain.passages import EmptyPassageError
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError


@pytest.fixture
def note(pair):
    made = pair.amber.content_notes.add(
        pair.version, span=pair.span("Seclusion is used"), body="  seclusion\n "
    ).value
    pair.exchange()
    return made


def bodies(services, version):
    return [note.body for note in services.content_notes.on(version)]


def test_a_member_writes_one_and_everyone_has_it(pair, note):
    assert note.passage.quote == "Seclusion is used"
    assert bodies(pair.ruth, pair.version) == ["seclusion"]
    assert pair.agree()


def test_notes_come_in_reading_order(pair, note):
    pair.ruth.content_notes.add(pair.version, span=pair.span("Appointments"), body="waiting")
    assert bodies(pair.ruth, pair.version) == ["waiting", "seclusion"]


def test_its_writer_and_a_coordinator_change_it(pair, note):
    pair.amber.content_notes.change(note.id, body="seclusion, restraint")
    pair.exchange()
    pair.ruth.content_notes.change(note.id, body="restraint")
    pair.exchange()
    assert bodies(pair.amber, pair.version) == ["restraint"]


def test_nobody_else_changes_it(pair):
    theirs = pair.ruth.content_notes.add(
        pair.version, span=pair.span("voucher"), body="money"
    ).value
    pair.to_amber()
    assert not pair.amber.content_notes.may_change(theirs)
    for act in (
        lambda: pair.amber.content_notes.change(theirs.id, body="nothing"),
        lambda: pair.amber.content_notes.take_away(theirs.id),
    ):
        with pytest.raises(NotAllowedError) as refused:
            act()
        assert refused.value.next_step
    assert bodies(pair.amber, pair.version) == ["money"]


def test_what_is_taken_away_is_gone_for_everyone_words_and_all(pair, note):
    pair.amber.content_notes.take_away(note.id)
    pair.exchange()
    assert bodies(pair.ruth, pair.version) == []
    with pytest.raises(NotFoundError):
        pair.ruth.content_notes.change(note.id, body="again")
    shipped = pair.amber.desk.store.ship(spaces=pair.shared)
    assert "seclusion" not in str([words for _, _, words in shipped])


@pytest.mark.parametrize("body", ["", "  \n", "x" * 201])
def test_words_that_will_not_do_are_refused_and_nothing_changes(pair, note, body):
    before = pair.amber.desk.store.digest(*pair.shared)
    with pytest.raises(InputError) as refused:
        pair.amber.content_notes.add(pair.version, span=pair.span("voucher"), body=body)
    assert refused.value.next_step
    with pytest.raises(InputError):
        pair.amber.content_notes.change(note.id, body=body)
    assert pair.amber.desk.store.digest(*pair.shared) == before


@pytest.mark.parametrize("span", [(5, 5), (10**9, 10**9 + 5), (-9, -1), (9, 3)])
def test_words_that_are_not_there_are_refused(pair, span):
    with pair.amber.desk.store.unit_of_work() as work:
        text = draft_text_from_bytes(
            work.blob(pair.amber.reviewing.version(pair.version)[0].text)
        ).text
    assert len(text) < 10**9
    with pytest.raises(EmptyPassageError):
        pair.amber.content_notes.add(pair.version, span=span, body="seclusion")
    assert bodies(pair.amber, pair.version) == []
