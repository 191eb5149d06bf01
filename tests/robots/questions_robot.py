"""Follows questions as their asker and as the coordinator: by words on the screen."""

from __future__ import annotations

from mhin_ppi.ui.pages.story_parts import Stage
from tests.robots.page_robot import PageRobot


class QuestionsRobot(PageRobot):
    def stages(self) -> list[str]:
        return [stage.words for stage in self.page.findChildren(Stage) if stage.isVisible()]
