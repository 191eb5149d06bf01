"""Coding in the reader: a part of the page for peer researchers and coordinators alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from shiboken6 import isValid
from typing_extensions import override

from ...domain.codebook import Code, CodeId
from ...domain.drafts import VersionId
from ...domain.projects import ProjectId
from ...services.boards import Services
from ...services.coded_passages import CodedPassage
from ...services.coders import may_code
from ...services.outcome import nouns_in
from .. import messages
from ..widgets.buttons import button
from ..widgets.code_marks import mark_kind, segments
from .code_forms import CodeForm, MemoForm, MergeForm, MoveForm
from .codes_panel import KEYS, CodesPanel, CodesShown
from .form import Form
from .reading_facts import NoteShown, Reading
from .reading_parts import ReadingPart, ReadingPlace

LAYER, TAB_WORDS = "codes", "Codes"
_SHOWS = frozenset({"code", "coding", "memo"})


def read_codes(services: Services, version: VersionId, project: ProjectId) -> CodesShown:
    """Return what the panel shows of a draft."""
    coding = services.coding
    return CodesShown(
        coding.codebook.tree(project),
        tuple(coding.codings.on(version)),
        tuple(coding.memos.all()),
    )


class CodesPart(ReadingPart):
    """A tool that opens the codebook in the margin; keys 1 to 9 code the marked words then.

    Args:
        page: The page.
        parent: Qt's owner.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self.panel: CodesPanel | None = None
        self.shown: CodesShown | None = None
        self._last: CodeId | None = None
        self.tool = button("Codes", icon="tag", kind="quiet")
        self.tool.setCheckable(True)
        self.tool.toggled.connect(self._on_toggled)
        self.tool.hide()
        page.pane.add_tool(self.tool)
        reader = page.reader
        reader.passage_selected.connect(lambda *_: self._follow())
        reader.selection_cleared.connect(self._follow)
        reader.cursorPositionChanged.connect(self._follow)
        reader.mark_activated.connect(self._on_mark)
        page.tasks.board_changed.connect(self._on_board_changed)
        self._keys = [self._key(number) for number in range(KEYS + 1)]

    def _key(self, number: int) -> QShortcut:
        shortcut = QShortcut(QKeySequence(str(number)), self.page.reader)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.setEnabled(False)
        shortcut.activated.connect(lambda: self._code_by_key(number))
        return shortcut

    # What the page tells

    def opened(self, reading: Reading) -> None:
        self.tool.setVisible(may_code(reading.me))
        if may_code(reading.me):
            self._read()

    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        if self.panel is not None:
            self.page.frame.set_margin_words(TAB_WORDS)

    def left(self) -> None:
        self.tool.setChecked(False)
        self.tool.hide()
        self.shown = None

    def _on_board_changed(self, entries: Sequence[object]) -> None:
        touched = {noun for entry in entries for noun in nouns_in(entry)}  # type: ignore[arg-type]
        if self.shown is not None and self.page.is_open and touched & _SHOWS:
            self._read()

    def _read(self) -> None:
        reading = self.page.reading
        if reading is None:
            return
        services, version, project = self.page.services, reading.version.id, reading.draft.project

        def done(shown: CodesShown) -> None:
            now = self.page.reading
            if now is not None and now.version.id == version and self.page.is_open:
                self._show(shown)

        self.page.tasks.run(
            lambda: read_codes(services, version, project), owner=self, on_done=done
        )

    # What is shown

    def _show(self, shown: CodesShown) -> None:
        self.shown = shown
        order = {code.id: at for at, (code, _) in enumerate(shown.tree.walk())}
        marks = [
            (
                passage.coding.passage.start,
                passage.coding.passage.end,
                mark_kind(passage.code.colour, order=order.get(passage.code.id, 0)),
                str(passage.coding.id),
            )
            for passage in shown.passages
            if passage.coding.passage is not None
        ]
        self.page.reader.set_highlights(segments(marks), layer=LAYER)
        if self.panel is not None:
            self.panel.show_codes(shown)
            self._follow()

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for key in self._keys:
            key.setEnabled(on)
        if not on:
            self.panel = None
            self.page.margin.show_panel(None)
            self.page.frame.set_margin_words(self.page.margin.words())
            return
        self.panel = CodesPanel()
        self.panel.installEventFilter(self)
        self.panel.code_wanted.connect(self.code)
        self.panel.action_wanted.connect(self._act)
        self.page.margin.show_panel(self.panel)
        self.page.frame.set_margin_words(TAB_WORDS)
        if self.shown is not None:
            self.panel.show_codes(self.shown)
        self._follow()
        self.page.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.panel and event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._on_panel_gone)
        return False

    def _on_panel_gone(self) -> None:
        """Another part has put its own panel there: the tool is off, and the keys type nothing."""
        if self.panel is None or self.panel in self.page.margin.panel.all():
            return
        self.panel = None
        self.tool.blockSignals(True)
        self.tool.setChecked(False)
        self.tool.blockSignals(False)
        for key in self._keys:
            key.setEnabled(False)

    def _on_mark(self, layer: str, _: str) -> None:
        if layer == LAYER:
            self.tool.setChecked(True)
            self.page.frame.show_part(margin=True)
            here = ", ".join(passage.code.name for passage in self._here())
            self.page.say(f"Coded: {here}")

    def _follow(self) -> None:
        """Say which words are marked, and which codes lie on the words at the caret."""
        if self.panel is None or not isValid(self.panel):
            return
        marked, text = self.page.reader.marked, self.page.reader.draft.text
        self.panel.show_marked(" ".join(text[marked[0] : marked[1]].split()) if marked else "")
        self.panel.show_here(self._here())

    def _here(self) -> list[CodedPassage]:
        if self.shown is None:
            return []
        caret = self.page.reader.caret()
        start, end = self.page.reader.marked or (caret, caret + 1)
        return [
            passage
            for passage in self.shown.passages
            if (place := passage.coding.passage) and place.start < end and place.end > start
        ]

    # Coding

    def _code_by_key(self, number: int) -> None:
        if self.panel is None:
            return
        codes = self.panel.codes_by_key()
        if number == 0:
            if self._last is not None:
                self.code(self._last)
            else:
                self.page.say("No code was used yet.")
        elif number <= len(codes):
            self.code(codes[number - 1].id)
        else:
            self.page.say(f"No code has the key {number}.")

    def code(self, code: CodeId) -> None:
        """Put a code on the marked words."""
        reading, span = self.page.reading, self.page.reader.marked
        if reading is None:
            return
        if span is None:
            self.page.say("Mark the words to code first.")
            return
        self._last = code
        version, codings = reading.version.id, self.page.services.coding.codings
        name = self.shown.tree.by_id[code].name if self.shown else ""
        self.page.tasks.run(
            lambda: codings.code_draft(code, version, span),
            owner=self,
            on_done=lambda made: messages.tell(
                self,
                f"Coded: {name}.",
                action="Undo",
                on_action=lambda: self._run(lambda: codings.remove(made.value.id)),
            ),
        )

    def _remove(self, passage: CodedPassage) -> None:
        coding, codings = passage.coding, self.page.services.coding.codings
        version, place = coding.version, coding.passage

        def again() -> None:
            if version is not None and place is not None:
                span = (place.start, place.end)
                self._run(lambda: codings.code_draft(coding.code, version, span))

        self.page.tasks.run(
            lambda: codings.remove(coding.id),
            owner=self,
            on_done=lambda _: messages.tell(
                self, f"{passage.code.name} was taken off.", action="Undo", on_action=again
            ),
        )

    def _run(self, work: object) -> None:
        self.page.tasks.run(work, owner=self)  # type: ignore[arg-type]

    # The codebook

    def _act(self, what: str, thing: object) -> None:
        if what == "close":
            self.tool.setChecked(False)
        elif what == "remove" and isinstance(thing, CodedPassage):
            self._remove(thing)
        elif what == "retire" and isinstance(thing, Code):
            self._retire(thing)
        else:
            form = self._form(what, thing)
            if form is not None:
                self._show_form(form)

    def _form(self, what: str, thing: object) -> Form | None:
        reading, shown = self.page.reading, self.shown
        if reading is None or shown is None:
            return None
        services, tasks, tree = self.page.services, self.page.tasks, shown.tree
        if isinstance(thing, CodedPassage):
            about = f"A memo on “{thing.code.name}” here"
            return MemoForm(services, tasks, about, coding=thing.coding.id)
        if what == "draft_memo":
            return MemoForm(services, tasks, "A memo on this draft", version=reading.version.id)
        if not isinstance(thing, Code):
            project = reading.project
            return CodeForm(
                services,
                tasks,
                tree,
                project=project.id if project else None,
                projects=[project] if project else [],
                name=str(thing or ""),
            )
        if what == "change":
            return CodeForm(services, tasks, tree, code=thing)
        if what == "move":
            return MoveForm(services, tasks, tree, thing)
        if what == "merge":
            return MergeForm(services, tasks, tree, thing)
        return MemoForm(services, tasks, f"A memo on “{thing.name}”", code=thing.id)

    def _show_form(self, form: Form) -> None:
        panel = self.panel
        if panel is None:
            return
        form.saved.connect(lambda _: panel.slot.clear())
        form.saved.connect(lambda _: self.page.say("Saved"))
        form.cancelled.connect(panel.slot.clear)
        panel.slot.show_only(form)
        self.page.margin.area.ensureWidgetVisible(panel.slot)
        form.focus_first()

    def _retire(self, code: Code) -> None:
        book = self.page.services.coding.codebook
        self.page.tasks.run(
            lambda: book.retire(code.id),
            owner=self,
            on_done=lambda _: messages.tell(
                self,
                f"{code.name} is not offered any more. What it coded stays.",
                action="Undo",
                on_action=lambda: self._run(lambda: book.bring_back(code.id)),
            ),
        )
