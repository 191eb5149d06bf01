"""The pages of the window: one activity each, joined to services.

Lives here: a page for each place a person can be at, its forms, and what it reads in one go.
Never here: a rule of the domain, a thread, SQL; nor does a page call another page: it asks the
window to go there. May import services, domain, widgets, models, messages, tasks and theme.
"""
