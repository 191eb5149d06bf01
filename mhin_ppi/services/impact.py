"""Recording the difference a question made, from two sides that are kept apart.

What was found when somebody looked again stands beside it, in ``second_looks``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.british import day
from ..domain.impact import (
    Direction,
    Impact,
    ImpactId,
    Lasted,
    SecondLook,
    for_them,
    view_and_writer,
)
from ..domain.questions import Question, QuestionId
from ..domain.responses import Change, ChangeId
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .changes import KEPT
from .desk import COORDINATING, Desk, coordinators, keep
from .evidence import EvidenceFile, check_file, check_link, evidence_file
from .outcome import Outcome
from .ports import UnitOfWork
from .second_looks import DueLook, due_looks, looks_at, second_look


@dataclass(frozen=True)
class Impacts:
    """The impact log."""

    desk: Desk

    def all(self) -> list[Impact]:
        """Return every impact, oldest first."""
        with self.desk.store.unit_of_work() as work:
            return work.find(Impact)

    def record(
        self,
        question: QuestionId,
        *,
        kind: str,
        stage: str,
        direction: Direction,
        what_changed: str,
        asker_view: str = "",
        team_view: str = "",
        evidence: str = "one_says",
        evidence_note: str = "",
        evidence_link: str = "",
        attached: EvidenceFile | None = None,
        change: ChangeId | None = None,
        seen_on: date | None = None,
        look_again_on: date | None = None,
    ) -> Outcome[Impact]:
        """Record one difference that a question made, or that none could be traced.

        Args:
            question: Which question.
            kind: Code of what changed, from the taxonomy.
            stage: Code of the research stage, from the taxonomy.
            direction: For better, for worse, or neither.
            what_changed: In plain words.
            asker_view: How the person who asked sees it; noted as typed in for them.
            team_view: How the research team sees it.
            evidence: Code of how sure we are, from the taxonomy.
            evidence_note: Where the evidence is.
            evidence_link: A web address where it can be seen.
            attached: A file that shows it.
            change: The change it rests on: its old and new words are evidence too.
            seen_on: The day it was noticed; today unless said otherwise.
            look_again_on: When to look again.

        Raises:
            NotAllowedError: Only a coordinator records impact.
            InputError: A code is not in the taxonomy, nothing is described, the days are the wrong
                way round, or a file or an address will not do.
        """
        self._check_codes(kind, stage, evidence)
        what = _checked_words(what_changed)
        link = check_link(evidence_link)
        file = check_file(attached) if attached else None
        with self.desk.store.unit_of_work() as work:
            me = self.desk.require(work, *COORDINATING, doing="record impact")
            found = work.get(Question, question)
            seen = seen_on or self.desk.today()
            self._check_days(work, found, change, seen, look_again_on)
            impact = Impact(
                id=ImpactId(self.desk.new_id()),
                question=question,
                change=change,
                kind=kind,
                stage=stage,
                direction=direction,
                what_changed=what,
                asker_view=asker_view.strip() if found.asker == me.id else for_them(asker_view),
                team_view=team_view.strip(),
                evidence=evidence,
                evidence_note=evidence_note.strip(),
                seen_on=seen,
                look_again_on=look_again_on,
                noted_by=me.id,
                evidence_file=work.keep_blob(file.content) if file else None,
                evidence_file_name=file.name if file else "",
                evidence_link=link,
            )
            keep(work, impact, space=space_of(found))
            return Outcome(impact, work.commit())

    def add_view(
        self, impact: ImpactId, *, asker_view: str | None = None, team_view: str | None = None
    ) -> Outcome[Impact]:
        """Add how one side sees it; the other side's view is left as it is.

        What a coordinator types in for the person who asked is marked as typed in for them.

        Raises:
            NotAllowedError: The asker's view is written by the asker, or by a coordinator for them
                while they have not written it themselves.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Impact, impact)
            question = work.get(Question, old.question)
            me = self.desk.store.person
            coordinates = me in coordinators(work)
            if not coordinates and (team_view is not None or question.asker != me):
                raise NotAllowedError("This is somebody else's view to give.")
            if asker_view is not None:
                own = question.asker == me
                theirs, typed = view_and_writer(old.asker_view)
                if theirs and not typed and not own:
                    raise NotAllowedError(
                        "The person who asked has written this view themselves.",
                        next_step="They can change it on their own laptop.",
                    )
                asker_view = asker_view.strip() if own else for_them(asker_view)
            new = dataclasses.replace(
                old,
                asker_view=old.asker_view if asker_view is None else asker_view,
                team_view=old.team_view if team_view is None else team_view.strip(),
            )
            keep(work, new, old=old, space=space_of(question))
            return Outcome(new, work.commit())

    def evidence_file(self, impact: ImpactId) -> EvidenceFile:
        """Return the attached file, to be saved out; this program never opens it.

        Raises:
            NotFoundError: There is none, or it has not come to this laptop yet.
        """
        return evidence_file(self.desk, impact)

    def due_looks(self, *, on: date | None = None) -> list[DueLook]:
        """Return the differences to look at again by a day (today), longest due first."""
        return due_looks(self.desk, on or self.desk.today())

    def looks(self, impacts: Iterable[ImpactId]) -> Mapping[ImpactId, tuple[SecondLook, ...]]:
        """Return what was found when somebody looked again, by difference, oldest first."""
        with self.desk.store.unit_of_work() as work:
            return looks_at(work, impacts)

    def look_again(
        self,
        impact: ImpactId,
        *,
        lasted: Lasted,
        note: str = "",
        on: date | None = None,
        next_on: date | None = None,
    ) -> Outcome[SecondLook]:
        """Record whether a difference is still there; see ``second_looks.second_look``."""
        return second_look(self.desk, impact, lasted=lasted, note=note, on=on, next_on=next_on)

    def _check_days(
        self,
        work: UnitOfWork,
        question: Question,
        change: ChangeId | None,
        seen: date,
        again: date | None,
    ) -> None:
        if seen > self.desk.today():
            raise _wrong_way("The day it was noticed has not come yet.", "Choose today or earlier.")
        asked = question.raised_at.astimezone().date() if question.raised_at else None
        if asked is not None and seen < asked:
            raise _wrong_way(
                f"It would have been noticed before the question was asked, on {day(asked)}.",
                "Put the day right.",
            )
        changed_on = work.get(Change, change).changed_on if change else None
        if changed_on is not None and seen < changed_on:
            raise _wrong_way(
                f"It would have been noticed before the change, which was on {day(changed_on)}.",
                "Put the day right.",
            )
        if again is not None and again <= self.desk.today():
            raise _wrong_way("The day to look at this again has passed.", "Choose a later day.")

    def _check_codes(self, kind: str, stage: str, evidence: str) -> None:
        taxonomy = self.desk.taxonomy
        pairs = ((kind, taxonomy.kinds), (stage, taxonomy.stages), (evidence, taxonomy.evidence))
        for code, terms in pairs:
            if code not in {term.code for term in terms}:
                raise InputError(
                    f"“{code}” is not in the list.", next_step="Choose one from the list."
                )


def _checked_words(what_changed: str) -> str:
    if not what_changed.strip():
        raise InputError(
            "It does not say what changed.",
            what_is_safe=KEPT,
            next_step="Write it in a sentence. “No change that we can trace” is an answer too.",
        )
    return what_changed.strip()


def _wrong_way(what: str, next_step: str) -> InputError:
    return InputError(what, what_is_safe=KEPT, next_step=next_step)
