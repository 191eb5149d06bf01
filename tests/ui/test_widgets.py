import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mhin_ppi.ui.models.table_model import Column, TableModel, list_model
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.widgets.buttons import button, icon_button, reword
from mhin_ppi.ui.widgets.cards import Card, EmptyState, Pill
from mhin_ppi.ui.widgets.date_field import DateField
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.form_rows import FormRow, PasswordField
from mhin_ppi.ui.widgets.kind_bar import KindBar
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.nav_bar import NavBar
from mhin_ppi.ui.widgets.note_editor import Audience, NoteEditor
from mhin_ppi.ui.widgets.notice import Notice, ProgressRow
from mhin_ppi.ui.widgets.page_frame import PageFrame
from mhin_ppi.ui.widgets.question_card import QuestionCard
from mhin_ppi.ui.widgets.step_path import Step, StepPath, StepState
from mhin_ppi.ui.widgets.table_view import TableView

pytestmark = pytest.mark.usefixtures("look")
LONG = "Some of us cannot lay the money out and wait for weeks until it is paid back. " * 4


def press(parent, words):
    """Press the button that a person hears called so."""
    made = next(b for b in parent.findChildren(QAbstractButton) if b.accessibleName() == words)
    made.click()


@pytest.mark.parametrize("width", [180, 300, 900])
def test_a_label_is_never_cut_off_even_beside_buttons_and_in_scroll_areas(qapp, width):
    inside, area = QWidget(), QScrollArea()
    row = QHBoxLayout(inside)
    label = WrapLabel(LONG)
    row.addWidget(label, 1)
    row.addWidget(button("Undo"))
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(width, 200)
    area.show()
    qapp.processEvents()
    flags = Qt.TextFlag.TextWordWrap.value
    needed = label.fontMetrics().boundingRect(0, 0, label.width(), 9999, flags, LONG).height()
    assert label.height() >= needed
    area.resize(1400, 200)
    qapp.processEvents()
    assert label.height() < needed or width == 900


def test_labels_show_what_people_write_as_it_stands():
    assert WrapLabel("<b>x</b> & y").textFormat() == Qt.TextFormat.PlainText


def test_buttons_have_words_and_a_name():
    made = button("Salt & vinegar", icon="check")
    assert made.text().strip() == "Salt && vinegar"
    assert made.accessibleName() == "Salt & vinegar"
    reword(made, "Pepper")
    assert (made.text(), made.accessibleName()) == (" Pepper", "Pepper")
    alone = icon_button("Close", icon="x")
    assert (alone.toolTip(), alone.accessibleName()) == ("Close", "Close")


def test_a_row_goes_on_in_the_next_line(qapp):
    row = FlowRow(*(button(f"Button {n}") for n in range(6)))
    row.resize(2000, 50)
    one_line = row.heightForWidth(2000)
    assert row.heightForWidth(250) > 2 * one_line
    row.resize(250, row.heightForWidth(250))
    row.show()
    qapp.processEvents()
    for child in row.findChildren(QPushButton):
        assert row.rect().contains(child.geometry())


def test_a_row_that_needs_fewer_lines_gives_its_room_back(qapp, qtbot, look):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    row = FlowRow(Pill("Finished", icon="check"), WrapLabel("Since Monday 23 March"))
    column.addWidget(row)
    column.addStretch(1)
    page.resize(420, 500)
    page.show()
    qapp.processEvents()
    one_line = row.height()
    apply_theme(qapp, Preferences(look=Look.LIGHT, text_size=300))
    qtbot.waitUntil(lambda: row.height() > 2 * one_line)
    apply_theme(qapp, Preferences(look=Look.LIGHT))
    qtbot.waitUntil(lambda: row.height() == one_line)


def test_a_pill_says_its_status_in_words():
    pill = Pill("Waiting", icon="clock")
    pill.set_status("Answered", tone="good", icon="check")
    assert (pill.words(), pill.accessibleName()) == ("Answered", "Answered")


def test_an_empty_page_offers_one_thing(qtbot):
    done = []
    made = EmptyState(
        "Your questions will be here.", action="Read", on_action=lambda: done.append(1)
    )
    made.show()
    press(made, "Read")
    assert done == [1]


def test_work_under_way_can_be_stopped_once(qtbot):
    row = ProgressRow()
    row.start("Reading the file…")
    row.set_progress(3, 10)
    with qtbot.waitSignal(row.stop_wanted):
        press(row, "Stop")
    assert not row._stop.isEnabled()
    row.finish()
    assert not row.isVisible()


