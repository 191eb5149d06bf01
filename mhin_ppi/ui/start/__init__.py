"""Before a board is open: choosing, starting, unlocking, recovering and restoring one.

Lives here: the screens a person meets before unlocking, and the flow from one to the next.
Never here: pages of an open board, rules of keys and files (services and their vault do that).
May import open_board, tasks, messages, theme, widgets, the forms of ``pages``, services, errors.
"""
