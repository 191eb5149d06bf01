"""Runs every module of this folder that has a ``measure`` and prints the ratios.

``measure() -> list[(name, ours_seconds, floor_seconds, floor_name)]``: medians, taken in the same
run, of our own time and of the least that the same work can take (a bare window, plain SQLite).
A name that ends in "(MB)" is of memory, and its amounts are megabytes.

    python -m benchmarks            # all of them
    python -m benchmarks startup    # those named
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

Row = tuple[str, float, float, str]
HEADINGS = ("what", "ours", "floor", "ratio", "the floor is")


def measures(wanted: Sequence[str]) -> dict[str, Callable[[], list[Row]]]:
    """Return each module's ``measure`` by the module's name, in order."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if not wanted or path.stem in wanted:
            measure = getattr(importlib.import_module(f"benchmarks.{path.stem}"), "measure", None)
            if measure is not None:
                found[path.stem] = measure
    return found


def shown(name: str, amount: float) -> str:
    """Return an amount in its unit: megabytes, seconds or thousandths of a second."""
    if name.endswith("(MB)"):
        return f"{amount:,.1f} MB"
    return f"{amount * 1000:,.1f} ms" if amount < 1 else f"{amount:,.2f} s"


def lines(rows: Iterable[Row]) -> list[str]:
    """Return the rows as an aligned table, numbers to the right."""
    cells = [HEADINGS] + [
        (
            name,
            shown(name, ours),
            shown(name, floor),
            f"{ours / floor:.2f}" if floor else "–",
            least,
        )
        for name, ours, floor, least in rows
    ]
    widths = [max(len(row[i]) for row in cells) for i in range(len(HEADINGS))]
    drawn = []
    for row in cells:
        numbers = (row[i].rjust(widths[i]) for i in (1, 2, 3))
        drawn.append("  ".join([row[0].ljust(widths[0]), *numbers, row[4]]).rstrip())
    drawn.insert(1, "-" * max(map(len, drawn)))
    return drawn


def main(wanted: Sequence[str]) -> int:
    """Measure, print, and return 1 when something named is not there or could not be measured."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = measures(wanted)
    missing = [name for name in wanted if name not in chosen]
    for name in missing:
        print(f"There is no benchmark called {name}.")
    rows: list[Row] = []
    for name, measure in chosen.items():
        print(f"measuring {name} …", flush=True)
        rows += measure()
    print(f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.")
    print("\n".join(lines(rows)))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