def test_a_notice_replaces_the_one_before(qtbot):
    notice = Notice()
    notice.show_notice("One", action="Undo", on_action=lambda: None)
    notice.show_notice("Two", tone="attention")
    assert notice.words() == notice.accessibleName() == "Two"
    assert not notice._action.isVisible()
    with qtbot.waitSignal(notice.closed):
        press(notice, "Close this message")


def page_with_margin():
    page = PageFrame("Read", context="Version 2")
    pressed = []
    page.set_primary("Ask", icon="plus", on_press=lambda: pressed.append("ask"))
    page.add_action("Read aloud", icon="volume-2", on_press=lambda: pressed.append("aloud"))
    content, margin = QLabel("content"), QLabel("margin")
    page.set_content(content, scroll=False)
    page.set_margin(margin, words="My questions (2)", content_words="Text")
    return page, content, margin, pressed


def test_a_wide_page_shows_its_margin_beside(qapp):
    page, content, margin, pressed = page_with_margin()
    page.resize(1366, 700)
    page.show()
    qapp.processEvents()
    assert content.isVisible()
    assert margin.isVisible()
    assert margin.x() > content.x()
    assert not page.findChild(QTabBar).isVisible()
    press(page, "Ask")
    press(page, "Read aloud")
    assert pressed == ["ask", "aloud"]


def test_a_narrow_page_turns_its_margin_into_a_tab(qapp):
    page, content, margin, _ = page_with_margin()
    page.resize(700, 700)
    page.show()
    qapp.processEvents()
    tabs = page.findChild(QTabBar)
    assert [tabs.tabText(n) for n in range(2)] == ["Text", "My questions (2)"]
    assert (content.isVisible(), margin.isVisible()) == (True, False)
    page.show_part(margin=True)
    assert (content.isVisible(), margin.isVisible()) == (False, True)
    alone = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Read aloud")
    assert (alone.text(), alone.toolTip()) == ("", "Read aloud")


@pytest.mark.parametrize("size", [100, 150, 200, 300])
def test_a_page_fits_a_small_laptop_at_every_text_size(qapp, size):
    apply_theme(qapp, Preferences(look=Look.LIGHT, text_size=size))
    page, *_ = page_with_margin()
    page.resize(1366, 640)
    page.show()
    qapp.processEvents()
    assert page.width() == 1366
    assert page.height() == 640


def test_a_page_can_change_its_content_and_main_action(qapp):
    page, content, _, pressed = page_with_margin()
    page.show()
    page.set_content(QLabel("other"), scroll=False)
    page.set_primary("Save", on_press=lambda: pressed.append("save"))
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    names = [b.accessibleName() for b in page.findChildren(QPushButton)]
    assert "Ask" not in names
    press(page, "Save")
    assert pressed == ["save"]
    assert "other" in [label.text() for label in page.findChildren(QLabel)]


@pytest.fixture
def navigation():
    made = NavBar("Involvement")
    for key, words in (("home", "Home"), ("read", "To read")):
        made.add_place(key, words, icon="house")
    made.show()
    return made


def test_one_place_is_in_view_and_another_can_be_chosen(navigation, qtbot):
    navigation.set_current("read")
    assert navigation.current() == "read"
    with qtbot.waitSignal(navigation.place_chosen) as heard:
        press(navigation, "Home")
    assert heard.args == ["home"]
    navigation.set_current("elsewhere")
    assert navigation.current() == ""


def test_where_room_is_short_the_places_are_in_a_menu(navigation, qtbot):
    navigation.set_current("read")
    navigation.set_narrow(True)
    assert [b.isVisible() for b in navigation.findChildren(QToolButton)] == [False, False]
    actions = navigation.menu().actions()
    assert [(each.text(), each.isChecked()) for each in actions] == [
        ("Home", False),
        ("To read", True),
    ]
    with qtbot.waitSignal(navigation.place_chosen) as heard:
        actions[0].trigger()
    assert heard.args == ["home"]


def test_places_can_change_with_the_person(navigation, qapp):
    navigation.clear_places()
    navigation.add_place("reports", "Reports", icon="chart-column")
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    names = [b.accessibleName() for b in navigation.findChildren(QToolButton)]
    assert names == ["Reports"]


def test_what_is_amiss_is_said_beside_the_field(qapp):
    field = QLineEdit()
    row = FormRow("Name & title", field, help_text="As you want to be called.")
    row.show()
    assert field.accessibleName() == "Name & title"
    row.set_problem("Type a name.")
    assert row.problem() == "Type a name."
    spoken = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description)
    assert spoken == "Type a name. As you want to be called."
    row.set_problem("")
    assert field.accessibleDescription() == "As you want to be called."


