"""Files for people: reports set on pages, with tags that a screen reader can follow.

Lives here: the typesetter (type, lines, pages, tables, charts, tags) and one module for each
report. People's words are only ever drawn; nothing here reads markup in them.
Never here: gathering what a report says (``services/reporting.py``), rules about who may see what,
small numbers (already suppressed), screens.
May import: ``errors`` and ``domain``; reportlab and pikepdf inside the functions that use them.

How a page comes about: a report builds *strips* with :class:`layout.Layout`; ``pages`` fills pages
with them; ``painting`` draws the pages through reportlab, marking each element's words; ``tagging``
writes the structure tree into the finished file.
"""
