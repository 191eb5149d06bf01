"""Questions of the sample board, from the first word to the asker's last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ..domain.annotations import AnnotationId, AnnotationKind, Visibility
from ..domain.drafts import VersionId
from ..domain.impact import Direction, ImpactId, Lasted
from ..domain.meetings import MeetingId
from ..domain.people import Credit
from ..domain.projects import ProjectId, SiteId
from ..domain.questions import Considered, QuestionId, StepKind
from ..domain.responses import Answer, ChangeId, Decision, FeedbackKind
from ..errors import InputError
from .boards import Services
from .sample_laptops import Laptops
from .sample_script import Script, Table, place_of

_ASKERS_STEPS = {
    "yes": StepKind.CONFIRM,
    "not_quite": StepKind.NOT_QUITE,
    "reopen": StepKind.REOPEN,
    "withdraw": StepKind.WITHDRAW,
}


Doing = tuple[int, Callable[[], None]]
"""The day on which something is done, and what does it."""


@dataclass
class _Asked:
    """What has come of one question so far."""

    body: str
    question: QuestionId | None = None
    annotation: AnnotationId | None = None
    change: ChangeId | None = None
    impact: ImpactId | None = None


@dataclass
class Asking:
    """Knows how each step in the script is taken.

    Args:
        script: What is told.
        laptops: Where it is written.
        projects: By their key.
        versions: By their key.
        meetings: By their key.
        asked: Questions that have a key, by it.
    """

    script: Script
    laptops: Laptops
    projects: Mapping[str, ProjectId]
    versions: Mapping[str, VersionId]
    meetings: Mapping[str, MeetingId]
    asked: dict[str, _Asked] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def steps(self, table: Table) -> Iterator[Doing]:
        """Yield the day and the doing of each step of a question."""
        asked = _Asked(table["body"])
        if "key" in table:
            self.asked[table["key"]] = asked
        for step in table["steps"]:
            take = getattr(self, f"_{step['do']}", None) or self._askers_step
            yield step["day"], partial(take, table, step, asked)

    @property
    def ruth(self) -> Services:
        """The coordinator's laptop, with everything the other wrote."""
        return self.laptops.desk_of_coordinator()

    def known(self, key: str) -> QuestionId:
        """Return the question with a key."""
        return _known(self.asked[key])

    def answer(self, step: Table) -> Answer:
        """Return what the team answers in a step."""
        return Answer(
            decision=Decision(step["decision"]),
            body=step["said"],
            reason=step.get("reason", ""),
            criteria=tuple(step.get("grounds", ())),
            decided_by=step.get("decided_by", ""),
            considered=Considered(step["considered"]),
        )

    def _raise(self, table: Table, step: Table, asked: _Asked) -> None:
        services, behalf = self.laptops.at(table["by"])
        kind = AnnotationKind(table["kind"])
        visibility = Visibility(table.get("visibility", "board"))
        credit = Credit(table["credit"]) if "credit" in table else None
        if table.get("jotted"):
            jottings, meeting = self.ruth.meeting_parts.jottings, self.meetings[table["meeting"]]
            jotted = jottings.jot(meeting, table["body"], kind=kind).value
            asked.question = jottings.give_name(jotted.id, behalf).value.id
            return
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
            span=self.span(table["on"], table["passage"]),
            visibility=visibility,
            site=self._site(services, table),
            credit=credit,
            on_behalf_of=behalf,
        ).value
        asked.annotation = noted.annotation.id
        asked.question = noted.question.id if noted.question else None

    def _acknowledge(self, table: Table, step: Table, asked: _Asked) -> None:
        self.ruth.questions.acknowledge([_known(asked)])

    def _hand(self, table: Table, step: Table, asked: _Asked) -> None:
        self.ruth.questions.hand_to(_known(asked), holder=step["holder"])

    def _answer(self, table: Table, step: Table, asked: _Asked) -> None:
        self.ruth.responses.to_question(_known(asked), self.answer(step))

    def _change(self, table: Table, step: Table, asked: _Asked) -> None:
        new = None
        if "to" in step:
            new = (self.versions[step["to"]], *self.span(step["to"], step["new"]))
        change = self.ruth.questions.link_change(
            _known(asked), new=new, outside=step.get("outside", "")
        )
        asked.change = change.value.id

    def _impact(self, table: Table, step: Table, asked: _Asked) -> None:
        again = step.get("look_again")
        made = self.ruth.impacts.record(
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
        asked.impact = made.value.id

    def _look(self, table: Table, step: Table, asked: _Asked) -> None:
        assert asked.impact is not None  # noqa: S101 - the script records it first
        again = step.get("look_again")
        self.ruth.impacts.look_again(
            asked.impact,
            lasted=Lasted(step["lasted"]),
            note=step["note"],
            next_on=self.script.day(again) if again else None,
        )

    def _sort(self, table: Table, step: Table, asked: _Asked) -> None:
        """Note where a question belongs; its place and what was said of it before stay."""
        ruth, question = self.ruth, _known(asked)
        before = ruth.questions.story(question).question
        ruth.register.sorting.note(
            question,
            assigned=before.assigned,
            tags=step.get("tags", before.tags),
            site=before.site,
            stage=step["stage"],
            frames=step.get("frames", before.frames),
            considered=before.considered,
        )

    def _ask_too(self, table: Table, step: Table, asked: _Asked) -> None:
        services, behalf = self.laptops.at(step["by"])
        if behalf is not None:
            raise InputError(
                f"“{step['by']}” has no laptop here, and nobody says this for another."
            )
        services.register.support.say(_known(asked), body=step.get("said", ""))

    def _remind(self, table: Table, step: Table, asked: _Asked) -> None:
        self.ruth.answering.chasers.record([_known(asked)], to=step["to"])

    def _tell(self, table: Table, step: Table, asked: _Asked) -> None:
        sort = FeedbackKind(step.get("sort", "difference"))
        self.ruth.questions.feed_back(_known(asked), body=step["said"], kind=sort)

    def _no_reply(self, table: Table, step: Table, asked: _Asked) -> None:
        self.ruth.questions.take_step(_known(asked), StepKind.NO_REPLY_NEEDED, said=step["said"])

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

    def span(self, version: str, words: str) -> tuple[int, int]:
        """Return where words stand in a version, by its key."""
        if version not in self._texts:
            text = self.ruth.reviewing.text_of(self.versions[version], images=False)
            self._texts[version] = text.text
        return place_of(self._texts[version], words)


def _known(asked: _Asked) -> QuestionId:
    assert asked.question is not None  # noqa: S101 - the script raises it first
    return asked.question
