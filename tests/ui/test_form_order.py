"""Tab goes through a form as the eye does: its fields, then its buttons from left to right."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton

from mhin_ppi.ui.messages import show_bug, show_problem
from mhin_ppi.ui.pages.form import Form
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.focus_order import focusable


def test_an_offered_button_stands_between_saving_and_cancel_for_tab_too(
    qtbot: Any, look: None
) -> None:
    tasks = Tasks(on_problem=show_problem, on_bug=show_bug)
    form = Form("Give this back", tasks=tasks, save_words="Done")
    qtbot.addWidget(form)
    form.offer(button("Stop here"))
    form.ask("Minutes you gave", QLineEdit())
    form.ask("Anything to add", QLineEdit())
    form.show()
    named = [
        each.accessibleName()
        for each in focusable(form)
        if isinstance(each, QLineEdit | QPushButton) and each.isVisible()
    ]
    assert named == ["Minutes you gave", "Anything to add", "Done", "Stop here", "Cancel"]
    tasks.close()
