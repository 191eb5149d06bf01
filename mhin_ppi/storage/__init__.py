"""The encrypted board on this laptop.

Lives here: the key file and what opens it, the encrypted database, the log of signed entries, the
one piece of code that applies an entry to the tables (whether made here or on another laptop), the
repositories that read nouns back, backups, migrations, and the checks a store can make of itself.
Never here: what a person may do and why (``services``), the rules of questions and claims
(``domain``), files for other programs or packs (``documents``, ``exchange``), words on a screen
other than those of an error.
May import: ``errors``, ``domain``, ``crypto``, SQLAlchemy, sqlcipher3, alembic, keyring. The first
three may be imported anywhere; the libraries only by modules that :mod:`.vault` imports late.

One path for all writing: a person's action makes a signed log entry, and applying it is what
changes the tables (``SECURITY_DESIGN.md`` 1). Row classes and table names never leave this room.
"""
