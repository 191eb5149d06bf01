"""Everything that tells a person something, in one manner.

Most things are said in place: the nearest page shows a notice and screen readers hear it. A dialog
is opened only for a decision, or where there is no page to speak on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, cast, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from mhin_ppi.errors import PPIError
from mhin_ppi.ui.theme import set_role

Tone = Literal["quiet", "good", "attention", "accent"]


@runtime_checkable
class NoticePlace(Protocol):
    """A part of the window that can show a notice, such as a page."""

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a notice until it is closed or replaced."""


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have screen readers say something, without moving the focus.

    Args:
        widget: What it is about.
        text: What to say.
        at_once: Whether to interrupt what is being said (for problems only).
    """
    event = QAccessibleAnnouncementEvent(widget, text)
    urgency = QAccessible.AnnouncementPoliteness
    event.setPoliteness(urgency.Assertive if at_once else urgency.Polite)
    QAccessible.updateAccessibility(event)


def tell(
    origin: QObject | None,
    text: str,
    *,
    tone: Tone = "good",
    action: str = "",
    on_action: Callable[[], None] | None = None,
) -> None:
    """Say something on the page that ``origin`` belongs to, and to screen readers.

    Args:
        origin: The widget it concerns.
        text: One or two short sentences.
        tone: How it is marked.
        action: Words of one button, such as "Undo".
        on_action: What that button does.
    """
    place = _place_of(origin)
    if place is not None:
        place.show_notice(text, tone=tone, action=action, on_action=on_action)
        announce(cast(QWidget, place), text, at_once=tone == "attention")
        return
    box = _box(_window_of(origin), text, "")
    set_role(_button(box, QCoreApplication.translate("messages", "Close"), safe=True), "primary")
    box.open()


def show_problem(origin: QObject | None, problem: PPIError) -> None:
    """Tell a person what happened, what is safe and what to do now."""
    tell(origin, problem.in_full(), tone="attention")


def show_bug(origin: QObject | None, fault: BaseException) -> None:
    """Say that the program itself made a mistake, and offer a report to copy.

    The report names the kind of fault and the places in our own code, never its text: that could
    hold someone's words.
    """
    report = _report(fault)
    said = QCoreApplication.translate(
        "messages",
        "Something in this program went wrong. Everything you saved is safe. "
        "You can carry on, or copy a report for the people who look after the program.",
    )
    tell(
        origin,
        said,
        tone="attention",
        action=QCoreApplication.translate("messages", "Copy the report"),
        on_action=lambda: QGuiApplication.clipboard().setText(report),
    )


def ask(
    parent: QWidget,
    question: str,
    *,
    yes: str,
    no: str,
    on_yes: Callable[[], None],
    on_no: Callable[[], None] | None = None,
    detail: str = "",
) -> QMessageBox:
    """Ask for a decision; the answer comes later, so nothing else has to wait.

    Args:
        parent: The page or window the decision belongs to.
        question: One short question.
        yes: Words of the button that does it ("Delete the draft"), never just "Yes".
        no: Words of the button that does not ("Keep it"); Escape and Enter choose this one.
        on_yes: What to do.
        on_no: What to do otherwise, if anything.
        detail: A sentence or two on what will follow.
    """
    box = _box(parent.window(), question, detail)
    do = _button(box, yes)
    _button(box, no, safe=True)

    def answered() -> None:
        if box.clickedButton() is do:
            on_yes()
        elif on_no:
            on_no()

    box.finished.connect(answered)
    box.open()
    return box


def _box(window: QWidget | None, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(QGuiApplication.applicationDisplayName())
    box.setText(text)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def _button(box: QMessageBox, words: str, *, safe: bool = False) -> QPushButton:
    role = QMessageBox.ButtonRole.RejectRole if safe else QMessageBox.ButtonRole.AcceptRole
    made = box.addButton(words.replace("&", "&&"), role)
    if safe:
        box.setDefaultButton(made)
        box.setEscapeButton(made)
    return made


def _place_of(origin: QObject | None) -> NoticePlace | None:
    """Return the nearest widget around ``origin`` that can show a notice."""
    at = origin
    while at is not None:
        if isinstance(at, NoticePlace):
            return at
        at = at.parent()
    window = QApplication.activeWindow()
    return window if isinstance(window, NoticePlace) else None


def _window_of(origin: QObject | None) -> QWidget | None:
    return origin.window() if isinstance(origin, QWidget) else QApplication.activeWindow()


def _report(fault: BaseException) -> str:
    lines = [f"{QGuiApplication.applicationVersion()} {type(fault).__name__}"]
    at = fault.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        lines.append(f"{code.co_qualname} line {at.tb_lineno}")
        at = at.tb_next
    return "\n".join(lines)
