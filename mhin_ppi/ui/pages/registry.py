"""Which page belongs to which place; a page's module is read only when it is first wanted."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ..tasks import Tasks
from .page import Page, Place

if TYPE_CHECKING:
    from ...services.boards import Boards, Services

_PAGES = {
    Place.HOME: ("home_page", "HomePage"),
    Place.TO_READ: ("to_read_page", "ToReadPage"),
    Place.READING: ("reading_page", "ReadingPage"),
    Place.MY_QUESTIONS: ("my_questions_page", "MyQuestionsPage"),
    Place.STORY: ("story_page", "StoryPage"),
    Place.THEME: ("theme_page", "ThemePage"),
    Place.QUESTIONS: ("questions_page", "QuestionsPage"),
    Place.CODES: ("codes_page", "CodesPage"),
    Place.IMPACT: ("impact_page", "ImpactPage"),
    Place.PICTURES: ("pictures_page", "PicturesPage"),
    Place.TIME: ("time_page", "TimePage"),
    Place.MEETINGS: ("meetings_page", "MeetingsPage"),
    Place.MEETING: ("meeting_page", "MeetingPage"),
    Place.SHARED_SCREEN: ("shared_screen_page", "SharedScreenPage"),
    Place.REFLECTIONS: ("reflections_page", "ReflectionsPage"),
    Place.PEOPLE: ("people_page", "PeoplePage"),
    Place.REPORTS: ("reports_page", "ReportsPage"),
    Place.HELP: ("help_page", "HelpPage"),
    Place.BREAK: ("break_page", "BreakPage"),
    Place.LOOK: ("look_page", "LookPage"),
    Place.SETTINGS: ("settings_page", "SettingsPage"),
    Place.COMPARE: ("compare_page", "ComparePage"),
    Place.SEARCH: ("search_page", "SearchPage"),
    Place.OWED: ("owed_page", "OwedPage"),
    Place.PRIVATE: ("private_page", "PrivatePage"),
    Place.BUDGETS: ("budgets_page", "BudgetsPage"),
    Place.PAYMENTS: ("payments_page", "PaymentsPage"),
    Place.RATES: ("rates_page", "RatesPage"),
}
PLACE_WORDS = {
    Place.HOME: ("Home", "house"),
    Place.TO_READ: ("To read", "file-text"),
    Place.MY_QUESTIONS: ("My questions", "circle-question-mark"),
    Place.QUESTIONS: ("Questions", "list"),
    Place.CODES: ("Codes", "tag"),
    Place.IMPACT: ("Impact", "chart-column"),
    Place.TIME: ("Time and payments", "wallet"),
    Place.PAYMENTS: ("Payments", "send"),
    Place.MEETINGS: ("Meetings", "calendar"),
    Place.PEOPLE: ("People", "users"),
    Place.REPORTS: ("Reports", "book-open"),
    Place.HELP: ("Help", "life-buoy"),
}
"""What each place in the menu is called, and its icon."""

MEMBER_PLACES = (
    *(Place.HOME, Place.TO_READ, Place.MY_QUESTIONS, Place.TIME, Place.MEETINGS, Place.HELP),
)
PEER_RESEARCHER_PLACES = (
    *(Place.HOME, Place.TO_READ, Place.MY_QUESTIONS, Place.CODES),
    *(Place.TIME, Place.MEETINGS, Place.HELP),
)
COORDINATOR_PLACES = tuple(PLACE_WORDS)
BELONGS_UNDER = {
    Place.PICTURES: Place.IMPACT,
    Place.REFLECTIONS: Place.MEETINGS,
    Place.READING: Place.TO_READ,
    Place.COMPARE: Place.TO_READ,
    Place.MEETING: Place.MEETINGS,
    Place.SHARED_SCREEN: Place.MEETINGS,
    Place.OWED: Place.QUESTIONS,
    Place.PRIVATE: Place.TIME,
    Place.BUDGETS: Place.PAYMENTS,
    Place.RATES: Place.PAYMENTS,
    Place.BREAK: Place.HELP,
    Place.LOOK: Place.HELP,
    Place.SETTINGS: Place.HELP,
}
"""Where in the menu a page that is not listed there belongs."""


def page_class(place: Place) -> type[Page]:
    """Return the page of a place, reading its module if nobody has been there yet."""
    module, name = _PAGES[place]
    found = getattr(import_module(f"{__package__}.{module}"), name)
    if not (isinstance(found, type) and issubclass(found, Page)):
        raise TypeError(f"{name} is not a page")
    return found


def make_page(place: Place, services: Services, tasks: Tasks, *, boards: Boards) -> Page:
    """Return a new page for an open board.

    Args:
        place: Which page.
        services: The open board.
        tasks: Runs what takes time.
        boards: The boards on this laptop, for the page that changes a board's locks and label.
    """
    if place is Place.SETTINGS:
        from .settings_page import SettingsPage

        return SettingsPage(services, tasks, boards=boards)
    return page_class(place)(services, tasks)
