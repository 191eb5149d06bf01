"""Memos: what a researcher thinks about a code, a coding or a draft."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.codebook import Code, CodeId, Coding, CodingId, Memo, MemoId
from ..domain.drafts import DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .coders import require_coder
from .desk import Desk, alter, keep
from .outcome import Outcome

LONGEST_MEMO = 20_000


@dataclass(frozen=True)
class Memos:
    """Memos of this person; a coordinator has everybody's."""

    desk: Desk

    def all(self) -> list[Memo]:
        """Return the memos, oldest first.

        Raises:
            NotAllowedError: Only peer researchers and coordinators write memos.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="see memos")
            return work.find(Memo)

    def write(
        self,
        body: str,
        *,
        code: CodeId | None = None,
        coding: CodingId | None = None,
        version: VersionId | None = None,
    ) -> Outcome[Memo]:
        """Write a memo about one thing.

        Args:
            body: The words, 1 to 20,000 characters.
            code: The code it is about.
            coding: The coding it is about.
            version: The draft version it is about.

        Raises:
            NotAllowedError: Only peer researchers and coordinators write memos.
            NotFoundError: What it is about is not on this board.
            InputError: No words, or too many.
        """
        words = _checked(body)
        about = [(Code, code), (Coding, coding), (DraftVersion, version)]
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="write a memo")
            for noun, identity in about:
                if identity is not None:
                    work.get(noun, identity)
            memo = Memo(
                id=MemoId(self.desk.new_id()),
                author=self.desk.store.person,
                body=words,
                code=code,
                coding=coding,
                version=version,
                made_at=self.desk.now(),
            )
            keep(work, memo)
            return Outcome(memo, work.commit())

    def reword(self, memo: MemoId, body: str) -> Outcome[Memo]:
        """Change a memo of one's own.

        Raises:
            NotAllowedError: It is somebody else's.
            InputError: No words, or too many.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            old = work.get(Memo, memo)
            self._require_mine(old)
            new = alter(work, old, body=words)
            return Outcome(new, work.commit())

    def take_back(self, memo: MemoId) -> Outcome[None]:
        """Take a memo of one's own back; its words are forgotten.

        Raises:
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Memo, memo)
            self._require_mine(old)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            work.forget(Memo, memo)
            return Outcome(None, work.commit())

    def _require_mine(self, memo: Memo) -> None:
        if memo.author != self.desk.store.person:
            raise NotAllowedError("This is somebody else's memo.", next_step="Write one of yours.")


def _checked(body: str) -> str:
    words = body.strip()
    if not words:
        raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
    if len(words) > LONGEST_MEMO:
        raise InputError(
            f"This is {len(words):,} characters long; one memo holds {LONGEST_MEMO:,}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Cut it into several memos.",
        )
    return words
