"""Reusable parts of the window.

Lives here: widgets that show values and emit signals, so that every page looks and behaves alike.
Never here: a service, a thread, a file. A widget may know domain objects as plain values; pages
join widgets to services. May import theme, icons, messages, text_positions, preferences, domain.
"""
