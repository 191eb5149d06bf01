"""Which questions are offered as asking the same, and how many are looked at for it."""

from __future__ import annotations

import random
import time
from uuid import UUID

import pytest

from mhin_ppi.domain import similar
from mhin_ppi.domain.questions import QuestionId
from mhin_ppi.domain.similar import Marks, Similar

ALIKE = [
    ("Is a text safe to receive in a shared house?",
     "Who else in a shared house could see the text message?"),
    ("Who pays the next trainer when the study ends?",
     "When the study ends, who will pay for trainers?"),
    ("Can I join the sessions from home?",
     "Will it be possible to join a session from home by video?"),
    ("How long will you keep my data?", "For how long is our data kept, and who keeps it?"),
    ("Travel costs are not mentioned anywhere.",
     "The sheet should say that travel costs are paid."),
    ("What does “seclusion” mean?", "I don't know what seclusion means."),
    ("The word randomised is not explained", "Please explain randomised"),
    ("Can a carer come along to the interview?", "May my carer sit in on interviews?"),
    ("Six sessions is a lot for a parent who works.",
     "Parents who work cannot do six sessions."),
    ("Why are people who lack capacity excluded?",
     "Excluding people who lack capacity leaves out those most affected."),
    ("Who reads what we write on the form?", "Who will read the form I fill in?"),
    ("Will the voucher affect my benefits?", "Does taking a voucher change my benefits?"),
]  # fmt: skip
OTHERS = [
    "Say yes or wait 40 weeks. That is not a free choice for a frightened parent.",
    "Both parents. I am the only one there is. I stopped reading here.",
    "I would have to have the money first. And the bus gives no receipt after six.",
    "In our street this sentence means social services. People will say no.",
    "Everything she knew went with her when she left at Easter.",
    "What will people be told if the funding stops half-way?",
    "",
    "?! … 🙂",
]


def key(number: int) -> QuestionId:
    return QuestionId(UUID(int=number))


def test_each_is_offered_its_like_and_nothing_else():
    bodies = [*(words for pair in ALIKE for words in pair), *OTHERS]
    found = Similar(Marks(key(n), body) for n, body in enumerate(bodies))
    for number, body in enumerate(bodies):
        offered = [one.key for one in found.to(key(number))]
        expected = [key(number ^ 1)] if number < 2 * len(ALIKE) else []
        assert offered == expected, body
    assert found.to(key(99_999)) == ()


def test_the_reasons_are_words_of_the_question_that_is_offered():
    found = Similar([Marks(key(n), body) for n, body in enumerate(ALIKE[1])])
    (one,) = found.to(key(0))
    assert one.words == ("study", "ends", "pay", "trainers")
    assert all(word in ALIKE[1][1] for word in one.words)
    assert found.to(key(0), but=[key(1)]) == ()


def invented(number: int, planted: int) -> tuple[list[Marks], list[tuple[int, int]]]:
    """Questions of made-up words as common as words are, some of them asked again in other words.

    Args:
        number: How many.
        planted: How many of them are others asked again: three words in four kept, two new, mixed.
    """
    chance = random.Random(4)  # noqa: S311 - no secret
    sounds = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    words = ["".join(chance.choices(sounds, k=chance.randint(2, 4))) for _ in range(6_000)]
    common = [1 / (place + 5) for place in range(len(words))]
    asked = [
        chance.choices(words, common, k=chance.randint(8, 30)) for _ in range(number - planted)
    ]
    again = []
    for _ in range(planted):
        source = chance.randrange(number - planted)
        kept = [word for word in asked[source] if chance.random() < 0.75]
        kept += chance.choices(words, common, k=2)
        chance.shuffle(kept)
        again.append((len(asked), source))
        asked.append(kept)
    return [Marks(key(n), " ".join(one)) for n, one in enumerate(asked)], again


def ratio_of_times(marks: list[Marks], wanted: list[int]) -> float:
    """Return how many times longer comparing with every question takes than with candidates."""
    found = Similar(marks)
    start = time.perf_counter()
    for one in wanted:
        found.to(key(one))
    quick = time.perf_counter() - start
    start = time.perf_counter()
    for one in wanted:
        for other in range(len(marks)):
            found._compare(one, other)
    return (time.perf_counter() - start) / quick


def test_looking_at_few_finds_what_looking_at_all_would():
    marks, again = invented(2_000, 100)
    found = Similar(marks)
    hits = sum(key(source) in [one.key for one in found.to(key(one))] for one, source in again)
    assert hits >= 95
    assert max(len(found._candidates(at)) for at in range(200)) <= similar.LOOKED_AT


@pytest.mark.slow
def test_among_twenty_thousand_it_is_found_many_times_faster():
    marks, again = invented(20_000, 1_000)
    found = Similar(marks)
    hits = sum(key(source) in [one.key for one in found.to(key(one))] for one, source in again)
    assert hits >= 970
    assert ratio_of_times(marks, [one for one, _ in again[:10]]) > 20
