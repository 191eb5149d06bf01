"""Recording the difference a question made, from two sides that are kept apart."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from ..domain.impact import Direction, Impact, ImpactId
from ..domain.questions import Question, QuestionId
from ..domain.responses import ChangeId
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, coordinators, keep
from .outcome import Outcome


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
        change: ChangeId | None = None,
        look_again_on: date | None = None,
    ) -> Outcome[Impact]:
        """Record one difference that a question made, or that none could be traced.

        Args:
            question: Which question.
            kind: Code of what changed, from the taxonomy.
            stage: Code of the research stage, from the taxonomy.
            direction: For better, for worse, or neither.
            what_changed: In plain words.
            asker_view: How the person who asked sees it.
            team_view: How the research team sees it.
            evidence: Code of how sure we are, from the taxonomy.
            evidence_note: Where the evidence is.
            change: The change it rests on.
            look_again_on: When to look again.

        Raises:
            NotAllowedError: Only a coordinator records impact.
            InputError: A code is not in the taxonomy, nothing is described, or the day has passed.
        """
        self._check_codes(kind, stage, evidence)
        self._check_words(what_changed, look_again_on)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="record impact")
            found = work.get(Question, question)
            impact = Impact(
                id=ImpactId(self.desk.new_id()),
                question=question,
                change=change,
                kind=kind,
                stage=stage,
                direction=direction,
                what_changed=what_changed.strip(),
                asker_view=asker_view.strip(),
                team_view=team_view.strip(),
                evidence=evidence,
                evidence_note=evidence_note.strip(),
                seen_on=self.desk.today(),
                look_again_on=look_again_on,
                noted_by=self.desk.store.person,
            )
            keep(work, impact, space=space_of(found))
            return Outcome(impact, work.commit())

    def add_view(
        self, impact: ImpactId, *, asker_view: str | None = None, team_view: str | None = None
    ) -> Outcome[Impact]:
        """Add how one side sees it; the other side's view is left as it is.

        Raises:
            NotAllowedError: The asker's view is written by the asker, or a coordinator for them.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Impact, impact)
            question = work.get(Question, old.question)
            me = self.desk.store.person
            coordinates = me in coordinators(work)
            if not coordinates and (team_view is not None or question.asker != me):
                raise NotAllowedError("This is somebody else's view to give.")
            new = dataclasses.replace(
                old,
                asker_view=old.asker_view if asker_view is None else asker_view.strip(),
                team_view=old.team_view if team_view is None else team_view.strip(),
            )
            keep(work, new, old=old, space=space_of(question))
            return Outcome(new, work.commit())

    def _check_words(self, what_changed: str, look_again_on: date | None) -> None:
        if not what_changed.strip():
            raise InputError(
                "It does not say what changed.",
                next_step="Write it in a sentence. “No change that we can trace” is an answer too.",
            )
        if look_again_on is not None and look_again_on <= self.desk.today():
            raise InputError("The day to look again has passed.", next_step="Choose a later day.")

    def _check_codes(self, kind: str, stage: str, evidence: str) -> None:
        taxonomy = self.desk.taxonomy
        pairs = ((kind, taxonomy.kinds), (stage, taxonomy.stages), (evidence, taxonomy.evidence))
        for code, terms in pairs:
            if code not in {term.code for term in terms}:
                raise InputError(
                    f"“{code}” is not in the list.", next_step="Choose one from the list."
                )
