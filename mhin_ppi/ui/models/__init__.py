"""Qt item models over plain lists of domain objects.

Lives here: models that tables and lists show, sortable and copied to a spreadsheet as they stand.
Never here: a service, or anything that draws. May import domain and ``ui.theme``.
"""
