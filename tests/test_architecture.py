"""The rules of the house that no linter knows. An exception is named here, with its reason."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from mhin_ppi import errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mhin_ppi"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))

# "path" or "path::name" -> why it may be larger than the rest.
LARGER: dict[str, str] = {}
# Where everything may be caught, and why.
CATCHES_ALL = {
    "mhin_ppi/ui/tasks.py": "carries whatever a task raised to the screen thread",
    "mhin_ppi/ui/messages.py": "the last hook: whatever nobody caught ends here",
    "mhin_ppi/documents/child.py": "the child reports whatever a hostile file broke, then ends",
    "mhin_ppi/storage/engine.py": "tells the driver's own errors; raises all others again",
}
# Where threads may be started, and why.
STARTS_THREADS = {"mhin_ppi/ui/tasks.py": "the one place that starts threads"}
FORBIDDEN_NAMES = {"utils", "util", "common", "misc", "core", "helpers", "manager"}
NETWORK = {
    "socket",
    "ssl",
    "socketserver",
    "urllib.request",
    "http.client",
    "http.server",
    "ftplib",
    "smtplib",
    "asyncio",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets",
}
HEAVY = ("sqlalchemy", "alembic", "lxml", "reportlab", "pikepdf", "pypdfium2", "PIL", "docx")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, without the docstring: explaining more is never a fault."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is not None:
        lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
    return lines


def imported_by(path: Path) -> Iterator[str]:
    """Names of modules, and of what is taken from them, wherever in the file the import stands."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def texts_in(path: Path) -> Iterator[str]:
    """Every text in the code that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node.value


def called_in(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The last part of each called name ("Thread" of ``threading.Thread()``), and the call."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


# ------------------------------------------------------------------------------- size


def test_files_stay_small():
    limits = [(MODULES, 400), (BENCHMARKS, 400), (TESTS, 600)]
    sizes = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) - limit
        for paths, limit in limits
        for path in paths
    }
    assert {name: over for name, over in sizes.items() if over > 0 and name not in LARGER} == {}


def test_functions_stay_small():
    sizes = {
        f"{name_of(path)}::{node.name}": code_lines(node)
        for path in (*MODULES, *BENCHMARKS, *TESTS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in sizes.items() if n > 60 and name not in LARGER} == {}


def test_classes_do_one_thing():
    """At most 15 public methods. What Qt asks for (``@override``) and plain values do not count."""
    counts = {
        f"{name_of(path)}::{node.name}": sum(
            isinstance(method, ast.FunctionDef)
            and not method.name.startswith("_")
            and not {"override", "property"} & {ast.unparse(mark) for mark in method.decorator_list}
            for method in node.body
        )
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    assert {name: n for name, n in counts.items() if n > 15 and name not in LARGER} == {}


def test_every_exception_is_still_needed():
    files = {name_of(path) for path in (*MODULES, *TESTS, *BENCHMARKS)}
    assert {name.partition("::")[0] for name in LARGER} <= files
    assert all(len(reason) > 20 for reason in LARGER.values())


# -------------------------------------------------------------------------------- names


def rooms() -> list[Path]:
    """The rooms and the rooms of ``ui``."""
    return sorted([*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("ui/*/__init__.py")])


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_each_room_opens_with_its_charter(room):
    charter = " ".join((ast.get_docstring(tree_of(room)) or "").split())
    for promise in ("Lives here", "Never here", "ay import"):
        assert promise in charter


def test_every_module_says_why_it_exists():
    silent = [name_of(p) for p in MODULES if len(ast.get_docstring(tree_of(p)) or "") < 20]
    assert silent == []


def test_no_module_is_named_after_nothing():
    assert [name_of(p) for p in MODULES if set(p.with_suffix("").parts) & FORBIDDEN_NAMES] == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [name_of(p) for p in MODULES if marks.search(p.read_text(encoding="utf-8"))]
    assert found == []


# ------------------------------------------------------------------------------- imports


def test_arrows_between_rooms_point_one_way(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    code = lint_imports(no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_nothing_speaks_to_a_network():
    found = {(name_of(p), module) for p in MODULES for module in imported_by(p)}
    assert {pair for pair in found if within(pair[1], NETWORK)} == set()


def test_no_unencrypted_store_can_be_made():
    """Plain ``sqlite3`` would write words in the clear, and ATTACH would let it in by the back."""
    importers = [name_of(p) for p in MODULES if {"sqlite3", "pysqlite3"} & set(imported_by(p))]
    attachers = [
        name_of(p) for p in MODULES for text in texts_in(p) if re.search(r"\bATTACH\b", text)
    ]
    assert (importers, attachers) == ([], [])


def test_starting_loads_nothing_heavy():
    """What the first window needs to import is counted in tens of milliseconds."""
    code = (
        f"import sys, mhin_ppi.cli, mhin_ppi.app\nprint(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


# --------------------------------------------------------------------------------- habits


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell a handler that would hide a fault of ours; one that ends by passing it on does not."""
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    hides = ast.unparse(handler.body[-1]) != "raise"
    return hides and bool(re.search(r"\b(Base)?Exception\b", caught))


def test_everything_is_caught_in_named_places_only():
    found = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and catches_all(node)
    }
    assert found <= set(CATCHES_ALL)


def test_threads_are_started_in_named_places_only():
    starters = {"Thread", "Timer", "ThreadPoolExecutor", "QThread", "QThreadPool"}
    found = {
        name_of(path)
        for path in MODULES
        for name, call in called_in(path)
        if name in starters and ast.unparse(call.func) != "QtCore.QTimer"
    }
    assert found <= set(STARTS_THREADS)


def test_only_the_command_line_prints():
    found = {name_of(path) for path in MODULES for name, _ in called_in(path) if name == "print"}
    assert found <= {"mhin_ppi/cli.py"}


def told_to_people(path: Path) -> Iterator[str]:
    """Every text inside the making of a ``PPIError``."""
    kinds = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.PPIError)
    }
    for name, call in called_in(path):
        if name in kinds:
            for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                for node in ast.walk(argument):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value


def test_what_people_are_told_is_in_plain_words():
    jargon = re.compile(r"\b(error|invalid|user|please|exception|null|aborted)\b", re.IGNORECASE)
    found = [
        (name_of(path), text)
        for path in MODULES
        for text in told_to_people(path)
        if jargon.search(text)
    ]
    assert found == []


def with_examples() -> list[Path]:
    return [path for path in MODULES if "\n    >>> " in path.read_text(encoding="utf-8")]


def test_examples_in_docstrings_are_true():
    failed = 0
    for path in with_examples():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        failed += doctest.testmod(importlib.import_module(name)).failed
    assert failed == 0
