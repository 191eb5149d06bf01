"""Similar questions: offered with reasons, put together and taken apart, nothing lost."""

from __future__ import annotations

import dataclasses

import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.people import Credit, Person, Role
from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.domain.register import Theme
from mhin_ppi.domain.spaces import BOARD, person_space
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services.desk import alter

HOME = "Can I join the sessions from home?"
VIDEO = "Will it be possible to join a session from home by video?"
PAID = "Who pays the next trainer when the study ends?"


def ask(services, body, **given):
    return services.questions.raise_question(body, **given).value.id


def board(pair):
    """Return the ids of three questions, two of which ask the same."""
    first = ask(pair.amber, HOME, credit=Credit.FULL_NAME)
    pair.to_ruth()
    second = ask(pair.ruth, VIDEO, on_behalf_of=pair.kim, credit=Credit.NOT_NAMED)
    return first, second, ask(pair.ruth, PAID)


def as_it_was(story):
    """Everything of a question that putting it with others must not touch."""
    put = (StepKind.MERGE, StepKind.UNMERGE)
    taken = [step for step in story.fate.taken if step.kind not in put]
    fate = dataclasses.replace(story.fate, taken=tuple(taken))
    return dataclasses.replace(story, fate=fate, question=dataclasses.replace(story.question))


def test_a_suggestion_says_which_words_both_hold(pair):
    first, second, _ = board(pair)
    (found,) = pair.ruth.themes.similar.to([first])
    assert found.story.question.id == second
    assert found.story.asked_by == "A board member"
    assert set(found.words) == {"join", "home", "session"}
    assert found.why == ("Both say “join”, “session”, “home”.",)
    (group,) = pair.ruth.themes.similar.groups()
    assert {story.question.id for story in group} == {first, second}


def test_the_same_marked_words_and_tags_are_reasons(pair):
    span = pair.span("by text message")
    ids = []
    for body, tags in (
        ("Is a text safe to receive?", ("privacy",)),
        ("A text on a shared phone is seen by all.", ("Privacy",)),
    ):
        noted = pair.ruth.annotations.annotate(
            pair.version, kind=AnnotationKind.CONCERN, body=body, span=span, tags=tags
        )
        ids.append(noted.value.question.id)
    (found,) = pair.ruth.themes.similar.to(ids[:1])
    assert found.why == (
        "Both say “text”.",
        "Both are about the same words of the draft.",
        "Both are tagged “Privacy”.",
    )


def test_a_no_is_remembered_and_can_be_taken_back(pair):
    first, second, _ = board(pair)
    entries = len(pair.ruth.desk.store.entries())
    pair.ruth.themes.similar.refuse(first, second)
    assert pair.ruth.themes.similar.to([first]) == pair.ruth.themes.similar.to([second]) == ()
    assert pair.ruth.themes.similar.groups() == ()
    pair.ruth.themes.similar.refuse(second, first, wanted=False)
    assert len(pair.ruth.themes.similar.to([first])) == 1
    assert len(pair.ruth.desk.store.entries()) == entries, "a no never leaves the laptop"


def test_together_and_apart_again_everything_is_as_it_was(pair):
    first, second, third = board(pair)
    pair.ruth.questions.acknowledge([first])
    before = [pair.ruth.questions.story(one) for one in (first, second)]
    shown = pair.ruth.themes.put_together([first, second], title=" Joining  from home ").value
    assert shown.theme.title == "Joining from home"
    assert [(s.question.body, s.asked_by) for s in shown.stories] == [
        (HOME, "Amber Fictional"),
        (VIDEO, "A board member"),
    ]
    assert pair.ruth.themes.of(first) == (shown.theme, 2)
    assert pair.ruth.themes.all() == [(shown.theme, 2)]
    assert pair.ruth.themes.similar.to([third]) == ()
    with pytest.raises(NotAllowedError):
        pair.ruth.themes.put_together([first, third], title="Another")
    story = pair.ruth.themes.take_out(first).value
    assert as_it_was(story) == before[0]
    assert [s.kind for s in story.fate.taken][-2:] == [StepKind.MERGE, StepKind.UNMERGE]
    pair.exchange()
    assert pair.agree()
    assert pair.amber.themes.of(first) is None
    assert pair.amber.themes.of(second) == (shown.theme, 1)
    assert pair.ruth.themes.dissolve(shown.theme.id).value == (second,)
    assert as_it_was(pair.ruth.questions.story(second)) == before[1]
    assert pair.ruth.themes.all() == []
    pair.ruth.themes.add(shown.theme.id, [second, first])
    assert pair.ruth.themes.of(second) == (shown.theme, 2)
    assert pair.ruth.verify() == []


