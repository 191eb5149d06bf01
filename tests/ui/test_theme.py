import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from mhin_ppi.resource_files import resource, resources_folder
from mhin_ppi.ui import fonts, icons, tokens
from mhin_ppi.ui.preferences import Look, Preferences, Surface, Typeface
from mhin_ppi.ui.style_sheet import style_sheet
from mhin_ppi.ui.theme import apply_theme, build_theme, dress, system_look, theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, icon_button

LOOKS = (Look.LIGHT, Look.DARK, Look.CONTRAST)
pytestmark = pytest.mark.usefixtures("look")


def test_contrast_is_that_of_wcag():
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("pair", tokens.TEXT_PAIRS, ids=" on ".join)
def test_text_can_be_read_on_every_surface(look, pair):
    colours = tokens.BY_LOOK[look]
    assert tokens.contrast(*(getattr(colours, role) for role in pair)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("pair", tokens.SHAPE_PAIRS, ids=" on ".join)
def test_edges_and_focus_can_be_seen(look, pair):
    colours = tokens.BY_LOOK[look]
    assert tokens.contrast(*(getattr(colours, role) for role in pair)) >= 3


@pytest.mark.parametrize("look", LOOKS)
def test_the_style_sheet_is_filled_in_and_uses_only_the_roles(look):
    made = build_theme(Preferences(look=look))
    sheet = style_sheet(made, pictures=resource("icons", "tinted"))
    known = {getattr(made.colours, role) for role in tokens.Colours.__dataclass_fields__}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", sheet)) <= known
    assert "@" not in sheet
    assert not re.search(r"\d(em|letter)", sheet)
    for address in re.findall(r'url\("([^"]+)"\)', sheet):
        ET.parse(address)  # noqa: S314 - our own files


@pytest.mark.parametrize("look", LOOKS)
def test_tinted_icons_have_the_colours_of_their_look(look):
    colours = tokens.BY_LOOK[look]
    for name, role in (("check", "on_accent"), ("chevron-down", "text"), ("dot", "accent")):
        drawn = resource("icons", "tinted", f"{name}-{look}.svg").read_text()
        assert getattr(colours, role) in drawn
        assert "currentColor" not in drawn


def test_all_sizes_grow_with_the_text(qapp):
    small = build_theme(Preferences(text_size=100))
    large = build_theme(Preferences(text_size=300))
    assert large.em == pytest.approx(3 * small.em, rel=0.03)
    assert large.px(2) == pytest.approx(3 * small.px(2), rel=0.05)
    assert large.is_narrow(1366)
    assert not small.is_narrow(1366)
    assert small.target >= 24


def test_the_look_follows_a_change_at_once(qapp):
    line = QPushButton("Words")
    dress(line, "lock")
    line.show()
    before = (line.font().pointSizeF(), line.iconSize())
    heard = []
    theme_changes().changed.connect(heard.append)
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=200))
    assert heard == [theme()]
    theme_changes().changed.disconnect(heard.append)
    assert line.font().pointSizeF() == pytest.approx(2 * before[0])
    assert line.iconSize().width() == pytest.approx(2 * before[1].width(), abs=2)
    assert qapp.palette().window().color() == QColor(tokens.DARK.window)


def test_the_look_that_is_worn_already_is_not_put_on_again(qapp):
    dark = Preferences(look=Look.DARK)
    apply_theme(qapp, dark)
    heard = []
    theme_changes().changed.connect(heard.append)
    for chosen in (dark, replace(dark, text_size=120), dark, dark):
        assert apply_theme(qapp, chosen) == theme() == build_theme(chosen)
    theme_changes().changed.disconnect(heard.append)
    assert [one.preferences.text_size for one in heard] == [120, 100]
    assert qapp.font() == theme().font()


def test_cream_is_a_surface_of_the_light_look_only(qapp):
    assert (
        build_theme(Preferences(look=Look.LIGHT, surface=Surface.CREAM)).reading_surface
        == "#FBF3E0"
    )
    dark = build_theme(Preferences(look=Look.DARK, surface=Surface.CREAM))
    assert dark.reading_surface == dark.colours.reading


@pytest.mark.parametrize("look", LOOKS)
def test_the_system_look_is_one_of_the_three(qapp, look):
    assert build_theme(Preferences(look=Look.SYSTEM)).look in LOOKS


