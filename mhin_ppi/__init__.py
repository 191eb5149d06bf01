"""MHIN PPI: an offline, encrypted desktop application for PPI advisory boards.

The rooms and the arrows between them are drawn in ``README.md``; each room's ``__init__`` says what
lives there and what never does.
"""

__version__ = "0.1.0"
