"""Receipts of one expense: chosen, dropped or pasted, each with a small picture and its name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.receipts import Receipt
from ...errors import PPIError
from ...services.boards import Services
from ...services.ports import Progress, StopWanted
from ...services.receipts import CleanReceipt
from .. import messages
from ..icons import pixmap
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .whole_file import write_whole

KINDS = "Photographs and PDFs (*.jpg *.jpeg *.png *.pdf *.heic *.JPG *.JPEG *.PNG *.PDF *.HEIC)"
LIMITS = (
    "A photograph (JPEG or PNG) or a PDF, at most 15 MB. Where and with what a photograph was "
    "taken is removed. You can also drop it here, or paste it."
)
_PREVIEW_EM = 4.0
_MEBIBYTE = 1024 * 1024


def ask_for_receipts(parent: QWidget) -> list[Path]:
    """Ask for files that are receipts."""
    files, _ = QFileDialog.getOpenFileNames(parent, "Receipts", "", KINDS)
    return [Path(file) for file in files]


def receipts_in(data: QMimeData) -> list[Path | bytes]:
    """Return what was dropped or pasted: files on this laptop, or one picture."""
    files: list[Path | bytes] = [
        Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()
    ]
    if files or not data.hasImage():
        return files
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(data.imageData()).save(held, "PNG")  # type: ignore[call-overload]
    return [bytes(held.data().data())]


def _cleaned(
    services: Services, chosen: Path | bytes, progress: Progress, stop_wanted: StopWanted
) -> CleanReceipt:
    return services.payments.receipts.cleaned(
        chosen, file_name="Pasted picture", progress=progress, stop_wanted=stop_wanted
    )


class ReceiptField(QWidget):
    """The receipts of one expense, kept on this laptop as soon as they are added.

    Args:
        services: The open board.
        tasks: Runs the cleaning and the keeping.
        name: What is asked, for screen readers.

    Signals:
        changed: There is one more, or one less.
    """

    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, *, name: str) -> None:
        super().__init__()
        self._services, self._tasks, self._name = services, tasks, name
        self._kept: list[Receipt] = []
        self.setAcceptDrops(True)
        self._rows = QVBoxLayout()
        self._problem = WrapLabel(role="attention")
        self._problem.hide()
        choose = button("Add a receipt", icon="paperclip", on_press=self.choose)
        choose.setAccessibleName(f"Add a receipt: {name}")
        paste = button("Paste", icon="copy", kind="quiet", on_press=self.paste)
        paste.setAccessibleName(f"Paste a receipt: {name}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1))
        column.addLayout(self._rows)
        column.addWidget(self._problem)
        column.addWidget(FlowRow(choose, paste))
        keys = QShortcut(QKeySequence.StandardKey.Paste, self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.paste)
        self.setFocusProxy(choose)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the receipts, in the order added."""
        return tuple(str(one.id) for one in self._kept)

    def show_kept(self, ids: Sequence[str]) -> None:
        """Show receipts that were added before."""
        receipts = self._services.payments.receipts
        if ids:
            self._tasks.run(lambda: receipts.of(ids), owner=self, on_done=self._take_all)

    def choose(self) -> None:
        """Ask for files."""
        self.add(ask_for_receipts(self))

    def paste(self) -> None:
        """Add what was copied elsewhere."""
        found = receipts_in(QGuiApplication.clipboard().mimeData())
        if not found:
            self._say("Nothing that can be a receipt was copied: a picture, or a file.")
        self.add(found)

    def add(self, chosen: Sequence[Path | bytes]) -> None:
        """Clean each and keep it; what cannot be a receipt is said here and changes nothing."""
        if chosen:
            self._problem.hide()
        for one in chosen:
            self._tasks.run_long(
                partial(_cleaned, self._services, one),
                owner=self,
                on_done=self._keep,
                on_problem=self._refused,
            )

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(receipts_in(event.mimeData()))

    def _keep(self, clean: CleanReceipt) -> None:
        receipts = self._services.payments.receipts
        self._tasks.run(
            lambda: receipts.keep(clean),
            owner=self,
            on_done=lambda kept: self._take_all([kept]),
            on_problem=self._refused,
        )

    def _take_all(self, found: Sequence[Receipt]) -> None:
        for one in found:
            self._kept.append(one)
            self._rows.addWidget(self._row(one))
        self.changed.emit()
        if found:
            messages.announce(self, f"Receipt added: {found[-1].file_name}")

    def _refused(self, problem: PPIError) -> None:
        self._say(f"{problem.what_happened} {problem.next_step}")

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()
        messages.announce(self, words, at_once=True)

    def _row(self, one: Receipt) -> QWidget:
        row = ReceiptRow(self._services, self._tasks, one)
        row.remove.connect(lambda: self._take_away(row, one))
        return row

    def _take_away(self, row: QWidget, one: Receipt) -> None:
        receipts = self._services.payments.receipts
        self._kept.remove(one)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()
        self._tasks.run(lambda: receipts.leave_out(str(one.id)), owner=self)


