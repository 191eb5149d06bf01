"""What participants of a study said, kept with that study's consent, and how they are shown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from ..domain.attribution import labels_that_identify
from ..domain.blocks import tidy
from ..domain.codebook import Attribution, ParticipantQuote, QuoteId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.projects import Project, ProjectId
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .coders import require_coder
from .desk import Desk, alter, keep
from .outcome import Outcome

LONGEST_QUOTE = 20_000


@dataclass(frozen=True)
class Quotes:
    """The quotes this person keeps; a coordinator has everybody's."""

    desk: Desk

    def all(self, project: ProjectId | None = None) -> list[ParticipantQuote]:
        """Return the quotes, oldest first.

        Args:
            project: Those of one study; ``None`` for all.

        Raises:
            NotAllowedError: Only peer researchers and coordinators keep quotes.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="see participants' quotes")
            found = work.find(ParticipantQuote)
        return [quote for quote in found if project in (None, quote.project)]

    def keep(self, body: str, *, project: ProjectId, **about: Any) -> Outcome[ParticipantQuote]:  # noqa: ANN401
        """Keep something that a participant said.

        Args:
            body: Their words.
            project: Which study.
            about: What is known of them (fields of ``ParticipantQuote``): nothing is shown of it
                unless an attribution is given too.

        Raises:
            NotAllowedError: Only peer researchers and coordinators keep quotes.
            InputError: No words, too many, or a name is to be shown and none is given.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="keep participants' quotes")
            quote = ParticipantQuote(
                id=QuoteId(self.desk.new_id()),
                kept_by=self.desk.store.person,
                project=work.get(Project, project).id,
                body=body,
                made_at=self.desk.now(),
            )
            checked = _checked(dataclasses.replace(quote, **about))
            keep(work, checked)
            return Outcome(checked, work.commit())

    def change(self, quote: QuoteId, **about: Any) -> Outcome[ParticipantQuote]:  # noqa: ANN401
        """Change a quote or what is known and shown of the person; the log keeps what was before.

        Raises:
            NotAllowedError: Somebody else keeps it.
            InputError: As for :meth:`keep`.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(ParticipantQuote, quote)
            self._require_keeper(old)
            new = _checked(dataclasses.replace(old, **about))
            fields = {f.name: getattr(new, f.name) for f in dataclasses.fields(new)}
            alter(work, old, **fields)
            return Outcome(new, work.commit())

    def take_away(self, quote: QuoteId) -> Outcome[None]:
        """Take a quote away for good, as when the participant withdraws; its words are forgotten.

        Raises:
            NotAllowedError: Somebody else keeps it.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(ParticipantQuote, quote)
            self._require_keeper(old)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            work.forget(ParticipantQuote, quote)
            return Outcome(None, work.commit())

    def warning(self, quote: ParticipantQuote) -> str:
        """Return what to think about before a quote is shown so, or ""."""
        with self.desk.store.unit_of_work() as work:
            return labels_that_identify(quote, work.find(ParticipantQuote))

    def _require_keeper(self, quote: ParticipantQuote) -> None:
        if quote.kept_by != self.desk.store.person:
            raise NotAllowedError(
                "Somebody else keeps this quote.",
                next_step="Ask them to change it.",
            )


def _checked(quote: ParticipantQuote) -> ParticipantQuote:
    body = tidy(quote.body.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not body:
        raise InputError("Nothing is written yet.", next_step="Write what was said, then save.")
    if len(body) > LONGEST_QUOTE:
        raise InputError(
            f"This is {len(body):,} characters long; one quote holds {LONGEST_QUOTE:,}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Cut it into several quotes.",
        )
    name = _on_one_line(quote.name)
    if quote.attribution is Attribution.BY_NAME and not name:
        raise InputError(
            "No name is given.", next_step="Write the name they asked for, or show less."
        )
    return dataclasses.replace(
        quote,
        body=body,
        name=name,
        participant=_on_one_line(quote.participant),
        description=_on_one_line(quote.description),
        place=_on_one_line(quote.place),
    )


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
