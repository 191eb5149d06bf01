"""Writing a note while reading: begun, kept every second, restored, saved, given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QPushButton

from ...domain.annotations import AnnotationId, AnnotationKind, Visibility, guiding_tag
from ...domain.drafts import VersionId
from ...errors import PPIError
from ...services.boards import Services
from .. import messages
from ..tasks import Tasks
from ..widgets.page_frame import PageFrame
from ..widgets.reader import ReaderView
from .reading_facts import NoteShown, Reading
from .reading_notes import TITLES, ReadingEditor, ReadingMargin

KEEP_AFTER_MS = 600


class WritingPlace(Protocol):
    """What of a reading page is needed to write on it."""

    services: Services
    tasks: Tasks
    reading: Reading | None
    reader: ReaderView
    margin: ReadingMargin
    frame: PageFrame
    ask_button: QPushButton

    @property
    def is_open(self) -> bool:
        """Whether the draft itself is in view."""

    def say(self, words: str) -> None:
        """Say something short in the status line and to screen readers."""


class Writing(QObject):
    """The one note that is being written on a reading page.

    Args:
        page: The page; its margin holds the editor.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: WritingPlace, *, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.editor: ReadingEditor | None = None
        self._version: VersionId | None = None
        self._span: tuple[int, int] | None = None
        self._guiding: int | None = None
        self._changing: AnnotationId | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    # Beginning

    def begin(
        self,
        kind: AnnotationKind,
        *,
        span: tuple[int, int] | None,
        text: str = "",
        audience: str = "",
    ) -> None:
        """Start on a note about some words, or about the whole draft.

        A note that is being written already keeps its words: it moves to the words marked now.
        """
        written = self.editor.text() if self.editor and not self._changing else ""
        editor = self._fresh_editor()
        if editor is None:
            return
        self._span = span
        editor.kind.choose(kind)
        quote = self._quote(span)
        title = TITLES[kind] if quote else f"{TITLES[kind]} about the whole draft"
        editor.begin(title, quote=quote, text=text or written, audience=audience)
        self._bring_into_view(editor)

    def begin_guiding(self, number: int) -> None:
        """Start on an answer to a guiding question (from 0)."""
        reading = self._page.reading
        editor = self._fresh_editor()
        if editor is None or reading is None or reading.request is None:
            return
        self._guiding = number
        editor.kind.choose(AnnotationKind.SUGGESTION)
        editor.begin("Answer", quote=reading.request.guiding_questions[number])
        self._bring_into_view(editor)

    def begin_change(self, shown: NoteShown) -> None:
        """Start on other words for a note that is there."""
        note = shown.note
        editor = self._fresh_editor()
        if editor is None:
            return
        self._changing = note.id
        editor.set_changing(changing=True)
        quote = note.passage.quote if note.passage else ""
        editor.begin("Change your words", quote=quote, text=note.body, audience=note.visibility)
        self._bring_into_view(editor)

    def restore(self) -> None:
        """Go on with what was being written when the draft was last left."""
        reading = self._page.reading
        kept: Mapping[str, Any] = reading.unfinished if reading else {}
        if not str(kept.get("body", "")).strip():
            return
        span = (int(kept["start"]), int(kept["end"])) if kept.get("start") is not None else None
        kind = AnnotationKind(str(kept.get("kind", AnnotationKind.QUESTION.value)))
        self.begin(kind, span=span, text=str(kept["body"]), audience=str(kept.get("audience", "")))
        if self.editor is None:
            return
        guiding, changing = kept.get("guiding"), kept.get("changing")
        self._guiding = int(guiding) if guiding is not None else None
        if changing:
            self._changing = AnnotationId(UUID(str(changing)))
            self.editor.set_changing(changing=True)
        self.editor.set_state("These are your words from last time.")

    def _fresh_editor(self) -> ReadingEditor | None:
        reading = self._page.reading
        if reading is None:
            return None
        self._timer.stop()
        self._span, self._guiding, self._changing = None, None, None
        self._version = reading.version.id
        editor = ReadingEditor(reading)
        editor.saved.connect(self._save)
        editor.cancelled.connect(self._give_up)
        editor.text_changed.connect(lambda _: self._timer.start())
        self.editor = editor
        self._page.margin.slot.show_only(editor)
        self._page.ask_button.hide()
        return editor

    def _bring_into_view(self, editor: ReadingEditor) -> None:
        self._timer.stop()
        page = self._page
        page.frame.show_part(margin=True)
        page.margin.area.ensureVisible(0, 0)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _quote(self, span: tuple[int, int] | None) -> str:
        reading = self._page.reading
        return " ".join(reading.text.text[slice(*span)].split()) if reading and span else ""

    # Keeping

    def keep(self) -> None:
        """Keep what is written so far on this laptop."""
        self._timer.stop()
        if self.editor is None or self._version is None:
            return
        version, kept = self._version, self._as_kept()
        annotations = self._page.services.annotations
        self._page.tasks.run(
            lambda: annotations.keep_unfinished(version, **kept),
            owner=self,
            on_done=lambda _: self._say_kept(kept),
        )

    def _as_kept(self) -> dict[str, Any]:
        editor = self.editor
        if editor is None or not editor.text():
            return {}
        start, end = self._span or (None, None)
        return {
            "body": editor.text(),
            "kind": editor.kind.value().value,
            "audience": editor.audience(),
            "start": start,
            "end": end,
            "guiding": self._guiding,
            "changing": str(self._changing) if self._changing else None,
        }

    def _say_kept(self, kept: dict[str, Any]) -> None:
        if self.editor is not None and kept:
            self.editor.set_state("Kept on this laptop, not yet saved.")

    # Ending

    def _save(self, text: str, audience: str) -> None:
        editor, version = self.editor, self._version
        if editor is None or version is None:
            return
        self._timer.stop()
        annotations, changing = self._page.services.annotations, self._changing
        kind, site, person = editor.kind.value(), editor.site.value(), editor.person.value()
        span, guiding = self._span, self._guiding
        editor.setEnabled(False)

        def work() -> object:
            if changing:
                made: object = annotations.reword(changing, body=text)
            else:
                made = annotations.annotate(
                    version,
                    kind=kind,
                    body=text,
                    span=span,
                    visibility=Visibility(audience),
                    site=site,
                    tags=() if guiding is None else (guiding_tag(guiding + 1),),
                    on_behalf_of=person,
                )
            annotations.keep_unfinished(version)
            return made

        self._page.tasks.run(
            work, owner=self, on_done=lambda _: self._on_saved(), on_problem=self._on_refused
        )

    def _on_saved(self) -> None:
        page = self._page
        self.close()
        page.frame.show_part(margin=False)
        page.reader.clear_selection()
        page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        page.say("Saved")

    def _on_refused(self, problem: PPIError) -> None:
        if self.editor is not None:
            self.editor.setEnabled(True)
            self.editor.set_state(problem.in_full())
            messages.announce(self.editor, problem.in_full(), at_once=True)

    def _give_up(self) -> None:
        kept, version = self._as_kept(), self._version
        span, changing = self._span, self._changing
        self.close()
        self._page.frame.show_part(margin=False)
        self._page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        if version is None:
            return
        annotations = self._page.services.annotations
        self._page.tasks.run(lambda: annotations.keep_unfinished(version), owner=self)
        if not kept or changing:
            return

        def bring_back() -> None:
            self.begin(
                AnnotationKind(kept["kind"]),
                span=span,
                text=kept["body"],
                audience=kept["audience"],
            )

        messages.tell(
            self,
            "The note was put aside.",
            tone="quiet",
            action="Bring it back",
            on_action=bring_back,
        )

    def close(self) -> None:
        """Take the editor away; what was kept stays kept."""
        self._timer.stop()
        self.editor = None
        self._page.margin.slot.clear()
        self._page.ask_button.setVisible(self._page.is_open)

    def forget(self) -> None:
        """Let go of the editor, since another draft is opened."""
        self._timer.stop()
        self.editor, self._version = None, None
