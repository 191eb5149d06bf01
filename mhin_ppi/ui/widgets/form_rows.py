"""Rows of a form: what is asked, the field, what helps, and what is amiss, in words."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.messages import announce
from mhin_ppi.ui.theme import dress, set_role, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import icon_button
from mhin_ppi.ui.widgets.labels import WrapLabel

SHORT_EM, LONG_EM = 13, 32


class FormRow(QWidget):
    """One field with its words above it, help under it, and what is amiss beside it.

    Args:
        words: What is asked.
        field: The control, or a widget whose focus proxy is the control.
        help_text: A sentence that helps, or "".
        wide: Whether the field may take the whole width, as for long texts.
        parent: Qt's owner.
    """

    def __init__(
        self,
        words: str,
        field: QWidget,
        *,
        help_text: str = "",
        wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._help, self._wide = help_text, wide
        label = QLabel(words.replace("&", "&&"))
        label.setWordWrap(True)
        set_role(label, "strong")
        control = field.focusProxy() or field
        label.setBuddy(control)
        control.setAccessibleName(words)
        control.setAccessibleDescription(help_text)
        self._problem = WrapLabel(role="attention")
        self._problem.hide()
        self._column = QVBoxLayout(self)
        self._column.addWidget(label)
        if help_text:
            self._column.addWidget(WrapLabel(help_text, role="muted"))
        self._column.addWidget(field)
        self._column.addWidget(self._problem)
        if isinstance(control, QAbstractSpinBox | QComboBox):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)
        self._space()
        theme_changes().changed.connect(self._space)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Turning the wheel to scroll a form must not change a number that passes by.
        passing = event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget)
        if passing and not cast(QWidget, watched).hasFocus():
            event.ignore()
            return True
        return False

    def problem(self) -> str:
        """Return what is amiss, or ""."""
        return self._problem.text()

    def set_problem(self, words: str) -> None:
        """Say what is amiss and how to mend it, aloud too; "" takes it away."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        control = self.field.focusProxy() or self.field
        control.setAccessibleDescription(" ".join(part for part in (words, self._help) if part))
        control.setProperty("problem", "true" if words else "")
        control.style().unpolish(control)
        control.style().polish(control)
        if words:
            announce(control, words, at_once=True)

    def _space(self) -> None:
        made = theme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(made.space(1))
        short = isinstance(self.field, QAbstractSpinBox)
        if not self._wide:
            self.field.setMaximumWidth(made.px(SHORT_EM if short else LONG_EM))
        line = self.field.findChild(QLineEdit)
        if isinstance(self.field, QSpinBox | QDoubleSpinBox | QTimeEdit) and line is not None:
            # Qt leaves out the style sheet's padding in fields with arrows.
            line.setTextMargins(made.px(0.45), 0, 0, 0)


class PasswordField(QWidget):
    """A field for a password, which can be shown, typed or pasted.

    Signals:
        text_changed: What it holds now.
        return_pressed: The person has pressed Enter in it.
    """

    text_changed = Signal(str)
    return_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._line.setAccessibleName(self.tr("Password"))
        self._line.textChanged.connect(self.text_changed)
        self._line.returnPressed.connect(self.return_pressed)
        self._show = icon_button(self.tr("Show the password"), icon="eye", checkable=True)
        self._show.toggled.connect(self._on_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(self._show)
        self.setFocusProxy(self._line)

    def text(self) -> str:
        """Return what it holds."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Put a password in."""
        self._line.setText(text)

    def clear(self) -> None:
        """Empty it, and hide what is typed next."""
        self._line.clear()
        self._show.setChecked(False)

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        modes = QLineEdit.EchoMode
        self._line.setEchoMode(modes.Normal if shown else modes.Password)
        words = self.tr("Hide the password") if shown else self.tr("Show the password")
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)
        dress(self._show, "eye-off" if shown else "eye", checked_role="accent")
