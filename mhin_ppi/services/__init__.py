"""What people can do, one module per activity.

Lives here: the actions behind every button, each checking the person's role, asking ``domain``
whether it is allowed, and recording what happened in one unit of work. Never here: Qt, SQL, files,
imports of adapters. May import: ``domain`` and ``errors``; adapters come in through ``ports``.
"""
