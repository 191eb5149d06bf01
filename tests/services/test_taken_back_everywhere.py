"""A question is taken back after it went through three laptops: its words are then on none."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.annotations import AnnotationId, AnnotationKind, Visibility
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.questions import QuestionId, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.spaces import ADMIN, BOARD
from mhin_ppi.storage.store import LocalStore
from tests.services.laptops import PASSPHRASE, Pair, make_boards, make_pair
from tests.services.test_meeting_parts import held
from tests.storage.test_forgetting import holds

SECRETS = ("ward was locked", "giraffe", "ocelot", "zebra", "pangolin")
SPACES = (ADMIN, BOARD)
Shipped = list[tuple[bytes, bytes, object]]


@dataclass
class Story:
    """What there was to carry before and after Amber took back what she had said.

    Args:
        pair: Ruth's and Amber's laptops, as they are in the end.
        third: Folder of Kim's laptop, closed, which has heard nothing of it yet.
        asked: Which question it was.
        before: Every entry there was, with the words, as Ruth's laptop told it.
        after: Every entry that Amber's laptop has.
    """

    pair: Pair
    third: Path
    asked: QuestionId
    before: Shipped
    after: Shipped


def _ask(pair: Pair) -> tuple[QuestionId, AnnotationId]:
    """Let Amber ask in a meeting, be answered, and say more at every turn."""
    amber, ruth = pair.amber, pair.ruth
    jottings = ruth.meeting_parts.jottings
    jotted = jottings.jot(held(pair).id, "Misheard: the zebra ward?").value
    jottings.reword(jotted.id, "My ward was locked, why?")
    asked = jottings.give_name(jotted.id, pair.amber_id).value
    quoted = "It opens, since you asked “My ward was locked, why?”"
    no, yes = Decision.WILL_NOT_CHANGE, Decision.WILL_CHANGE
    ruth.questions.respond(asked.id, decision=no, body="Not yet.", reason=quoted)
    ruth.questions.respond(asked.id, decision=yes, body=quoted)
    ruth.questions.link_change(asked.id, outside=f"A door. {quoted}")
    ruth.questions.feed_back(asked.id, body="You asked “My ward was locked, why?”. It opens now.")
    seen = ruth.impacts.record(
        asked.id,
        kind="design",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="A door",
        team_view="The team is glad.",
    ).value
    pair.exchange()
    amber.questions.take_step(asked.id, StepKind.NOT_QUITE, said="My giraffe is inside")
    amber.impacts.add_view(seen.id, asker_view="The ocelot is free.")
    noted = amber.annotations.annotate(
        pair.version,
        kind=AnnotationKind.CONCERN,
        body="A pangolin, for all to see",
        span=pair.span("Seclusion"),
        visibility=Visibility.BOARD,
    ).value
    return asked.id, noted.annotation.id


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    home = tmp_path_factory.mktemp("everywhere")
    boards = make_boards(home)
    pair = make_pair(boards, home)
    third, _, certificate = boards.vault.join(
        home / "kim",
        label="Board 1",
        passphrase=PASSPHRASE,
        board=pair.ruth.people.board().id,
        person=pair.kim,
    )
    pair.ruth.people.add_device(certificate)
    pair.to_amber()
    third.take_in(pair.ruth.desk.store.ship(spaces=(ADMIN,)))
    third.close()
    asked, note = _ask(pair)
    pair.to_ruth()
    before = pair.ruth.desk.store.ship(spaces=SPACES)
    pair.amber.questions.take_step(asked, StepKind.WITHDRAW)
    pair.amber.annotations.change(note, visibility=Visibility.COORDINATOR)
    after = pair.amber.desk.store.ship(spaces=SPACES)
    yield Story(pair, home / "kim", asked, before, after)
    pair.close()


def test_everything_was_there_before_and_is_nowhere_after(story: Story):
    assert [word for word in SECRETS if word not in str(story.before)] == ["zebra"]
    assert [word for word in SECRETS if word in str(story.after)] == []
    amber, ruth = story.pair.amber, story.pair.ruth
    story.pair.exchange()
    for services in (amber, ruth):
        store = services.desk.store
        left = [word for word in SECRETS if holds(store, word)]
        # Ruth coordinates, so she may read on what Amber showed to the coordinators alone.
        assert left == ["pangolin"]
        assert [word for word in SECRETS if word in str(store.ship(spaces=SPACES))] == []
        assert not services.search.find("locked")
        assert "ward was locked" not in str(services.questions.story(story.asked))
        assert store.verify() == []
    told = str(ruth.questions.story(story.asked))
    assert "It opens now." in told
    assert "The team is glad." in told
    assert story.pair.agree()


def _deliver(store: LocalStore, lots: list[Shipped], order: random.Random) -> None:
    for lot in lots:
        shuffled = list(lot)
        order.shuffle(shuffled)
        store.take_in(shuffled)


@settings(max_examples=8)
@given(
    cuts=st.lists(st.integers(0, 200), min_size=1, max_size=4),
    old_first=st.booleans(),
    seed=st.integers(0, 2**16),
)
def test_in_whatever_order_it_arrives(story: Story, cuts: list[int], old_first: bool, seed: int):  # noqa: FBT001
    _any_order(story, cuts, old_first=old_first, seed=seed)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    cuts=st.lists(st.integers(0, 200), min_size=1, max_size=6),
    old_first=st.booleans(),
    seed=st.integers(0, 2**16),
)
def test_in_very_many_orders(story: Story, cuts: list[int], old_first: bool, seed: int):  # noqa: FBT001
    _any_order(story, cuts, old_first=old_first, seed=seed)


def _any_order(story: Story, cuts: list[int], *, old_first: bool, seed: int) -> None:
    """Carry old and new to the third laptop in pieces and any order, all of it at least once."""
    order = random.Random(seed)
    every = [*story.before, *story.after] if old_first else [*story.after, *story.before]
    if seed % 2:
        order.shuffle(every)
    edges = [0, *sorted(cut % len(every) for cut in cuts), len(every)]
    lots = [every[start:end] for start, end in zip(edges, edges[1:], strict=False)]
    vault = story.pair.boards.vault
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(story.third, Path(place) / "kim")
        store = vault.open(Path(place) / "kim", passphrase=PASSPHRASE)
        try:
            _deliver(store, lots, order)
            assert [word for word in SECRETS if holds(store, word)] == []
            assert store.held_back() == []
            assert store.verify() == []
            assert store.digest(*SPACES) == story.pair.amber.desk.store.digest(*SPACES)
        finally:
            store.close()
