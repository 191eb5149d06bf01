"""What happened to one question."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.stories import Story
from ..tasks import Tasks
from .framed_page import FramedPage
from .page import Place
from .story_pane import SHOWS, StoryPane


class StoryPage(FramedPage):
    """The whole story of a question, from the words that prompted it to what was said at the end.

    It opens at a question's id.
    """

    place: ClassVar[Place] = Place.STORY
    shows: ClassVar[frozenset[str]] = SHOWS

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="What happened to this question")
        self.pane = StoryPane(services, tasks)
        self.pane.open_passage.connect(lambda span: self.go.emit(Place.READING, span))
        self.pane.compare_wanted.connect(lambda pair: self.go.emit(Place.COMPARE, pair))
        self.pane.theme_wanted.connect(lambda wanted: self.go.emit(Place.THEME, wanted))
        self.pane.go_wanted.connect(self.go)
        self.pane.said.connect(self.said)
        self.pane.shown.connect(self._on_shown)
        self.frame.set_content(self.pane)
        self.frame.add_action("Back", icon="arrow-left", on_press=self.back.emit)

    def open_at(self, argument: object | None) -> None:
        if isinstance(argument, UUID):
            self.frame.close_notice()
            self.pane.open(QuestionId(argument))
        else:
            self.pane.reload()

    def reload(self) -> None:
        self.pane.reload()

    def _on_shown(self, story: Story) -> None:
        about = [part for part in (story.project and story.project.title,) if part]
        if story.draft:
            about.append(story.draft.title)
        self.frame.set_context(" · ".join(about))
