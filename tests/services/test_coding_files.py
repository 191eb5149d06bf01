"""Coding that leaves for other programs, and what comes from them, on real encrypted boards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from mhin_ppi.domain.annotations import Annotation, AnnotationKind, Visibility
from mhin_ppi.domain.codebook import Attribution
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.shared_coding import (
    SharedCode,
    SharedCoding,
    SharedProject,
    SharedSource,
)
from mhin_ppi.errors import NotAllowedError, UnreadableError
from mhin_ppi.exchange.refi_read import read_project
from mhin_ppi.exchange.refi_write import write_project
from mhin_ppi.services.boards import Services
from tests.services.laptops import PASSPHRASE, TEXT, Pair

DRAFT = "\n\n".join(TEXT)


def note(pair: Pair, body: str, **about: object) -> Annotation:
    noted = pair.amber.annotations.annotate(
        pair.version, kind=AnnotationKind.CONCERN, body=body, **about
    )  # type: ignore[arg-type]
    pair.exchange()
    return noted.value.annotation


def filled(pair: Pair) -> None:
    """A codebook, a coded draft with a memo, a member's coded note, and two quotes."""
    coding = pair.ruth.coding
    top = coding.codebook.add("Contact", definition="How people are reached").value
    texts = coding.codebook.add("Texts", under=top.id).value
    gone = coding.codebook.add("Messages").value
    coding.codings.code_draft(gone.id, pair.version, pair.span("text message"))
    coding.codebook.merge(gone.id, into=texts.id)
    made = coding.codings.code_draft(top.id, pair.version, pair.span("Café staff — 👍")).value
    coding.memos.write("Who else?", coding=made.id)
    coding.memos.write("Near to “Texts”.", code=top.id)
    coding.memos.write("A first draft.", version=pair.version)
    pair.amber.coding.consents.say(pair.project, agreed=True)
    said = note(pair, "Amber Fictional was never told 👍 why.")
    coding.codings.code_note(top.id, said.id, (16, 30))
    quote = coding.quotes.keep(
        "I waited\r\nnine weeks.",
        project=pair.project,
        participant="IT107",
        description="a carer",
        attribution=Attribution.CODE,
        consented=True,
    ).value
    coding.codings.code_quote(top.id, quote.id, (9, 19))
    coding.quotes.keep("Not to be quoted.", project=pair.project)


def sent(pair: Pair) -> SharedProject:
    files = pair.ruth.coding.files
    leaving = files.leaving(pair.project)
    written = files.write(leaving)
    assert read_project(written, file_name="a.qdpx") == leaving.project
    return leaving.project


def words_coded(project: SharedProject) -> dict[str, list[str]]:
    names = {code.guid: code.name for code in project.codes}
    return {
        source.name: [f"{names[c.code]}: {source.text[c.start : c.end]}" for c in source.codings]
        for source in project.sources
    }


def test_what_leaves_is_coded_named_and_pseudonymised(pair: Pair):
    filled(pair)
    project = sent(pair)
    assert words_coded(project) == {
        "Draft protocol, version 1": ["Texts: text message", "Contact: Café staff — 👍"],
        "Concern on Draft protocol, version 1": ["Contact: was never told"],
        "Quote 1, Participant 1, a carer": ["Contact: nine weeks"],
    }
    assert [(c.name, c.parent is None) for c in project.codes] == [
        ("Contact", True),
        ("Texts", False),
    ]
    assert [user.name for user in project.users] == ["Coder 1"]
    assert sorted(memo.body for memo in project.memos) == [
        "A first draft.",
        "Near to “Texts”.",
        "Who else?",
    ]
    everything = write_project(project)
    for private in (b"Ruth", b"Sampleworth", b"IT107", str(pair.amber_id).encode()):
        assert private not in everything
    assert "Not to be quoted." not in {source.text for source in project.sources}


def test_codes_of_participants_differ_from_file_to_file(pair: Pair):
    filled(pair)
    for number in range(8):
        pair.ruth.coding.quotes.keep(
            f"Words {number}",
            project=pair.project,
            participant=f"P{number}",
            attribution=Attribution.CODE,
            consented=True,
        )
    orders = {tuple(s.name for s in sent(pair).sources) for _ in range(4)}
    assert len(orders) > 1
    users = {sent(pair).users[0].guid for _ in range(3)}
    assert len(users) == 3


def test_only_what_may_leave_does(pair: Pair):
    filled(pair)
    told = note(pair, "For the coordinator only.", visibility=Visibility.COORDINATOR)
    code = next(c for c, _ in pair.ruth.coding.codebook.tree().walk())
    pair.ruth.coding.codings.code_note(code.id, told.id, (0, 3))
    names = [source.name for source in sent(pair).sources]
    assert sum(name.startswith("Concern") for name in names) == 1
    said = pair.ruth.coding.files.leaving(pair.project).said
    assert said[-2:] == (
        "Kept here, as nobody agreed or others may not read it: 1 coded note.",
        "Kept here, as no consent is on record: 1 quote.",
    )

    pair.ruth.people.choose_credit(pair.amber_id, credit=Credit.FULL_NAME, not_quoted=True)
    assert not any(s.name.startswith("Concern") for s in sent(pair).sources)
    pair.ruth.people.choose_credit(pair.amber_id, credit=Credit.FULL_NAME, not_quoted=False)
    assert any(s.name.startswith("Concern") for s in sent(pair).sources)
    pair.amber.coding.consents.say(pair.project, agreed=False)
    pair.exchange()
    project = sent(pair)
    assert not any(source.name.startswith("Concern") for source in project.sources)
    with pytest.raises(NotAllowedError):
        pair.amber.coding.files.leaving(pair.project)


