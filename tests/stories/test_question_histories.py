"""Any allowed history of questions: none is lost, nor its words, its asker's credit, or its past.

Two real laptops, three people (one without a laptop), every step that the program has. What may
happen is held against the table written out by hand in ``tests/domain/test_fate.py``; where
questions stand is counted once more from the signed log, by code of its own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mhin_ppi.domain.annotations import Visibility
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.log import StepOp
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionState as S
from mhin_ppi.domain.questions import StepKind as K
from mhin_ppi.domain.responses import Answer, Decision
from mhin_ppi.errors import InputError, NotAllowedError
from tests.domain.test_fate import ASKER, DECIDED, PRODUCT, RUTH, crossed
from tests.services.laptops import PASSPHRASE, Pair, make_boards, make_pair

whose = st.sampled_from(("amber", "kim", "ruth"))
which = st.integers(0, 5)
credits_ = st.sampled_from((None, *Credit))


def plain(story: Any) -> Any:
    """Return a story without the steps and the mark that similar questions leave on it."""
    taken = [step for step in story.fate.taken if step.kind not in (K.MERGE, K.UNMERGE)]
    fate = replace(story.fate, taken=tuple(taken))
    return replace(story, fate=fate, question=replace(story.question, theme=""))


class Histories(RuleBasedStateMachine):
    """Takes steps on either laptop; sends what is new from one to the other now and then."""

    made: ClassVar[Pair]
    folder: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.kept = tempfile.TemporaryDirectory()
        home = Path(self.kept.name)
        for name in ("ruth", "amber"):
            shutil.copytree(self.folder / name, home / name)
        boards = make_boards(home)
        self.ruth = boards.open(home / "ruth", passphrase=PASSPHRASE)
        self.amber = boards.open(home / "amber", passphrase=PASSPHRASE)
        self.pair = replace(self.made, ruth=self.ruth, amber=self.amber, clock=boards.clock)
        self.asked: dict[Any, tuple[str, Credit | None, Any]] = {}
        self.order: list[Any] = []
        self.seen: dict[Any, set[str]] = {}
        self.taken_back: set[Any] = set()

    def teardown(self) -> None:
        try:
            self.exchange()
            self.exchange()
            assert self.pair.agree()
            self.nothing_is_lost()
            for laptop in (self.ruth, self.amber):
                self.counted_again(laptop)
                assert laptop.verify() == []
        finally:
            self.ruth.close()
            self.amber.close()
            self.kept.cleanup()

    # What people do

    @rule(who=whose, credit=credits_, private=st.booleans(), number=st.integers(0, 99))
    def raise_question(self, who: str, credit: Credit | None, private: bool, number: int) -> None:
        laptop = self.amber if who == "amber" else self.ruth
        made = laptop.questions.raise_question(
            f"Can I join session {number} from home?",
            credit=credit,
            visibility=Visibility.COORDINATOR if private and who == "amber" else Visibility.BOARD,
            on_behalf_of=self.pair.kim if who == "kim" else None,
        ).value
        self.asked[made.id] = (made.body, credit, made.asker)
        self.order.append(made.id)

    @precondition(lambda self: self.order)
    @rule(at=which, kind=st.sampled_from(list(K)), by_member=st.booleans())
    def take(self, at: int, kind: K, by_member: bool) -> None:
        """Take a step; it succeeds exactly where the table allows it."""
        question = self.order[at % len(self.order)]
        laptop = self.amber if by_member else self.ruth
        if kind in (K.MERGE, K.UNMERGE, K.NOT_CHANGE) or not self._is_here(laptop, question):
            return
        story = laptop.questions.story(question)
        source, _, takers = PRODUCT[kind]
        by_asker = ASKER in takers and (not by_member or story.is_mine)
        may = by_asker if by_member else bool({RUTH, ASKER} & takers)
        behalf = None
        if not by_member and RUTH not in takers and not story.is_mine:
            behalf = story.question.asker
        before = len(laptop.desk.store.entries())
        if may and story.fate.state in source:
            self._do(laptop, question, kind, behalf)
            assert laptop.questions.story(question).fate.last(kind) is not None
            if kind is K.WITHDRAW:
                self.taken_back.add(question)
        else:
            with pytest.raises(NotAllowedError):
                self._do(laptop, question, kind, behalf)
            assert len(laptop.desk.store.entries()) == before

    @precondition(lambda self: len(self.order) > 1)
    @rule(at=which, other=which, apart=st.booleans())
    def put_together(self, at: int, other: int, apart: bool) -> None:
        """Put two questions together; taken apart again they are as they were."""
        pair = {self.order[at % len(self.order)], self.order[other % len(self.order)]}
        if len(pair) < 2 or not all(self._is_here(self.ruth, one) for one in pair):
            return
        before = {one: self.ruth.questions.story(one) for one in pair}
        free = all(
            not s.question.theme and s.fate.state is not S.WITHDRAWN for s in before.values()
        )
        if not free:
            with pytest.raises(NotAllowedError):
                self.ruth.themes.put_together(pair, title="Home")
            return
        self.ruth.themes.put_together(pair, title="Home")
        for one in pair:
            assert plain(self.ruth.questions.story(one)) == plain(before[one])
            if apart:
                after = self.ruth.themes.take_out(one).value
                assert after.question == before[one].question
                assert plain(after) == plain(before[one])

    @precondition(lambda self: self.ruth.themes.all())
    @rule(no=st.booleans(), dissolve=st.booleans())
    def answer_theme(self, no: bool, dissolve: bool) -> None:
        """Give one answer to a theme, or take it apart."""
        theme, _ = self.ruth.themes.all()[0]
        shown = self.ruth.themes.open(theme.id).stories
        if dissolve:
            self.ruth.themes.dissolve(theme.id)
            for story in shown:
                assert plain(self.ruth.questions.story(story.question.id)) == plain(story)
            return
        open_now = [s for s in shown if s.fate.state not in (S.CLOSED, S.WITHDRAWN)]
        decision = Decision.WILL_NOT_CHANGE if no else Decision.WILL_CHANGE
        answer = Answer(decision, "The same to all.", "The law." if no else "")
        if not open_now:
            with pytest.raises(InputError):
                self.ruth.responses.to_theme(theme.id, answer)
            return
        said = (decision, answer.body, answer.reason)
        had_it = [
            s
            for s in open_now
            if s.fate.state in DECIDED
            and (s.response.decision, s.response.body, s.response.reason) == said
        ]
        if len(had_it) == len(open_now):
            with pytest.raises(InputError):
                self.ruth.responses.to_theme(theme.id, answer)
            return
        told = self.ruth.responses.to_theme(theme.id, answer).value
        assert [s.question.id for s in told.had_it] == [s.question.id for s in had_it]
        fresh = {s.question.id for s in open_now} - {s.question.id for s in had_it}
        assert {s.question.id for s in told.answered} == fresh
        for story in told.answered:
            assert story.fate.state is (S.NOT_CHANGED if no else S.ANSWERED)

    @precondition(lambda self: self.order)
    @rule(at=which)
    def record_impact(self, at: int) -> None:
        question = self.order[at % len(self.order)]
        if self._is_here(self.ruth, question) and self.ruth.questions.story(question).response:
            self.ruth.impacts.record(
                question,
                kind="design",
                stage="design",
                direction=Direction.NEUTRAL,
                what_changed="Nothing that can be seen.",
            )

    @rule()
    def exchange(self) -> None:
        self.pair.exchange()

    # What holds after every step

    @invariant()
    def nothing_is_lost(self) -> None:
        for laptop in (self.ruth, self.amber):
            stories = {story.question.id: story for story in laptop.questions.register()}
            for question, (body, credit, asker) in self.asked.items():
                story = stories.get(question)
                if story is None:
                    assert (laptop, question) not in self.seen
                    continue
                assert (story.question.credit, story.question.asker) == (credit, asker)
                gone = question in self.taken_back and story.fate.state is S.WITHDRAWN
                assert story.question.body == ("" if gone else body)
                past = {step.id for step in (*story.fate.taken, *story.fate.flagged)}
                assert self.seen.get((laptop, question), set()) <= past
                self.seen[(laptop, question)] = past

    def counted_again(self, laptop: Any) -> None:
        """Count where questions stand from the log, by other code than the program's."""
        steps: dict[str, list[tuple[Any, str, str]]] = {}
        entries = sorted(laptop.desk.store.entries(), key=lambda e: (e.hlc, e.device, e.id))
        coordinator = str(self.pair.ruth.desk.store.person)
        owner = {e.device: coordinator for e in self.ruth.desk.store.entries()[:1]}
        for entry in entries:
            by = owner.get(entry.device, str(self.pair.amber_id))
            for op in entry.ops:
                if isinstance(op, StepOp):
                    behalf = str(op.detail.get("for", ""))
                    steps.setdefault(op.question, []).append((K(op.kind), by, behalf))
        counts: Counter[S] = Counter()
        for question, (_, _, asker) in self.asked.items():
            state, told = S.RAISED, False
            for kind, by, behalf in steps.get(str(question), []):
                source, target, takers = PRODUCT[kind]
                is_asker = by == str(asker) or (by == coordinator and behalf == str(asker))
                allowed = (ASKER in takers and is_asker) or (RUTH in takers and by == coordinator)
                late = crossed(state, kind, is_asker, told=told)
                if late or (state in source and allowed):
                    told = told or kind is K.FEED_BACK
                    state = target if isinstance(target, S) else state
            counts[state] += 1
        assert counts == Counter(story.fate.state for story in laptop.questions.register())
        owed = sum(counts[one] for one in S if one not in (S.FED_BACK, S.CLOSED, S.WITHDRAWN))
        assert owed == len(laptop.questions.owed())

    def _is_here(self, laptop: Any, question: Any) -> bool:
        return any(story.question.id == question for story in laptop.questions.register())

    def _do(self, laptop: Any, question: Any, kind: K, behalf: Any) -> None:
        questions = laptop.questions
        if kind is K.ACKNOWLEDGE:
            if questions.acknowledge([question]).value == 0:
                raise NotAllowedError("It is past that.")
        elif kind is K.ANSWER:
            questions.respond(question, decision=Decision.WILL_CHANGE, body="We will.")
        elif kind is K.CHANGE:
            questions.link_change(question, outside="A new way.")
        elif kind is K.FEED_BACK:
            questions.feed_back(question, body="Thank you.")
        else:
            questions.take_step(question, kind, said="So.", on_behalf_of=behalf)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> type[Histories]:
    home = tmp_path_factory.mktemp("histories")
    Histories.made = make_pair(make_boards(home), home)
    Histories.made.close()
    Histories.folder = home
    return Histories


def test_no_history_loses_anything(machine: type[Histories]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=4, stateful_step_count=25))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_many_histories_lose_nothing(machine: type[Histories]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=40))