def test_what_one_may_not_do_with_similar_questions(pair):
    first, second, third = board(pair)
    pair.to_amber()
    acts = pair.ruth.themes
    with pytest.raises(InputError, match="only one question"):
        acts.put_together([first, first], title="Alone")
    for title in (" ", "x" * 121):
        with pytest.raises(InputError):
            acts.put_together([first, second], title=title)
    with pytest.raises(NotAllowedError):
        pair.amber.themes.put_together([first, second], title="Mine")
    with pytest.raises(NotAllowedError):
        acts.take_out(first)
    with pytest.raises(NotFoundError):
        acts.add(pair.project, [first])
    assert acts.all() == []
    shown = acts.put_together([first, second], title="Home").value
    assert acts.rename(shown.theme.id, title="From home").value.title == "From home"
    pair.to_amber()
    pair.amber.questions.take_step(first, StepKind.WITHDRAW)
    pair.to_ruth()
    with pytest.raises(NotAllowedError):
        acts.add(shown.theme.id, [ask(pair.ruth, "Another?"), first])
    assert [s.fate.state for s in acts.open(shown.theme.id).stories] == [
        QuestionState.WITHDRAWN,
        QuestionState.RAISED,
    ]
    assert acts.dissolve(shown.theme.id).value == (second,), "what was taken back is not put back"
    assert pair.ruth.questions.story(first).fate.flagged == ()


def test_a_private_question_stays_private_in_company(pair):
    first = ask(pair.amber, HOME, visibility=Visibility.COORDINATOR)
    pair.to_ruth()
    second = ask(pair.ruth, VIDEO)
    pair.ruth.themes.put_together([first, second], title="Home")
    about = [
        e for e in pair.ruth.desk.store.entries() if any(str(first) in str(op) for op in e.ops)
    ]
    assert {entry.space for entry in about} == {person_space(pair.amber_id)}
    for entry in pair.ruth.desk.store.entries():
        assert entry.space != BOARD or HOME not in str(entry.ops)


def test_two_coordinators_who_merge_differently_end_alike(pair):
    first, second, third = board(pair)
    with pair.ruth.desk.store.unit_of_work() as work:
        alter(work, work.get(Person, pair.amber_id), roles=(Role.COORDINATOR,))
        work.commit()
    pair.to_amber()
    here = pair.ruth.themes.put_together([first, second], title="At home").value.theme
    there = pair.amber.themes.put_together([first, third], title="Money").value.theme
    pair.exchange()
    pair.exchange()
    assert pair.agree()
    shown = [
        [(theme.id, number) for theme, number in one.themes.all()]
        for one in (pair.ruth, pair.amber)
    ]
    assert shown[0] == shown[1]
    assert sum(number for _, number in shown[0]) == 3, "in one theme each, none lost"
    assert pair.ruth.themes.of(first)[0].id in (here.id, there.id)
    for laptop in (pair.ruth, pair.amber):
        story = laptop.questions.story(first)
        assert [step.kind for step in story.fate.taken] == [StepKind.MERGE] * 2
        assert (story.fate.flagged, story.question.body) == ((), HOME)
    # One takes it out while the other renames: both count.
    pair.ruth.themes.take_out(first)
    pair.amber.themes.rename(pair.amber.themes.of(second)[0].id, title="From home")
    pair.exchange()
    assert pair.agree()
    assert pair.ruth.themes.of(first) is pair.amber.themes.of(first) is None
    with pair.amber.desk.store.unit_of_work() as work:
        assert {one.title for one in work.find(Theme)} == {"From home", "Money"}
