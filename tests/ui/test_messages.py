import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from mhin_ppi.errors import InputError
from mhin_ppi.ui.messages import ask, show_bug, show_problem, tell
from mhin_ppi.ui.widgets.notice import Notice
from mhin_ppi.ui.widgets.page_frame import PageFrame

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(qtbot):
    made = PageFrame("Reports")
    inside = QWidget()
    QVBoxLayout(inside).addWidget(QLabel("words"))
    made.set_content(inside)
    made.show()
    return made


def deep(page):
    return page.findChild(QLabel)


def test_a_problem_is_told_on_the_page_in_three_sentences(page):
    problem = InputError("The file is empty.", what_is_safe="Nothing is lost.", next_step="Try.")
    show_problem(deep(page), problem)
    notice = page.findChild(Notice)
    assert notice.isVisible()
    assert notice.words() == "The file is empty. Nothing is lost. Try."


def test_an_action_is_offered_once_and_closes_the_notice(page, qtbot):
    undone = []
    tell(deep(page), "Saved.", action="Undo", on_action=lambda: undone.append(1))
    notice = page.findChild(Notice)
    next(b for b in notice.findChildren(QPushButton) if b.accessibleName() == "Undo").click()
    assert undone == [1]
    assert not notice.isVisible()


def test_without_a_page_a_dialog_speaks(qtbot):
    alone = QWidget()
    alone.show()
    show_problem(alone, InputError("The file is empty."))
    box = alone.findChild(QMessageBox)
    assert box.isVisible()
    assert box.text().startswith("The file is empty.")
    box.buttons()[0].click()
    assert not box.isVisible()


@pytest.mark.parametrize("words", ["Delete it", "Keep it"])
def test_a_decision_is_asked_in_words(qtbot, words):
    window, chosen = QWidget(), []
    window.show()
    box = ask(
        window,
        "Delete this draft?",
        yes="Delete it",
        no="Keep it",
        on_yes=lambda: chosen.append("Delete it"),
        on_no=lambda: chosen.append("Keep it"),
    )
    assert box.defaultButton().text() == "Keep it"
    next(made for made in box.buttons() if made.text() == words).click()
    assert chosen == [words]


def test_escape_leaves_things_as_they_are(qtbot):
    window, chosen = QWidget(), []
    window.show()
    box = ask(window, "Sure?", yes="Do it", no="Leave it", on_yes=lambda: chosen.append("yes"))
    box.reject()
    assert chosen == []


def test_a_report_of_our_own_fault_holds_nobody_s_words(page):
    try:
        raise ValueError("Amina's secret question")
    except ValueError as fault:
        show_bug(deep(page), fault)
    notice = page.findChild(Notice)
    next(b for b in notice.findChildren(QPushButton) if "Copy" in b.accessibleName()).click()
    report = QGuiApplication.clipboard().text()
    assert "ValueError" in report
    assert "test_a_report_of_our_own_fault" in report
    assert "Amina" not in report
    assert QApplication.activeModalWidget() is None
