"""Runs migrations over the connection that ``storage/migrating.py`` hands over, and no other."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None, transactional_ddl=True)
context.run_migrations()
