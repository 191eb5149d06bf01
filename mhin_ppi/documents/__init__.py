"""People's own files, read as text with headings, lists, tables, notes and pages.

Lives here: telling what a file is, refusing what is hostile, and turning Word, PDF, PowerPoint,
OpenDocument, Markdown and plain text into blocks. Foreign bytes are parsed in a child process only
(``child.py``); ``reading.py`` starts it, feeds it, stops it, and is what the rest of the program
calls. Never here: the board's store, people, Qt, or anything written to disk.
May import: ``domain``, ``errors``, and lxml, pypdfium2, openpyxl and markdown-it, where they are
used.
This module imports nothing, so that the child starts lean.
"""
