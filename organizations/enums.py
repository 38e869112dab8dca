"""Choices of the organizations app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Theme(models.TextChoices):
    SYSTEM = "", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("Weekly")
    TWO_WEEKLY = "two_weekly", _("Every two weeks")
    MONTHLY = "monthly", _("Monthly")


# People who can sign in from which on drafts are agreed on, where an organization lets its size decide.
AGREEMENT_FROM = 30


class Agreement(models.TextChoices):
    """Whether somebody agrees on a team's drafts before they come into force."""

    BY_SIZE = "by_size", _("From 30 people on")
    ALWAYS = "always", _("Always")
    NEVER = "never", _("Never")


class Weekday(models.IntegerChoices):
    """As datetime.weekday() counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Role(models.TextChoices):
    """What a person can be in an organization besides a member; the assignments live in the roles app."""

    PLO = "plo", _("Program Lead Office")
    COACH = "coach", _("OKR Coach")
    SPONSOR = "sponsor", _("Sponsor")
    LEADERSHIP = "leadership", pgettext_lazy("role", "Leadership")


class Via(models.TextChoices):
    """How a write came in."""

    WEB = "web", _("in the browser")
    API = "api", _("through the API")
    IMPORT = "import", _("by import")
    COMMAND = "command", _("by the operator")
    TASK = "task", _("by the system")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Checking")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Not imported")


class Scope(models.TextChoices):
    """What a token may do; each write scope includes reading."""

    OKRS_READ = "okrs:read", _("Read OKRs")
    OKRS_WRITE = "okrs:write", _("Change OKRs")
    CHECK_INS_WRITE = "check-ins:write", _("Check in")
    PEOPLE_READ = "people:read", _("Read people and teams")
    PEOPLE_WRITE = "people:write", _("Change people and teams")
    ROLLOUT_READ = "rollout:read", _("Read rollout plans and courses")
    ROLLOUT_WRITE = "rollout:write", _("Change rollout plans and courses")
    SETTINGS_WRITE = "settings:write", _("Change settings of the organization")