def test_a_password_can_be_pasted_shown_and_hidden(qtbot):
    field = PasswordField()
    field.show()
    QGuiApplication.clipboard().setText("four words pasted here")
    field._line.paste()
    assert field.text() == "four words pasted here"
    assert field._line.echoMode() == QLineEdit.EchoMode.Password
    press(field, "Show the password")
    assert field._line.echoMode() == QLineEdit.EchoMode.Normal
    press(field, "Hide the password")
    assert field._line.echoMode() == QLineEdit.EchoMode.Password
    with qtbot.waitSignal(field.return_pressed):
        qtbot.keyClick(field._line, Qt.Key.Key_Return)
    row = FormRow("Password", field)
    assert field._line.accessibleName() == "Password"
    row.set_problem("Too short.")
    assert field._line.accessibleDescription() == "Too short."


def test_scrolling_past_a_number_leaves_it_alone(qtbot):
    window, field, other = QWidget(), QSpinBox(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(FormRow("Minutes", field))
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus, timeout=60_000)

    def turn():
        QApplication.sendEvent(
            field,
            QWheelEvent(
                QPointF(9, 9),
                QPointF(field.mapToGlobal(QPoint(9, 9))),
                QPoint(),
                QPoint(0, 120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        return field.value()

    assert turn() == 0
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=60_000)
    assert turn() == 1


def test_a_day_is_written_as_people_write_it_and_its_calendar_grows(qapp):
    field = DateField(QDate(2026, 12, 4))
    assert field.text() == "4 December 2026"
    small = field.calendarWidget().minimumWidth()
    weekend = field.calendarWidget().weekdayTextFormat(Qt.DayOfWeek.Sunday)
    assert weekend.foreground().color() == theme().colour("text")
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=200))
    assert field.calendarWidget().minimumWidth() == pytest.approx(2 * small, rel=0.05)


@pytest.fixture
def bar(qtbot):
    over = QWidget()
    over.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    over.resize(700, 400)
    over.show()
    over.activateWindow()
    made = KindBar(
        over,
        first=[("question", "Ask", "plus"), ("unclear", "Not clear", "eye-off")],
        more=[("barrier", "A barrier", "x")],
    )
    made.over = over
    return made


@pytest.mark.parametrize("corner", [(0, 0), (690, 20), (350, 395), (690, 395), (9999, -50)])
def test_the_kind_bar_stays_in_sight(bar, corner):
    bar.show_at(QPoint(*corner))
    assert bar.over.rect().contains(bar.geometry())


