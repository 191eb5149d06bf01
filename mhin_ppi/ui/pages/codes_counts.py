"""The codebook with its counts, and every passage of the code that is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.codebook import Code
from ...domain.coding_counts import CodeCount
from ...domain.projects import SiteId
from ...services.coded_passages import CodedPassage
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.table_view import TableView
from .code_forms import path_words
from .codes_facts import SORT_WORDS, CodesFacts
from .form import Pick
from .framed_page import Column

_MOST_ROWS = 14
_LAST = "\U0010ffff"
"""Sorts the line of totals after every name."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table: a code, or all of them."""

    name: str
    count: CodeCount
    code: Code | None = None


class CountsSection(QWidget):
    """A table of codes by place, with totals, and the passages of one.

    Signals:
        action_wanted: (what, code): "new", "change", "move", "merge", "retire", "bring_back".
        show_wanted: A coded passage to show in its draft.
    """

    action_wanted = Signal(str, object)
    show_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._facts: CodesFacts | None = None
        self.sort = Pick([("All words", None)])
        self.sort.currentIndexChanged.connect(lambda _: self._fill_table())
        self.table = TableView("Codes and how often they were used")
        self.table.row_chosen.connect(self._show_chosen)
        self.chosen, self.gone = Column(), Column()
        self._layout = QVBoxLayout(self)
        for widget in (
            FlowRow(button("New code", icon="plus", on_press=partial(self._want, "new", None))),
            FormRow("Count passages in", self.sort),
            self.table,
            muted(
                "Counts are of passages. People are counted only in all, and never when they are "
                "fewer than five."
            ),
            self.chosen,
            self.gone,
        ):
            self._layout.addWidget(widget)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_facts(self, facts: CodesFacts) -> None:
        """Show another state of the codebook; what was chosen stays chosen."""
        self._facts = facts
        before = self.sort.value()
        sorts = sorted(facts.coded.counts.sorts, key=lambda one: SORT_WORDS.get(one, one))
        self.sort.blockSignals(True)
        self.sort.offer([("All words", None), *((SORT_WORDS.get(s, s), s) for s in sorts)])
        if before in sorts:
            self.sort.choose(before)
        self.sort.blockSignals(False)
        self._fill_table()
        self._show_gone(facts)

    def _fill_table(self) -> None:
        facts = self._facts
        if facts is None:
            return
        sort, counts, tree = self.sort.value(), facts.coded.counts, facts.coded.tree
        rows = [_Row(path_words(tree, c.id), counts.of(c.id), c) for c, _ in tree.walk()]
        rows += [_Row(f"{c.name} (not offered)", counts.of(c.id), c) for c in tree.retired()]
        rows.append(_Row("All codes", counts.total))
        sites = sorted(counts.sites, key=lambda site: (site is None, facts.site_words(site)))
        columns: list[TableColumn[_Row]] = [
            TableColumn("Code", lambda r: r.name, sort_key=lambda r: r.name if r.code else _LAST),
            *(_site_column(facts, site, sort) for site in sites),
            TableColumn(
                "In all",
                lambda r: f"{r.count.of(sort):,}",
                sort_key=lambda r: r.count.of(sort),
                figures=True,
            ),
            TableColumn("People", lambda r: r.count.people or "none"),
        ]
        kept = self.table.chosen()
        wanted = kept.code.id if isinstance(kept, _Row) and kept.code else None
        self.table.show_rows(TableModel(columns, rows))
        self.table.setMinimumHeight(theme().px(2 * (min(len(rows), _MOST_ROWS) + 2)))
        again = next((row for row in rows if row.code and row.code.id == wanted), None)
        if again is not None:
            self.table.choose(again)
        self._show_chosen(self.table.chosen())

    def _show_chosen(self, row: object) -> None:
        facts = self._facts
        if facts is None or not isinstance(row, _Row) or row.code is None:
            self.chosen.show_only(muted("Choose a code to see every passage that has it."))
            return
        code = row.code
        card = Card(code.name)
        if code.definition:
            card.add(WrapLabel(code.definition))
        for memo in facts.memos:
            if memo.code == code.id:
                card.add(muted(f"Memo: {memo.body}"))
        became = facts.coded.tree.merged_into(code.id)
        for each in became:
            card.add(muted(f"Merged into it: {each.name}"))
        card.add(self._actions(code))
        for each in became:
            undo = partial(self._want, "bring_back", each)
            card.add(FlowRow(button(f"Undo merging {each.name}", icon="undo-2", on_press=undo)))
        found = [p for p in facts.coded.passages if p.code.id == code.id]
        widgets: list[QWidget] = [card]
        if found:
            widgets.append(heading("Passages"))
        self.chosen.show_gradually(
            [*(partial(_itself, w) for w in widgets), *(partial(self._passage, p) for p in found)]
        )

    def _actions(self, code: Code) -> FlowRow:
        row = FlowRow()
        actions = (
            [("Offer it again", "bring_back")]
            if code.retired
            else [("Change", "change"), ("Move", "move"), ("Merge", "merge"), ("Retire", "retire")]
        )
        for words, what in actions:
            made = button(words, on_press=partial(self._want, what, code))
            made.setAccessibleName(f"{words}: {code.name}")
            row.add(made)
        return row

    def _passage(self, passage: CodedPassage) -> Card:
        card = Card()
        card.setAccessibleName(passage.where)
        card.add(WrapLabel(f"“{passage.words}”", copyable=True))
        card.add(muted(passage.where))
        facts = self._facts
        for memo in facts.memos if facts else ():
            if memo.coding == passage.coding.id:
                card.add(WrapLabel(f"Memo: {memo.body}"))
        if passage.version is not None:
            show = button(
                "Show in the draft",
                icon="arrow-right",
                kind="quiet",
                on_press=partial(self.show_wanted.emit, passage),
            )
            card.add(FlowRow(show))
        return card

    def _show_gone(self, facts: CodesFacts) -> None:
        gone = facts.coded.tree.retired()
        names = ", ".join(code.name for code in gone)
        self.gone.show_only(*([muted(f"Not offered any more: {names}.")] if gone else []))

    def _want(self, what: str, code: object) -> None:
        self.action_wanted.emit(what, code)

    def _space(self) -> None:
        made = theme()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(made.space(2))
        for column in (self.chosen, self.gone):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))


def _site_column(facts: CodesFacts, site: SiteId | None, sort: str | None) -> TableColumn[_Row]:
    return TableColumn(
        facts.site_words(site),
        lambda row: f"{row.count.at(site, sort=sort):,}",
        sort_key=lambda row: row.count.at(site, sort=sort),
        figures=True,
    )


def _itself(widget: QWidget) -> QWidget:
    return widget
