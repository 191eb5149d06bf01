"""One jotting, named by two coordinators before their laptops exchange: nothing twice, or lost."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.meeting_parts import Jotting
from mhin_ppi.domain.meeting_rules import named_identity
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.questions import Question, QuestionId, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.errors import NotAllowedError
from mhin_ppi.services.boards import Services
from mhin_ppi.services.named_twice import Naming
from tests.services.laptops import Pair
from tests.services.test_meeting_parts import held
from tests.services.test_same_on_two_laptops import both_coordinate, pair_of


def jotted_on_both(pair: Pair, words: str = "Who pays?") -> Jotting:
    both_coordinate(pair)
    jotted = pair.ruth.meeting_parts.jottings.jot(held(pair).id, words).value
    pair.exchange()
    return jotted


def name(services: Services, jotted: Jotting, whose: PersonId | None) -> Question:
    return services.meeting_parts.jottings.give_name(jotted.id, whose).value


def clash(services: Services, jotted: Jotting) -> tuple[Naming, ...]:
    return services.meeting_parts.named_twice.of(jotted.meeting).get(jotted.id, ())


def whose(services: Services, jotted: Jotting) -> set[PersonId | None]:
    return {one.asker for one in clash(services, jotted)}


def bodies(services: Services) -> list[str]:
    return [story.question.body for story in services.questions.register()]


def named_apart(pair: Pair) -> tuple[Jotting, QuestionId, QuestionId]:
    """Ruth says it was Kim's question, Amber that it was the whole group's."""
    jotted = jotted_on_both(pair)
    kims, groups = name(pair.ruth, jotted, pair.kim), name(pair.amber, jotted, None)
    pair.exchange()
    return jotted, kims.id, groups.id


def settle(services: Services, jotted: Jotting, kept: QuestionId) -> None:
    services.meeting_parts.named_twice.settle(jotted.id, kept)


def sound(pair: Pair) -> bool:
    pair.exchange()
    verified = [services.desk.store.verify() for services in pair_of(pair)]
    return verified == [[], []] and pair.agree()


def test_the_whole_groups_question_is_one_whoever_says_so(pair: Pair) -> None:
    jotted = jotted_on_both(pair)
    made = [name(services, jotted, None) for services in pair_of(pair)]
    told = pair.ruth.meeting_parts.jottings.told_for_group()
    assert made[0] == made[1], "not a field of it may differ, or one would be chosen by chance"
    assert (made[0].asker, made[0].typed_by) == (told.id, None)
    # Each goes on before they hear of each other: what either did is kept, and counts.
    pair.ruth.questions.acknowledge([made[0].id])
    pair.amber.questions.respond(made[0].id, decision=Decision.WILL_CHANGE, body="The trust.")
    assert sound(pair)
    for services in pair_of(pair):
        (story,) = services.questions.register()
        assert (story.question.id, story.question.body) == (made[0].id, "Who pays?")
        assert [step.kind for step in story.fate.taken] == [
            *(StepKind.ACKNOWLEDGE, StepKind.ANSWER),
        ]
        (kept,) = services.meeting_parts.jottings.of(jotted.meeting)
        assert (kept.question, kept.body) == (story.question.id, "Who pays?")
        assert clash(services, jotted) == ()


def test_a_person_and_the_whole_group_are_a_clash_until_one_is_kept(pair: Pair) -> None:
    jotted, kims, _ = named_apart(pair)
    for services in pair_of(pair):
        assert whose(services, jotted) == {pair.kim, None}
        assert bodies(services) == ["Who pays?"] * 2
        # It waits in the list of what is owed, for whoever is not looking at that meeting.
        ((one, meeting),) = services.answering.debt.everyone().twice
        assert (one.id, one.body, meeting) == (jotted.id, "Who pays?", "Reading day")
    settle(pair.amber, jotted, kims)
    assert sound(pair)
    for services in pair_of(pair):
        assert services.answering.debt.everyone().twice == ()
        assert clash(services, jotted) == ()
        (story,) = services.questions.register()
        assert (story.question.id, story.question.asker) == (kims, pair.kim)
        (kept,) = services.meeting_parts.jottings.of(jotted.meeting)
        assert (kept.question, kept.body) == (kims, "Who pays?")
        assert len(services.search.find("pays")) == 1, "what was put aside is not found"


def test_a_clash_settled_both_ways_at_once_loses_neither(pair: Pair) -> None:
    jotted, kims, groups = named_apart(pair)
    settle(pair.ruth, jotted, kims)
    settle(pair.amber, jotted, groups)
    assert sound(pair)
    for services in pair_of(pair):
        assert whose(services, jotted) == {pair.kim, None}
        assert bodies(services) == ["Who pays?"] * 2
    settle(pair.ruth, jotted, groups)
    assert sound(pair)
    for services in pair_of(pair):
        assert [story.question.id for story in services.questions.register()] == [groups]
        assert clash(services, jotted) == ()


def test_what_was_answered_meanwhile_comes_back(pair: Pair) -> None:
    jotted, kims, groups = named_apart(pair)
    pair.amber.questions.respond(groups, decision=Decision.WILL_CHANGE, body="The trust.")
    settle(pair.ruth, jotted, kims)
    assert sound(pair)
    for services in pair_of(pair):
        seen = {one.asker: one for one in clash(services, jotted)}
        assert (seen[None].has_moved_on, seen[pair.kim].has_moved_on) == (True, False)
    # What has an answer is not put aside.
    with pytest.raises(NotAllowedError):
        settle(pair.ruth, jotted, kims)
    settle(pair.ruth, jotted, groups)
    assert sound(pair)
    for services in pair_of(pair):
        (story,) = services.questions.register()
        assert [one.body for one in story.responses] == ["The trust."]
        assert clash(services, jotted) == ()


def test_both_can_be_right_and_are_answered_together(pair: Pair) -> None:
    jotted, kims, groups = named_apart(pair)
    pair.amber.questions.respond(groups, decision=Decision.WILL_CHANGE, body="The trust.")
    pair.ruth.meeting_parts.named_twice.answer_together(jotted.id)
    assert sound(pair)
    for services in pair_of(pair):
        assert clash(services, jotted) == ()
        theme, held_there = services.themes.of(kims) or pytest.fail("it is in no theme")
        assert (theme.title, held_there) == ("Who pays?", 2)


def test_one_taken_back_by_its_asker_is_no_clash(pair: Pair) -> None:
    jotted, kims, groups = named_apart(pair)
    pair.ruth.questions.take_step(kims, StepKind.WITHDRAW, on_behalf_of=pair.kim)
    assert sound(pair)
    assert clash(pair.amber, jotted) == ()
    with pytest.raises(NotAllowedError):
        settle(pair.ruth, jotted, groups)


def test_only_a_coordinator_says_whose_it_was(pair: Pair) -> None:
    meeting = held(pair)
    jotted = pair.ruth.meeting_parts.jottings.jot(meeting.id, "Who pays?").value
    kims = name(pair.ruth, jotted, pair.kim)
    with pytest.raises(NotAllowedError):
        settle(pair.ruth, jotted, kims.id)
    assert kims.id == named_identity(jotted.id, pair.kim)
    pair.exchange()
    with pytest.raises(NotAllowedError):
        settle(pair.amber, jotted, kims.id)
