"""Content notes on passages: anyone's to write, only the writer's or a coordinator's to change."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.blocks import draft_text_from_bytes
from mhin_ppi.domain.passages import EmptyPassageError
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services.carried_warnings import Warnings
from tests.services.laptops import TEXT


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


def new_version(pair, lines):
    draft = pair.ruth.reviewing.version(pair.version)[1]
    content = "\n".join(lines).encode()
    return pair.ruth.reviewing.add_version(draft.id, content, file_name="b.txt").value.id


def test_a_part_stays_folded_where_it_went_in_the_next_version(pair, note):
    line = next(each for each in TEXT if "Seclusion is used" in each)
    rest = [each for each in TEXT if each is not line]
    moved = new_version(pair, [*rest, line.replace("Seclusion is used", "Seclusion was used")])
    pair.to_amber()
    found = pair.amber.content_notes.all_on(moved)
    (placed,) = found.placed
    text = pair.amber.reviewing.text_of(moved, images=False).text
    assert placed.passage.quote in ("Seclusion was used", "Seclusion", "used")
    assert text[placed.passage.start : placed.passage.end] == placed.passage.quote
    assert (placed.id, placed.body, placed.version) == (note.id, "seclusion", moved)
    assert bodies(pair.ruth, pair.version) == ["seclusion"]


def test_a_part_that_is_not_found_for_certain_is_warned_of_before_the_whole(pair, note):
    other = new_version(pair, ["Quite another document.", "It shares nothing with the first."])
    found = pair.ruth.content_notes.all_on(other)
    assert found.placed == ()
    assert [each.body for each in found.unplaced] == ["seclusion"]
    assert pair.ruth.paper.content(other).content_note == "seclusion"
    text = pair.ruth.reviewing.text_of(other, images=False).text
    start = text.index("It shares")
    pair.ruth.content_notes.add(other, span=(start, len(text)), body="Seclusion")
    assert pair.ruth.content_notes.all_on(other).unplaced == ()
    assert bodies(pair.ruth, other) == ["Seclusion"]


def test_a_part_that_was_surely_taken_out_is_warned_of_no_more(pair, note):
    rest = [each for each in TEXT if "Seclusion is used" not in each]
    without = new_version(pair, rest)
    found = pair.ruth.content_notes.all_on(without)
    assert (found.placed, found.unplaced) == ((), ())
    again = new_version(pair, ["A new first line.", *TEXT])
    assert bodies(pair.ruth, again) == ["seclusion"]


def test_what_is_taken_away_is_gone_from_later_versions_too(pair, note):
    later = new_version(pair, ["A new first line.", *TEXT])
    pair.ruth.content_notes.take_away(note.id)
    assert pair.ruth.content_notes.all_on(later) == Warnings()
