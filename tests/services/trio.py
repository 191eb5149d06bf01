"""Three laptops of one invented board: two coordinators who decide on claims, and a member."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from mhin_ppi.domain.drafts import RoundId
from mhin_ppi.domain.people import Person, Role
from mhin_ppi.domain.spaces import MONEY, Space, person_space
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.services.desk import alter
from mhin_ppi.services.sample_laptops import carry
from tests.robots.kept_boards import kept
from tests.services.laptops import PASSPHRASE, Pair, SetClock, make_pair

BEGUN = date(2026, 3, 20)
"""Two weeks before a financial year and a tax year end."""


@dataclass
class Trio:
    """The coordinators Ruth and Kim, and the member Amber, each at a laptop of their own.

    Amber is asked for one review that pays an agreed amount; time is paid by size, and by the hour
    from 1 March 2026.
    """

    pair: Pair
    kims: Services
    review: RoundId

    @property
    def coordinators(self) -> tuple[Services, Services]:
        return self.pair.ruth, self.kims

    @property
    def everyone(self) -> tuple[Services, Services, Services]:
        return self.pair.ruth, self.kims, self.pair.amber

    @property
    def spaces(self) -> tuple[Space, ...]:
        """What the coordinators exchange."""
        return (*self.pair.shared, MONEY, person_space(self.pair.kim))

    def exchange(self, one: Services, other: Services) -> None:
        spaces = self.pair.shared if self.pair.amber in (one, other) else self.spaces
        carry(one.desk.store, other.desk.store, spaces=spaces)
        carry(other.desk.store, one.desk.store, spaces=spaces)

    def all_meet(self) -> None:
        ruth, kim, amber = self.everyone
        for one, other in ((ruth, kim), (ruth, amber), (kim, amber), (ruth, kim)):
            self.exchange(one, other)

    def close(self) -> None:
        self.kims.close()
        self.pair.close()


def make_trio(boards: Boards, folder: Path) -> Trio:
    """Return three laptops: made once, and copied from then on."""
    clock = boards.clock
    assert isinstance(clock, SetClock)
    homes = tuple(folder / name for name in ("ruth", "amber", "kim"))

    def make(folders: Sequence[Path]) -> tuple[Trio, datetime]:
        made = _make_trio(boards, folders)
        made.close()
        return made, clock.told

    first, told = kept(("trio", clock.told), homes, make)
    clock.set(told)
    ruth, amber, kim = (boards.open(home, passphrase=PASSPHRASE) for home in homes)
    pair = dataclasses.replace(first.pair, ruth=ruth, amber=amber, clock=clock, boards=boards)
    return Trio(pair, kim, first.review)


def _make_trio(boards: Boards, folders: Sequence[Path]) -> Trio:
    ruths, ambers, kims = folders
    pair = make_pair(boards, ruths.parent / "first")
    pair.close()
    (ruths.parent / "first" / "ruth").rename(ruths)
    (ruths.parent / "first" / "amber").rename(ambers)
    pair.ruth = boards.open(ruths, passphrase=PASSPHRASE)
    pair.amber = boards.open(ambers, passphrase=PASSPHRASE)
    pair.clock.set(BEGUN)
    ruth = pair.ruth
    with ruth.desk.store.unit_of_work() as work:
        kim = work.get(Person, pair.kim)
        alter(work, kim, roles=(Role.MEMBER, Role.COORDINATOR))
        work.commit()
    rates = ruth.payments.rates
    rates.add("Half an hour", pence=1250, minutes=30, valid_from=date(2022, 1, 1))
    rates.add("An hour", pence=2500, minutes=60, valid_from=date(2022, 1, 1))
    asked = ruth.reviewing.ask_to_read(pair.version, invited=[pair.amber_id], agreed_pence=2750)
    store, _, certificate = boards.vault.join(
        kims,
        label="Board 2",
        passphrase=PASSPHRASE,
        board=ruth.people.board().id,
        person=pair.kim,
    )
    ruth.people.add_device(certificate)
    made = Trio(pair, boards.serve(store), asked.value.id)
    made.all_meet()
    return made
