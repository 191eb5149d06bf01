"""Other forms of a draft beside it: Easy Read, translated, spoken."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.companions import Companion, CompanionId, CompanionKind
from ..domain.drafts import DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.spaces import space_of
from ..errors import InputError, NotFoundError
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome
from .ports import Progress, StopWanted

LARGEST_AUDIO_BYTES = 100 * 1024 * 1024
"""100 MiB: about two hours of speech as MP3; it travels whole in every file that is sent."""
LONGEST_LANGUAGE = 40
_M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"isom")


@dataclass(frozen=True)
class Companions:
    """Easy Read, translated and audio versions of drafts."""

    desk: Desk

    def on(self, version: VersionId) -> list[Companion]:
        """Return the other forms of a version: Easy Read first, then translations, then audio."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Companion, version=version)
        return sorted(found, key=_order)

    def of_earlier(self, version: VersionId) -> list[tuple[Companion, int]]:
        """Return forms that an earlier version has and this one has not, newest of each kind.

        Returns:
            Each with the number of the version it was made for, in the order of ``on``.

        Raises:
            NotFoundError: The version is not on this board.
        """
        with self.desk.store.unit_of_work() as work:
            target = work.get(DraftVersion, version)
            numbers = {
                one.id: one.number
                for one in work.find(DraftVersion, draft=target.draft)
                if one.number <= target.number
            }
            found = work.find(Companion, version=list(numbers))
        newest: dict[tuple[CompanionKind, str], tuple[Companion, int]] = {}
        for one in sorted(found, key=lambda each: (numbers[each.version], str(each.added_at))):
            newest[one.kind, one.language.casefold()] = (one, numbers[one.version])
        older = (each for each in newest.values() if each[0].version != version)
        return sorted(older, key=lambda each: _order(each[0]))

    def add(  # noqa: PLR0913 - the file, what it is, and how its reading is followed
        self,
        version: VersionId,
        untrusted: bytes,
        *,
        file_name: str,
        kind: CompanionKind,
        language: str = "",
        text: DraftText | None = None,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Outcome[Companion]:
        """Put another form beside a version.

        Args:
            version: Beside which.
            untrusted: The file's bytes.
            file_name: What it is called.
            kind: Which form. Words are read as a draft is; a recording is kept as it is, and only
                if its first bytes are those of a kind of audio file that is known.
            language: In which language, as its own speakers write it; "" for the draft's.
            text: The words, where they were read already.
            progress: Told how far the reading is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotAllowedError: Only a coordinator adds one.
            NotFoundError: The version is not on this board.
            InputError: A translation without its language, or a recording that will not do.
            DocumentError: The file cannot be read; nothing was added.
            Stopped: The person pressed Stop; nothing was added.
        """
        said = _checked_language(language, kind=kind)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add another form of a draft")
            work.get(DraftVersion, version)
        if kind is CompanionKind.AUDIO:
            check_audio(untrusted, file_name=file_name)
            text = None
        else:
            text = text or self.desk.reader.read(
                untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
            )
        with self.desk.store.unit_of_work() as work:
            made = Companion(
                id=CompanionId(self.desk.new_id()),
                version=version,
                kind=kind,
                language=said,
                file=work.keep_blob(untrusted),
                file_name=file_name,
                text=work.keep_blob(text.to_bytes()) if text else None,
                added_at=self.desk.now(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def take_away(self, companion: CompanionId) -> Outcome[None]:
        """Take a form away again.

        Raises:
            NotAllowedError: Only a coordinator takes one away.
            NotFoundError: It is not there.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take a form of a draft away")
            old = work.get(Companion, companion)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(None, work.commit())

    def text_of(self, companion: CompanionId) -> DraftText:
        """Return the words of a form that has words.

        Raises:
            NotFoundError: It is a recording, or its file is not here yet.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(Companion, companion)
            if found.text is None:
                raise NotFoundError(
                    "This form is a recording, which has no words to show.",
                    next_step="Save a copy of it and listen to that.",
                )
            return draft_text_from_bytes(work.blob(found.text))

    def file_of(self, companion: CompanionId) -> tuple[str, bytes]:
        """Return a form's file, to be saved as a copy: what it is called, and its bytes.

        Raises:
            NotFoundError: It is not there, or its file is not here yet.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(Companion, companion)
            return found.file_name, work.blob(found.file)


def _checked_language(language: str, *, kind: CompanionKind) -> str:
    said = " ".join(language.split())[:LONGEST_LANGUAGE]
    if kind is CompanionKind.TRANSLATION and not said:
        raise InputError(
            "A translation needs its language.",
            next_step="Write the language as its own speakers do, such as Polski.",
        )
    return said


def _order(one: Companion) -> tuple[int, str]:
    return list(CompanionKind).index(one.kind), one.language.casefold()


def check_audio(untrusted: bytes, *, file_name: str) -> None:
    """Refuse what is not an audio file of a known kind, or is too large to travel.

    Only the first bytes are looked at; nothing is decoded. Known are MP3, M4A, Ogg, FLAC and WAV.

    Raises:
        InputError: It names the file and says what to do.
    """
    if len(untrusted) > LARGEST_AUDIO_BYTES:
        raise InputError(
            f"“{file_name}” is larger than 100 MB.",
            next_step="Save it as MP3 for speech, or in parts, then choose it again.",
        )
    if not _is_audio(untrusted[:16]):
        raise InputError(
            f"“{file_name}” is not an audio file that can be added.",
            next_step="Save it as MP3, M4A, Ogg, FLAC or WAV, then choose it again.",
        )


def _is_audio(head: bytes) -> bool:
    # An MPEG frame begins with eleven bits set; then come version and layer III.
    mpeg = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    riff = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    m4a = head[4:8] == b"ftyp" and head[8:12] in _M4A_BRANDS
    return mpeg or riff or m4a or head.startswith((b"ID3", b"OggS", b"fLaC"))
