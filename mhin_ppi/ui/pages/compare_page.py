"""What changed between two versions of a draft, and which questions may have led to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from ...domain.drafts import VersionId
from ...domain.people import Role
from ...domain.responses import MAY_HAVE
from ...services.boards import Services
from ...services.changed_passages import (
    ChangedPassages,
    LinkedChange,
    MayHaveLed,
    by_change,
)
from .. import messages
from ..tasks import Task, Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import EmptyState
from ..widgets.difference_text import DifferenceText
from ..widgets.flow import FlowRow
from ..widgets.folds import Fold
from ..widgets.labels import WrapLabel
from ..widgets.notice import ProgressRow
from .compare_facts import (
    MOST_CHANGED,
    Both,
    Compared,
    change_words,
    compare,
    counts_words,
    enough_for,
    fold_with,
    read_both,
    read_folds,
    shown,
)
from .compare_folds import READ, ids_in
from .compare_linking import Linking, wanted_change
from .finding import watched
from .form import Pick
from .framed_page import Column, FramedPage
from .led_to_cards import LedToMargin
from .page import Place


class ComparePage(FramedPage):
    """Two versions in one column of text; the questions that may have led to a change beside it.

    It opens at a version's id (the one before it is the other), at (older id, newer id), or at
    (older id, newer id, question id) with the change that the question is linked to in view.
    """

    place: ClassVar[Place] = Place.COMPARE
    shows: ClassVar[frozenset[str]] = frozenset({"question", "change", "placement", "content_note"})

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="What changed")
        self.changed = ChangedPassages(services.desk, services.carried)
        self.both: Both | None = None
        self.compared: Compared | None = None
        self.offers: tuple[MayHaveLed, ...] = ()
        self.linked: tuple[LinkedChange, ...] = ()
        self._wanted: tuple[UUID, ...] = ()
        self._task: Task | None = None
        self._at, self._most = -1, MOST_CHANGED
        self._unfolded: set[int] = set()
        self._opened: frozenset[str] = frozenset()
        self.text = DifferenceText("What changed")
        self.text.link_chosen.connect(self._follow)
        self.counts = WrapLabel(role="strong")
        self.only = QCheckBox("Only parts with questions")
        self.only.toggled.connect(lambda _: self._draw())
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(self._stop)
        self.picks = Column()
        self.before = Column()
        self.margin = LedToMargin()
        self._join()

    def _join(self) -> None:
        back = button("Previous change", icon="chevron-up", on_press=partial(self.step, -1))
        on = button("Next change", icon="chevron-down", on_press=partial(self.step, 1))
        self._steps = (back, on)
        self.linking = Linking(self, changed=self.changed, margin=self.margin, here=self._here)
        words = "This came from a question"
        self.link_button = button(words, icon="message-square", on_press=self.linking.ask)
        self._tools = FlowRow(back, on, self.link_button, self.only)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.before)
        self.stack.addWidget(self.text)
        inside = QWidget()
        self._all = QVBoxLayout(inside)
        self._all.setContentsMargins(0, 0, 0, 0)
        for part in (self.picks, self.counts, self._tools, self.progress):
            self._all.addWidget(part)
        self._all.addWidget(self.stack, 1)
        self.frame.set_content(inside, scroll=False)
        self.frame.set_margin(self.margin, words="Questions", content_words="What changed")
        self.margin.show_wanted.connect(self.show_change)
        self.margin.confirmed.connect(self.linking.confirm)
        self.margin.perhaps.connect(partial(self.linking.confirm, certainty=MAY_HAVE))
        self.margin.dismissed.connect(self._dismiss)
        self.margin.story_wanted.connect(lambda id_: self.go.emit(Place.STORY, id_))
        for keys, by in (("Alt+Down", 1), ("Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, by))
            shown_keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            (on if by > 0 else back).setToolTip(shown_keys)
        self._space()
        theme_changes().changed.connect(self._space)

    # Opening

    def open_at(self, argument: object | None) -> None:
        wanted = argument if isinstance(argument, tuple) else (argument,)
        if not all(isinstance(one, UUID) for one in wanted):
            return
        if wanted == self._wanted and self.compared is not None:
            self.reload()
            return
        self.leave()
        self._wanted = wanted
        self.both = self.compared = None
        self._at, self._most, self._unfolded = -1, MOST_CHANGED, set()
        self._opened = frozenset()
        self.before.clear()
        self.stack.setCurrentWidget(self.before)
        self._tools.hide()
        self.counts.setText("")
        self.margin.clear()
        new = VersionId(wanted[1] if len(wanted) > 1 else wanted[0])
        old = VersionId(wanted[0]) if len(wanted) > 1 else None
        self.tasks.run(
            lambda: read_both(self.services, new, old), owner=self, on_done=self._compare
        )

    def reload(self) -> None:
        """Read again what is folded, and which questions may have led to a change."""
        compared = self.compared
        if compared is None or compared.carrier.is_another_document:
            return
        both = compared.both
        self.tasks.run(
            lambda: read_folds(self.services, both.old.id, both.new.id),
            owner=self,
            on_done=partial(self._show_folds, both),
        )

        def work() -> tuple[tuple[MayHaveLed, ...], tuple[LinkedChange, ...]]:
            offers = self.changed.offers(
                both.old.id, both.new.id, carrier=compared.carrier, comparison=compared.comparison
            )
            return offers, self.changed.linked(both.new.id)

        self.tasks.run(work, owner=self, on_done=lambda found: self._show_offers(*found))

    def _show_folds(self, both: Both, folds: tuple[tuple[Fold, ...], tuple[Fold, ...]]) -> None:
        compared = self.compared
        if compared is None or compared.both is not both:
            return
        if folds != (both.old_folds, both.new_folds):
            self.both = replace(both, old_folds=folds[0], new_folds=folds[1])
            self.compared = replace(compared, both=self.both)
            self._draw()

    def leave(self) -> None:
        """Stop comparing; nothing is lost by it."""
        self._stop()
        self._task = None
        self.progress.finish()

    def _compare(self, both: Both) -> None:
        self.both = both
        self.frame.set_title(both.draft.title)
        self.frame.set_context(
            f"What changed from version {both.old.number} to version {both.new.number}"
        )
        self._show_picks(both)
        self.progress.start("Comparing the two versions…")

        task = self._task = self.tasks.run_long(
            partial(watched, lambda watch: compare(both, watch=watch)),
            owner=self,
            on_done=self._show_compared,
            on_progress=self.progress.set_progress,
            on_end=lambda: self._ended(task),
        )

    def _ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.progress.finish()
            if self.compared is None:
                self._show_stopped()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _show_compared(self, compared: Compared) -> None:
        if compared.both is not self.both:
            return
        self.compared = compared
        if compared.carrier.is_another_document:
            self._show_another(compared.both)
            return
        self.counts.setText(counts_words(compared.comparison))
        self._tools.show()
        self.link_button.setVisible(compared.both.me.has(Role.COORDINATOR))
        for tool in (*self._steps, self.link_button):
            tool.setEnabled(bool(compared.comparison.changes))
        self.stack.setCurrentWidget(self.text)
        self._draw()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(self.counts.text())
        self.reload()

    def _show_another(self, both: Both) -> None:
        words = f"These two are quite different documents: versions {both.old.number} and "
        empty = EmptyState(
            f"{words}{both.new.number} share almost no words.",
            more="Comparing them would not help. Notes are safe, with the words they were about.",
            icon="file-text",
            action=f"Open version {both.new.number}",
            on_action=partial(self.go.emit, Place.READING, both.new.id),
        )
        self.before.show_only(empty)
        self.stack.setCurrentWidget(self.before)

    def _show_stopped(self) -> None:
        empty = EmptyState(
            "You stopped the comparison.", icon="circle-x", action="Compare", on_action=self._again
        )
        self.before.show_only(empty)

    def _again(self) -> None:
        self.open_at(self._wanted)

    def _show_picks(self, both: Both) -> None:
        if len(both.versions) <= 2:  # noqa: PLR2004 - nothing to choose from
            self.picks.clear()
            return
        choices = [(f"Version {one.number}", one) for one in both.versions]
        older, newer = Pick(choices, chosen=both.old), Pick(choices, chosen=both.new)
        older.setAccessibleName("The older version")
        newer.setAccessibleName("The newer version")

        def chosen() -> None:
            pair = sorted((older.value(), newer.value()), key=lambda one: one.number)
            if pair[0] is not pair[1]:
                self.go.emit(Place.COMPARE, (pair[0].id, pair[1].id))

        older.activated.connect(lambda _: chosen())
        newer.activated.connect(lambda _: chosen())
        self.picks.show_only(FlowRow(older, newer))

    # Reading

    def _draw(self) -> None:
        if self.compared is not None:
            self.text.show_pieces(
                shown(
                    self.compared,
                    unfolded=self._unfolded,
                    only=self._chosen(),
                    most=self._most,
                    opened=self._opened,
                )
            )

    def _chosen(self) -> list[int] | None:
        """Return the only changes to show; ``None`` when all are."""
        return sorted(by_change(self.offers)) if self.only.isChecked() else None

    def step(self, by: int) -> None:
        """Go to the next change (1) or the one before (-1)."""
        compared = self.compared
        if compared is None:
            return
        numbers = self._chosen() or list(range(len(compared.comparison.changes)))
        ahead = [n for n in numbers if (n - self._at) * by > 0]
        if not ahead:
            self.say("No more changes this way.")
            return
        self.show_change(ahead[0] if by > 0 else ahead[-1])

    def show_change(self, number: int) -> None:
        """Bring a change into view, unfolding what it lies in."""
        compared = self.compared
        if compared is None:
            return
        self.frame.show_part(margin=False)
        if not self.text.has_change(number):
            fold = fold_with(compared, number, self._chosen())
            if fold is not None:
                self._unfolded.add(fold)
            needed = enough_for(compared, number, self._chosen())
            self._most = max(self._most, needed)
            self._draw()
        self._at = number
        self.text.show_change(number)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        kept = compared.kept_back(self._opened)
        self.say(change_words(compared.comparison, number, kept=kept))

    def _follow(self, link: str) -> None:
        what, _, number = link.partition(":")
        if what == "change":
            self.show_change(int(number))
        elif what == "fold":
            place = self.text.verticalScrollBar().value()
            self._unfolded.add(int(number))
            self._draw()
            self.text.verticalScrollBar().setValue(place)
        elif what == "more":
            place = self.text.verticalScrollBar().value()
            self._most += MOST_CHANGED
            self._draw()
            self.text.verticalScrollBar().setValue(place)
        elif link.startswith(READ):
            self._read(ids_in(link))

    def _read(self, ids: frozenset[str]) -> None:
        """Show the words of a part that was folded, here and beside it."""
        place = self.text.verticalScrollBar().value()
        self._opened |= ids
        self._draw()
        self.text.verticalScrollBar().setValue(place)
        self._show_offers(self.offers, self.linked)
        self.say("Open.")

    # Questions

    def _here(self) -> tuple[Compared | None, int, bool]:
        """Return the versions, the change in view, and whether its words are folded away."""
        compared = self.compared
        if compared is None or self._at < 0:
            return compared, -1, False
        return compared, self._at, bool(compared.kept_back(self._opened).of_change(self._at))

    def _show_offers(
        self, offers: tuple[MayHaveLed, ...], linked: tuple[LinkedChange, ...]
    ) -> None:
        self.offers, self.linked = offers, linked
        compared = self.compared
        if compared is None:
            return
        coordinates = compared.both.me.has(Role.COORDINATOR)
        kept = compared.kept_back(self._opened)
        self.margin.show_offers(offers, compared, kept, coordinates=coordinates, linked=linked)
        number = wanted_change(linked, compared, next(iter(self._wanted[2:]), None))
        if number is not None and self._at < 0:
            self.show_change(number)
        self.frame.set_margin_words(self.margin.words())
        self.only.setEnabled(bool(offers))
        if self.only.isChecked():
            self._draw()

    def _dismiss(self, offer: MayHaveLed) -> None:
        both = self.both
        if both is None:
            return
        question, new = offer.story.question.id, both.new.id

        def undo() -> None:
            self._remember(lambda: self.changed.dismiss(question, new, wanted=False))

        self._remember(lambda: self.changed.dismiss(question, new))
        messages.tell(
            self, "It will not be offered again here.", tone="quiet", action="Undo", on_action=undo
        )

    def _remember(self, work: Callable[[], None]) -> None:
        self.tasks.run(work, owner=self, on_done=lambda _: self.reload())

    def _space(self) -> None:
        self._all.setSpacing(theme().space(1))
