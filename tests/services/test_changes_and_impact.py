"""Changes linked and refused, differences with what shows them, and looking again."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.impact import WRITTEN_FOR_THEM, Direction, Lasted, view_and_writer
from mhin_ppi.domain.questions import QuestionId, QuestionState
from mhin_ppi.domain.responses import MAY_HAVE, Decision
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services.changed_passages import ChangedPassages
from mhin_ppi.services.evidence import LARGEST_BYTES, EvidenceFile
from mhin_ppi.services.report_numbers import number_in_report
from tests.services.laptops import TEXT, Pair

SECOND = [*TEXT[:1], TEXT[1].replace("by text message", "by letter or by telephone"), *TEXT[2:]]
DIFFERENCE = {
    "kind": "design",
    "stage": "design",
    "direction": Direction.NEUTRAL,
    "what_changed": "No change that we can trace.",
}


@pytest.fixture
def asked(pair: Pair) -> QuestionId:
    """A question of Amber's, answered by Ruth on 2 March 2026."""
    made = pair.amber.annotations.annotate(
        pair.version,
        kind=AnnotationKind.QUESTION,
        body="Is a text safe in a shared house?",
        span=pair.span("by text message"),
    ).value.question
    assert made is not None
    pair.to_ruth()
    pair.ruth.questions.respond(made.id, decision=Decision.WILL_CHANGE, body="It is not.")
    return made.id


def second_version(pair: Pair) -> VersionId:
    draft = pair.ruth.reviewing.version(pair.version)[1]
    added = pair.ruth.reviewing.add_version(draft.id, "\n".join(SECOND).encode(), file_name="b.txt")
    return added.value.id


def test_a_change_says_what_sort_it_is_and_how_sure(pair: Pair, asked: QuestionId) -> None:
    pair.ruth.questions.link_change(
        asked, outside="Staff ask first.", outside_kind="training", certainty=MAY_HAVE
    )
    pair.to_amber()
    (change,) = pair.amber.questions.story(asked).changes
    assert (change.outside_kind, change.certainty) == ("training", MAY_HAVE)
    assert change.changed_on == date(2026, 3, 2)


def test_what_cannot_be_a_change_is_refused_and_nothing_is_lost(
    pair: Pair, asked: QuestionId
) -> None:
    new = second_version(pair)
    length = len(pair.ruth.reviewing.text_of(new).text)
    wrong = (
        ({"outside": "  "}, "does not say what changed"),
        ({"outside": "A.", "outside_kind": "weather"}, "not in the list"),
        ({"outside": "A.", "certainty": "surely"}, "not in the list"),
        ({"outside": "A.", "changed_on": date(2026, 3, 3)}, "has not come yet"),
        ({"outside": "A.", "changed_on": date(2026, 3, 1)}, "asked later, on 2.March 2026"),
        ({"new": (new, length - 2, length + 5)}, "not in version 2"),
        ({"new": (new, 8, 8)}, "not in version 2"),
        ({"new": (new, -3, 8)}, "not in version 2"),
        ({"old": (pair.version, 0, 10**6), "new": (new, 0, 5)}, "not in version 1"),
        ({"new": (VersionId(uuid4()), 0, 5)}, "version is not on this board"),
        ({"new": (pair.version, 0, 5)}, "in version 1, and the question was asked about version 1"),
        ({"old": (new, 0, 5), "new": (pair.version, 0, 5)}, "asked about version 2"),
    )
    for given, words in wrong:
        with pytest.raises(InputError, match=words) as refused:
            pair.ruth.questions.link_change(asked, **given)
        assert refused.value.what_is_safe.startswith("Nothing has been recorded")
    story = pair.ruth.questions.story(asked)
    assert (story.changes, story.fate.state) == ((), QuestionState.ANSWERED)


