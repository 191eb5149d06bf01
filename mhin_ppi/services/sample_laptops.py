"""The two laptops of the sample board, and what is carried between them."""

from __future__ import annotations

from ..domain.log import parse_entry
from ..domain.people import PersonId
from ..domain.spaces import ADMIN, BOARD, Space, person_space
from ..errors import InputError
from .boards import Services
from .ports import Store


class Laptops:
    """Who sits where: one member writes on her own laptop, the coordinator types in for all others.

    Args:
        coordinator: The coordinator's open board.
        first: The coordinator's key in the script.
    """

    def __init__(self, coordinator: Services, *, first: str) -> None:
        self.coordinator = coordinator
        self.people: dict[str, PersonId] = {first: coordinator.desk.store.person}
        self._first = first
        self._second: tuple[str, Services] | None = None
        self._wrote: Services = coordinator
        self._both: set[str] = set()  # ids of the entries that both laptops hold

    def second(self, key: str, services: Services) -> None:
        """Take in a second laptop: from now on its person writes there."""
        self._second = (key, services)

    def at(self, key: str) -> tuple[Services, PersonId | None]:
        """Return the laptop a person's words are written on, and whom they are typed in for.

        What was written on the other laptop is brought here first, so that everybody acts on what
        they could have read.
        """
        if key not in self.people:
            raise InputError(f"“{key}” is nobody in the sample board.")
        if self._second is not None and key == self._second[0]:
            self._turn_to(self._second[1])
            return self._second[1], None
        self._turn_to(self.coordinator)
        return self.coordinator, None if key == self._first else self.people[key]

    def desk_of_coordinator(self) -> Services:
        """Return the coordinator's laptop, with everything the other wrote."""
        return self.at(self._first)[0]

    def agree(self) -> None:
        """Carry everything both ways."""
        if self._second is None:
            return
        member = self._second[1]
        for source, target in ((member, self.coordinator), (self.coordinator, member)):
            carry(source.desk.store, target.desk.store, spaces=self.shared(), both=self._both)

    def shared(self) -> tuple[Space, ...]:
        """Return the audiences that both laptops belong to."""
        member = () if self._second is None else (person_space(self._second[1].desk.store.person),)
        return (ADMIN, BOARD, *member)

    def close(self) -> None:
        """Close both boards."""
        self.coordinator.close()
        if self._second is not None:
            self._second[1].close()

    def _turn_to(self, wanted: Services) -> None:
        if wanted is not self._wrote:
            source, target = self._wrote.desk.store, wanted.desk.store
            carry(source, target, spaces=self.shared(), both=self._both)
            self._wrote = wanted


def carry(
    source: Store, target: Store, *, spaces: tuple[Space, ...], both: set[str] | None = None
) -> int:
    """Bring what one laptop holds to another: entries, then the files they name.

    Args:
        source: From here.
        target: To here.
        spaces: Only these audiences.
        both: Ids of the entries that both hold; what is brought is added. Asked of the target when
            ``None``, which takes longer with every entry there is.

    Returns:
        How many entries were new.
    """
    known = {entry.id for entry in target.entries()} if both is None else both
    shipped = source.ship(spaces=spaces, after=known)
    taken = target.take_in(shipped)
    known.update(parse_entry(body, signature).id for body, signature, _ in shipped)
    missing = target.missing_blobs()
    if missing:
        with source.unit_of_work() as here, target.unit_of_work() as there:
            for blob in missing:
                there.keep_blob(here.blob(blob))
            there.commit()
    return taken
