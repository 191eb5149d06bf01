"""What the program stands on: licences it may be shared under, a Qt that keeps running."""

from __future__ import annotations

import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from packaging.requirements import Requirement
from PySide6.QtWidgets import QLabel

ROOT = Path(__file__).parents[1]
# Said in the package's licence file, not in its metadata; read by us on 22 November 2026.
SAID_IN_A_FILE = {"sqlcipher3": "Zlib"}


def runtime_roots() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["speech"]]


def runtime_names() -> set[str]:
    """Names of everything that is installed with the program on this computer, found by walking."""
    found: set[str] = set()
    waiting = runtime_roots()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = requirement.name.lower().replace("_", "-")
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if not wanted or name in found:
            continue
        found.add(name)
        waiting += distribution(name).requires or []
    return found


def licence_choices(name: str) -> Iterator[str]:
    """The licences a package may be used under, each as it names them."""
    metadata = distribution(name).metadata
    expression = metadata.get("License-Expression") or ""
    classifiers = [
        line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    if expression:
        yield from re.split(r"\s+OR\s+", expression)
    elif classifiers:
        yield from classifiers
    elif name in SAID_IN_A_FILE:
        yield SAID_IN_A_FILE[name]
    else:
        # The first line names it; the rest may be its whole text.
        yield (metadata.get("License") or "").strip().partition("\n")[0]


def is_full_gpl(licence: str) -> bool:
    """Tell a GPL, Affero or not, from the Lesser GPL and from one with an exception."""
    if re.search(r"lesser|lgpl|with .*exception", licence, re.IGNORECASE):
        return False
    return bool(re.search(r"\ba?gpl|general public license", licence, re.IGNORECASE))


def test_the_walk_finds_what_is_known_to_be_there():
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "cffi", "mako"} <= runtime_names()
    assert "pytest" not in runtime_names()


def test_every_dependency_may_be_shared_with_an_mit_program():
    choices = {name: list(licence_choices(name)) for name in runtime_names()}
    assert {name for name, found in choices.items() if not any(found)} == set()
    refused = {n for n, found in choices.items() if all(is_full_gpl(f) for f in found)}
    assert refused == set()


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v2", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GPL-2.0 WITH Bootloader-exception", False),
        ("MPL-2.0", False),
    ],
)
def test_a_full_gpl_would_be_noticed(licence, refused):
    assert is_full_gpl(licence) is refused


@pytest.mark.parametrize("name", ["pyside6-webengine", "pyside6-pdf", "pyside6", "pymupdf"])
def test_what_was_turned_down_is_not_installed(name):
    with pytest.raises(PackageNotFoundError):
        distribution(name)


def test_both_locks_pin_everything_the_program_asks_for():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pinned = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))
        for requirement in map(Requirement, runtime_roots()):
            name = requirement.name.lower().replace("_", "-")
            assert requirement.specifier.contains(pinned[name]), f"{name} in {lock}"
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_setting_text_leaves_none_alone(qtbot):
    """PySide6 6.12 on Python 3.11 loses one reference to ``None`` a call, until the process ends.

    It starts with thousands to spare, so that only counting shows it.
    """
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(300):
        label.setText("x")
    assert abs((sys.getrefcount(None) - before) / 300) < 0.1


def test_resources_ship_inside_the_wheel(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        names = set(wheel.namelist())
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file():
            assert f"mhin_ppi/{path.relative_to(ROOT).as_posix()}" in names
    assert "mhin_ppi/errors.py" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]
