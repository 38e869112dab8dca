"""Choices of the roles app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.enums import Role


class AssignmentState(models.TextChoices):
    """What became of an assignment; whether it is in force today is also a matter of its days."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Side(models.TextChoices):
    """Who is asked before somebody becomes a coach."""

    PLO = "plo", _("Program Lead Office")
    COACH = "coach", _("OKR Coach")
    TEAM = "team", _("Team")
    PERSON = "person", _("The person to be coached")


class Party(models.TextChoices):
    """A column of the RACI matrix that is not one named person."""

    PLO = Role.PLO.value, Role.PLO.label
    COACH = Role.COACH.value, Role.COACH.label
    SPONSOR = Role.SPONSOR.value, Role.SPONSOR.label
    LEADERSHIP = Role.LEADERSHIP.value, Role.LEADERSHIP.label
    LEAD = "lead", _("Team lead")
    MEMBER = "member", _("Team members")


class RaciPhase(models.TextChoices):
    """What an activity of the OKR process belongs to."""

    ROLLOUT = "rollout", _("Rollout")
    ENABLEMENT = "enablement", _("Enablement")
    DIRECTION = "direction", _("Direction")
    DRAFTING = "drafting", _("Drafting")
    ALIGNMENT = "alignment", _("Alignment")
    CHECK_INS = "check_ins", _("Check-ins")
    REVIEW = "review", _("Review")
    RETROSPECTIVE = "retrospective", _("Retrospective")
    REPORTING = "reporting", _("Reporting")
    COMMUNITY = "community", _("Coach community")


class Letter(models.TextChoices):
    """What somebody has to do with an activity."""

    RESPONSIBLE = "R", pgettext_lazy("RACI", "Responsible")
    ACCOUNTABLE = "A", pgettext_lazy("RACI", "Accountable")
    CONSULTED = "C", pgettext_lazy("RACI", "Consulted")
    INFORMED = "I", pgettext_lazy("RACI", "Informed")


class PostKind(models.TextChoices):
    """What coaches share with each other."""

    INSIGHT = "insight", _("Insight")
    ARTICLE = "article", _("Article")
    TEMPLATE = "template", _("Template")
    RESISTANCE = "resistance", _("Resistance")


class QuestionState(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Desk(models.TextChoices):
    """Where a question waits for an answer."""

    COACH = "coach", _("With the coach")
    PLO = "plo", _("With the Program Lead Office")