class ReceiptRow(QWidget):
    """One receipt: a small picture, its name, to be saved as a copy or taken away.

    Args:
        services: The open board.
        tasks: Runs the reading.
        receipt: Which.
        removable: Whether it can be taken away: until its claim is sent.

    Signals:
        remove: The person does not want it.
    """

    remove = Signal()

    def __init__(
        self, services: Services, tasks: Tasks, receipt: Receipt, *, removable: bool = True
    ) -> None:
        super().__init__()
        self._services, self._tasks, self._receipt = services, tasks, receipt
        self.picture = QLabel()
        side = theme().px(_PREVIEW_EM)
        self.picture.setFixedSize(side, side)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ink = theme().colours.muted
        self.picture.setPixmap(pixmap("file-text", colour=ink, size=side // 2))
        size = max(0.1, receipt.size_bytes / _MEBIBYTE)
        self.name = WrapLabel(f"{receipt.file_name} ({size:.1f} MB)")
        save = button("Save a copy", icon="save", kind="quiet", on_press=self._choose_place)
        save.setAccessibleName(f"Save a copy: {receipt.file_name}")
        take = button("Take away", icon="x", kind="quiet", on_press=self.remove.emit)
        take.setAccessibleName(f"Take away: {receipt.file_name}")
        take.setVisible(removable)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().space(2))
        across.addWidget(self.picture)
        beside = QVBoxLayout()
        beside.addWidget(self.name)
        beside.addWidget(FlowRow(save, take) if removable else FlowRow(save))
        across.addLayout(beside, 1)
        self._tasks.run(
            lambda: services.payments.receipts.open(str(receipt.id)),
            owner=self,
            on_done=lambda found: self._make_ready(found[1]),
            on_problem=self._say,
        )

    def _make_ready(self, untrusted: bytes) -> None:
        if self._receipt.media != "image/jpeg":
            return
        receipts, receipt = self._services.payments.receipts, self._receipt
        self._tasks.run(
            lambda: receipts.for_showing(receipt, untrusted),
            owner=self,
            on_done=self._draw,
            on_problem=self._say,
            lane="side",
        )

    def _say(self, problem: PPIError) -> None:
        self.name.setText(f"{self._receipt.file_name}: {problem.what_happened}")

    def _draw(self, content: bytes) -> None:
        picture = QPixmap()
        if not picture.loadFromData(content, "JPEG"):
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        keep = Qt.AspectRatioMode.KeepAspectRatio
        self.picture.setPixmap(picture.scaled(self.picture.size(), keep, smooth))

    def _choose_place(self) -> None:
        name = self._receipt.file_name
        chosen, _ = QFileDialog.getSaveFileName(self, "Where to save the receipt", name)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Save a copy; it is not encrypted there."""
        receipts = self._services.payments.receipts

        def work() -> Path:
            _, content = receipts.open(str(self._receipt.id))
            return write_whole(file, content, what="The receipt")

        self._tasks.run(
            work,
            owner=self,
            on_done=lambda saved: messages.tell(
                self,
                f"Saved to {saved}. It is not encrypted there: anybody who has it can read it.",
            ),
        )