# ---------------------------------------------------------------- coming in


@pytest.fixture
def other(pair: Pair, tmp_path: Path) -> Services:
    """Another board that has the same draft and no codes."""
    services, _ = pair.boards.start(
        tmp_path / "other", board_name="Other", person_name="Iris Invented", passphrase=PASSPHRASE
    )
    project = services.people.add_project("Their study").value
    services.reviewing.add_draft(
        "\n".join(TEXT).encode(), file_name="b.txt", project=project.id, title="Same words"
    )
    return services


def test_a_second_board_has_the_same_coding_after_it_is_brought_in(pair: Pair, other: Services):
    filled(pair)
    project = sent(pair)
    (theirs,) = other.people.projects()
    files = other.coding.files
    arriving = files.arriving(write_project(project), file_name="a.qdpx", project=theirs.id)
    assert other.coding.codebook.tree().by_id == {}, "nothing is kept before it is wanted"
    assert arriving.said[0] == "2 codes would be added; 0 are here."
    assert "“Concern on Draft protocol, version 1”" in arriving.said[-1]
    files.take_in(arriving)

    again = files.leaving(theirs.id).project
    assert [replace(code, memos=()) for code in again.codes] == [
        replace(code, memos=()) for code in project.codes
    ]
    (draft,) = [s for s in again.sources if s.name == "Same words, version 1"]
    ours = project.sources[0]
    assert draft.text == ours.text
    places = [(c.code, c.start, c.end, c.made_at) for c in draft.codings]
    assert places == [(c.code, c.start, c.end, c.made_at) for c in ours.codings]
    assert sorted(m.body for m in again.memos) == sorted(m.body for m in project.memos)
    assert not files.arriving(write_project(project), file_name="a.qdpx", project=theirs.id).brings
    other.close()


def test_a_file_of_ones_own_brings_nothing_new(pair: Pair):
    filled(pair)
    files = pair.ruth.coding.files
    arriving = files.arriving(write_project(sent(pair)), file_name="a.qdpx", project=pair.project)
    assert not arriving.brings
    assert arriving.said[0] == "0 codes would be added; 2 are here."


def foreign(text: str, *, name: str = "Theirs") -> bytes:
    code, below = UUID(int=71), UUID(int=72)
    codings = (
        SharedCoding(UUID(int=73), below, 0, 5),
        SharedCoding(UUID(int=74), below, 0, 5),
    )
    return write_project(
        SharedProject(
            "P",
            codes=(
                SharedCode(code, "CONTACT"),
                SharedCode(below, "A name that is far too long " * 5, parent=code),
            ),
            sources=(SharedSource(UUID(int=75), name, text, codings),),
        )
    )


def test_codes_of_the_same_name_and_place_are_one_and_lines_may_end_otherwise(pair: Pair):
    coding = pair.ruth.coding
    ours = coding.codebook.add("Contact").value
    windows = DRAFT.replace("\n", "\r\n") + "\r\n"
    arriving = coding.files.arriving(foreign(windows), file_name="a.qdpx", project=pair.project)
    assert arriving.said[:2] == (
        "1 code would be added; 1 are here.",
        "1 coding would be added, as yours, in 1 text that this board has word for word.",
    )
    coding.files.take_in(arriving)
    coded = coding.codings.all()
    (found,) = coded.passages
    assert (found.words, coded.tree.parents[found.code.id]) == (DRAFT[:5], ours.id)
    assert len(found.code.name) == 80
    assert found.code.definition.startswith("A name that is far too long A name")


def test_texts_that_are_not_here_are_named_and_left_out(pair: Pair):
    files = pair.ruth.coding.files
    arriving = files.arriving(
        foreign(DRAFT + "One more sentence."), file_name="a.qdpx", project=pair.project
    )
    assert arriving.codings == ()
    assert arriving.said[-1] == ("Left out, because no draft here has the same words: “Theirs”.")
    files.take_in(arriving)
    assert pair.ruth.coding.codings.all().passages == ()


def test_a_draft_of_another_project_is_not_touched(pair: Pair):
    other = pair.ruth.people.add_project("Another study").value
    arriving = pair.ruth.coding.files.arriving(foreign(DRAFT), file_name="a.qdpx", project=other.id)
    assert arriving.codings == ()


def test_a_file_that_cannot_be_read_changes_nothing(pair: Pair):
    with pytest.raises(UnreadableError, match="a.qdpx"):
        pair.ruth.coding.files.arriving(b"PK no", file_name="a.qdpx", project=pair.project)
    assert pair.ruth.coding.codebook.tree().by_id == {}


@pytest.mark.slow
def test_a_large_file_is_kept_whole(pair: Pair):
    code = UUID(int=71)
    codings = tuple(
        SharedCoding(UUID(int=1000 + n), code, n % 150, n % 150 + 1 + n // 150)
        for n in range(3_000)
        if DRAFT[n % 150 : n % 150 + 1 + n // 150].strip()
    )
    big = SharedProject(
        "P", codes=(SharedCode(code, "One"),), sources=(SharedSource(code, "T", DRAFT, codings),)
    )
    files = pair.ruth.coding.files
    arriving = files.arriving(write_project(big), file_name="a.qdpx", project=pair.project)
    files.take_in(arriving)
    assert len(pair.ruth.coding.codings.all().passages) == len(arriving.codings) > 1_900
