"""Notes reach later versions, none is lost, and a person's word outweighs what was worked out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.placements import Carried, Placement
from mhin_ppi.domain.spaces import ADMIN, BOARD, own_space, person_space, space_of
from mhin_ppi.errors import NotAllowedError, Stopped
from mhin_ppi.services import carried as module
from mhin_ppi.services.boards import Services
from tests.services.laptops import TEXT, Pair

KIND = AnnotationKind.QUESTION


def add_version(services: Services, version: VersionId, lines: list[str]) -> VersionId:
    draft = services.reviewing.version(version)[1]
    content = "\n".join(lines).encode()
    return services.reviewing.add_version(draft.id, content, file_name="b.txt").value.id


def note(pair: Pair, words: str, body: str = "Why?", **more) -> object:
    return pair.amber.annotations.annotate(
        pair.version, kind=KIND, body=body, span=pair.span(words), **more
    ).value.annotation


def words_at(services: Services, version: VersionId, span: tuple[int, int] | None) -> str:
    text = services.reviewing.text_of(version, images=False).text
    return "" if span is None else text[slice(*span)]


def states(services: Services, version: VersionId) -> dict[str, tuple[Carried, str]]:
    told = services.carried.complete(version)
    return {n.note.body: (n.state, words_at(services, version, n.span)) for n in told.notes}


def test_notes_reach_the_third_version_by_way_of_the_second(pair: Pair):
    note(pair, "text message", "Or a letter?")
    note(pair, "last resort", "Who decides?")
    pair.to_ruth()
    lines = list(TEXT)
    second = [lines[0], lines[3].replace("£20", "£25"), lines[1], lines[2]]
    v2 = add_version(pair.ruth, pair.version, second)
    third = [second[0], second[1], second[2]]
    v3 = add_version(pair.ruth, v2, third)

    told = states(pair.ruth, v2)
    assert told["Or a letter?"] == (Carried.SAME_PLACE, "text message")
    assert told["Who decides?"] == (Carried.SAME_PLACE, "last resort")
    told = states(pair.ruth, v3)
    assert told["Or a letter?"] == (Carried.SAME_PLACE, "text message")
    assert told["Who decides?"] == (Carried.REMOVED, "")


def test_whole_draft_notes_stay_and_replies_follow_their_parent(pair: Pair):
    parent = note(pair, "last resort", "Who decides?")
    pair.amber.annotations.annotate(pair.version, kind=KIND, body="And when?", reply_to=parent.id)
    pair.amber.annotations.annotate(pair.version, kind=KIND, body="Too long?")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, [*TEXT[:2], TEXT[3]])

    told = states(pair.ruth, v2)
    assert told["Who decides?"] == (Carried.REMOVED, "")
    assert told["And when?"] == (Carried.REMOVED, "")
    assert told["Too long?"] == (Carried.SAME_PLACE, "")


def test_another_document_says_so_and_places_nothing(pair: Pair):
    note(pair, "last resort")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, ["Stir the flour.", "Bake until golden brown."])

    told = pair.ruth.carried.complete(v2)
    assert told.others == (1,)
    assert [(n.state, n.span, n.perhaps) for n in told.notes] == [(Carried.REMOVED, None, None)]


def test_the_first_version_has_no_earlier_notes(pair: Pair):
    note(pair, "last resort")
    assert pair.amber.carried.complete(pair.version).notes == ()


def test_opening_again_works_nothing_out(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    note(pair, "last resort")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, ["New first line.", *TEXT])
    assert pair.ruth.carried.on(v2) is None
    before = pair.ruth.carried.complete(v2)

    afresh = module.Carrying(pair.ruth.desk)
    assert afresh.next_job(v2) is None
    assert afresh.on(v2) == before
    pair.to_amber()
    note(pair, "Café staff", "All of them?")
    pair.to_ruth()
    job = afresh.next_job(v2)
    assert job is not None
    assert len(job.spans) == 1


def test_stopping_leaves_nothing_half_known(pair: Pair):
    note(pair, "last resort")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, ["New first line.", *TEXT])

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        pair.ruth.carried.complete(v2, watch=stop)
    assert pair.ruth.carried.on(v2) is None


def test_a_persons_word_outweighs_and_can_be_undone(pair: Pair):
    written = note(pair, "last resort", "Who decides?")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, ["New first line.", *TEXT])
    v3 = add_version(pair.ruth, v2, ["Another line on top.", "New first line.", *TEXT])
    text = pair.ruth.reviewing.text_of(v2, images=False).text
    at = text.index("Seclusion is used")

    made = pair.ruth.carried.decide(written.id, v2, span=(at, at + 17)).value
    assert states(pair.ruth, v2)["Who decides?"] == (Carried.WORDING_CHANGED, "Seclusion is used")
    assert states(pair.ruth, v3)["Who decides?"] == (Carried.WORDING_CHANGED, "Seclusion is used")
    gone = pair.ruth.carried.decide(written.id, v2, span=None).value
    assert states(pair.ruth, v3)["Who decides?"] == (Carried.REMOVED, "")
    pair.ruth.carried.undo(gone.id)
    assert states(pair.ruth, v2)["Who decides?"][1] == "Seclusion is used"
    pair.ruth.carried.undo(made.id)
    assert states(pair.ruth, v2)["Who decides?"] == (Carried.SAME_PLACE, "last resort")


def test_a_decision_reaches_the_other_laptop(pair: Pair):
    written = note(pair, "last resort", "Who decides?")
    pair.to_ruth()
    v2 = add_version(pair.ruth, pair.version, ["New first line.", *TEXT])
    pair.ruth.carried.decide(written.id, v2, span=None)
    pair.to_amber()
    assert states(pair.amber, v2)["Who decides?"] == (Carried.REMOVED, "")
    assert pair.agree()


def test_only_the_writer_or_a_coordinator_decides(pair: Pair):
    theirs = pair.ruth.annotations.annotate(
        pair.version, kind=KIND, body="Ours", span=pair.span("last resort")
    ).value.annotation
    pair.to_amber()
    with pytest.raises(NotAllowedError):
        pair.amber.carried.decide(theirs.id, pair.version, span=None)
    with pair.amber.desk.store.unit_of_work() as work:
        assert work.find(Placement) == []


def test_a_decision_about_an_only_me_note_stays_in_its_own_space(pair: Pair):
    mine = note(pair, "last resort", "Mine", visibility=Visibility.ONLY_ME)
    v2 = add_version(pair.ruth, pair.version, ["New first line.", *TEXT])
    pair.to_amber()
    made = pair.amber.carried.decide(mine.id, v2, span=None).value
    assert space_of(made) == own_space(pair.amber_id)
    shared = [ADMIN, BOARD, person_space(pair.amber_id)]
    pair.ruth.desk.store.take_in(pair.amber.desk.store.ship(spaces=shared))
    with pair.ruth.desk.store.unit_of_work() as work:
        assert work.find(Placement) == []


def test_a_waiting_note_waits_until_somebody_has_decided(pair: Pair):
    written = note(pair, "£20 voucher is given at the end", "Only £20?")
    pair.to_ruth()
    moved = TEXT[3].replace("completed", "long completed")
    v2 = add_version(pair.ruth, pair.version, [moved, *TEXT[:3]])
    (one,) = pair.ruth.carried.complete(v2).notes
    assert one.perhaps is not None
    assert pair.ruth.carried.complete(v2).waiting == (one,)
    pair.ruth.carried.decide(written.id, v2, span=one.perhaps)
    assert pair.ruth.carried.complete(v2).waiting == ()


@settings(max_examples=5)
@given(rng=st.randoms(use_true_random=False))
def test_every_note_is_told_of_and_the_counts_add_up(
    rng: random.Random, tmp_path_factory: pytest.TempPathFactory
):
    from tests.services.laptops import make_boards, make_pair

    folder = tmp_path_factory.mktemp("board")
    pair = make_pair(make_boards(folder), folder)
    version, written = pair.version, []
    for _ in range(3):
        text = pair.ruth.reviewing.text_of(version, images=False).text
        for _ in range(rng.randrange(4)):
            start = rng.randrange(len(text) - 12)
            span = (start, start + rng.randrange(4, 12)) if rng.random() < 0.8 else None
            reply = rng.choice(written).id if written and rng.random() < 0.3 else None
            made = pair.ruth.annotations.annotate(
                version, kind=KIND, body="?", span=span, reply_to=reply
            )
            written.append(made.value.annotation)
        lines = [line for line in text.split("\n\n") if rng.random() < 0.7]
        rng.shuffle(lines)
        version = add_version(pair.ruth, version, [f"Version of {rng.random()}.", *lines])
        told = pair.ruth.carried.complete(version)
        if written and rng.random() < 0.5:
            pair.ruth.carried.decide(rng.choice(written).id, version, span=None)
            told = pair.ruth.carried.complete(version)
        assert sorted(str(n.note.id) for n in told.notes) == sorted(str(n.id) for n in written)
        assert sum(told.counts.values()) == len(written)
        assert all((n.span is None) for n in told.notes if n.state is Carried.REMOVED)
    pair.close()
