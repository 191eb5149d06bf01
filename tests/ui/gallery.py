"""Draws every part of the window in each look, for people to look at: no test compares pictures.

python tests/ui/gallery.py FOLDER
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.ui.models.table_model import Column, TableModel
from mhin_ppi.ui.preferences import Look, Preferences, Surface, Typeface
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.cards import Card, EmptyState, Pill
from mhin_ppi.ui.widgets.date_field import DateField
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.form_rows import FormRow, PasswordField
from mhin_ppi.ui.widgets.kind_bar import KindBar
from mhin_ppi.ui.widgets.labels import heading, muted
from mhin_ppi.ui.widgets.nav_bar import NavBar
from mhin_ppi.ui.widgets.note_editor import Audience, NoteEditor
from mhin_ppi.ui.widgets.notice import Notice, ProgressRow
from mhin_ppi.ui.widgets.page_frame import PageFrame, scrolling
from mhin_ppi.ui.widgets.question_card import QuestionCard
from mhin_ppi.ui.widgets.reader_pane import ReaderPane
from mhin_ppi.ui.widgets.step_path import Step, StepPath, StepState
from mhin_ppi.ui.widgets.table_view import TableView

LOOKS = {
    "light": Preferences(look=Look.LIGHT),
    "cream": Preferences(look=Look.LIGHT, surface=Surface.CREAM, typeface=Typeface.DYSLEXIA),
    "dark": Preferences(look=Look.DARK),
    "contrast-150": Preferences(look=Look.CONTRAST, text_size=150),
    "light-200": Preferences(look=Look.LIGHT, text_size=200),
    "dark-300": Preferences(look=Look.DARK, text_size=300),
}
K = BlockKind
DRAFT = DraftText(
    blocks=(
        Block(K.HEADING, "1. Background and rationale", 1, page=3),
        Block(K.HEADING, "1.1 The allocation sequence", 2, page=3),
        Block(
            K.PARAGRAPH,
            "A consenting adult will fill in the sleep questionnaire at every visit, and the "
            "research nurse must not show the allocation sequence. The dose is ≤ 10 µg 😀 a day. "
            "Parents will be reminded by telephone or at home.",
            page=3,
        ),
        Block(K.LIST_ITEM, "A letter comes first, and a call two weeks after it.", 1, marker="•"),
        Block(K.LIST_ITEM, "Nobody has to say why they stop.", 2, marker="b)"),
        Block(
            K.TABLE,
            "Visit\tWeek\tWhat we do\nFirst\t0\tConsent and questions\nSecond\t12\tA call",
            header_rows=1,
        ),
        *(
            Block(K.PARAGRAPH, "People who take part are paid for travel and for care. " * 6)
            for _ in range(12)
        ),
        Block(K.FOOTNOTE, "As in the earlier study.", marker="1"),
    ),
    pages=46,
)


def reading_page() -> PageFrame:
    page = PageFrame(
        "Better sleep: draft protocol", context="Version 2 · please read by 4 December"
    )
    page.add_action("Read aloud", icon="volume-2", on_press=lambda: None)
    page.add_action("Text and colours", icon="settings", on_press=lambda: None)
    page.set_primary("Ask a question", icon="circle-question-mark", on_press=lambda: None)
    pane = ReaderPane()
    pane.show_draft(DRAFT)
    text = DRAFT.text

    def mark(words: str, kind: str) -> tuple[int, int, str, str]:
        start = text.index(words)
        return start, start + len(words), kind, words

    pane.reader.set_highlights(
        [mark("allocation", "question"), mark("10 µg 😀", "unclear"), mark("a call", "suggestion")]
    )
    page.set_content(pane, scroll=False)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(heading("My questions on this draft"))
    column.addWidget(
        QuestionCard(
            "What is on the questionnaire? Can we see it?",
            status="Answered",
            tone="good",
            icon="check",
            context="Page 3 · Wednesday",
        )
    )
    column.addWidget(
        QuestionCard("Who decides the order?", status="Waiting", icon="clock", context="Page 7")
    )
    column.addStretch(1)
    page.set_margin(
        scrolling(inside, name="My questions"), words="My questions (2)", content_words="Read"
    )
    bar = KindBar(
        pane.reader,
        first=[
            ("question", "Ask", "circle-question-mark"),
            ("suggestion", "Suggest", "lightbulb"),
            ("unclear", "Not clear", "eye-off"),
        ],
        more=[("barrier", "A barrier", "triangle-alert")],
    )
    start = text.index("sleep questionnaire")
    pane.reader.passage_selected.connect(lambda *_: bar.show_at(pane.reader.selection_corner))
    page.after_shown = lambda: pane.reader.select_passage(start, start + 19)  # type: ignore[attr-defined]
    return page


def forms_page() -> PageFrame:
    page = PageFrame("A form", context="Everything that can be filled in")
    page.set_primary("Save", icon="save", on_press=lambda: None)
    inside = QWidget()
    column = QVBoxLayout(inside)
    notice, progress = Notice(), ProgressRow()
    notice.show_notice("Your note is kept. Nobody sees it until you send it.", action="Undo")
    progress.start("Reading the file…")
    progress.set_progress(40, 100)
    password = PasswordField()
    password.set_text("a long password")
    combo, spin, date = QComboBox(), QSpinBox(), DateField()
    combo.addItems(["The board and the research team", "Just me"])
    minutes = FormRow("Minutes", spin, help_text="About how long it took you.")
    minutes.set_problem("Minutes cannot be 0. Type how long it took.")
    ticked, radio = QCheckBox("Tell me when this changes"), QRadioButton("Monthly")
    ticked.setChecked(True)
    radio.setChecked(True)
    for widget in (
        notice,
        progress,
        FormRow("Name of the board", QLineEdit("Sleep & well-being board")),
        FormRow("Password", password, help_text="A long one; three or four words are good."),
        FormRow("Who can see this", combo),
        minutes,
        FormRow("Day", date),
        ticked,
        QCheckBox("Not ticked"),
        FlowRow(radio, QRadioButton("Soon"), QRadioButton("On a date")),
        FlowRow(
            button("Secondary", icon="download"),
            button("Quiet", icon="undo-2", kind="quiet"),
            button("Plain"),
        ),
        FlowRow(
            Pill("Answered", tone="good", icon="check"),
            Pill("Waiting", icon="clock"),
            Pill("Overdue", tone="attention", icon="triangle-alert"),
            Pill("Only me", tone="quiet", icon="lock"),
        ),
    ):
        column.addWidget(widget)
    column.addStretch(1)
    page.set_content(inside)
    page.after_shown = spin.setFocus  # type: ignore[attr-defined]
    return page


def records_page() -> PageFrame:
    page = PageFrame("Questions", context="12 open · 3 wait for an answer")
    page.set_primary("Answer", icon="send", on_press=lambda: None)
    inside = QWidget()
    column = QVBoxLayout(inside)
    table = TableView("Questions")
    rows = [(f"Who pays for the bus, number {n}?", f"£{n * 5.5:.2f}", n * 5.5) for n in range(12)]
    table.show_rows(
        TableModel(
            [
                Column("Question", lambda row: row[0]),
                Column("Cost", lambda row: row[1], lambda row: row[2], figures=True),
                Column("Where it stands", lambda row: "Waiting"),
            ],
            rows,
        )
    )
    table.setMinimumHeight(220)
    path = StepPath("What happened to this question")
    path.show_steps(
        [
            Step("You asked", "Monday 2 November", "“Who pays for the bus?”"),
            Step("The team answered", "Friday", "They will pay for travel, in advance if need be."),
            Step("The draft is being changed", "", "", StepState.NOW),
            Step("You are told", "", "", StepState.TO_COME),
        ]
    )
    card = Card("What happened")
    card.add(path)
    full = QuestionCard(
        "Who pays for the bus, and is it paid in advance? Some of us cannot lay the money out.",
        status="Answered",
        tone="good",
        icon="check",
        context="Page 4 · Wednesday",
        quote="reimbursed upon presentation of receipts",
        happened=["The team has answered: it will be paid in advance."],
    )
    full.add_action("yes", "Yes, that is what I meant", icon="check")
    full.add_action("no", "Not quite")
    column.addWidget(table)
    column.addWidget(full)
    column.addWidget(card)
    column.addStretch(1)
    page.set_content(inside)
    page.after_shown = lambda: (table.setFocus(), table.selectRow(1))  # type: ignore[attr-defined]
    return page


def note_page() -> PageFrame:
    page = PageFrame("Write")
    inside = QWidget()
    column = QVBoxLayout(inside)
    editor = NoteEditor(
        [
            Audience("board", "The board and the team", "Everyone on the board can read this."),
            Audience("me", "Just me", "Nobody else can read this."),
        ]
    )
    editor.begin("Ask a question", quote="reimbursed upon presentation of receipts")
    editor.set_state("Kept on this laptop")
    column.addWidget(editor)
    column.addWidget(muted("And where nothing is yet:"))
    column.addWidget(
        EmptyState(
            "Your questions will be here.",
            more="You can ask one while you read a draft.",
            icon="message-square",
            action="Read a draft",
        )
    )
    column.addStretch(1)
    page.set_content(inside)
    return page


def window(page: PageFrame) -> QWidget:
    whole = QWidget()
    whole.setProperty("role", "page")
    navigation = NavBar("Involvement")
    for key, words, icon in (
        ("home", "Home", "house"),
        ("read", "To read", "file-text"),
        ("questions", "My questions", "circle-question-mark"),
        ("time", "Time and payments", "wallet"),
        ("meetings", "Meetings", "calendar"),
    ):
        navigation.add_place(key, words, icon=icon)
    navigation.set_current("read")
    navigation.add_extra(button("Help and support", icon="life-buoy", kind="quiet"))
    navigation.add_extra(button("Take a break", icon="coffee", kind="quiet"))
    narrow = theme().is_narrow(1366)
    navigation.set_narrow(narrow)
    layout = QVBoxLayout(whole) if narrow else QHBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(navigation)
    layout.addWidget(page, 1)
    return whole


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for name, preferences in LOOKS.items():
        apply_theme(app, preferences)
        for make in (reading_page, forms_page, records_page, note_page):
            page = make()
            whole = window(page)
            whole.resize(1366, 768)
            whole.show()
            whole.activateWindow()
            app.processEvents()
            getattr(page, "after_shown", lambda: None)()
            app.processEvents()
            whole.grab().save(str(folder / f"{make.__name__}-{name}.png"))
            print(make.__name__, name, whole.width(), whole.minimumSizeHint().width())  # noqa: T201
            whole.close()
            whole.deleteLater()
            app.sendPostedEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
