"""Questions of the sample board, from the first word to the asker's last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ..domain.annotations import AnnotationId, AnnotationKind, Visibility
from ..domain.drafts import VersionId
from ..domain.impact import Direction
from ..domain.meetings import MeetingId
from ..domain.people import Credit
from ..domain.projects import ProjectId, SiteId
from ..domain.questions import Considered, QuestionId, StepKind
from ..domain.responses import ChangeId, Decision, FeedbackKind
from .boards import Services
from .sample_laptops import Laptops
from .sample_script import Script, Table, place_of

_ASKERS_STEPS = {
    "yes": StepKind.CONFIRM,
    "not_quite": StepKind.NOT_QUITE,
    "reopen": StepKind.REOPEN,
    "withdraw": StepKind.WITHDRAW,
}


@dataclass
class _Asked:
    """What has come of one question so far."""

    question: QuestionId | None = None
    annotation: AnnotationId | None = None
    change: ChangeId | None = None


@dataclass
class Asking:
    """Knows how each step in the script is taken.

    Args:
        script: What is told.
        laptops: Where it is written.
        projects: By their key.
        versions: By their key.
        meetings: By their key.
    """

    script: Script
    laptops: Laptops
    projects: Mapping[str, ProjectId]
    versions: Mapping[str, VersionId]
    meetings: Mapping[str, MeetingId]
    _texts: dict[str, str] = field(default_factory=dict)

    def steps(self, table: Table) -> Iterator[tuple[int, Callable[[], None]]]:
        """Yield the day and the doing of each step of a question."""
        asked = _Asked()
        for step in table["steps"]:
            take = getattr(self, f"_{step['do']}", None) or self._askers_step
            yield step["day"], partial(take, table, step, asked)

    @property
    def _ruth(self) -> Services:
        return self.laptops.desk_of_coordinator()

    def _raise(self, table: Table, step: Table, asked: _Asked) -> None:
        services, behalf = self.laptops.at(table["by"])
        kind = AnnotationKind(table["kind"])
        visibility = Visibility(table.get("visibility", "board"))
        credit = Credit(table["credit"]) if "credit" in table else None
        if "on" not in table:
            asked.question = services.questions.raise_question(
                table["body"],
                kind=kind,
                project=self.projects.get(table.get("project", "")),
                meeting=self.meetings.get(table.get("meeting", "")),
                site=self._site(services, table),
                visibility=visibility,
                credit=credit,
                on_behalf_of=behalf,
            ).value.id
            return
        noted = services.annotations.annotate(
            self.versions[table["on"]],
            kind=kind,
            body=table["body"],
            span=self._span(table["on"], table["passage"]),
            visibility=visibility,
            site=self._site(services, table),
            credit=credit,
            on_behalf_of=behalf,
        ).value
        asked.annotation = noted.annotation.id
        asked.question = noted.question.id if noted.question else None

    def _acknowledge(self, table: Table, step: Table, asked: _Asked) -> None:
        self._ruth.questions.acknowledge([_known(asked)])

    def _hand(self, table: Table, step: Table, asked: _Asked) -> None:
        self._ruth.questions.hand_to(_known(asked), holder=step["holder"])

    def _answer(self, table: Table, step: Table, asked: _Asked) -> None:
        self._ruth.questions.respond(
            _known(asked),
            decision=Decision(step["decision"]),
            body=step["said"],
            reason=step.get("reason", ""),
            criteria=step.get("grounds", ()),
            decided_by=step.get("decided_by", ""),
            considered=Considered(step["considered"]),
        )

    def _change(self, table: Table, step: Table, asked: _Asked) -> None:
        new = None
        if "to" in step:
            new = (self.versions[step["to"]], *self._span(step["to"], step["new"]))
        change = self._ruth.questions.link_change(
            _known(asked), new=new, outside=step.get("outside", "")
        )
        asked.change = change.value.id

    def _impact(self, table: Table, step: Table, asked: _Asked) -> None:
        again = step.get("look_again")
        self._ruth.impacts.record(
            _known(asked),
            kind=step["kind"],
            stage=step["stage"],
            direction=Direction(step["direction"]),
            what_changed=step["what"],
            asker_view=step["asker"],
            team_view=step["team"],
            evidence=step["evidence"],
            evidence_note=step.get("note", ""),
            change=asked.change,
            look_again_on=self.script.day(again) if again else None,
        )

    def _tell(self, table: Table, step: Table, asked: _Asked) -> None:
        sort = FeedbackKind(step.get("sort", "difference"))
        self._ruth.questions.feed_back(_known(asked), body=step["said"], kind=sort)

    def _no_reply(self, table: Table, step: Table, asked: _Asked) -> None:
        self._ruth.questions.take_step(_known(asked), StepKind.NO_REPLY_NEEDED, said=step["said"])

    def _take_back(self, table: Table, step: Table, asked: _Asked) -> None:
        services, _ = self.laptops.at(table["by"])
        assert asked.annotation is not None  # noqa: S101 - it was raised on a draft
        services.annotations.take_back(asked.annotation)

    def _askers_step(self, table: Table, step: Table, asked: _Asked) -> None:
        services, behalf = self.laptops.at(table["by"])
        services.questions.take_step(
            _known(asked), _ASKERS_STEPS[step["do"]], said=step["said"], on_behalf_of=behalf
        )

    def _site(self, services: Services, table: Table) -> SiteId | None:
        if "site" not in table:
            return None
        return next(one.id for one in services.people.sites() if one.name == table["site"])

    def _span(self, version: str, words: str) -> tuple[int, int]:
        if version not in self._texts:
            text = self._ruth.reviewing.text_of(self.versions[version], images=False)
            self._texts[version] = text.text
        return place_of(self._texts[version], words)


def _known(asked: _Asked) -> QuestionId:
    assert asked.question is not None  # noqa: S101 - the script raises it first
    return asked.question
