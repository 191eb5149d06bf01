"""What the sample board did with several questions, what its teams asked, and its looks back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..domain.questions import QuestionId
from ..domain.register import ThemeId
from .reflections import Kind, Occasion
from .sample_questions import Asking, Doing
from .sample_script import Table
from .telling import Telling


def together(asking: Asking) -> Iterator[Doing]:
    """Yield the day and the doing of everything that is about more than one question.

    Args:
        asking: Knows the questions by their key.
    """
    told = asking.script.told
    for theme in told["theme"]:
        yield from _theme(asking, theme)
    for question in told["team_question"]:
        yield from _team_question(asking, question)
    for look in told["reflection"]:
        yield look["day"], partial(_look_back, asking, look)


def _theme(asking: Asking, table: Table) -> Iterator[Doing]:
    made: list[ThemeId] = []

    def put_together() -> None:
        questions = [asking.known(key) for key in table["questions"]]
        shown = asking.ruth.themes.put_together(questions, title=table["title"])
        made.append(shown.value.theme.id)

    def answer(step: Table) -> None:
        asking.ruth.responses.to_theme(made[0], asking.answer(step))

    def tell(step: Table) -> None:
        told = [Telling(asking.known(key), step["said"]) for key in table["questions"]]
        asking.ruth.answering.telling.tell(told)

    yield table["day"], put_together
    for step in table.get("steps", ()):
        yield step["day"], partial(answer if step["do"] == "answer" else tell, step)


def _team_question(asking: Asking, table: Table) -> Iterator[Doing]:
    made: list[QuestionId] = []

    def ask() -> None:
        team = asking.ruth.register.team
        made.append(team.ask(table["body"], project=asking.projects[table["project"]]).value.id)

    def reply(one: Table) -> None:
        services, behalf = asking.laptops.at(one["by"])
        services.register.team.reply(made[0], one["said"], on_behalf_of=behalf)

    def finish() -> None:
        asking.ruth.register.team.sum_up(made[0], table["summed_up"])
        asking.ruth.register.team.finish(made[0], table["told"])

    yield table["day"], ask
    for one in table.get("replies", ()):
        yield one["day"], partial(reply, one)
    if "finished" in table:
        yield table["finished"], finish


def _look_back(asking: Asking, table: Table) -> None:
    services, behalf = asking.laptops.at(table["by"])
    meeting = asking.meetings[table["meeting"]]
    services.reflections.note(
        Occasion(Kind.MEETING, str(meeting), services.meetings.one(meeting).title),
        went_well=table["went_well"],
        did_not=table["did_not"],
        to_change=table["to_change"],
        scales=table["scales"],
        comments=table.get("comments", ""),
        from_team=table.get("from_team", False),
        shared=True,
        on_behalf_of=behalf,
    )
