"""What hours, payments and expenses need, as plain SQL beside this file."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables and columns; a column that is new holds its ordinary value."""
    written = Path(__file__).with_name("0004.sql").read_text(encoding="utf-8")
    kept = "\n".join(line for line in written.splitlines() if not line.startswith("--"))
    for statement in kept.split(";"):
        if statement.strip():
            op.execute(statement)
