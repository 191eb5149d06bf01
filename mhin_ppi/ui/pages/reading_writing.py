"""Writing a note while reading: begun, kept every second, restored, saved, given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from ...domain.annotations import AnnotationKind, Visibility
from ...domain.drafts import VersionId
from ...errors import PPIError
from ...services.note_history import NoteStep
from ...services.outcome import Outcome
from .. import messages
from ..widgets.note_editor import NoteEditor
from .reading_editor import TITLES, ReadingEditor, ReplyEditor
from .reading_facts import NoteShown
from .writing_place import WritingPlace
from .writing_saved import saving
from .writing_target import Target, target_from

KEEP_AFTER_MS = 600
"""Counted from the first key that is not kept yet: nobody loses more than a second of typing."""


class Writing(QObject):
    """The one note that is being written on a reading page; others may be begun and wait.

    Args:
        page: The page; its margin holds the editor.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: WritingPlace, *, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.editor: NoteEditor | None = None
        self.target = Target()
        self._version: VersionId | None = None
        self._kept: dict[str, Mapping[str, Any]] = {}
        self._being_saved: NoteEditor | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        page.margin.slot.filling.connect(self._make_room)

    # Beginning

    def begin(
        self,
        kind: AnnotationKind,
        *,
        span: tuple[int, int] | None,
        of_section: bool = False,
        text: str = "",
        audience: str = "",
    ) -> None:
        """Start on a note about some words, a section, or the whole draft.

        A new note that is being written already keeps its words: it moves to the words marked now.
        """
        written = ""
        if self.editor is not None and not self.target.slot:
            written = self.editor.text()
        elif not text:
            # Words that were put aside for a reply are not written over: they go on here.
            written = str(self._kept.get("", {}).get("body", ""))
        target = Target(span=span, of_section=of_section)
        editor = self._fresh_editor(target)
        if editor is None:
            return
        editor.kind.choose(kind)
        quote = self._quote(span)
        title = TITLES[kind]
        if of_section:
            title = f"{title} about section “{quote}”"
        elif not quote:
            title = f"{title} about the whole draft"
        shown = "" if of_section else quote
        editor.begin(title, quote=shown, text=text or written, audience=audience)
        self._bring_into_view(editor)

    def begin_guiding(self, number: int) -> None:
        """Start on an answer to a guiding question (from 0)."""
        reading = self._page.reading
        if reading is None or reading.request is None:
            return
        editor = self._fresh_editor(Target(guiding=number))
        if editor is None:
            return
        editor.kind.choose(AnnotationKind.SUGGESTION)
        editor.begin("Answer", quote=reading.request.guiding_questions[number])
        self._bring_into_view(editor)

    def begin_change(self, shown: NoteShown, *, text: str = "", audience: str = "") -> None:
        """Start on other words, another kind or other readers for a note that is there."""
        note, target = shown.note, Target(changing=shown.note.id)
        kept = self._kept.get(target.slot, {})
        text = text or str(kept.get("body", "")) or note.body
        audience = audience or str(kept.get("audience", "")) or note.visibility
        if note.reply_to is not None:
            self._begin_in_thread(shown, target, "Change your reply", text, audience)
            return
        editor = self._fresh_editor(target)
        if editor is None:
            return
        editor.set_changing(changing=True)
        editor.kind.choose(AnnotationKind(str(kept.get("kind", note.kind.value))))
        quote = note.passage.quote if note.passage else ""
        editor.begin("Change your note", quote=quote, text=text, audience=audience)
        self._bring_into_view(editor)

    def begin_reply(self, shown: NoteShown, *, text: str = "", audience: str = "") -> None:
        """Start on a reply, within its thread."""
        target = Target(reply_to=shown.note.id)
        kept = self._kept.get(target.slot, {})
        text = text or str(kept.get("body", ""))
        audience = audience or str(kept.get("audience", "")) or shown.note.visibility
        self._begin_in_thread(shown, target, f"Reply to {shown.author}", text, audience)

    def restore(self) -> None:
        """Go on with what was being written when the draft was last left."""
        reading = self._page.reading
        self._kept = {
            slot: kept
            for slot, kept in (reading.unfinished if reading else {}).items()
            if str(kept.get("body", "")).strip()
        }
        if "" in self._kept:
            self._go_on_with_note(self._kept[""])
        self.show_waiting()

    def go_on(self, slot: str) -> None:
        """Go on with something that was begun."""
        kept = self._kept.get(slot)
        if kept is None:
            return
        target = target_from(kept)
        if target.note is None:
            self._go_on_with_note(kept)
            return
        shown = self._page.margin.chosen.note(str(target.note))
        if shown is None:
            self._page.say("The note it belongs to has been taken back. Your words are kept.")
            # It reaches no further than what it was begun for.
            audience = str(kept.get("audience", "")) or Visibility.ONLY_ME.value
            text = str(kept["body"])
            self.begin(AnnotationKind.QUESTION, span=None, text=text, audience=audience)
            self.keep()
            self._forget(slot)
            return
        (self.begin_change if target.changing else self.begin_reply)(shown)
        self._say_restored()

    def _go_on_with_note(self, kept: Mapping[str, Any]) -> None:
        target = target_from(kept)
        kind = AnnotationKind(str(kept.get("kind", AnnotationKind.QUESTION.value)))
        text, audience = str(kept["body"]), str(kept.get("audience", ""))
        self.begin(
            kind, span=target.span, of_section=target.of_section, text=text, audience=audience
        )
        self.target = target
        self._say_restored()

    def _say_restored(self) -> None:
        if self.editor is not None:
            self.editor.set_state("These are your words from last time.")

    def _begin_in_thread(
        self, shown: NoteShown, target: Target, title: str, text: str, audience: str
    ) -> None:
        reading, margin = self._page.reading, self._page.margin
        if reading is None:
            return
        self._put_down(target)
        editor = ReplyEditor(reading, shown)
        self._page.frame.show_part(margin=True)
        if not margin.place_reply(margin.key_of(str(shown.note.id)), editor):
            editor.deleteLater()
            return
        self._take_up(editor, target)
        editor.begin(title, text=text, audience=audience)
        self._timer.stop()
        margin.show_editor(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fresh_editor(self, target: Target) -> ReadingEditor | None:
        reading = self._page.reading
        if reading is None:
            return None
        self._put_down(target)
        editor = ReadingEditor(reading)
        self._page.margin.slot.show_only(editor)
        self._take_up(editor, target)
        return editor

    def _put_down(self, target: Target) -> None:
        """Keep what is being written, unless it goes on elsewhere, and take its editor away."""
        if self.editor is not None and self.target.slot != target.slot:
            self.keep()
        self._timer.stop()
        self._clear_editor()

    def _take_up(self, editor: NoteEditor, target: Target) -> None:
        reading = self._page.reading
        self._version = reading.version.id if reading else None
        self.target, self.editor = target, editor
        editor.destroyed.connect(partial(self._let_go_of, editor))
        editor.saved.connect(self._save)
        editor.cancelled.connect(self._give_up)
        editor.text_changed.connect(self._on_typed)
        self._page.ask_button.hide()
        self.show_waiting()

    def _let_go_of(self, editor: NoteEditor) -> None:
        """Qt has taken an editor away, whoever asked for it: nobody may touch it again."""
        if self.editor is editor:
            self.editor = None

    def _on_typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _bring_into_view(self, editor: NoteEditor) -> None:
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
        if self.editor is None or self._version is None or self._being_saved is self.editor:
            return
        kept = self._as_kept()
        self._store(self.target.slot, kept, then=partial(self._say_kept, kept))

    def _store(
        self, slot: str, kept: Mapping[str, Any], *, then: Callable[[], None] | None = None
    ) -> None:
        version = self._version
        if version is None:
            return
        if kept:
            self._kept[slot] = kept
        else:
            self._kept.pop(slot, None)
        annotations = self._page.services.annotations
        self._page.tasks.run(
            lambda: annotations.keep_unfinished(version, slot, **kept),
            owner=self,
            on_done=lambda _: then() if then else None,
        )

    def _as_kept(self) -> dict[str, Any]:
        editor = self.editor
        if editor is None or not editor.text():
            return {}
        kept = {"body": editor.text(), "audience": editor.audience(), **self.target.to_plain()}
        if isinstance(editor, ReadingEditor):
            kept["kind"] = editor.kind.value().value
        return kept

    def _say_kept(self, kept: Mapping[str, Any]) -> None:
        if self.editor is not None and kept:
            self.editor.set_state("Kept on this laptop, not yet saved.")

    def _forget(self, slot: str) -> None:
        self._store(slot, {})

    def show_waiting(self) -> None:
        """Offer to go on with whatever was begun and is not being written now."""
        open_now = self.target.slot if self.editor is not None else None
        waiting = {slot: str(kept["body"]) for slot, kept in self._kept.items() if slot != open_now}
        self._page.margin.show_waiting(waiting, go_on=self.go_on)

    # Ending

    def _save(self, text: str, audience: str) -> None:
        editor, version = self.editor, self._version
        if editor is None or version is None:
            return
        self._timer.stop()
        editor.setEnabled(False)
        self._being_saved = editor
        target, annotations = self.target, self._page.services.annotations
        act, do = saving(annotations, version, editor, target, text, Visibility(audience))

        def work() -> Outcome[Any]:
            made = do()
            annotations.keep_unfinished(version, target.slot)
            return made

        self._page.undoing.run(
            act,
            work,
            note=target.changing,
            then=partial(self._on_saved, editor, target),
            on_problem=self._on_refused,
        )

    def _on_saved(self, editor: NoteEditor, target: Target, _: NoteStep) -> None:
        page, self._being_saved = self._page, None
        self._kept.pop(target.slot, None)
        if self.editor is not editor:
            page.say("Saved")  # another note has been begun meanwhile: it stays open
            return
        self.close()
        if target.note is not None:
            page.margin.reveal(str(target.note))
        else:
            page.frame.show_part(margin=False)
            page.reader.clear_selection()
            page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        page.say("Reply saved" if target.reply_to else "Saved")

    def _on_refused(self, problem: PPIError) -> None:
        self._being_saved = None
        if self.editor is not None:
            self.editor.setEnabled(True)
            self.editor.set_state(problem.in_full())
            messages.announce(self.editor, problem.in_full(), at_once=True)

    def _give_up(self) -> None:
        kept, target = self._as_kept(), self.target
        self.close()
        self._forget(target.slot)
        self.show_waiting()
        if target.note is not None:
            self._page.margin.reveal(str(target.note))
        else:
            self._page.frame.show_part(margin=False)
            self._page.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        if not kept or target.changing:
            return

        def bring_back() -> None:
            self._kept[target.slot] = kept
            self.go_on(target.slot)

        aside, action = "The note was put aside.", "Bring it back"
        messages.tell(self, aside, tone="quiet", action=action, on_action=bring_back)

    def put_away(self) -> None:
        """Keep what is being written, and take the editor away."""
        self.keep()
        self.close()

    def _make_room(self) -> None:
        """Something else comes in the place of what is being written, whoever puts it there."""
        if self.editor is not None:
            self.put_away()

    def close(self) -> None:
        """Take the editor away; what was kept stays kept."""
        self._timer.stop()
        self._clear_editor()
        self._page.ask_button.setVisible(self._page.is_open)
        self.show_waiting()

    def _clear_editor(self) -> None:
        was, self.editor = self.editor, None
        if isinstance(was, ReplyEditor):
            self._page.margin.close_reply()
        self._page.margin.slot.clear()

    def forget(self) -> None:
        """Let go of the editor, since another draft is opened."""
        self._timer.stop()
        self._clear_editor()
        self._version, self._kept = None, {}