def test_questions_on_changed_words_wait_to_be_linked(pair: Pair, asked: QuestionId) -> None:
    changed = ChangedPassages(pair.ruth.desk, pair.ruth.carried)
    assert changed.to_link() == ()
    new = second_version(pair)
    (waiting,) = changed.to_link()
    assert (waiting.old.id, waiting.new.id) == (pair.version, new)
    assert waiting.count is None, "nobody has compared the versions yet"
    pair.ruth.carried.complete(new)
    (waiting,) = changed.to_link()
    assert waiting.count == 1
    changed.dismiss(asked, new)
    assert changed.to_link() == ()
    changed.dismiss(asked, new, wanted=False)
    text = pair.ruth.reviewing.text_of(new).text
    at = text.index("by letter")
    made = changed.link(
        asked, old=(pair.version, pair.span("by text message")), new=(new, (at, at + 9))
    ).value
    assert (made.old and made.old.quote, made.new and made.new.quote) == (
        "by text message",
        "by letter",
    )
    assert changed.to_link() == ()
    (linked,) = changed.linked(new)
    assert linked.story.question.id == asked


def test_days_the_wrong_way_round_are_refused(pair: Pair, asked: QuestionId) -> None:
    pair.clock.set(date(2026, 3, 10))
    change = pair.ruth.questions.link_change(asked, outside="It is by letter.").value
    wrong = (
        ({"seen_on": date(2026, 3, 11)}, "has not come yet"),
        ({"seen_on": date(2026, 3, 1)}, "before the question was asked"),
        ({"seen_on": date(2026, 3, 9), "change": change.id}, "before the change"),
        ({"look_again_on": date(2026, 3, 10)}, "has passed"),
    )
    for given, words in wrong:
        with pytest.raises(InputError, match=words) as refused:
            pair.ruth.impacts.record(asked, **DIFFERENCE, **given)
        assert refused.value.what_is_safe.startswith("Nothing has been recorded")
    assert pair.ruth.impacts.all() == []


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "example.org",
        "https://",
        "https://bank.example@evil.example/",
        "https://example.org/a b",
        "https://example.org/\u202eexe.fdp",
        "https://[broken",
    ],
)
def test_only_an_ordinary_web_address_is_kept(pair: Pair, asked: QuestionId, link: str) -> None:
    with pytest.raises(InputError, match="not a web address"):
        pair.ruth.impacts.record(asked, **DIFFERENCE, evidence_link=link)
    assert pair.ruth.impacts.all() == []


def test_an_attached_file_is_kept_encrypted_and_comes_out_as_it_went_in(
    pair: Pair, asked: QuestionId
) -> None:
    content = b"\x00MZ a picture of the poster, which nobody opens here " * 50
    impact = pair.ruth.impacts.record(
        asked,
        **DIFFERENCE,
        attached=EvidenceFile("..\\..\\C:/post\u202eer?.exe", content),
        evidence_link=" https://example.org/poster ",
    ).value
    assert (impact.evidence_file_name, impact.evidence_link) == (
        "poster.exe",
        "https://example.org/poster",
    )
    on_disk = [file.read_bytes() for file in pair.ruth.folder.rglob("*") if file.is_file()]
    assert on_disk
    assert not any(b"a picture of the poster" in raw for raw in on_disk)
    pair.to_amber()
    came = pair.amber.impacts.evidence_file(impact.id)
    assert (came.name, came.content) == ("poster.exe", content)


def test_a_file_that_is_empty_or_too_large_is_refused(pair: Pair, asked: QuestionId) -> None:
    for content, words in ((b"", "is empty"), (b"x" * (LARGEST_BYTES + 1), "larger than 10 MB")):
        with pytest.raises(InputError, match=words):
            pair.ruth.impacts.record(asked, **DIFFERENCE, attached=EvidenceFile("a.pdf", content))
    impact = pair.ruth.impacts.record(asked, **DIFFERENCE).value
    with pytest.raises(NotFoundError):
        pair.ruth.impacts.evidence_file(impact.id)


