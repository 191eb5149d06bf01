"""The page view: where pages lie, which pictures are kept, marks, keys and clicks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.page_pictures import A4, PageBox, PagePicture, PageSize, upright
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.tokens import LIGHT
from mhin_ppi.ui.widgets.page_layout import MOST_PAGES, MOST_PIXELS, PageColumn, PictureCache
from mhin_ppi.ui.widgets.page_marks import PageMark
from mhin_ppi.ui.widgets.page_view import PageView

pytestmark = pytest.mark.usefixtures("look")
PAGES = 50
UPRIGHT = upright(A4)


class Drawer:
    """Answers each wish for a page with a white picture, as the process beside the window does."""

    def __init__(self, view: PageView, *, broken: frozenset[int] = frozenset()) -> None:
        self.asked: list[tuple[int, int]] = []
        self._view, self._broken = view, broken
        view.picture_wanted.connect(self._draw, Qt.ConnectionType.QueuedConnection)

    def _draw(self, page: int, width: int) -> None:
        self.asked.append((page, width))
        if page in self._broken:
            self._view.cannot_show(page)
            return
        height = round(width * A4.height / A4.width)
        self._view.give(page, PagePicture(width, height, b"\xff" * (width * height * 4), UPRIGHT))


def settle() -> None:
    for _ in range(12):
        QApplication.processEvents()


@pytest.fixture
def view(qtbot):
    made = PageView()
    made.resize(500, 600)
    made.show()
    made.show_pages([A4] * PAGES)
    return made


sizes = st.lists(
    st.builds(PageSize, st.floats(1, 2000), st.floats(1, 2000)), min_size=1, max_size=9
)


@given(sizes, st.floats(0.1, 4), st.data())
def test_a_point_of_a_page_is_found_on_that_page(sizes, scale, data):
    column = PageColumn(sizes, scale=scale, gap=9, room=400)
    page = data.draw(st.integers(0, len(sizes) - 1))
    part = st.floats(0.01, 0.99)
    x, y = data.draw(part) * sizes[page].width, data.draw(part) * sizes[page].height
    rect = column.box(PageBox(page, x, y, x, y))
    found = column.point_on_page(rect.topLeft())
    assert found is not None
    assert found[0] == page
    assert found[1:] == pytest.approx((x, y), abs=1e-3)
    assert page in column.between(rect.top(), rect.top() + 1)
    assert column.rect(page).bottom() < column.height
    assert column.rect(page).right() <= column.width


def test_few_pictures_are_kept_and_those_in_view_always():
    cache, big = PictureCache(), QImage(4000, 6000, QImage.Format.Format_RGB32)
    for page in range(20):
        cache.put(page, QImage(10, 10, QImage.Format.Format_RGB32), asked=10, in_view=range(0))
    assert len(cache) == MOST_PAGES
    assert cache.picture(0) is None
    assert cache.fits(19, asked=10)
    assert not cache.fits(19, asked=11)
    cache.put(19, big, asked=4000, in_view=range(18, 20))
    cache.put(18, big, asked=4000, in_view=range(18, 20))
    assert 2 * 4000 * 6000 > MOST_PIXELS
    assert cache.fits(19, asked=4000)
    assert cache.fits(18, asked=4000)
    assert len(cache) == 2


def test_only_what_is_looked_at_is_asked_for_one_page_at_a_time(view):
    drawer = Drawer(view)
    view.show_pages([A4] * PAGES)
    settle()
    assert [page for page, _ in drawer.asked] == [0, 1]
    view.show_page(30)
    settle()
    assert {page for page, _ in drawer.asked[2:]} == {29, 30, 31}
    for page in range(0, PAGES, 3):
        view.show_page(page)
        settle()
    assert view.kept_pictures <= MOST_PAGES


def test_a_page_keeps_its_place_before_its_picture_has_come(view):
    before = view.verticalScrollBar().maximum()
    drawer = Drawer(view)
    view.show_pages([A4] * PAGES)
    assert drawer.asked == []
    settle()
    assert view.verticalScrollBar().maximum() == before
    assert view.kept_pictures == 2


def test_a_page_that_cannot_be_drawn_says_so_once_and_the_others_come(view):
    drawer = Drawer(view, broken=frozenset({0}))
    view.show_pages([A4] * PAGES)
    settle()
    view.viewport().update()
    settle()
    assert [page for page, _ in drawer.asked] == [0, 1]
    assert view.kept_pictures == 1


def test_an_answer_for_another_file_is_left_alone(view):
    view.show_pages([A4])
    view.show_pages([])
    view.give(0, PagePicture(1, 1, bytes(4), UPRIGHT))
    assert view.kept_pictures == 0


def test_pages_fill_the_width_and_grow_with_the_text_size_keeping_the_place(view, qapp):
    rect = view._column.rect(0)
    assert rect.width() == pytest.approx(view.viewport().width() - 2 * theme().px(0.6), abs=1)
    view.show_page(20)
    apply_theme(qapp, replace(theme().preferences, text_size=200))
    assert view._column.rect(0).width() > 1.6 * rect.width()
    assert view.page == 20
    view.resize(900, 400)
    assert view.page == 20


def test_it_is_moved_through_by_keys_and_says_where_it_is(view, qtbot):
    view.setFocus()
    assert view.accessibleName() == f"Page 1 of {PAGES}"
    assert "same words as text" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page > 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.accessibleName() == f"Page {PAGES} of {PAGES}"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0
    wide = view._column.rect(0).width()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._column.rect(0).width() > wide
    qtbot.keyClick(view, Qt.Key.Key_0)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view._column.rect(0).width() < wide
    with qtbot.waitSignal(view.place_chosen) as heard:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert heard.args[0] == view.page


def test_a_click_tells_the_place_and_a_mark_its_id(view, qtbot):
    words = PageBox(1, 100, 90, 300, 104)
    view.set_marks([PageMark((PageBox(0, 100, 700, 300, 714), words), "question", "note-1")])
    view.show_box(words)
    seen = view._column.box(words).center() - view._seen().topLeft()
    with qtbot.waitSignal(view.mark_activated) as heard:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=seen.toPoint())
    assert heard.args == ["note-1"]
    beside = (
        QPointF(view._column.box(PageBox(1, 50, 300, 50, 300)).topLeft()) - view._seen().topLeft()
    )
    with qtbot.waitSignal(view.place_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside.toPoint())
    assert chosen.args[0] == 1
    assert chosen.args[1:] == pytest.approx([50, 300], abs=2)
    with qtbot.assertNotEmitted(view.place_chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 300))


def test_a_mark_colours_the_page_and_leaves_its_letters_black(view):
    width, height = 400, round(400 * A4.height / A4.width)
    ink = QImage(width, height, QImage.Format.Format_RGB32)
    ink.fill(Qt.GlobalColor.white)
    for x in range(100, 110):
        for y in range(60, 75):
            ink.setPixelColor(x, y, QColor("black"))
    view.show_pages([A4])
    view.give(0, PagePicture(width, height, bytes(ink.constBits()), UPRIGHT))
    box = PageBox(0, 60, 60, 400, 150)
    for kind in ("question", "unclear", "here"):
        view.set_marks([PageMark((box,), kind, "a")])
        rect = view._column.box(box)
        shown = view.viewport().grab().toImage()
        ground = QColor(LIGHT.soft if kind == "here" else LIGHT.highlight)
        assert shown.pixelColor(round(rect.right()) - 8, round(rect.center().y())) == ground
        black = view._column.rect(0)
        scale = black.width() / width
        at = (round(black.x() + 105 * scale), round(black.y() + 68 * scale))
        assert max(shown.pixelColor(*at).getRgb()[:3]) < 40
        line = shown.pixelColor(round(rect.left()) + 3, round(rect.bottom()))
        assert line != ground
        assert line != QColor("white")