def test_a_kind_is_chosen_by_button_menu_or_left_with_escape(bar, qtbot):
    bar.show_at(QPoint(100, 100))
    with qtbot.waitSignal(bar.kind_chosen) as heard:
        press(bar, "Not clear")
    assert heard.args == ["unclear"]
    assert not bar.isVisible()
    with qtbot.waitSignal(bar.kind_chosen) as heard:
        bar.menu().actions()[0].trigger()
    assert heard.args == ["barrier"]
    bar.show_at(QPoint(100, 100))
    bar.take_focus()
    with qtbot.waitSignal(bar.dismissed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert bar.over.hasFocus()


@pytest.fixture
def editor(qtbot):
    made = NoteEditor(
        [
            Audience("board", "The board", "Everyone on the board can read this."),
            Audience("me", "Just me", "Nobody else can read this."),
        ]
    )
    made.show()
    made.begin("Ask a question", quote="x" * 500)
    return made


def test_a_note_is_kept_while_it_is_written_and_saved_with_who_may_see_it(editor, qtbot):
    heard = []
    editor.text_changed.connect(heard.append)
    qtbot.keyClicks(editor._field, "Why?")
    assert heard == ["W", "Wh", "Why", "Why?"]
    editor._who.setCurrentIndex(1)
    assert editor._sentence.text() == "Nobody else can read this."
    with qtbot.waitSignal(editor.saved) as saved:
        qtbot.keyClick(editor._field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == ["Why?", "me"]


def test_an_empty_note_is_not_saved_but_said_to_be_empty(editor, qtbot):
    with qtbot.assertNotEmitted(editor.saved):
        press(editor, "Save")
    assert "nothing here yet" in editor._row.problem()
    qtbot.keyClicks(editor._field, "W")
    assert editor._row.problem() == ""


def test_a_note_goes_on_where_it_was_left(editor, qtbot):
    editor.begin("Ask a question", text="Half a", audience="me")
    assert (editor.text(), editor.audience()) == ("Half a", "me")
    assert not editor._quote.isVisible()
    with qtbot.waitSignal(editor.cancelled):
        press(editor, "Cancel")


def test_a_question_card_says_all_and_offers_what_can_be_done(qtbot):
    card = QuestionCard(
        "Who pays?", status="Answered", context="Page 4", happened=["The team answered."]
    )
    made = card.add_action("yes", "Yes, that is it")
    card.show()
    said = [label.text() for label in card.findChildren(QLabel)]
    assert {"Who pays?", "Answered", "Page 4", "The team answered."} <= set(said)
    assert made.accessibleDescription() == "Who pays?"
    with qtbot.waitSignal(card.action_wanted) as heard:
        made.click()
    assert heard.args == ["yes"]


def test_a_path_is_a_list_that_says_how_far_things_are(qapp):
    path = StepPath("What happened")
    window = Card()
    window.add(path)
    window.resize(400, 100)
    window.show()
    path.show_steps([Step("You asked", "Monday", LONG), Step("An answer", state=StepState.TO_COME)])
    assert path.spoken()[1] == "An answer, still to come"
    spoken = QAccessible.queryAccessibleInterface(path)
    assert spoken.role() == QAccessible.Role.List
    qapp.processEvents()
    tall = path.height()
    window.resize(1200, 100)
    qapp.processEvents()
    assert path.height() < tall
    assert path.height() >= sum(path.sizeHintForRow(row) for row in range(2))


ROWS = [("Bus", 5.5, "=1+1"), ("Taxi", 55.0, "fine"), ("Ärger", 11.0, "-3.5")]


@pytest.fixture
def table(qtbot):
    view = TableView("Costs")
    view.show_rows(
        TableModel(
            [
                Column("What", lambda row: row[0]),
                Column("Cost", lambda row: f"£{row[1]:.2f}", lambda row: row[1], figures=True),
                Column("Note", lambda row: row[2]),
            ],
            ROWS,
        ),
        sort_by=1,
        descending=True,
    )
    view.resize(500, 300)
    view.show()
    view.activateWindow()
    return view


def test_a_table_sorts_figures_as_figures(table):
    model = table.model()
    assert [model.index(row, 0).data() for row in range(3)] == ["Taxi", "Ärger", "Bus"]
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [model.index(row, 1).data() for row in range(3)] == ["£5.50", "£11.00", "£55.00"]


def test_rows_are_chosen_and_opened_by_keyboard(table, qtbot):
    with qtbot.waitSignal(table.row_chosen) as heard:
        assert table.choose(ROWS[2])
    assert heard.args == [ROWS[2]]
    assert table.chosen() == ROWS[2]
    table.setFocus()
    with qtbot.waitSignal(table.row_opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [ROWS[2]]
    assert not table.choose("nothing")


def test_a_table_is_copied_for_a_spreadsheet_and_holds_no_formula(table, qtbot):
    assert table.as_text().splitlines() == [
        "What\tCost\tNote",
        "Taxi\t£55.00\tfine",
        "Ärger\t£11.00\t-3.5",
        "Bus\t£5.50\t'=1+1",
    ]
    table.choose(ROWS[0])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "What\tCost\tNote\nBus\t£5.50\t'=1+1"


def test_rows_are_tall_enough_at_every_text_size(table, qapp):
    assert table.rowHeight(0) >= 24
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=300))
    assert table.rowHeight(0) >= theme().px(1.9)


def test_a_list_of_things_is_a_model_of_one_column():
    model = list_model(str.upper, ["a", "b"])
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["A", "B"]
    model.set_rows(["c"])
    assert model.things() == ["c"]


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK, Look.CONTRAST])
def test_every_control_has_a_name(qapp, look):
    page, *_ = page_with_margin()
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.addWidget(NoteEditor([Audience("me", "Just me", "Nobody else.")]))
    column.addWidget(FormRow("Password", PasswordField()))
    column.addWidget(NavBar("x"))
    page.set_content(inside)
    page.show()
    apply_theme(qapp, Preferences(look=look, text_size=150))
    nameless = [
        (type(control).__name__, control.parent())
        for control in page.findChildren(QWidget)
        if control.isVisible()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not control.focusProxy()
        and not QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_a_table_shrinks_again_when_the_text_does_and_keeps_its_marked_row(qapp, look):
    table = TableView("Words")
    table.show_rows(TableModel([Column("Word", str)], ["one", "two", "three"]))
    table.show()
    before = table.rowHeight(0)
    table.choose("two")
    told: list[object] = []
    table.row_chosen.connect(told.append)
    for size in (300, 100):
        apply_theme(qapp, Preferences(look=Look.LIGHT, text_size=size))
    assert table.rowHeight(0) == before
    assert table.chosen() == "two"
    assert told == []