def test_a_view_typed_in_for_somebody_says_so_until_they_write_their_own(
    pair: Pair, asked: QuestionId
) -> None:
    impact = pair.ruth.impacts.record(asked, **DIFFERENCE, asker_view="A little better.").value
    assert impact.asker_view == f"A little better. {WRITTEN_FOR_THEM}"
    again = pair.ruth.impacts.add_view(impact.id, asker_view=impact.asker_view).value
    assert again.asker_view == impact.asker_view, "the remark is said once"
    pair.to_amber()
    assert (
        pair.amber.impacts.add_view(impact.id, asker_view="No better.").value
        == (pair.amber.impacts.all()[0])
    )
    pair.to_ruth()
    (kept,) = pair.ruth.impacts.all()
    assert view_and_writer(kept.asker_view) == ("No better.", False)
    with pytest.raises(NotAllowedError, match="written this view themselves"):
        pair.ruth.impacts.add_view(impact.id, asker_view="Much better.")
    assert pair.ruth.impacts.all() == [kept]


def test_a_difference_is_due_to_be_looked_at_again_until_somebody_has(
    pair: Pair, asked: QuestionId
) -> None:
    impact = pair.ruth.impacts.record(asked, **DIFFERENCE, look_again_on=date(2026, 6, 1)).value
    impacts = pair.ruth.impacts
    assert impacts.due_looks() == []
    pair.clock.set(date(2026, 6, 3))
    (due,) = impacts.due_looks()
    assert (due.impact.id, due.question.id, due.due_on) == (impact.id, asked, date(2026, 6, 1))
    wrong = (
        ({"on": date(2026, 6, 4)}, "has not come yet"),
        ({"on": date(2026, 3, 1)}, "only noticed on 2.March 2026"),
        ({"next_on": date(2026, 6, 3)}, "has passed"),
    )
    for given, words in wrong:
        with pytest.raises(InputError, match=words):
            impacts.look_again(impact.id, lasted=Lasted.YES, **given)
    pair.to_amber()
    with pytest.raises(NotAllowedError):
        pair.amber.impacts.look_again(impact.id, lasted=Lasted.NO)
    assert impacts.due_looks() == [due]

    impacts.look_again(
        impact.id, lasted=Lasted.PARTLY, note="One clinic only.", next_on=date(2026, 9, 1)
    )
    assert impacts.due_looks() == []
    pair.clock.set(date(2026, 9, 2))
    (due,) = impacts.due_looks()
    assert [(look.lasted, look.note) for look in due.looks] == [(Lasted.PARTLY, "One clinic only.")]
    impacts.look_again(impact.id, lasted=Lasted.NO)
    assert impacts.due_looks() == []
    pair.to_amber()
    assert [x.lasted for x in pair.amber.impacts.looks([impact.id])[impact.id]] == [
        Lasted.PARTLY,
        Lasted.NO,
    ]
    assert pair.agree()


def test_a_look_before_its_day_counts_as_that_look(pair: Pair, asked: QuestionId) -> None:
    impact = pair.ruth.impacts.record(asked, **DIFFERENCE, look_again_on=date(2026, 6, 1)).value
    pair.clock.set(date(2026, 5, 30))
    pair.ruth.impacts.look_again(impact.id, lasted=Lasted.YES)
    pair.clock.set(date(2026, 6, 2))
    assert pair.ruth.impacts.due_looks() == []


def test_the_number_on_the_path_is_the_number_in_the_report(pair: Pair, asked: QuestionId) -> None:
    for words in ("Who pays?", "Is there a ramp?"):
        pair.clock.set(date(2026, 3, 5))
        pair.ruth.questions.raise_question(words)
    lines = pair.ruth.reporting.impact_report().questions
    numbered = {line.record_ids[0]: line.reference for line in lines}
    stories = pair.ruth.questions.register()
    assert len(stories) == len(numbered) == 3
    for story in stories:
        number = number_in_report(pair.ruth.desk, story.question.id)
        assert numbered[str(story.question.id)] == f"Q{number}"
    assert number_in_report(pair.ruth.desk, QuestionId(uuid4())) is None
