"""The look in use: colours, sizes, fonts and icons, applied to the whole program at once.

``apply_theme`` may be called again at any time; every open widget follows. Widgets ask ``theme()``
for what they draw themselves, and connect to ``theme_changes().changed`` when they keep anything
that depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from mhin_ppi.resource_files import resource
from mhin_ppi.ui import fonts, icons, tokens
from mhin_ppi.ui.preferences import Look, Preferences, Surface
from mhin_ppi.ui.style_sheet import style_sheet
from mhin_ppi.ui.tokens import Colours

_ROOM = "mhin_ppi_theme"


@dataclass(frozen=True)
class Theme:
    """Everything that decides how things are drawn just now.

    Args:
        look: LIGHT, DARK or CONTRAST (never SYSTEM: that has been decided by now).
        colours: The colour roles of that look.
        preferences: What the person chose.
        em: Line height of the ordinary text, in pixels; every size is a multiple of it.
        letter: Size of its letters, in pixels.
    """

    look: Look
    colours: Colours
    preferences: Preferences
    em: float
    letter: float

    def px(self, ems: float) -> int:
        """Return a length given in em, in whole pixels."""
        return round(ems * self.em)

    def space(self, step: int) -> int:
        """Return one of the four spaces, 1 (smallest) to 4, in pixels."""
        return self.px(tokens.SPACE_EM[step - 1])

    @property
    def target(self) -> int:
        """Least height of anything that can be pressed, in pixels."""
        return max(24, self.px(tokens.CONTROL_EM))

    @property
    def border(self) -> int:
        """Width of an ordinary border, in pixels."""
        return 2 if self.look is Look.CONTRAST else 1

    @property
    def ring(self) -> int:
        """Width of the focus ring, in pixels."""
        return 3 if self.look is Look.CONTRAST or self.em > 30 else 2

    @property
    def reading_surface(self) -> str:
        """Colour that drafts are laid on."""
        cream = self.preferences.surface is Surface.CREAM
        return self.colours.cream if cream else self.colours.reading

    def colour(self, role: str) -> QColor:
        """Return a colour role (a field of ``Colours``) as a Qt colour."""
        return QColor(getattr(self.colours, role))

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the person's typeface, ``scale`` times the ordinary size."""
        points = tokens.BASE_POINTS * self.preferences.text_size / 100 * scale
        return fonts.font(self.preferences.typeface, points, bold=bold)

    def figures(self) -> QFont:
        """Return the ordinary font with figures of one width, for money and times."""
        return fonts.with_even_figures(self.font())

    def reading_font(self) -> QFont:
        """Return the font of a draft's ordinary text."""
        size = self.preferences.text_size / 100 * self.preferences.reading_size / 100
        made = fonts.font(self.preferences.typeface, tokens.READING_POINTS * size)
        if self.preferences.letter_spacing:
            spacing = 100 + self.preferences.letter_spacing
            made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
        return made

    def icon(self, name: str, role: str = "text", *, checked_role: str | None = None) -> QIcon:
        """Return an icon in a colour role, and in another while its button is checked."""
        return icons.icon(
            name,
            colour=getattr(self.colours, role),
            size=self.px(tokens.ICON_EM),
            checked=getattr(self.colours, checked_role) if checked_role else None,
            disabled=self.colours.muted,
        )

    def picture(self, name: str, role: str = "text", *, ems: float = tokens.ICON_EM) -> QPixmap:
        """Return an icon as a picture of a size in em, for labels."""
        return icons.pixmap(name, colour=getattr(self.colours, role), size=self.px(ems))

    def is_narrow(self, width: int) -> bool:
        """Return whether a window of this width (pixels) has room for one column only."""
        return width < self.px(tokens.NARROW_BELOW_EM)


class ThemeChanges(QObject):
    """Keeps the theme in use and tells when it has changed.

    Signals:
        changing: The look is about to change; for those who must let go of something first.
        changed: The new theme, after palette, font and style sheet have been applied.
    """

    changing = Signal()
    changed = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_ROOM)
        self.theme = build_theme(Preferences())
        self.worn: tuple[QFont, QPalette, str] | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def _follow_system(self) -> None:
        preferences = self.theme.preferences
        if preferences.look is Look.SYSTEM and system_look() is not self.theme.look:
            apply_theme(cast(QApplication, self.parent()), preferences)


