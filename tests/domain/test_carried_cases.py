"""Every labelled pair of versions: the state a careful person would give, and the very words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.placements import Carried
from mhin_ppi.domain.reanchoring import carry

CASES = tomllib.loads(Path(__file__).with_name("carried_cases.toml").read_text(encoding="utf-8"))


def test_every_state_has_cases_of_its_own():
    states = [case["state"] for case in CASES["case"]]
    assert len(states) >= 40
    assert {Carried(state) for state in states} == set(Carried)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_a_passage_becomes_what_a_careful_person_would_say(case: dict[str, Any]):
    old, new, quote = case["old"], case["new"], case["quote"]
    at = -1
    for _ in range(case.get("nth", 1)):
        at = old.index(quote, at + 1)

    (found,) = carry(old, new, [(at, at + len(quote))])

    words = "" if found.start is None else new[found.start : found.end]
    assert (found.state.value, words) == (case["state"], case.get("found", quote))
    there = "" if found.perhaps is None else new[slice(*found.perhaps)]
    assert there.startswith(case.get("perhaps", ""))
