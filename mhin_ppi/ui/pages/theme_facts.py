"""Everything that the page of similar questions shows, read from the board in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ...domain.annotations import Visibility
from ...domain.people import Role
from ...domain.questions import QuestionId, QuestionState
from ...domain.register import Theme, ThemeId
from ...errors import NotFoundError
from ...services.boards import Services
from ...services.similar_questions import Suggestion
from ...services.stories import Story

SETTLED = frozenset({QuestionState.CLOSED, QuestionState.WITHDRAWN})
_USUAL_TITLE = "Similar questions"
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """What the page shows.

    Args:
        coordinates: Whether the person at the laptop is a coordinator.
        today: The day it is.
        theme: The theme in view; ``None`` for a question alone, or for the list of all.
        stories: The questions in view: the theme's, or the one that is looked at.
        suggestions: What may ask the same as they do.
        themes: Every theme and how many questions it holds, where all are listed.
        groups: Questions that may ask the same, where all are listed.
    """

    coordinates: bool
    today: date
    theme: Theme | None = None
    stories: tuple[Story, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    themes: tuple[tuple[Theme, int], ...] = ()
    groups: tuple[tuple[Story, ...], ...] = ()

    @property
    def waiting(self) -> tuple[Story, ...]:
        """The questions in view that can be answered: neither finished nor taken back."""
        return tuple(story for story in self.stories if story.fate.state not in SETTLED)


def read_theme(services: Services, identity: UUID | None) -> ThemeFacts:
    """Return what the page shows.

    Args:
        services: The open board.
        identity: Of a theme or of a question; ``None`` for the list of all.
    """
    coordinates = services.people.me().has(Role.COORDINATOR)
    today = services.desk.today()
    themes = tuple(services.themes.all())
    if identity is None:
        groups = services.themes.similar.groups() if coordinates else ()
        return ThemeFacts(coordinates, today, themes=themes, groups=groups)
    known = {UUID(str(theme.id)) for theme, _ in themes}
    if identity not in known:
        question = QuestionId(identity)
        try:
            told = services.themes.of(question)
        except NotFoundError:
            # A theme that nothing is in any more, here or since another laptop took it apart.
            return read_theme(services, None)
        if told is None:
            story = services.questions.story(question)
            found = services.themes.similar.to([question]) if coordinates else ()
            return ThemeFacts(coordinates, today, stories=(story,), suggestions=found)
        identity = told[0].id
    shown = services.themes.open(ThemeId(identity))
    ids = [story.question.id for story in shown.stories]
    found = services.themes.similar.to(ids) if coordinates else ()
    return ThemeFacts(coordinates, today, shown.theme, shown.stories, found)


def usual_title(suggestion: Suggestion) -> str:
    """Return a name to begin with: the words both questions hold.

    Everyone on the board can read it, so that words of a question for the coordinator are not used.
    """
    if suggestion.story.question.visibility is not Visibility.BOARD:
        return _USUAL_TITLE
    words = " ".join(suggestion.words[:_TITLE_WORDS])
    return words[:1].upper() + words[1:] if words else _USUAL_TITLE