def system_look() -> Look:
    """Return the look that the computer's own settings ask for."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Look.CONTRAST
    return Look.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Look.LIGHT


def build_theme(preferences: Preferences) -> Theme:
    """Return the theme for a person's choices on this screen, without applying it."""
    look = system_look() if preferences.look is Look.SYSTEM else preferences.look
    points = tokens.BASE_POINTS * preferences.text_size / 100
    ordinary = fonts.font(preferences.typeface, points)
    em = QFontMetricsF(ordinary).height()
    letter = float(QFontInfo(ordinary).pixelSize())
    return Theme(look, tokens.BY_LOOK[look.value], preferences, em, letter)


_known: ThemeChanges | None = None


def theme_changes() -> ThemeChanges:
    """Return the object that keeps the theme; there is one for each QApplication."""
    global _known
    # Asked thousands of times while a page is laid out, so it is not looked for each time.
    if _known is None or not isValid(_known):
        _known = _find_changes()
    return _known


def _find_changes() -> ThemeChanges:
    app = cast(QApplication, QApplication.instance())
    found = app.findChild(ThemeChanges, _ROOM, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, ThemeChanges) else ThemeChanges(app)


def theme() -> Theme:
    """Return the theme in use (the ordinary one until ``apply_theme`` has been called)."""
    return theme_changes().theme


def apply_theme(app: QApplication, preferences: Preferences) -> Theme:
    """Give the whole program a look; may be called again at any time.

    The look that it has already costs nothing, and nobody hears of it.

    Args:
        app: The running application.
        preferences: What the person chose.
    """
    changes = theme_changes()
    made = build_theme(preferences)
    if changes.worn and made == changes.theme:
        return made
    changes.changing.emit()
    changes.theme = made
    if changes.worn is None:
        # Once only: under a style sheet Qt no longer tells which style it stands on.
        app.setStyle("Fusion")
    _wear(app, changes, made)
    changes.changed.emit(made)
    return made


def _wear(app: QApplication, changes: ThemeChanges, made: Theme) -> None:
    """Put font, colours and style sheet on, unless they are the same: Qt restyles every widget."""
    sheet = style_sheet(made, pictures=resource("icons", "tinted"))
    wanted = (made.font(), palette(made), sheet)
    if wanted != changes.worn:
        changes.worn = wanted
        app.setFont(wanted[0])
        app.setPalette(wanted[1])
        app.setStyleSheet(sheet)


def palette(made: Theme) -> QPalette:
    """Return the colours that Qt's own drawing uses."""
    role = QPalette.ColorRole
    table = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "panel",
        role.AlternateBase: "window",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "panel",
        role.ButtonText: "text",
        role.BrightText: "text",
        role.ToolTipBase: "panel",
        role.ToolTipText: "text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Mid: "edge",
        role.Dark: "edge",
        role.Light: "panel",
    }
    drawn = QPalette()
    for each, name in table.items():
        drawn.setColor(each, made.colour(name))
    for each in (role.Text, role.WindowText, role.ButtonText):
        drawn.setColor(QPalette.ColorGroup.Disabled, each, made.colour("muted"))
    return drawn


class _Dresser(QObject):
    """Keeps one button's icon in the colours and size of the theme."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._name, self._role = "", "text"
        self._checked: str | None = None
        theme_changes().changed.connect(self.refresh)

    def wear(self, name: str, role: str, checked: str | None) -> None:
        self._name, self._role, self._checked = name, role, checked
        self.refresh()

    def refresh(self) -> None:
        made = theme()
        size = made.px(tokens.ICON_EM)
        self._button.setIcon(made.icon(self._name, self._role, checked_role=self._checked))
        self._button.setIconSize(QSize(size, size))


def dress(
    button: QAbstractButton, name: str, role: str = "text", *, checked_role: str | None = None
) -> None:
    """Give a button an icon that follows the theme; a second call replaces the first."""
    old = button.findChild(_Dresser, options=Qt.FindChildOption.FindDirectChildrenOnly)
    dresser = old if isinstance(old, _Dresser) else _Dresser(button)
    dresser.wear(name, role, checked_role)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the style sheet's roles ("title", "muted", "primary" …), live."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
