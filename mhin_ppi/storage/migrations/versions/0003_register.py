"""What the register of questions, meetings and searching need, as plain SQL beside this file."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and columns; a column that is new holds its ordinary value.

    A trigger holds statements of its own, so those of the second file end before an empty line.
    """
    for name, end in (("0003.sql", ";"), ("0003_search.sql", ";\n\n")):
        written = Path(__file__).with_name(name).read_text(encoding="utf-8")
        kept = "\n".join(line for line in written.splitlines() if not line.startswith("--"))
        for statement in kept.split(end):
            if statement.strip():
                op.execute(statement)
