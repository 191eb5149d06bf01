"""The boards on this laptop: made, opened, recovered and restored.

Nothing heavy is imported until a board is made or opened, so that the first window is fast.

The board's root key is made with the board and kept inside its encrypted database; printing and
sealing it comes with exchange between laptops (``SECURITY_DESIGN.md`` 5).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from ..crypto.wrapping import KdfParams
    from ..domain.people import BoardId, Device, PersonId
    from .device_keys import Identity
    from .store import Clock, Ids, LocalStore

SHORTEST_PASSPHRASE = 12
FIRST_LABEL = "laptop 1"


class LocalVault:
    """The Vault port over profile folders.

    Args:
        clock: Tells the time.
        ids: Makes identities.
        kdf: Makes the parameters of each new slot, with a fresh salt; ``None`` for the usual ones.
            Tests and the sample board pass ``crypto.wrapping.quick_kdf``.
        connect: Another DBAPI module than ``sqlcipher3``: tests and benchmarks open their
            unencrypted twin with it.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        ids: Ids,
        kdf: Callable[[], KdfParams] | None = None,
        connect: Any = None,  # noqa: ANN401 - a DBAPI module
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._kdf = kdf
        self._connect = connect

    def create(
        self, folder: Path, *, label: str, passphrase: str, board_name: str, person_name: str
    ) -> tuple[LocalStore, str]:
        """Make a new board whose first person is a coordinator.

        Returns:
            The open store and its recovery code, which is never shown again.

        Raises:
            InputError: The folder is not empty, is on a synchronised or network drive, or the
                passphrase is too short.
            StoreFullError: It could not be written.
        """
        from ..crypto import hashing, signing
        from ..domain import facts
        from ..domain.people import Board, BoardId, Person, PersonId, Role
        from ..domain.spaces import ADMIN
        from .device_keys import Identity, new_device_keys
        from .judging import ROOT_DOMAIN

        root_seed = signing.new_seed()
        root_pk = signing.signing_public_key(root_seed)
        person = Person(
            PersonId(self._ids.new()), name=person_name.strip(), roles=(Role.COORDINATOR,)
        )
        now = self._clock.now()
        keys = new_device_keys(person.id, label=FIRST_LABEL, now=now)
        board = Board(
            BoardId(hashing.sha256_hex(root_pk)),
            name=board_name.strip(),
            founded_on=now.date(),
            root_pk=root_pk.hex(),
            root_signature=signing.sign(root_seed, ROOT_DOMAIN, keys.device.id.encode()).hex(),
        )
        store, code = self._make(
            folder,
            Identity(board.id, person.id, keys),
            label=label,
            passphrase=passphrase,
            root_seed=root_seed,
        )
        try:
            with store.unit_of_work() as work:
                nouns = (board, person, keys.device)
                work.record(ADMIN, [op for noun in nouns for op in facts.changes(None, noun)])
                work.commit()
        except BaseException:
            store.close()
            raise
        return store, code

    def join(
        self, folder: Path, *, label: str, passphrase: str, board: BoardId, person: PersonId
    ) -> tuple[LocalStore, str, Device]:
        """Make a store for a person who is joining an existing board from this laptop.

        Returns:
            The open, empty store, its recovery code, and this laptop's certificate, which a
            coordinator records before anything written here is taken in elsewhere.

        Raises:
            InputError: As for :meth:`create`.
        """
        from .device_keys import Identity, new_device_keys

        keys = new_device_keys(person, label=FIRST_LABEL, now=self._clock.now())
        store, code = self._make(
            folder, Identity(board, person, keys), label=label, passphrase=passphrase
        )
        return store, code, keys.device

    def _make(
        self,
        folder: Path,
        identity: Identity,
        *,
        label: str,
        passphrase: str,
        root_seed: bytes | None = None,
    ) -> tuple[LocalStore, str]:
        from . import making, profile

        check_passphrase(passphrase)
        profile.check_place(folder)
        profile.check_empty(folder)
        key, code = making.make_profile(
            folder,
            identity,
            label=label,
            passphrase=passphrase,
            kdf=self._new_kdf,
            root_seed=root_seed,
            connect=self._connect,
        )
        return self._opened(folder, key, is_new=True), code

    def _new_kdf(self) -> KdfParams:
        from ..crypto import wrapping

        return self._kdf() if self._kdf else wrapping.new_kdf()

    def _opened(self, folder: Path, key: bytes, *, is_new: bool = False) -> LocalStore:
        from . import making

        store = making.open_profile(
            folder, key, clock=self._clock, ids=self._ids, connect=self._connect
        )
        if not is_new:
            store.backup_daily()
        return store

    def open(self, folder: Path, *, passphrase: str) -> LocalStore:
        """Open a board.

        Raises:
            CannotOpenBoardError: Wrong password, or damaged.
            StoreTooNewError: Made by a newer version.
            StoreBusyError: Open in another window.
        """
        from . import key_file

        _, key = key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=passphrase)
        return self._opened(folder, key)

    def open_unlocked(self, folder: Path) -> LocalStore | None:
        """Open a board whose person asked to stay unlocked here; ``None`` when they did not."""
        from . import staying_unlocked

        key = staying_unlocked.key_of(folder)
        return None if key is None else self._opened(folder, key)

    def can_stay_unlocked(self) -> bool:
        """Return whether this computer has a place to keep such a key."""
        from . import staying_unlocked

        return staying_unlocked.is_possible()

    def stay_unlocked(self, folder: Path, *, passphrase: str, wanted: bool) -> None:
        """Turn staying unlocked on this computer on or off.

        Raises:
            CannotOpenBoardError: The passphrase is wrong.
            NotAllowedError: This computer has no place to keep such a key.
        """
        from . import staying_unlocked

        staying_unlocked.turn(folder, passphrase=passphrase, wanted=wanted)

    def recover(self, folder: Path, *, code: str, new_passphrase: str) -> tuple[LocalStore, str]:
        """Open with the recovery code, set a new passphrase, and return a new code with the store.

        Raises:
            CannotOpenBoardError: The code does not fit.
            InputError: The new passphrase is too short.
        """
        from . import changing_keys

        check_passphrase(new_passphrase)
        key, fresh = changing_keys.recover(
            folder, code=code, new_passphrase=new_passphrase, kdf=self._new_kdf
        )
        return self._opened(folder, key), fresh

    def change_passphrase(self, folder: Path, *, old: str, new: str) -> None:
        """Change the passphrase; the data is not encrypted again.

        Raises:
            CannotOpenBoardError: The old one is wrong; it still counts.
            InputError: The new one is too short.
        """
        from . import changing_keys

        check_passphrase(new)
        changing_keys.change_passphrase(folder, old=old, new=new, kdf=self._new_kdf)

    def restore(self, file: Path, folder: Path, *, passphrase: str) -> LocalStore:
        """Make a board from a backup file, check it, and give it a new device identity.

        Raises:
            CannotOpenBoardError: Wrong password or damaged backup; the folder is left as it was.
            InputError: The folder is not empty.
        """
        from . import profile, restoring

        profile.check_place(folder)
        profile.check_empty(folder)
        key = restoring.restore(
            file,
            folder,
            passphrase=passphrase,
            clock=self._clock,
            ids=self._ids,
            connect=self._connect,
        )
        return self._opened(folder, key)

    def boards(self, home: Path) -> list[tuple[Path, str]]:
        """Return the boards kept under a folder, with the label shown before unlocking."""
        from . import profile

        return profile.boards(home)


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short. Nothing else is asked of it.

    Raises:
        InputError: Fewer than 12 characters.
    """
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise InputError(
            f"The password is too short. It needs at least {SHORTEST_PASSPHRASE} characters.",
            next_step="Four words that you can remember make a good password.",
        )
