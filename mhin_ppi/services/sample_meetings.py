"""Meetings of the sample board: asked to, held, and what was agreed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from ..domain.drafts import VersionId
from ..domain.involvement import Activity
from ..domain.meetings import ActionId, Came, MeetingId, MeetingKind
from ..domain.projects import ProjectId
from .boards import Services
from .sample_laptops import Laptops
from .sample_questions import Doing
from .sample_script import Script, Table


@dataclass(frozen=True)
class Meetings:
    """Knows how a meeting in the script comes about.

    Args:
        script: What is told.
        laptops: Where it is written.
        projects: By their key.
        versions: By their key.
        known: Meetings by their key; filled as they are arranged.
    """

    script: Script
    laptops: Laptops
    projects: Mapping[str, ProjectId]
    versions: Mapping[str, VersionId]
    known: dict[str, MeetingId]

    def all(self) -> Iterator[Doing]:
        """Yield the day and the doing of everything about every meeting."""
        for table in self.script.told["meeting"]:
            yield from self._one(table)

    @property
    def _ruth(self) -> Services:
        return self.laptops.desk_of_coordinator()

    def _one(self, table: Table) -> Iterator[Doing]:
        yield table["arranged"], partial(self._arrange, table)
        yield table["arranged"], partial(self._prepare, table)
        for key, needs in table.get("needs", {}).items():
            yield table["arranged"] + 1, partial(self._need, table, key, needs)
        if "notes" in table:
            yield table["day"], partial(self._hold, table)
            for key, how in table["came"].items():
                if how != "apologies" and self._is_paid(key):
                    yield table["day"], partial(self._sat_in, table, key)
        for action in table.get("actions", ()):
            yield from self._action(table, action)

    def _arrange(self, table: Table) -> None:
        day = self.script.day(table["day"])
        made = self._ruth.meetings.arrange(
            table["title"],
            starts_at=datetime.combine(day, time(table["hour"])).astimezone(),
            minutes=table["minutes"],
            kind=MeetingKind(table.get("kind", "meeting")),
            project=self.projects.get(table.get("project", "")),
            place=table["place"],
            agenda=table.get("agenda", ""),
            ways_of_working=table.get("ways", ""),
            pays=table.get("pays", ""),
            pay_pence=table.get("pay_pence", 0),
            prepare_minutes=table.get("prepare", 0),
        )
        self.known[table["key"]] = made.value.id

    def _prepare(self, table: Table) -> None:
        """Write the agenda with its times, add the papers, and invite people."""
        meeting, parts = self.known[table["key"]], self._ruth.meeting_parts
        for point in table.get("points", ()):
            parts.agendas.add(
                meeting,
                point["title"],
                minutes=point["minutes"],
                is_break=point.get("break", False),
                version=self.versions.get(point.get("version", "")),
                lead=point.get("lead", ""),
            )
        for version in table.get("papers", ()):
            parts.papers.add_version(meeting, self.versions[version])
        if "invited" in table:
            parts.invitations.invite(meeting, [self.laptops.people[k] for k in table["invited"]])

    def _need(self, table: Table, key: str, needs: str) -> None:
        services, behalf = self.laptops.at(key)
        meeting = self.known[table["key"]]
        services.meeting_parts.invitations.say_needs(meeting, needs, on_behalf_of=behalf)

    def _hold(self, table: Table) -> None:
        meeting, ruth = self.known[table["key"]], self._ruth
        ruth.meetings.write_notes(meeting, table["notes"])
        came = {self.laptops.people[key]: Came(how) for key, how in table["came"].items()}
        ruth.meeting_parts.attending.note_all(meeting, came)

    def _is_paid(self, key: str) -> bool:
        """Whether time here is asked to be paid for: those on a salary claim nothing."""
        person = next(one for one in self.script.people if one["key"] == key)
        return "member" in person["roles"]

    def _sat_in(self, table: Table, key: str) -> None:
        services, behalf = self.laptops.at(key)
        services.time.log(
            table["minutes"],
            activity=Activity.MEETING,
            project=self.projects.get(table.get("project", "")),
            meeting=self.known[table["key"]],
            on_behalf_of=behalf,
        )

    def _action(self, table: Table, action: Table) -> Iterator[Doing]:
        agreed: list[ActionId] = []

        def write() -> None:
            made = self._ruth.meeting_parts.actions.add(
                self.known[table["key"]],
                action["body"],
                person=self.laptops.people.get(action.get("by", "")),
                who=action.get("who", ""),
                due_on=self.script.day(action["due"]),
            )
            agreed.append(made.value.id)

        def finish() -> None:
            self._ruth.meeting_parts.actions.set_done(agreed[0], outcome=action["outcome"])

        yield table["day"], write
        if "done" in action:
            yield action["done"], finish
