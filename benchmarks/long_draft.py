"""A long draft with very many notes on a real encrypted board, for measuring the reader."""

from __future__ import annotations

import random
from pathlib import Path

from mhin_ppi.app import (
    LaterCatalogues,
    LaterMeetingFiles,
    LaterNoteFiles,
    LaterPages,
    LaterQda,
    LaterReader,
    LaterSheets,
    LaterWriter,
)
from mhin_ppi.crypto.wrapping import quick_kdf
from mhin_ppi.domain.annotations import (
    Annotation,
    AnnotationId,
    AnnotationKind,
    Visibility,
    is_owed_an_answer,
)
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.passages import passage_in
from mhin_ppi.domain.questions import Question, QuestionId
from mhin_ppi.later_files import LaterFinance, LaterReceipts
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.services.desk import keep
from mhin_ppi.storage.system_ports import RandomIds, SystemClock
from mhin_ppi.storage.vault import LocalVault

PASSWORD = "a long enough password"  # noqa: S105 - it protects nobody
PAGES, BLOCKS, NOTES = 300, 2_000, 5_000
_WORDS = (
    "the study team will ask people about carer support dose visits results because questions "
    "matter and sharing implementation understanding accessibility responsibilities sleep"
).split()


def long_draft(*, pages: int = PAGES, blocks: int = BLOCKS) -> DraftText:
    """Return a made-up draft: about 600 characters a block, with headings, lists and tables."""
    chance = random.Random(3)
    made: list[Block] = []
    for number in range(blocks):
        page = 1 + number * pages // blocks
        if number % 12 == 0:
            level = 1 if number % 48 == 0 else 2
            made.append(Block(BlockKind.HEADING, f"Section {number}", level, page=page))
        elif number % 40 == 7:
            rows = ["\t".join(_some(chance, 3) for _ in range(4)) for _ in range(6)]
            made.append(Block(BlockKind.TABLE, "\n".join(rows), page=page, header_rows=1))
        elif number % 6 == 5:
            made.append(
                Block(BlockKind.LIST_ITEM, _some(chance, 30) + ".", 1, page=page, marker="•")
            )
        else:
            words = ". ".join(_some(chance, 16).capitalize() for _ in range(6)) + "."
            made.append(Block(BlockKind.PARAGRAPH, words, page=page))
    return DraftText(tuple(made), title="A long protocol", pages=pages)


def _some(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def boards(home: Path) -> Boards:
    """Return boards on a real encrypted store, with a password that is quick to check."""
    clock, ids = SystemClock(), RandomIds()
    return Boards(
        vault=LocalVault(clock=clock, ids=ids, kdf=quick_kdf),
        clock=clock,
        ids=ids,
        reader=LaterReader(),
        writer=LaterWriter(),
        renderer=LaterPages(),
        note_files=LaterNoteFiles(),
        meeting_files=LaterMeetingFiles(),
        qda=LaterQda(),
        sheets=LaterSheets(),
        receipts=LaterReceipts(),
        finance=LaterFinance(),
        catalogues=LaterCatalogues(),
        home=home,
    )


def fill(services: Services, draft: DraftText, *, notes: int = NOTES) -> VersionId:
    """Add the draft and that many notes, most of which raise questions; return the version.

    It writes what ``services.annotations`` would, in one unit of work: one by one, five thousand
    would take minutes.
    """
    project = services.people.add_project("A study", team="the team", sites=["Hull"]).value
    version = services.reviewing.add_draft(
        draft.to_bytes(), file_name="long.md", project=project.id, title="Long", text=draft
    ).value
    chance, text, desk = random.Random(5), draft.text, services.desk
    kinds = list(AnnotationKind)
    with desk.store.unit_of_work() as work:
        for number in range(notes):
            start = chance.randrange(len(text) - 200)
            note = Annotation(
                id=AnnotationId(desk.new_id()),
                version=version.id,
                author=desk.store.person,
                body=f"Note {number}: why does it say {_some(chance, 8)}?",
                kind=kinds[number % len(kinds)],
                visibility=Visibility.BOARD,
                passage=passage_in(text, start, start + chance.randrange(20, 120)),
                made_at=desk.now(),
            )
            keep(work, note)
            if is_owed_an_answer(note.kind, note.visibility):
                question = Question(
                    id=QuestionId(desk.new_id()),
                    asker=note.author,
                    body=note.body,
                    kind=note.kind,
                    project=project.id,
                    annotation=note.id,
                    raised_at=note.made_at,
                    visibility=note.visibility,
                )
                keep(work, question)
        work.commit()
    return version.id
