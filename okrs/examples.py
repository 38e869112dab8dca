"""A handful of objectives to start from, each with key results that can be measured. Written by us."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Example:
    """An objective of one function of a company, and lines for its key results."""

    key: str
    function: str | Promise
    icon: str
    objective: str | Promise
    why: str | Promise
    key_results: tuple[str | Promise, ...]


EXAMPLES = (
    Example(
        "software",
        _("Software"),
        "code",
        _("Releases are calm, and customers notice only what got better"),
        _("Every rollback costs us a day and our customers their trust."),
        (
            _("Reduce failed releases from 12 to 3 %"),
            _("Reduce time from commit to customer from 9 to 2 days"),
            _("Keep availability above 99.9 %"),
        ),
    ),
    Example(
        "marketing",
        _("Marketing"),
        "megaphone",
        _("The people we want to reach know what we stand for"),
        _("Most of them compare three offers and have never heard of us."),
        (
            _("Increase visits from search from 8000 to 14000 per month"),
            _("Raise the share of visitors who sign up from 2 to 4 %"),
            _("Find out how many buyers know our name"),
        ),
    ),
    Example(
        "sales",
        _("Sales"),
        "handshake",
        _("New customers come to us through those we already have"),
        _("A recommended customer decides in half the time."),
        (
            _("Increase recommended deals from 6 to 20"),
            _("Raise the share of offers won from 22 to 30 %"),
            _("Reduce time to a signed contract from 60 to 40 days"),
        ),
    ),
    Example(
        "people",
        pgettext_lazy("business function", "People"),
        "users",
        _("New colleagues are at home here after their first month"),
        _("Who leaves within a year mostly decided in the first weeks."),
        (
            _("Raise the rating of the first month from 3.4 to 4.5"),
            _("Reduce departures within a year from 18 to 8 %"),
            _("Every team has a plan for the first week"),
        ),
    ),
    Example(
        "customers",
        _("Customer service"),
        "life-buoy",
        _("Customers get help before they have to ask twice"),
        _("Every second message asks where the first answer is."),
        (
            _("Reduce time to the first answer from 9 to 2 hours"),
            _("Raise requests solved at once from 48 to 70 %"),
            _("Keep satisfaction above 4.6"),
        ),
    ),
    Example(
        "finance",
        _("Finance"),
        "landmark",
        _("We know on the third day how the month went"),
        _("Today decisions wait two weeks for numbers."),
        (
            _("Reduce days until the monthly close from 12 to 3"),
            _("Raise invoices paid on time from 76 to 95 %"),
            _("Reduce manual corrections from 40 to 10 per month"),
        ),
    ),
)


def example_named(key: str) -> Example | None:
    """Return the example with a key, or None."""
    return next((example for example in EXAMPLES if example.key == key), None)
