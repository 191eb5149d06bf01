"""The schema of the first version, as plain SQL beside this file."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table in an empty database."""
    written = Path(__file__).with_name("0001.sql").read_text(encoding="utf-8")
    kept = "\n".join(line for line in written.splitlines() if not line.startswith("--"))
    for statement in kept.split(";"):
        if statement.strip():
            op.execute(statement)
