"""The SQL of the log, written once. Only :mod:`.board_log` runs it."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select, update

from . import statements, tables

_log, _tip, _need = tables.log_entry, tables.tip, tables.need
_constant = statements.constant

PUT_ENTRY = statements.insert_into(_log)
COLUMNS = (_log.c.body, _log.c.signature)
JUDGED = statements.written(
    select(_log.c.id, *COLUMNS)
    .where(_log.c.state == _constant(tables.APPLIED))
    .order_by(_log.c.position)
)
ADMIN_ENTRIES = statements.written(
    select(*COLUMNS, _log.c.state)
    .where(_log.c.space == _constant("admin"), _log.c.position.is_not(None))
    .order_by(_log.c.position)
)
ENTRY = statements.written(select(*COLUMNS).where(_log.c.id == bindparam("entry")))
STATE = statements.written(select(_log.c.state).where(_log.c.id == bindparam("entry")))
SETTLE = statements.written(
    update(_log)
    .where(_log.c.id == bindparam("entry"))
    .values(state=bindparam("now"), position=bindparam("place"))
)
LAST_POSITION = statements.written(select(func.max(_log.c.position)))
TIPS = statements.written(
    select(_tip.c.entry).where(_tip.c.space == bindparam("space")).order_by(_tip.c.entry)
)
PUT_TIP = statements.insert_into(_tip)
DROP_TIP = statements.written(
    delete(_tip).where(_tip.c.space == bindparam("space"), _tip.c.entry == bindparam("entry"))
)
PUT_NEED = statements.insert_into(_need, instead="OR IGNORE")
WAITERS = statements.written(select(_need.c.waiter).where(_need.c.dep == bindparam("dep")))
DROP_NEED = statements.written(delete(_need).where(_need.c.dep == bindparam("dep")))
STILL_NEEDS = statements.written(
    select(func.count()).select_from(_need).where(_need.c.waiter == bindparam("waiter"))
)
SET_ASIDE = statements.written(
    select(*COLUMNS, tables.quarantine.c.why)
    .join(tables.quarantine, tables.quarantine.c.entry == _log.c.id)
    .order_by(_log.c.position)
)
WAITING = statements.written(
    select(*COLUMNS).where(_log.c.state == _constant(tables.WAITING)).order_by(_log.c.number)
)
PUT_QUARANTINE = statements.insert_into(tables.quarantine)
