"""What coding allows and refuses, on a real encrypted board with a member's own laptop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mhin_ppi.domain.annotations import Annotation, AnnotationKind, Visibility
from mhin_ppi.domain.codebook import Attribution, Code
from mhin_ppi.domain.codebook import Coding as Noun
from mhin_ppi.domain.people import Role
from mhin_ppi.domain.spaces import ADMIN, BOARD, person_space
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.boards import Coding, Services
from mhin_ppi.services.sample_laptops import carry
from tests.services.laptops import PASSPHRASE, Pair


@pytest.fixture
def coding(pair: Pair) -> Coding:
    return pair.ruth.coding


def add(coding: Coding, name: str, **about: object) -> Code:
    return coding.codebook.add(name, **about).value  # type: ignore[arg-type]


def note_of_amber(pair: Pair, body: str, **about: object) -> Annotation:
    """Amber writes on her laptop; Ruth has it after an exchange."""
    noted = pair.amber.annotations.annotate(
        pair.version, kind=AnnotationKind.CONCERN, body=body, **about
    )  # type: ignore[arg-type]
    pair.exchange()
    return noted.value.annotation


def agree(pair: Pair, *, agreed: bool = True) -> None:
    pair.amber.coding.consents.say(pair.project, agreed=agreed)
    pair.exchange()


# ---------------------------------------------------------------- who may


def test_a_member_neither_codes_nor_sees_what_was_coded(pair: Pair):
    theirs = pair.amber.coding
    code = add(pair.ruth.coding, "Travel")
    pair.exchange()
    for act in (
        lambda: theirs.codebook.add("Mine"),
        lambda: theirs.codebook.retire(code.id),
        lambda: theirs.codings.code_draft(code.id, pair.version, (0, 5)),
        lambda: theirs.codings.all(),
        lambda: theirs.codings.on(pair.version),
        lambda: theirs.codings.open_notes(),
        lambda: theirs.memos.write("a thought"),
        lambda: theirs.quotes.keep("words", project=pair.project),
        lambda: theirs.quotes.all(),
    ):
        with pytest.raises(NotAllowedError, match="peer researcher"):
            act()


@pytest.fixture
def maya(pair: Pair, tmp_path: Path) -> Iterator[Services]:
    """A peer researcher at a laptop of her own."""
    person = pair.ruth.people.add_person("Maya Madeup", roles=(Role.PEER_RESEARCHER,)).value
    store, _, certificate = pair.boards.vault.join(
        tmp_path / "maya",
        label="Board 1",
        passphrase=PASSPHRASE,
        board=pair.ruth.people.board().id,
        person=person.id,
    )
    pair.ruth.people.add_device(certificate)
    carry(pair.ruth.desk.store, store, spaces=(ADMIN, BOARD, person_space(person.id)))
    services = pair.boards.serve(store)
    yield services
    services.close()


def test_a_peer_researcher_codes_and_only_coordinators_see_it(pair: Pair, maya: Services):
    code = add(maya.coding, "Travel")
    maya.coding.codings.code_draft(code.id, pair.version, pair.span("text message"))
    hers = (ADMIN, BOARD, person_space(maya.desk.store.person))
    carry(maya.desk.store, pair.ruth.desk.store, spaces=hers)
    pair.exchange()
    assert [p.words for p in pair.ruth.coding.codings.all().passages] == ["text message"]
    with pair.amber.desk.store.unit_of_work() as work:
        assert work.find(Noun) == []
        assert [c.name for c in work.find(Code)] == ["Travel"]
    kept = maya.coding.quotes.keep("Nine weeks.", project=pair.project).value
    carry(maya.desk.store, pair.ruth.desk.store, spaces=hers)
    with pytest.raises(NotAllowedError, match="Somebody else keeps"):
        pair.ruth.coding.quotes.change(kept.id, consented=True)


# ---------------------------------------------------------------- the codebook


def test_renaming_merging_and_retiring_keep_what_was_coded(pair: Pair, coding: Coding):
    buses, travel = add(coding, "Buses"), add(coding, "Travel")
    tickets = add(coding, "Tickets", under=buses.id)
    coding.codings.code_draft(buses.id, pair.version, pair.span("text message"))
    coding.codebook.describe(buses.id, name="Bus rides", definition="Any bus", colour="#1e6b3a")
    (found,) = coding.codings.all().passages
    assert (found.code.name, found.code.colour, found.words) == (
        "Bus rides",
        "#1E6B3A",
        "text message",
    )

    coding.codebook.merge(buses.id, into=travel.id)
    coded = coding.codings.all()
    assert [p.code.name for p in coded.passages] == ["Travel"]
    assert coded.counts.of(travel.id).passages == 1
    assert coded.tree.parents[tickets.id] == travel.id
    with pytest.raises(InputError, match="not offered"):
        coding.codings.code_draft(buses.id, pair.version, pair.span("voucher"))

    coding.codebook.bring_back(buses.id)
    assert [p.code.name for p in coding.codings.all().passages] == ["Bus rides"]
    coding.codebook.retire(buses.id)
    assert [p.code.name for p in coding.codings.all().passages] == ["Bus rides"]
    assert [c.name for c in coding.codebook.tree().retired()] == ["Bus rides"]


def test_what_the_codebook_refuses(coding: Coding):
    top = add(coding, "Top")
    below = add(coding, "Below", under=top.id)
    for act in (
        lambda: add(coding, " top "),
        lambda: add(coding, ""),
        lambda: add(coding, "Another", colour="red"),
        lambda: coding.codebook.move(top.id, under=below.id),
        lambda: coding.codebook.merge(top.id, into=top.id),
        lambda: coding.codebook.describe(top.id, name="Top", definition="x" * 4001),
    ):
        with pytest.raises(InputError):
            act()
    assert [c.name for c, _ in coding.codebook.tree().walk()] == ["Top", "Below"]
    coding.codebook.move(below.id, under=None)
    assert [(c.name, d) for c, d in coding.codebook.tree().walk()] == [("Below", 0), ("Top", 0)]


def test_a_code_of_one_project_is_not_used_in_another(pair: Pair, coding: Coding):
    other = pair.ruth.people.add_project("Another study").value
    theirs = add(coding, "Theirs", project=other.id)
    with pytest.raises(InputError, match="another project"):
        coding.codings.code_draft(theirs.id, pair.version, (0, 5))
    assert theirs.id not in coding.codebook.tree(pair.project).by_id


# ---------------------------------------------------------------- drafts


def test_codings_overlap_and_the_same_one_twice_is_refused(pair: Pair, coding: Coding):
    one, two = add(coding, "One"), add(coding, "Two")
    span = pair.span("Café staff — 👍")
    coding.codings.code_draft(one.id, pair.version, span)
    coding.codings.code_draft(two.id, pair.version, (span[0], span[1] - 2))
    with pytest.raises(InputError, match="already"):
        coding.codings.code_draft(one.id, pair.version, span)
    words = [p.words for p in coding.codings.on(pair.version)]
    assert sorted(words) == ["Café staff —", "Café staff — 👍"]


def test_a_coding_taken_off_is_gone_from_sight_and_still_in_the_log(pair: Pair, coding: Coding):
    one = add(coding, "One")
    made = coding.codings.code_draft(one.id, pair.version, pair.span("voucher")).value
    before = len(pair.ruth.desk.store.entries())
    coding.codings.remove(made.id)
    assert coding.codings.on(pair.version) == []
    assert len(pair.ruth.desk.store.entries()) == before + 1
    coding.codings.code_draft(one.id, pair.version, pair.span("voucher"))
    assert len(coding.codings.on(pair.version)) == 1


# ---------------------------------------------------------------- members' own words


def test_a_members_note_is_coded_only_once_they_agreed(pair: Pair, coding: Coding):
    code = add(coding, "Force")
    note = note_of_amber(pair, "I was held down and nobody said why.")
    assert coding.codings.open_notes() == []
    with pytest.raises(NotAllowedError, match="has not agreed"):
        coding.codings.code_note(code.id, note.id, (2, 15))
    assert coding.codings.all().passages == ()

    agree(pair)
    (opened,) = coding.codings.open_notes()
    assert (opened.note.id, opened.author) == (note.id, "a board member")
    coding.codings.code_note(code.id, note.id, (2, 15))
    (found,) = coding.codings.all().passages
    assert (found.words, found.sort, found.speaker) == ("was held down", "concern", note.author)
    assert coding.codings.on(pair.version) == [], "the draft's own words were not coded"


def test_agreement_taken_back_hides_from_then_on_and_deletes_nothing(pair: Pair, coding: Coding):
    code = add(coding, "Force")
    agree(pair)
    note = note_of_amber(pair, "I was held down and nobody said why.")
    coding.codings.code_note(code.id, note.id, (2, 15))
    entries = len(pair.ruth.desk.store.entries())
    agree(pair, agreed=False)
    assert coding.codings.all().passages == ()
    assert coding.codings.all().counts.total.passages == 0
    assert coding.codings.open_notes() == []
    assert len(pair.ruth.desk.store.entries()) == entries + 1
    agree(pair)
    assert len(coding.codings.all().passages) == 1


def test_agreement_is_for_one_project_only(pair: Pair, coding: Coding):
    other = pair.ruth.people.add_project("Another study").value
    note = note_of_amber(pair, "I was held down.")
    pair.amber.coding.consents.say(other.id, agreed=True)
    pair.exchange()
    with pytest.raises(NotAllowedError, match="has not agreed"):
        coding.codings.code_note(add(coding, "Force").id, note.id, (0, 5))
    told = {p.title: agreed for p, agreed in pair.amber.coding.consents.of()}
    assert told == {"A study": False, "Another study": True}


def test_words_that_are_taken_back_leave_no_trace_in_a_coding(pair: Pair, coding: Coding):
    code = add(coding, "Force")
    agree(pair)
    note = note_of_amber(pair, "I was held down and nobody said why.")
    made = coding.codings.code_note(code.id, note.id, (2, 15)).value
    assert "held" not in repr(made)
    pair.amber.annotations.take_back(note.id)
    pair.exchange()
    assert coding.codings.all().passages == ()


def test_reworded_notes_are_not_guessed_at(pair: Pair, coding: Coding):
    code = add(coding, "Force")
    agree(pair)
    note = note_of_amber(pair, "I was held down and nobody said why.")
    coding.codings.code_note(code.id, note.id, (2, 15))
    pair.amber.annotations.reword(note.id, body="It was hard and nobody said why to me.")
    pair.exchange()
    assert coding.codings.all().passages == ()


def test_a_note_kept_to_oneself_is_never_coded(pair: Pair, coding: Coding):
    code = add(coding, "Force")
    pair.ruth.coding.consents.say(pair.project, agreed=True)
    own = pair.ruth.annotations.annotate(
        pair.version, kind=AnnotationKind.WORKS, body="mine", visibility=Visibility.ONLY_ME
    ).value.annotation
    with pytest.raises(NotAllowedError, match="just one person"):
        coding.codings.code_note(code.id, own.id, (0, 4))
    assert coding.codings.open_notes() == []


def test_a_coordinator_types_in_what_a_member_said_and_a_member_does_not(pair: Pair):
    said = pair.ruth.coding.consents.say(pair.project, agreed=True, on_behalf_of=pair.kim).value
    assert (said.person, said.typed_by) == (pair.kim, pair.ruth.desk.store.person)
    assert [agreed for _, agreed in pair.ruth.coding.consents.of(pair.kim)] == [True]
    with pytest.raises(NotAllowedError):
        pair.amber.coding.consents.say(pair.project, agreed=True, on_behalf_of=pair.kim)


# ---------------------------------------------------------------- participants' quotes


def test_a_quote_is_coded_only_with_consent_on_record(pair: Pair, coding: Coding):
    code = add(coding, "Waiting")
    kept = coding.quotes.keep("I waited\r\nnine weeks 🕰", project=pair.project).value
    assert kept.body == "I waited\nnine weeks 🕰"
    with pytest.raises(NotAllowedError, match="not on record"):
        coding.codings.code_quote(code.id, kept.id, (9, 19))
    coding.quotes.change(kept.id, consented=True)
    coding.codings.code_quote(code.id, kept.id, (9, 21))
    (found,) = coding.codings.all().passages
    assert (found.words, found.where) == ("nine weeks 🕰", "A participant's words")
    coding.quotes.change(kept.id, consented=False)
    assert coding.codings.all().passages == ()


def test_what_quotes_refuse_and_warn_of(pair: Pair, coding: Coding):
    with pytest.raises(InputError, match="Nothing is written"):
        coding.quotes.keep(" \n ", project=pair.project)
    with pytest.raises(InputError, match="No name"):
        coding.quotes.keep("words", project=pair.project, attribution=Attribution.BY_NAME)
    kept = coding.quotes.keep(
        "words",
        project=pair.project,
        participant="IT107",
        description="Female",
        place="Hull",
        attribution=Attribution.CODE,
    ).value
    assert "Show less" in coding.quotes.warning(kept)
    coding.quotes.take_away(kept.id)
    assert coding.quotes.all() == []


def test_memos_are_kept_changed_and_taken_back(pair: Pair, coding: Coding):
    code = add(coding, "Waiting")
    memo = coding.memos.write("Close to “time”?", code=code.id).value
    coding.memos.reword(memo.id, "Close to “time”, I think.")
    assert [m.body for m in coding.memos.all()] == ["Close to “time”, I think."]
    with pytest.raises(InputError):
        coding.memos.write("  ", code=code.id)
    coding.memos.take_back(memo.id)
    assert coding.memos.all() == []


def test_counts_stand_by_place_and_sort(pair: Pair, coding: Coding):
    code = add(coding, "Waiting")
    (site,) = pair.ruth.people.sites()
    agree(pair)
    note = note_of_amber(pair, "Nine weeks is too long.", site=site.id)
    coding.codings.code_note(code.id, note.id, (0, 10))
    coding.codings.code_draft(code.id, pair.version, pair.span("voucher"))
    counts = coding.codings.all(pair.project).counts.of(code.id)
    assert (counts.at(site.id), counts.at(site.id, sort="concern"), counts.at(None)) == (1, 1, 1)
    assert counts.people == "fewer than 5"
