"""The window: the only room that knows Qt.

Lives here: the application, its window, pages (which hold services), models and widgets (which know
domain objects but no service), and the small parts beneath them: ``tasks`` (the only place that
starts threads), ``messages`` (all that tells a person something), ``text_positions`` (the only
place that converts between Qt's offsets and the domain's), ``theme`` and what it is made of
(``style_sheet``, ``fonts``, ``icons``, ``tokens``), and ``preferences`` (looks only).
Never here: SQL, file formats, rules of the board. May import services, domain, errors and
resource_files; never storage, documents, reports or crypto.
"""
