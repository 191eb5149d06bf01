"""Questions that may ask the same, offered with the reasons; people decide.

A "no" is remembered on this laptop only: it says something about two wordings, not about anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ..domain.annotations import Annotation
from ..domain.blocks import BlockKind, DraftText, draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.questions import Question, QuestionId, QuestionState
from ..domain.similar import Alike, Marks, Similar
from ..errors import NotFoundError
from .desk import Desk, coordinators
from .ports import UnitOfWork
from .register_fates import AS_RAISED, standings
from .stories import Shelf, Story

_LOOKED_THROUGH = 300
_COMPARED = 4_000
_SPARE = 3
_EVERY = "every question"
_DONE_VALUES = frozenset({QuestionState.CLOSED.value, QuestionState.WITHDRAWN.value})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that may ask the same as another, and why.

    Args:
        story: The question suggested.
        words: The words both hold, as it writes them.
        why: Short sentences, the words first.
    """

    story: Story
    words: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True)
class SimilarQuestions:
    """Finds what may belong together.

    Args:
        desk: The open board.
    """

    desk: Desk
    _kept: dict[str, Similar] = field(default_factory=dict, repr=False, compare=False)

    def to(self, questions: Sequence[QuestionId], *, most: int = 8) -> tuple[Suggestion, ...]:
        """Return what may ask the same as any of a few questions, the likeliest first.

        Nothing is suggested that runs the other way (asked of the board), has no words any more,
        belongs to similar questions already, or was said to be another matter.

        Args:
            questions: Those that are together, or one.
            most: How many at most.
        """
        with self.desk.store.unit_of_work() as work:
            ours = work.find(Question, id=tuple(questions))
            refused = {q for one in questions for q in self._refused(work, one)}
            similar = self._index(work, ours)
            similar.place(self._places(work, ours))
            found: dict[QuestionId, Alike] = {}
            for one in ours:
                # Some of them are in a theme by now: more are asked for than are wanted.
                wanted = _SPARE * most + len(questions)
                for alike in similar.to(one.id, most=wanted, but={*questions, *refused}):
                    best = found.get(alike.key)
                    if best is None or best.score < alike.score:
                        found[alike.key] = alike
            way = {one.to_board for one in ours}
            others = work.find(Question, id=tuple(found)) if found else []
            same = [one for one in others if one.body == similar.body_of(one.id)]
            if len(same) < len(others):
                self._kept.clear()  # reworded or taken back since: read anew the next time
            asked = {one.id: one for one in same if _is_free(one) and one.to_board in way}
            best_first = sorted(found.values(), key=lambda one: -one.score)
            kept = [one for one in best_first if one.key in asked][:most]
            stories = stories_of(self.desk, work, [asked[one.key] for one in kept])
            return tuple(
                Suggestion(story, alike.words, _reasons(alike))
                for story, alike in zip(stories, kept, strict=True)
            )

    def groups(self, *, most: int = 12) -> tuple[tuple[Story, ...], ...]:
        """Return open questions that may ask the same as others, in groups, newest first.

        Args:
            most: How many groups at most; the newest 300 open questions are looked through, and
                compared with the newest 4,000.
        """
        with self.desk.store.unit_of_work() as work:
            open_now = self._open_now(work)[-_COMPARED:]
            similar = Similar(open_now)
            taken: set[QuestionId] = set()
            groups: list[list[QuestionId]] = []
            for one in reversed(open_now[-_LOOKED_THROUGH:]):
                if one.key in taken or len(groups) == most:
                    continue
                but = {*taken, *self._refused(work, one.key)}
                like = [alike.key for alike in similar.to(one.key, but=but)]
                if like:
                    groups.append([one.key, *like])
                    taken.update(groups[-1])
            found = {one.id: one for one in work.find(Question, id=tuple(taken))}
            stories = {
                story.question.id: story for story in stories_of(self.desk, work, [*found.values()])
            }
            work.commit()
        return tuple(tuple(stories[one] for one in group) for group in groups)

    def _open_now(self, work: UnitOfWork) -> list[Marks]:
        """Return the questions of the board that are in no theme and not finished, oldest first.

        Only the columns that are needed: reading and telling 20,000 whole questions took seconds.
        """
        coordinating = {str(person) for person in coordinators(work)}
        plain = work.plain().columns(Question, "body", "theme", "to_board", "raised_at", "asker")
        told = standings(work, lambda: {row[0]: row[5] for row in plain}, coordinators=coordinating)
        free = [
            (raised_at or "", key, body)
            for key, body, theme, to_board, raised_at, _ in plain
            if body and not theme and not to_board
        ]
        return [
            Marks(QuestionId(UUID(key)), body)
            for _, key, body in sorted(free)
            if told.get(key, AS_RAISED)[0] not in _DONE_VALUES
        ]

    def refuse(self, question: QuestionId, other: QuestionId, *, wanted: bool = True) -> None:
        """Remember on this laptop that two questions ask different things, or forget it."""
        with self.desk.store.unit_of_work() as work:
            for one, two in ((question, other), (other, question)):
                kept = set(self._refused(work, one))
                changed = kept | {two} if wanted else kept - {two}
                told = {"questions": sorted(str(each) for each in changed)} if changed else None
                work.keep_local(_key(one), told)
            work.commit()

    def _refused(self, work: UnitOfWork, question: QuestionId) -> list[QuestionId]:
        kept = (work.local(_key(question)) or {}).get("questions", ())
        return [QuestionId(UUID(one)) for one in kept]

    def _index(self, work: UnitOfWork, ours: Sequence[Question]) -> Similar:
        """Return every question, ready to be compared; read anew only when one came or changed."""
        number = work.count(Question)
        kept = self._kept.get(_EVERY)
        if (
            kept is None
            or len(kept) != number
            or any(kept.body_of(one.id) != one.body for one in ours)
        ):
            kept = Similar(Marks(one.id, one.body, tags=one.tags) for one in work.find(Question))
            self._kept[_EVERY] = kept
        return kept

    def _places(self, work: UnitOfWork, ours: Sequence[Question]) -> list[Marks]:
        """Return where the questions stand that are about the versions which a few are about."""
        raised = tuple(one.annotation for one in ours if one.annotation)
        about = {note.version for note in work.find(Annotation, id=raised)} if raised else set()
        found = []
        for version in about:
            text = _text(work, version)
            notes = {note.id: note for note in work.find(Annotation, version=version)}
            for one in work.find(Question, annotation=tuple(notes)):
                note = notes.get(one.annotation) if one.annotation else None
                if note is None:
                    continue
                tags = tuple({*one.tags, *note.tags})
                passage = note.passage
                section = _section(text, passage.start) if passage else ""
                found.append(Marks(one.id, one.body, version, passage, section, tags))
        return found


