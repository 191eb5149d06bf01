"""Asks a child process to do something with a foreign file other than reading it as a draft.

The child may have been taken over by the file, so its answer is as untrusted as the file was:
callers check what they take from it, and turn what does not fit into :data:`MISSHAPEN`'s refusal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.launch import start_child
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.documents.watching import Progress, StopWanted, Watch

MISSHAPEN = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What reading an answer that is not of the agreed shape raises."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child gave back.

    Args:
        untrusted: Plain JSON values.
        untrusted_file: A file, or b"".
    """

    untrusted: Any
    untrusted_file: bytes = b""


def ask_child(
    job: str,
    untrusted: bytes,
    *,
    file_name: str,
    arguments: Mapping[str, object],
    progress: Progress | None = None,
    stop_wanted: StopWanted | None = None,
) -> Answer:
    """Return what came of a job.

    Args:
        job: Its name, as ``child.py`` knows it.
        untrusted: The whole file.
        file_name: For the sentences a person may see.
        arguments: Plain JSON values.
        progress: Called with what is done and the total.
        stop_wanted: Asked often; when it says yes, the job is given up.

    Raises:
        UnreadableError: The file is damaged or locked, or the child crashed over it.
        UnsupportedError: It is beyond a limit, or must not be changed.
        Stopped: ``stop_wanted`` said yes.
    """
    name = Path(file_name).name
    if len(untrusted) > limits.FILE_BYTES:
        raise as_error(Why.TOO_LARGE, file_name=name)
    try:
        with start_child() as child:
            try:
                watch = Watch(child, limits.SILENT_SECONDS, stop_wanted)
                watch.ask(frames.Request(untrusted, name, job, arguments))
                return _answer(watch, progress)
            finally:
                child.kill()  # does nothing to one that has ended
    except Refusal as refusal:
        raise as_error(refusal.why, file_name=name) from refusal


def _answer(watch: Watch, progress: Progress | None) -> Answer:
    file = b""
    for letter, body in watch.answers(progress):
        if letter == frames.FILE:
            file = body
        elif letter == frames.ANSWER:
            try:
                return Answer(json.loads(body), file)
            except (ValueError, RecursionError) as cause:
                raise Refusal(Why.CRASHED) from cause
    raise Refusal(Why.CRASHED)  # it ended without an answer
