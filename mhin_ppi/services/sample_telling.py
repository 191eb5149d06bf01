"""Turns the script of the sample board into what people did, in the order they did it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.claims import LedgerKind
from ..domain.drafts import DraftId, DraftKind, RoundId, VersionId
from ..domain.involvement import Activity
from ..domain.meetings import MeetingId
from ..domain.pay_wish import wish_from
from ..domain.people import Credit, Role
from ..domain.projects import ProjectId
from .boards import Services
from .claim_deciding import PaidNote
from .sample_beside import beside
from .sample_laptops import Laptops
from .sample_meetings import Meetings
from .sample_questions import Asking, Doing
from .sample_script import Script, Table
from .sample_together import together


@dataclass(frozen=True)
class Moment:
    """One thing somebody did.

    Args:
        day: Counted from the day the sample is built.
        act: Does it.
    """

    day: int
    act: Callable[[], None]


def moments_of(script: Script, laptops: Laptops, join: Callable[[], None]) -> list[Moment]:
    """Return everything in the script in the order of its days.

    What happens on one day happens in the order: people, projects, words, drafts, requests to read,
    meetings, questions, what is done with several of them, what stands beside drafts, time, claims.

    Args:
        script: What is told.
        laptops: Where it is written.
        join: Gives the member her laptop.
    """
    telling = _Telling(script, laptops, join)
    found = list(telling.moments())
    return sorted(found, key=lambda moment: moment.day)


def _as_moments(doings: Iterator[Doing]) -> Iterator[Moment]:
    return (Moment(day, act) for day, act in doings)


class _Telling:
    """Knows by what key the script calls each thing."""

    def __init__(self, script: Script, laptops: Laptops, join: Callable[[], None]) -> None:
        self._script, self._laptops, self._join = script, laptops, join
        self._projects: dict[str, ProjectId] = {}
        self._drafts: dict[str, DraftId] = {}
        self._versions: dict[str, VersionId] = {}
        self._rounds: dict[str, RoundId] = {}
        meetings: dict[str, MeetingId] = {}
        self._meetings = Meetings(script, laptops, self._projects, self._versions, meetings)
        self._asking = Asking(script, laptops, self._projects, self._versions, meetings)

    def moments(self) -> Iterator[Moment]:
        """Yield everything, kind by kind; what comes first on a day is yielded first."""
        told, start = self._script.told, self._script.board["day"]
        yield Moment(start, self._name_board)
        for person in told["person"]:
            yield from self._person(person)
        yield Moment(start + 3, self._rates)
        yield from self._each("project", self._project)
        yield from self._each("word", self._word)
        for draft in told["draft"]:
            for version in draft["versions"]:
                yield Moment(version["day"], partial(self._draft, draft, version))
        for request in told["round"]:
            yield from self._round(request)
        yield from _as_moments(self._meetings.all())
        for question in told["question"]:
            yield from _as_moments(self._asking.steps(question))
        yield from _as_moments(together(self._asking))
        yield from _as_moments(beside(self._asking))
        yield from self._each("time", self._time)
        for claim in told["claim"]:
            yield from self._claim(claim)

    def _each(self, kind: str, act: Callable[[Table], None]) -> Iterator[Moment]:
        for table in self._script.told[kind]:
            yield Moment(table["day"], partial(act, table))

    @property
    def _ruth(self) -> Services:
        return self._laptops.desk_of_coordinator()

    def _name_board(self) -> None:
        board = self._script.board
        self._ruth.people.rename_board(board["name"], member_word=board["member_word"])

    def _person(self, table: Table) -> Iterator[Moment]:
        key, people = table["key"], self._laptops.people
        credit = Credit(table.get("credit", "not_named"))
        pseudonym = table.get("pseudonym", "")

        def add() -> None:
            made = self._ruth.people.add_person(
                table["name"],
                roles=[Role(one) for one in table["roles"]],
                credit=credit,
                pseudonym=pseudonym,
                contact=table.get("contact", ""),
            )
            people[key] = made.value.id
            if key == self._script.member:
                self._join()

        def choose() -> None:
            self._ruth.people.choose_credit(
                people[key],
                credit=credit,
                pseudonym=pseudonym,
                not_quoted=table.get("not_quoted", False),
            )

        def leave() -> None:
            self._ruth.people.note_left(people[key])

        if table is not self._script.people[0]:
            yield Moment(table["day"], add)
        if key in people or table.get("not_quoted"):
            day: int = table["day"] if "day" in table else self._script.board["day"]
            yield Moment(day, choose)
        if "left" in table:
            yield Moment(table["left"], leave)

    def _project(self, table: Table) -> None:
        made = self._ruth.people.add_project(
            table["title"], summary=table["summary"], team=table["team"], sites=table["sites"]
        )
        self._projects[table["key"]] = project = made.value.id
        budgets = self._ruth.payments.budgets
        for set_aside in table["budget"]:
            for year in (budgets.this_year(), budgets.this_year() + 1):
                heading, pence = set_aside["heading"], set_aside["pence"]
                budgets.set_budget(project, year=year, heading=heading, pence=pence)

    def _rates(self) -> None:
        ruth = self._ruth
        for rate_set in ruth.catalogues.rates.rate_sets:
            for band in rate_set.bands:
                if band.minutes:
                    ruth.payments.rates.add(
                        band.label,
                        pence=band.amount_pence,
                        minutes=band.minutes,
                        valid_from=rate_set.first_day,
                        scheme="NIHR",
                        source=band.source,
                        verified=band.verified,
                    )

    def _word(self, table: Table) -> None:
        services, _ = self._laptops.at(table["by"])
        services.words.propose(table["term"], meaning=table["meaning"], instead=table["instead"])

    def _draft(self, table: Table, version: Table) -> None:
        reviewing, key = self._ruth.reviewing, table["key"]
        content = self._script.draft_file(version["file"])
        if key in self._drafts:
            made = reviewing.add_version(self._drafts[key], content, file_name=version["file"])
        else:
            made = reviewing.add_draft(
                content,
                file_name=version["file"],
                project=self._projects[table["project"]],
                title=table["title"],
                kind=DraftKind(table["kind"]),
            )
            self._drafts[key] = made.value.draft
        self._versions[version["key"]] = made.value.id

    def _round(self, table: Table) -> Iterator[Moment]:
        def ask() -> None:
            made = self._ruth.reviewing.ask_to_read(
                self._versions[table["version"]],
                invited=[self._laptops.people[key] for key in table["invited"]],
                due_on=self._script.day(table["due"]),
                minutes=table["minutes"],
                guiding_questions=table["guiding"],
                content_note=table["content_note"],
                agreed_pence=table["agreed_pence"],
            )
            self._rounds[table["key"]] = made.value.id

        def give_back(back: Table) -> None:
            services, behalf = self._laptops.at(back["by"])
            request = self._rounds[table["key"]]
            version, draft = services.reviewing.version(self._versions[table["version"]])
            services.time.log(
                back["minutes"],
                activity=Activity.READING,
                project=draft.project,
                request=request,
                on_behalf_of=behalf,
            )
            services.reviewing.give_back(request, on_behalf_of=behalf)

        def close() -> None:
            self._ruth.rounds.close(self._rounds[table["key"]])

        yield Moment(table["day"], ask)
        for back in table["back"]:
            yield Moment(back["day"], partial(give_back, back))
        if "closed" in table:
            yield Moment(table["closed"], close)

    def _time(self, table: Table) -> None:
        services, behalf = self._laptops.at(table["by"])
        minutes: int = table["wrong_minutes" if "wrong_minutes" in table else "minutes"]
        made = services.time.log(
            minutes,
            activity=Activity(table["activity"]),
            project=self._projects.get(table.get("project", "")),
            note=table["note"],
            on_behalf_of=behalf,
        ).value
        if "wrong_minutes" in table:
            services.time.correct(made.id, minutes=table["minutes"], on=made.on)

    def _claim(self, table: Table) -> Iterator[Moment]:
        known: dict[str, Any] = {}

        def submit() -> None:
            services, behalf = self._laptops.at(table["by"])
            again = known.get("claim")
            lines = again.lines if again else self._lines(services, table)
            known["claim"] = services.claims.submit(
                lines,
                claim=again.id if again else None,
                wish=wish_from(table) if "pay_when" in table else None,
                on_behalf_of=behalf,
            ).value

        def decide(step: Table) -> None:
            own = step["do"] == LedgerKind.GIVEN
            services = self._laptops.at(table["by"])[0] if own else self._ruth
            claim, kind = known["claim"].id, LedgerKind(step["do"])
            deciding, reference = services.payments.deciding, step.get("reference", "")
            if kind is LedgerKind.BATCHED:
                deciding.send_to_finance([claim], note=reference)
            elif kind is LedgerKind.PAID:
                deciding.note_paid([PaidNote(claim, services.desk.today(), reference)])
            else:
                services.claims.decide(claim, kind, reason=step.get("reason", ""))

        yield Moment(table["day"], submit)
        for step in table["steps"]:
            if step["do"] == LedgerKind.SUBMITTED:
                yield Moment(step["day"], submit)
            else:
                yield Moment(step["day"], partial(decide, step))

    def _lines(self, services: Services, table: Table) -> list[ClaimLine]:
        spent = [
            ClaimLine(
                kind=LineKind.EXPENSE,
                on=self._script.day(one["day"]),
                what=one["what"],
                pence=one["pence"],
                category=one["category"],
            )
            for one in table.get("expenses", ())
        ]
        return [*services.claims.claimable(self._laptops.people[table["by"]]), *spent]
