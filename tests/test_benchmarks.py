"""The table that ``make bench`` prints can be read, and names what is not there."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import lines, main, measures


def test_the_table_is_aligned_and_has_ratios():
    headings, rule, first, second = lines(
        [
            ("Start to first window", 0.45, 0.2, "a bare window"),
            ("Memory (MB)", 98.24, 49.12, "the same"),
        ]
    )
    assert first.split("  ") == [
        "Start to first window",
        "450.0 ms",
        "200.0 ms",
        " 2.25",
        "a bare window",
    ]
    assert "98.2 MB" in second
    assert "2.00" in second
    assert len(rule) == len(first)
    assert headings.index("the floor is") == first.index("a bare window")


@pytest.mark.parametrize(("seconds", "shown"), [(0.0012, "1.2 ms"), (3.4, "3.40 s")])
def test_time_is_shown_in_the_handiest_unit(seconds, shown):
    assert shown in lines([("Opening", seconds, 1.0, "nothing")])[2]


def test_a_benchmark_that_is_not_there_is_named(capsys):
    assert main(["walking_on_water"]) == 1
    assert "There is no benchmark called walking_on_water." in capsys.readouterr().out


def test_every_benchmark_can_be_loaded_and_called():
    assert all(callable(measure) for measure in measures([]).values())


def test_the_register_is_measured_at_a_small_size(qapp):
    from benchmarks import register

    rows = register.measure(many=24, turns=2, between_keys=5)
    what = list(
        dict.fromkeys(name.removesuffix(", wall").removesuffix(", processor") for name, *_ in rows)
    )
    assert [name.split(" 24")[0] for name in what] == [
        "reading",
        "reading",
        "opening the page with",
        "going to it after a rest on another page",
        "coming back to it, nothing having happened",
        "scrolling it by a page, p95",
        "typing words to find, the longest that the window waits",
        "finding words in",
    ]
    # The processor's clock is coarse on some systems.
    assert all(ours > 0 and floor > 0 for name, ours, floor, _ in rows if "processor" not in name)
    assert sum("processor" in name for name, *_ in rows) == 7


def test_a_small_board_is_searched_and_both_sides_are_measured():
    from benchmarks import searching

    rows = searching.measure(questions=60, drafts=2, paragraphs=5, searches=12)
    assert [floor for _, _, _, floor in rows] == [
        searching.SAME_FILE,
        searching.FLOOR,
        searching.RANKED,
        searching.SAME_FILE,
        searching.FLOOR,
        searching.RANKED,
        "FTS5 alone",
    ]
    assert all(ours > 0 and floor > 0 for _, ours, floor, _ in rows)
    assert "95 in 100 searches of 60 questions, 2 drafts" in {row[0] for row in rows}


def test_the_ledger_is_measured_at_a_small_size():
    from benchmarks import ledger

    rows = ledger.measure(entries=40, turns=2)
    assert len(rows) == 2
    assert all(ours > 0 and floor > 0 for _, ours, floor, _ in rows)
