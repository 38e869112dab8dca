"""Choices of the okrs app; metric, pace and confidence have the values of okrs.scoring."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleLength(models.TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    TERTIAL = "tertial", _("Tertial")
    HALF_YEAR = "half_year", _("Half-year")
    YEAR = "year", _("Year")
    OWN = "own", _("Own length")


class Phase(models.TextChoices):
    """The state of a cycle, in order."""

    PLANNED = "planned", _("Planned")
    DRAFTING = "drafting", _("Drafting")
    ALIGNING = "aligning", pgettext_lazy("phase", "Aligning")
    RUNNING = "running", _("Running")
    REVIEWING = "reviewing", _("Reviewing")
    CLOSED = "closed", _("Closed")


class Level(models.TextChoices):
    ORGANIZATION = "organization", _("Organization")
    TEAM = "team", _("Team")
    INDIVIDUAL = "individual", _("Individual")


class ObjectiveKind(models.TextChoices):
    COMMITTED = "committed", _("Committed")
    ASPIRATIONAL = "aspirational", _("Aspirational")
    LEARNING = "learning", _("Learning")


class ObjectiveStatus(models.TextChoices):
    """Only active ones count in other numbers. Submitted and agreed exist where drafts are agreed on first."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


# Not in force yet: written, perhaps submitted or agreed, and counted nowhere.
DRAFTS = (ObjectiveStatus.DRAFT, ObjectiveStatus.SUBMITTED, ObjectiveStatus.AGREED)


class Visibility(models.TextChoices):
    """Who may see an objective. A private one is its owner's and of those the owner shares it with."""

    OPEN = "open", _("Everybody in the organization")
    PRIVATE = "private", _("Only the owner and those it is shared with")


class ShareLevel(models.TextChoices):
    """For what an objective is shared with somebody, each with those above; the values are permissions."""

    VIEW = "view_objective", _("May see it")
    COMMENT = "comment_objective", _("May comment")
    EDIT = "change_objective", _("May edit and check in")


class Outcome(models.TextChoices):
    """What becomes of an objective when its cycle ends."""

    ACHIEVED = "achieved", _("Achieved")
    CARRY_OVER = "carry_over", _("Carry over")
    DROP = "drop", _("Drop")


class ProposalState(models.TextChoices):
    """What became of an objective somebody proposed."""

    OPEN = "open", _("Open")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Declined")


class RequestState(models.TextChoices):
    """What became of a request to another team."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReactionKind(models.TextChoices):
    LIKE = "like", _("Like")
    CELEBRATE = "celebrate", _("Celebrate")
    SUPPORT = "support", _("I support this")
    THINKING = "thinking", _("Makes me think")


class NoteKind(models.TextChoices):
    """What is written down in a check-in meeting."""

    NOTE = "note", _("Note")
    DECISION = "decision", _("Decision")


class RetroState(models.TextChoices):
    """How far a retrospective is."""

    COLLECTING = "collecting", _("Collecting")
    VOTING = "voting", _("Voting")
    CLOSED = "closed", pgettext_lazy("retrospective", "Closed")


class RetroColumn(models.TextChoices):
    KEPT_GOING = "kept_going", _("Kept us going")
    HELD_BACK = "held_back", _("Held us back")
    TRY_NEXT = "try_next", _("Try next")


class ActionState(models.TextChoices):
    """What became of an action of a retrospective."""

    OPEN = "open", pgettext_lazy("action", "Open")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Dropped")


class Function(models.TextChoices):
    """Which part of a company an example of an objective is from."""

    COMPANY = "company", _("The whole company")
    SOFTWARE = "software", _("Software")
    PRODUCT = "product", _("Product")
    DESIGN = "design", _("Design and research")
    MARKETING = "marketing", _("Marketing")
    SALES = "sales", _("Sales")
    CUSTOMERS = "customers", _("Customer success")
    PEOPLE = "people", pgettext_lazy("function", "People")
    FINANCE = "finance", _("Finance")
    OPERATIONS = "operations", _("Operations")
    TECHNOLOGY = "technology", _("IT and security")


class MetricType(models.TextChoices):
    INCREASE = "increase", _("Increase from start to target")
    DECREASE = "decrease", _("Decrease from start to target")
    STAY_ABOVE = "stay_above", _("Stay above")
    STAY_BELOW = "stay_below", _("Stay below")
    STAY_WITHIN = "stay_within", _("Stay within a band")
    DONE = "done", _("Done or not")
    MILESTONES = "milestones", _("Milestones")
    BASELINE = "baseline", _("Baseline: find the number first")
    ALIGNED = "aligned", _("Fed by aligned objectives")


class UnitKind(models.TextChoices):
    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percentage")
    CURRENCY = "currency", _("Currency")


class Confidence(models.TextChoices):
    """What the owner says. Shares no words with pace."""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")


class Pace(models.TextChoices):
    """What is computed."""

    IN_STEP = "in_step", _("in step")
    BEHIND = "behind", _("behind")
    FAR_BEHIND = "far_behind", _("far behind")


class InitiativeStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("initiative", "Planned")
    DOING = "doing", pgettext_lazy("initiative", "Doing")
    DONE = "done", pgettext_lazy("initiative", "Done")
    DROPPED = "dropped", pgettext_lazy("initiative", "Dropped")
