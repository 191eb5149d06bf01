"""The pages of the window: one activity each, joined to services.

Lives here: a page for each place in the menu, its forms, and what it reads from the board in one go.
Never here: a rule of the domain, a thread, a file's contents, another page (a page asks the window
to go there). May import services, domain, widgets, models, messages, tasks, theme.
"""
