"""What saving a note does, by what is being written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...domain.annotations import Visibility, guiding_tag
from ...domain.drafts import VersionId
from ...services.annotations import Annotations
from ...services.note_history import NoteAct
from ...services.outcome import Outcome
from ..widgets.note_editor import NoteEditor
from .reading_editor import ReadingEditor
from .writing_target import Target


def saving(  # noqa: PLR0913 - what is written, where, and for whom
    annotations: Annotations,
    version: VersionId,
    editor: NoteEditor,
    target: Target,
    text: str,
    visibility: Visibility,
) -> tuple[NoteAct, Callable[[], Outcome[Any]]]:
    """Return what saving is, and what does it, with everything taken from the fields now.

    Args:
        annotations: The notes.
        version: Which text.
        editor: Holds the other fields.
        target: Where the words belong.
        text: The words.
        visibility: Who may see them.
    """
    if target.changing is not None:
        change = partial(annotations.change, target.changing, body=text, visibility=visibility)
        if isinstance(editor, ReadingEditor):
            change = partial(change, kind=editor.kind.value())
        return NoteAct.CHANGE, change
    if target.reply_to is not None:
        reply = partial(annotations.reply, target.reply_to, body=text, visibility=visibility)
        return NoteAct.REPLY, reply
    write = partial(
        annotations.annotate,
        version,
        body=text,
        span=target.span,
        visibility=visibility,
        tags=() if target.guiding is None else (guiding_tag(target.guiding + 1),),
        of_section=target.of_section,
    )
    if not isinstance(editor, ReadingEditor):
        raise TypeError("a new note is written in its own editor")
    kind, site, person = editor.kind.value(), editor.site.value(), editor.person.value()
    return NoteAct.WRITE, partial(write, kind=kind, site=site, on_behalf_of=person)