@pytest.mark.parametrize("chosen", [Look.SYSTEM, Look.LIGHT])
def test_the_systems_dark_setting_is_followed_unless_a_look_was_chosen(qapp, chosen):
    hints = qapp.styleHints()
    apply_theme(qapp, Preferences(look=chosen))
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        qapp.processEvents()
        followed = hints.colorScheme() == Qt.ColorScheme.Dark and chosen is Look.SYSTEM
        assert theme().look is (Look.DARK if followed else Look.LIGHT)
        assert build_theme(Preferences()).look is system_look()
    finally:
        hints.unsetColorScheme()
        qapp.processEvents()


def test_targets_are_large_enough(qapp):
    main = button("Save", icon="save", kind="primary")
    others = [
        button("Other"),
        button("Quiet", kind="quiet"),
        icon_button("Close", icon="x"),
        QCheckBox("Tick"),
        QRadioButton("Choose"),
        QLineEdit(),
        QComboBox(),
        QSpinBox(),
    ]
    for control in (main, *others):
        control.show()
        assert control.height() >= 24, control
    assert main.height() == pytest.approx(44, abs=2)


FOCUSABLE = (
    lambda: button("Secondary"),
    lambda: button("Primary", kind="primary"),
    lambda: button("Quiet", kind="quiet"),
    lambda: icon_button("Close", icon="x"),
    lambda: QCheckBox("Tick"),
    lambda: QRadioButton("Choose"),
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QSpinBox,
    QDateEdit,
    QTextBrowser,
    QTabBar,
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("make", FOCUSABLE)
def test_the_focus_ring_is_drawn_and_moves_nothing(qtbot, qapp, make, look):
    made = apply_theme(qapp, Preferences(look=look))
    window, control, elsewhere = QWidget(), make(), QLineEdit()
    if isinstance(control, QTabBar):
        control.addTab("One")
        control.addTab("Two")
    column = QVBoxLayout(window)
    column.addWidget(elsewhere)
    column.addWidget(control)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    qtbot.waitUntil(elsewhere.hasFocus, timeout=60_000)
    size = control.sizeHint()
    ring = made.colour("focus")
    assert _count(control, ring) == 0
    control.setFocus()
    qtbot.waitUntil(control.hasFocus, timeout=60_000)
    assert _count(control, ring) >= 2 * min(20, control.height())
    assert control.sizeHint() == size or isinstance(control, QTabBar)


def _count(control: QWidget, colour: QColor) -> int:
    picture = control.grab().toImage()
    across, down = range(picture.width()), range(picture.height())
    return sum(picture.pixelColor(QPoint(x, y)) == colour for x in across for y in down)


@pytest.mark.parametrize("typeface", [Typeface.ATKINSON, Typeface.DYSLEXIA])
def test_the_typefaces_are_found_with_the_signs_protocols_use(qapp, typeface):
    for bold in (False, True):
        font = fonts.font(typeface, 12, bold=bold)
        assert QFontInfo(font).family() == fonts.FAMILIES[typeface]
        metrics = QFontMetricsF(font)
        lacking = [
            sign for sign in "≥≤≠≈µμ→←£–“”‘’•…✓×−²½€éŁ°±" if not metrics.inFontUcs4(ord(sign))
        ]
        assert lacking == []


def test_figures_can_stand_in_columns(qapp):
    metrics = QFontMetricsF(theme().figures())
    assert metrics.horizontalAdvance("11.11") == pytest.approx(metrics.horizontalAdvance("48.09"))


def test_every_licence_lies_beside_what_it_covers():
    assert "Open Font License" in resource("fonts", "AtkinsonHyperlegibleNext-OFL.txt").read_text()
    assert "Reserved Font Name" in resource("fonts", "OpenDyslexic-OFL.txt").read_text()
    assert "ISC" in resource("icons", "LUCIDE-LICENSE.txt").read_text()


def test_every_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication):
    for path in resources_folder().joinpath("icons").glob("*.svg"):
        picture = icons.pixmap(path.stem, colour="#123456", size=24)
        assert picture.size().width() == 48
        assert _has(picture.toImage(), QColor("#123456")), path.stem


def _has(picture, colour):
    return any(
        picture.pixelColor(x, y) == colour
        for x in range(picture.width())
        for y in range(picture.height())
    )


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match="nothing.svg"):
        resource("icons", "nothing.svg")
