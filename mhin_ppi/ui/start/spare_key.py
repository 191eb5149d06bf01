"""The spare key, shown once: to write down, copy or print."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel

from ..messages import announce
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted

CLIPBOARD_MS = 30_000
_LINES = 2
_GROUP = 4


class SpareKeyCard(Card):
    """Shows a spare key and asks whether it has been written down.

    Args:
        code: The key, in groups.

    Signals:
        kept: The person says they have it, and wants to go on.
    """

    kept = Signal()

    def __init__(self, code: str) -> None:
        super().__init__("Your spare key")
        self.code = grouped(code)
        code = self.code
        self.add(
            WrapLabel(
                "If you lose your password, this key is the only other way in. Write it on paper "
                "and keep it somewhere safe, away from this laptop. It is shown only now."
            )
        )
        self._shown = QLabel(in_lines(code))
        self._shown.setAccessibleName("Spare key: " + spoken(code))
        flags = Qt.TextInteractionFlag
        self._shown.setTextInteractionFlags(
            flags.TextSelectableByKeyboard | flags.TextSelectableByMouse
        )
        self.add(self._shown)
        self.add(
            FlowRow(
                button("Copy", icon="copy", on_press=self.copy),
                button("Print", icon="printer", on_press=self.print),
            )
        )
        self._said = muted("")
        self._said.hide()
        self.add(self._said)
        self.tick = QCheckBox("I have written it down")
        self.add(self.tick)
        self.go_on = button("Go to the board", kind="primary", on_press=self.kept.emit)
        self.go_on.setEnabled(False)
        self.tick.toggled.connect(self.go_on.setEnabled)
        self.add(FlowRow(self.go_on))
        self._dress()
        theme_changes().changed.connect(self._dress)

    def copy(self) -> None:
        """Put the key on the clipboard for half a minute."""
        QGuiApplication.clipboard().setText(self.code)
        _Forgetter(self.code)
        words = "Copied. The clipboard forgets it after 30 seconds."
        self._said.setText(words)
        self._said.show()
        announce(self, words)

    def print(self) -> None:
        """Print the key on one sheet."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("Sheet")
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(QGuiApplication.applicationDisplayName())
        dialog.accepted.connect(lambda: sheet(self.code).print_(printer))
        QDialog.open(dialog)

    def _dress(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(round(theme().letter * 1.4))
        self._shown.setFont(fixed)


def grouped(code: str) -> str:
    """Return the key in groups of four.

    >>> grouped("0123456789AB")
    '0123-4567-89AB'
    """
    plain = code.replace("-", "")
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def in_lines(code: str) -> str:
    r"""Return the key in two lines.

    >>> in_lines("0123-4567-89AB-CDEF")
    '0123-4567\n89AB-CDEF'
    """
    groups = code.split("-")
    half = -(-len(groups) // _LINES)
    return "\n".join("-".join(groups[at : at + half]) for at in range(0, len(groups), half))


def spoken(code: str) -> str:
    """Return the key so that a screen reader spells it.

    >>> spoken("01-AB")
    '0 1, A B'
    """
    return ", ".join(" ".join(group) for group in code.split("-"))


def sheet(code: str) -> QTextDocument:
    """Return the sheet that is printed: the key, and nothing that says what it opens."""
    made = QTextDocument()
    made.setPlainText(f"Spare key\n\n{in_lines(code)}\n\nKeep this somewhere safe.")
    made.setDefaultFont(theme().font(1.6))
    return made


class _Forgetter(QObject):
    """Empties the clipboard after half a minute, if it still holds what was put there."""

    def __init__(self, secret: str) -> None:
        app = QApplication.instance()
        super().__init__(app)
        self._secret = secret
        timer = QTimer(self, singleShot=True, interval=CLIPBOARD_MS)
        timer.timeout.connect(self.forget)
        timer.start()
        if app is not None:
            app.aboutToQuit.connect(self.forget)

    def forget(self) -> None:
        """Empty the clipboard now, if it still holds the secret."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._secret:
            clipboard.clear()
        self._secret = ""
        self.deleteLater()
