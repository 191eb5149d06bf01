"""The register: every question as one line, read fast enough for twenty thousand of them."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..domain.people import Board, Person, Role
from ..domain.projects import Project, Site
from ..domain.promises import Promise, promise_of
from ..domain.questions import Question
from ..domain.register import Support, Theme
from .bank_holidays import bank_holidays_in_england, edition
from .desk import COORDINATING, Desk
from .ports import UnitOfWork
from .register_around import Around
from .register_counts import Counts, Offered, counts_of, offered_by
from .register_fates import AS_RAISED, standings
from .register_rows import FIELDS, RegisterRow, rows_of

if TYPE_CHECKING:
    from .register_sorting import Sorting
    from .register_support import Supporting
    from .register_team import TeamQuestions
    from .register_views import SavedViews

_HOLIDAYS = "bank_holidays"
_STAYS_TRUE = timedelta(minutes=10)
_RAISED_AT = 1 + FIELDS.index("raised_at")


@dataclass(frozen=True)
class RegisterView:
    """The register as it stood when it was read.

    Args:
        rows: Every question this laptop may see, newest first.
        people: Everyone on the board who has not left.
        projects: Projects.
        sites: Places.
        promise: The board's promise.
        coordinates: Whether the person at the laptop is a coordinator.
        counts: How many are owed an answer.
        read_at: When it was read.
        position: How much had happened on the board by then.
    """

    rows: tuple[RegisterRow, ...]
    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    sites: tuple[Site, ...]
    promise: Promise
    coordinates: bool
    counts: Counts
    read_at: datetime
    position: int

    @cached_property
    def offered(self) -> Offered:
        """What the filters offer; looked for when somebody first wants to see them."""
        return offered_by(self.rows)

    def coordinators(self) -> list[Person]:
        """Return those who coordinate the board."""
        return [person for person in self.people if person.has(*COORDINATING)]


@dataclass(frozen=True)
class Register:
    """Reads the register."""

    desk: Desk

    def read(self, *, before: RegisterView | None = None) -> RegisterView:
        """Return every question as one row.

        Args:
            before: What was read before; it is returned again where nothing has happened since,
                and it is not so old that days could have gone by.
        """
        if before is not None and self.desk.now() - before.read_at < _STAYS_TRUE:
            with self.desk.store.unit_of_work() as work:
                if work.plain().position() == before.position:
                    return before
        with _collecting_paused():
            return self._read()

    def _read(self) -> RegisterView:
        with self.desk.store.unit_of_work() as work:
            people = work.find(Person)
            projects, sites = work.find(Project), work.find(Site)
            plain = _first_asked_first(work.plain().columns(Question, *FIELDS))
            around = self._around(work, people, projects, sites, first=_first_day(plain))
            found = standings(
                work,
                lambda: {columns[0]: columns[1] for columns in plain},
                coordinators={str(p.id) for p in people if p.has(*COORDINATING)},
            )
            position = work.plain().position()
            work.commit()
        standing = list(map(found.get, map(itemgetter(0), plain), repeat(AS_RAISED)))
        rows = rows_of(plain, standing, around)
        me = around.people.get(around.me)
        return RegisterView(
            counts=counts_of(plain, standing, around),
            read_at=around.now,
            position=position,
            rows=tuple(reversed(rows)),
            people=tuple(person for person in people if person.left_on is None),
            projects=tuple(projects),
            sites=tuple(sites),
            promise=around.promise,
            coordinates=me is not None and me.has(Role.COORDINATOR),
        )

    def promise(self) -> Promise:
        """Return the board's promise, with the bank holidays of this year and those beside it."""
        with self.desk.store.unit_of_work() as work:
            promise = self._promise(work, self.desk.board(work), first=self.desk.today())
            work.commit()
        return promise

    def _around(
        self,
        work: UnitOfWork,
        people: list[Person],
        projects: list[Project],
        sites: list[Site],
        *,
        first: date | None,
    ) -> Around:
        board = self.desk.board(work)
        # Said by one person on two laptops before they exchanged, it is said once.
        said = {row[1:] for row in work.plain().columns(Support, "question", "person")}
        supports = Counter(question for question, _ in said)
        return Around(
            people={str(person.id): person for person in people},
            projects={str(project.id): project for project in projects},
            sites={str(site.id): site for site in sites},
            themes={str(theme.id): theme.title for theme in work.find(Theme)},
            stages={term.code: term.label for term in self.desk.taxonomy.stages},
            supports=supports,
            member_word=board.member_word,
            me=str(self.desk.store.person),
            promise=self._promise(work, board, first=first or self.desk.today()),
            now=self.desk.now(),
        )

    def _promise(self, work: UnitOfWork, board: Board, *, first: date) -> Promise:
        """Return the promise; bank holidays, once worked out, are kept on this laptop.

        Args:
            work: The unit of work.
            board: Whose promise.
            first: The day from which it is reckoned.
        """
        years = range(first.year - 1, self.desk.today().year + 2)
        of = f"{edition()} {years}"
        kept = work.local(_HOLIDAYS) or {}
        if kept.get("of") != of:
            days = bank_holidays_in_england(years)
            kept = {"of": of, "days": sorted(day.isoformat() for day in days)}
            work.keep_local(_HOLIDAYS, kept)
        return promise_of(board, holidays=frozenset(map(date.fromisoformat, kept["days"])))


@contextmanager
def _collecting_paused() -> Iterator[None]:
    """Have Python not look for rubbish meanwhile: 20,000 fresh rows made it look again and again.

    That took as long as all the rest (measured). What was read then counts as old at once, because
    looking through it as something new took a third of the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Everything goes to those kept for ever, and from there to the oldest.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _first_asked_first(plain: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return questions in the order in which they were asked; by id where that is the same."""
    return sorted(plain, key=lambda columns: (columns[_RAISED_AT] or "") + columns[0])


def _first_day(plain: list[tuple[object, ...]]) -> date | None:
    raised = next((str(row[_RAISED_AT]) for row in plain if row[_RAISED_AT]), "")
    return datetime.fromisoformat(raised).date() if raised else None


@dataclass(frozen=True)
class RegisterServices:
    """Everything that is done in the register."""

    lines: Register
    sorting: Sorting
    views: SavedViews
    support: Supporting
    team: TeamQuestions


def register_services(desk: Desk) -> RegisterServices:
    """Return everything that is done in the register of an open board."""
    from .register_sorting import Sorting
    from .register_support import Supporting
    from .register_team import TeamQuestions
    from .register_views import SavedViews

    return RegisterServices(
        lines=Register(desk),
        sorting=Sorting(desk),
        views=SavedViews(desk),
        support=Supporting(desk),
        team=TeamQuestions(desk),
    )
