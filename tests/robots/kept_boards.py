"""Boards that are not made anew for every test: made once, and copied from then on.

To make a board takes six times as long as to open one, and most tests want nothing but a board to
begin with. The first one of each kind is made by the program; what others get is a copy of its
files after it was closed, opened by the program with its password. Tests about making boards make
their own.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

from typing_extensions import override

from mhin_ppi.services.boards import DEFAULT_LABEL, Boards, Services

_KEPT: dict[Hashable, tuple[Path, Any]] = {}
_USED: set[tuple[Path, Hashable]] = set()


def kept(kind: Hashable, folders: Sequence[Path], make: Callable[[Sequence[Path]], Any]) -> Any:
    """Fill folders with closed boards.

    Args:
        kind: What tells these boards from others.
        folders: One for each board; they are not there yet.
        make: Makes the boards in such folders, closes them, and returns what else is to be known.

    Returns:
        What ``make`` returned when it made them.
    """
    if kind not in _KEPT:
        home = Path(tempfile.mkdtemp(prefix="kept-boards-"))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        _KEPT[kind] = home, make([home / str(number) for number in range(len(folders))])
    home, told = _KEPT[kind]
    for number, folder in enumerate(folders):
        shutil.copytree(home / str(number), folder)
    return told


class KeptBoards(Boards):
    """Boards of a laptop on which the first of a name is a copy; a second one is made."""

    @override
    def start(
        self,
        folder: Path,
        *,
        board_name: str,
        person_name: str,
        passphrase: str,
        label: str = DEFAULT_LABEL,
    ) -> tuple[Services, str]:
        kind = (board_name, person_name, passphrase, label)
        named = {
            "board_name": board_name,
            "person_name": person_name,
            "passphrase": passphrase,
            "label": label,
        }
        if (self.home, kind) in _USED or folder.exists():
            return super().start(folder, **named)

        def make(folders: Sequence[Path]) -> str:
            services, code = Boards.start(self, folders[0], **named)
            services.close()
            return code

        _USED.add((self.home, kind))
        code = kept(kind, [folder], make)
        return self.open(folder, passphrase=passphrase), code
