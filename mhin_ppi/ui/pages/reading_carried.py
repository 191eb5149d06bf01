"""Notes of earlier versions in the reader: found in the background, and checked one by one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from ...domain.annotations import AnnotationId
from ...domain.people import Role
from ...domain.placements import Placement
from ...errors import PPIError
from ...services.outcome import Outcome
from .. import messages
from ..widgets.buttons import button, reword
from ..widgets.folds import Fold
from .check_panel import CheckPanel
from .finding import Finding
from .page import Place
from .reading_facts import NoteShown, Reading
from .reading_parts import ReadingPart, ReadingPlace
from .words_for import count_words

_FINDING = "Finding earlier notes"


class CarriedPart(ReadingPart):
    """Finds the notes of earlier versions; offers those that need a look, and the comparison.

    Args:
        page: The page.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self._later: list[str] = []
        self._read: set[AnnotationId] = set()
        self._notes: tuple[NoteShown, ...] = ()
        self.panel: CheckPanel | None = None
        self._checked: AnnotationId | None = None
        self.button = button("Check notes", icon="circle-dot", kind="quiet", on_press=self._press)
        self.compare = button("Compare", icon="copy", kind="quiet", on_press=self._compare)
        self.finding = Finding(page.services, page.tasks, parent=self)
        self.finding.begun.connect(self._say_begun)
        self.finding.progressed.connect(self._say_progress)
        self.finding.found.connect(self._found)
        self.finding.stopped.connect(lambda: reword(self.button, "Find earlier notes"))
        for tool in (self.button, self.compare):
            tool.hide()
            page.pane.add_tool(tool)

    def opened(self, reading: Reading) -> None:
        """Look for notes of earlier versions, unless they are known already."""
        self._later, self._read = [], set()
        number = reading.version.number
        self.compare.setVisible(number > 1)
        if number > 1:
            reword(self.compare, f"Compare with version {number - 1}")
            self._find()

    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        """Offer what waits; a panel that is open goes on with it."""
        self._notes = notes
        waiting = self.waiting()
        if not self.finding.is_under_way:
            self.button.setVisible(bool(waiting))
            reword(self.button, f"Check {count_words(len(waiting), 'note')}")
        if self.panel is not None and self.panel not in self.page.margin.panel.all():
            self.panel = None  # another feature's panel stands there now
        # While the same note waits first, the panel and the focus stay where they are.
        same = bool(waiting) and waiting[0].note.id == self._checked
        if self.panel is not None and not same:
            self._show_next()

    def left(self) -> None:
        """Stop finding; what is known is kept."""
        self.finding.forget()
        self.button.hide()
        self._close()

    def waiting(self) -> list[NoteShown]:
        """Return the notes that a person is asked to look at, those put off last."""
        found = [one for one in self._notes if one.carried and one.carried.waits]
        return sorted(found, key=lambda one: self._order(str(one.note.id)))

    def check(self) -> None:
        """Begin to check the notes that wait, one at a time."""
        self._later = []
        self._show_next()

    # Finding

    def _find(self) -> None:
        if self.page.reading is not None:
            self.finding.start(self.page.reading.version.id)

    def _say_begun(self) -> None:
        self.button.show()
        reword(self.button, f"{_FINDING}. Stop")

    def _say_progress(self, per_cent: int) -> None:
        reword(self.button, f"{_FINDING}, {per_cent} %. Stop")

    def _found(self) -> None:
        self.button.hide()
        self.page.reload()

    def _press(self) -> None:
        if self.finding.is_under_way:
            self.finding.stop()
        elif self.waiting():
            self.check()
        else:
            self._find()

    def _compare(self) -> None:
        if self.page.reading is not None:
            self.page.go.emit(Place.COMPARE, self.page.reading.version.id)

    # Checking

    def _order(self, note: str) -> int:
        return self._later.index(note) + 1 if note in self._later else 0

    def _show_next(self) -> None:
        reading, waiting = self.page.reading, self.waiting()
        if reading is None or not waiting:
            self._finish()
            return
        shown = waiting[0]
        me, carrying = reading.me, self.page.services.carried
        may = carrying.may_decide(shown.note, coordinates=me.has(Role.COORDINATOR))
        panel = CheckPanel(
            shown,
            left=len(waiting),
            text=reading.text.text,
            number=reading.version.number,
            may_decide=may,
            touches_on=self._touches_on(shown),
        )
        panel.read_wanted.connect(partial(self._on_read, shown))
        panel.decided.connect(partial(self._on_decided, shown))
        panel.somewhere_else.connect(partial(self._on_marked, shown, panel))
        panel.later.connect(partial(self._put_off, shown))
        panel.closed.connect(self._close)
        self.panel, self._checked = panel, shown.note.id
        self.page.frame.show_part(margin=True)
        self.page.margin.show_panel(panel)
        if panel.span is not None:
            self.page.reader.show_passage(*panel.span)
            self.page.reader.set_highlights([(*panel.span, "found", "")], layer="checking")
        else:
            self.page.reader.set_highlights([], layer="checking")
        panel.focus_first()

    def _touches_on(self, shown: NoteShown) -> str:
        """Return what the words of a note touch on, while they are folded and were not asked for.

        Where its part is gone, what was said of the words it was about counts.
        """
        if shown.note.id in self._read:
            return ""
        said = [fold.words for fold in self._hiding(shown)]
        if shown.carried is not None and shown.carried.old_touches_on:
            said.append(shown.carried.old_touches_on)
        return "; ".join(dict.fromkeys(words.rstrip(".") for words in said))

    def _hiding(self, shown: NoteShown) -> list[Fold]:
        passage, carried = shown.note.passage, shown.carried
        span = (passage.start, passage.end) if passage else carried.perhaps if carried else None
        return self.page.reader.folding.folds.hiding(*span) if span else []

    def _on_read(self, shown: NoteShown) -> None:
        self._read.add(shown.note.id)
        for fold in self._hiding(shown):
            self.page.reader.folding.open(fold)
        self._show_next()

    def _on_marked(self, shown: NoteShown, panel: CheckPanel) -> None:
        marked = self.page.reader.marked
        if marked is None:
            panel.ask_to_mark()
            self.page.frame.show_part(margin=False)
            self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._on_decided(shown, marked)

    def _on_decided(self, shown: NoteShown, span: object) -> None:
        reading, carrying = self.page.reading, self.page.services.carried
        if reading is None:
            return
        version, place = reading.version.id, span if isinstance(span, tuple) else None
        self.page.tasks.run(
            lambda: carrying.decide(shown.note.id, version, span=place),
            owner=self,
            on_done=self._say_decided,
            on_problem=self._refuse,
        )

    def _say_decided(self, made: Outcome[Placement]) -> None:
        carrying, placement = self.page.services.carried, made.value

        def undo() -> None:
            self.page.tasks.run(lambda: carrying.undo(placement.id), owner=self)

        words = "The note has its place." if placement.passage else "The note keeps its old words."
        messages.tell(self, words, action="Undo", on_action=undo)

    def _refuse(self, problem: PPIError) -> None:
        messages.show_problem(self, problem)

    def _put_off(self, shown: NoteShown) -> None:
        note = str(shown.note.id)
        waiting = {str(one.note.id) for one in self.waiting()}
        self._later = [*(each for each in self._later if each != note), note]
        if waiting <= set(self._later):
            self._finish()
        else:
            self._show_next()

    def _finish(self) -> None:
        if self.panel is not None:
            left = len(self.waiting())
            said = f"{count_words(left, 'note')} left for later." if left else "All checked."
            self.page.say(said)
        self._close()

    def _close(self) -> None:
        if self.panel is None:
            return
        self.panel = None
        self.page.margin.show_panel(None)
        self.page.reader.set_highlights([], layer="checking")
        self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
