"""The nouns and rules of involvement, as frozen dataclasses and plain functions.

Lives here: people, projects, drafts, passages, annotations, questions and their fate, impact,
meetings, involvement, claims and their ledger, the log's operations and how the two map.
Never here: Qt, SQL, files, clocks, random numbers, networks.
May import: ``errors`` and the standard library.
"""
