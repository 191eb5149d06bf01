"""Home names changes to link and differences to look at again; My questions asks for a view."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.responses import Decision
from mhin_ppi.ui.pages.home_page import HomePage
from mhin_ppi.ui.pages.impact_page import ImpactPage
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.owed_page import OwedPage
from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import Laptop
from tests.robots.page_robot import PageRobot
from tests.services.laptops import TEXT, make_boards, make_pair


def test_what_waits_is_said_with_a_button_each(tmp_path: Path, qtbot: Any, look: None) -> None:
    pair = make_pair(make_boards(tmp_path), tmp_path)
    ruth, amber = pair.ruth, pair.amber
    question = amber.annotations.annotate(
        pair.version,
        kind=AnnotationKind.QUESTION,
        body="Is a text safe?",
        span=pair.span("by text message"),
    ).value.question
    assert question is not None
    pair.to_ruth()
    ruth.questions.respond(question.id, decision=Decision.WILL_CHANGE, body="It is not.")
    ruth.impacts.record(
        question.id,
        kind="design",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="Letters are offered.",
        look_again_on=date(2026, 6, 1),
    )
    draft = ruth.reviewing.version(pair.version)[1]
    lines = "\n".join(TEXT).replace("by text message", "by letter")
    new = ruth.reviewing.add_version(draft.id, lines.encode(), file_name="b.txt").value

    laptop = Laptop(ruth)
    for kind in (HomePage, OwedPage, ImpactPage):
        laptop.put(kind)
    laptop.show()
    home = PageRobot(laptop, qtbot, Place.HOME).open()
    assert home.sees("Draft protocol, version 2 has not been compared yet")
    assert not home.sees("Letters are offered.")
    ruth.carried.complete(new.id)
    pair.clock.set(date(2026, 6, 2))
    home.open()
    assert home.sees("One question stands on words that are different now in Draft protocol")
    home.press("Compare")
    assert laptop.went[-1] == (Place.COMPARE, (pair.version, new.id))
    assert home.sees("It is time to look at “Letters are offered.” again. Is it still so?")
    home.press("Look at this again")
    assert laptop.went[-1] == (Place.STORY, question.id)
    # The same words wherever it is said.
    owed = PageRobot(laptop, qtbot, Place.OWED).open()
    assert owed.sees("It is time to look at these again. Are they still so?")
    impact = PageRobot(laptop, qtbot, Place.IMPACT).open()
    impact.page.table.choose_row(0)  # type: ignore[attr-defined]
    assert impact.sees("It is time to look at this again. Is it still so?")
    laptop.tasks.close()

    pair.to_amber()
    hers = Laptop(amber)
    hers.put(MyQuestionsPage)
    hers.show()
    mine = PageRobot(hers, qtbot, Place.MY_QUESTIONS).open()
    assert mine.sees("How do you see it?")
    mine.press("Say how you see it")
    assert hers.went[-1] == (Place.STORY, question.id)
    hers.tasks.close()
    pair.close()
    assert laptop.bugs == hers.bugs == []


def test_what_the_team_asks_waits_on_home_until_it_is_answered(
    tmp_path: Path, qtbot: Any, look: None
) -> None:
    pair = make_pair(make_boards(tmp_path), tmp_path)
    asked = pair.ruth.register.team.ask("Would evenings suit you?", project=pair.project).value
    pair.to_amber()
    hers = Laptop(pair.amber)
    hers.put(HomePage)
    hers.show()
    home = PageRobot(hers, qtbot, Place.HOME).open()
    assert home.sees("The team asks you")
    assert home.sees("“Would evenings suit you?”")
    home.press("Answer")
    assert hers.went[-1] == (Place.QUESTIONS, None)
    pair.amber.register.team.reply(asked.id, "Evenings are best.")
    home.open()
    assert not home.sees("The team asks you")
    hers.tasks.close()
    pair.close()
    assert hers.bugs == []
