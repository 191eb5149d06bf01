"""Carrying comments to the next draft, against what web annotators do.

    python benchmarks/carry_comments.py CASES.json > places.json

writes a JSON list in the order of the comments, ``{"state", "start", "end"}`` (offsets in the text
of v2, null when removed), and the seconds to standard error. A case file holds ``v1``, ``v2`` and
``comments`` with ``start``, ``end``, ``exact`` and, for scoring, ``truth``.

    python benchmarks/carry_comments.py --compare CASES.json ...

scores ours, the npm packages ``dom-anchor-text-quote`` and ``approx-string-match``, and the first
exact match, in one run: intersection over union of the place given with the true place, correct
from 0.8, wrong below 0.3. The packages need node and npm; without them they are left out, in words.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mhin_ppi.domain.reanchoring import carry

CORRECT, WRONG = 0.8, 0.3
_WEB = Path(__file__).with_name("web_annotators")
Places = list[dict[str, Any]]


def ours(case: Mapping[str, Any]) -> tuple[Places, float]:
    """Place the comments of a case, and say how many seconds that took."""
    spans = [(comment["start"], comment["end"]) for comment in case["comments"]]
    began = time.perf_counter()
    found = carry(case["v1"], case["v2"], spans)
    seconds = time.perf_counter() - began
    return [
        {"state": one.state.value, "start": one.start, "end": one.end} for one in found
    ], seconds


def first_exact(case: Mapping[str, Any]) -> tuple[Places, float]:
    """Place each comment at the first place where its very words stand."""
    began = time.perf_counter()
    found: Places = []
    for comment in case["comments"]:
        at = case["v2"].find(comment["exact"])
        end = at + len(comment["exact"])
        found.append(
            {"state": "found", "start": at, "end": end}
            if at >= 0
            else {"state": "removed", "start": None, "end": None}
        )
    return found, time.perf_counter() - began


def web_annotator(way: str, case_file: Path) -> tuple[Places, float] | None:
    """Place the comments with an npm package; ``None`` where node or npm is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    if not (_WEB / "node_modules").is_dir():
        subprocess.run([npm, "ci", "--silent"], cwd=_WEB, check=True)
    done = subprocess.run(
        [node, str(_WEB / "place.mjs"), way, str(case_file)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout), float(done.stderr)


def score(case: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return shares in per cent: correct, partly, wrong, lost, to check, removed recognised."""
    counts = dict.fromkeys(("correct", "partly", "wrong", "lost", "check", "removed"), 0)
    gone = 0
    for comment, place in zip(case["comments"], places, strict=True):
        if comment["truth"] is None:
            gone += 1
            counts["removed"] += place["start"] is None
        elif place["start"] is None:
            counts["lost"] += 1
        elif place["state"] == "please_check":
            counts["check"] += 1
        else:
            counts[_judged(comment["truth"], place)] += 1
    to_find = len(places) - gone
    shares = {name: 100 * count / max(1, to_find) for name, count in counts.items()}
    return shares | {"removed": 100 * counts["removed"] / max(1, gone)}


def _judged(truth: Sequence[int], place: Mapping[str, Any]) -> str:
    shared = min(truth[1], place["end"]) - max(truth[0], place["start"])
    union = max(truth[1], place["end"]) - min(truth[0], place["start"])
    overlap = max(0, shared) / union
    return "correct" if overlap >= CORRECT else "wrong" if overlap < WRONG else "partly"


def compare(case_file: Path) -> None:
    """Print the scores of every way on one case."""
    case = json.loads(case_file.read_text(encoding="utf-8"))
    ways: dict[str, tuple[Places, float] | None] = {
        "mhin_ppi": ours(case),
        "first exact match": first_exact(case),
        "dom-anchor-text-quote": web_annotator("dom-anchor", case_file),
        "approx-string-match": web_annotator("approx", case_file),
    }
    print(f"{case_file.name}: {len(case['comments'])} comments, {len(case['v1']):,} characters")
    for name, result in ways.items():
        if result is None:
            print(f"  {name:<22} not measured: node or npm is not on this machine")
            continue
        shares = "  ".join(f"{key} {share:6.2f} %" for key, share in score(case, result[0]).items())
        print(f"  {name:<22} {result[1]:7.2f} s  {shares}")


def main(arguments: list[str]) -> int:
    """Place or compare; see the top of this file."""
    if len(arguments) >= 2 and arguments[0] == "--compare":
        for name in arguments[1:]:
            compare(Path(name))
        return 0
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    places, seconds = ours(json.loads(Path(arguments[0]).read_text(encoding="utf-8")))
    json.dump(places, sys.stdout)
    print(f"{seconds:.3f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