def stories_of(desk: Desk, work: UnitOfWork, questions: Sequence[Question]) -> list[Story]:
    """Return the stories of a few questions without reading the whole board for them."""
    return Shelf(desk, work, questions).stories()


def _is_free(question: Question) -> bool:
    return bool(question.body) and not question.theme


def _reasons(alike: Alike) -> tuple[str, ...]:
    words = ", ".join(f"“{word}”" for word in alike.words)
    found = [f"Both say {words}."] if words else []
    if alike.same_words:
        found.append("Both are about the same words of the draft.")
    elif alike.same_section:
        found.append("Both are about the same section of the draft.")
    if alike.tags:
        found.append(f"Both are tagged {', '.join(f'“{tag}”' for tag in alike.tags)}.")
    return tuple(found)


def _text(work: UnitOfWork, version: VersionId) -> DraftText | None:
    """Return a version's text; ``None`` where its file has not come to this laptop yet."""
    try:
        return draft_text_from_bytes(work.blob(work.get(DraftVersion, version).text))
    except NotFoundError:
        return None


def _section(text: DraftText | None, start: int) -> str:
    """Return what tells the section that a place stands in from the others, or ""."""
    if text is None or not text.blocks:
        return ""
    for at in range(text.block_at(start), -1, -1):
        if text.blocks[at].kind is BlockKind.HEADING:
            return str(at)
    return ""


def _key(question: QuestionId) -> str:
    return f"not_similar/{question}"
