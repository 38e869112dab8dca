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
    """Drafts count nowhere; active ones do."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")


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
