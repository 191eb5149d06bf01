"""What models keep beside the words of a cell; agreed between ``models`` and ``widgets``."""

from PySide6.QtCore import Qt

SORT_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
