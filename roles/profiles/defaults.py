"""Our own texts about the roles, in the languages of the product."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.enums import Role


@dataclass(frozen=True, slots=True)
class DefaultProfile:
    """What a role is for, whom it suits, and what its holders do."""

    mission: str | Promise
    suited: str | Promise
    tasks: tuple[str | Promise, ...]


DEFAULTS: dict[str, DefaultProfile] = {
    Role.PLO: DefaultProfile(
        _("Sees to it that OKRs are introduced well and, later, that the process works in every cycle."),
        _(
            "Somebody who is trusted by leaders and teams alike, can plan a change over months, explains clearly, and "
            "has the time: at least one day a week, more during the rollout."
        ),
        (
            _("Plan the rollout: phases, waves of teams, milestones and budget"),
            _("Set the dates of each cycle and keep its rhythm"),
            _("Find, train and assign coaches"),
            _("Look after the rules of the process and change what does not help"),
            _("Report to the sponsor what works, what does not, and what must be decided"),
        ),
    ),
    Role.COACH: DefaultProfile(
        _("Helps teams to write good OKRs and to work with them, until they no longer need help."),
        _(
            "Somebody who asks rather than tells, moderates well, keeps confidences and does not stand above the team "
            "in the line."
        ),
        (
            _("Prepare and moderate the OKR events of the teams coached"),
            _("Comment on drafts and recommend those that are ready"),
            _("Help where check-ins stall or something stands in the way"),
            _("Share what was learnt with the other coaches"),
            _("Tell the Program Lead Office what teams need, never who said what"),
        ),
    ),
    Role.SPONSOR: DefaultProfile(
        _("Stands behind the rollout in the leadership: with attention, people and money."),
        _("An executive who wants this change, works with OKRs openly, and can decide about people and budget."),
        (
            _("Say why the organization introduces OKRs, again and again"),
            _("Approve the rollout plan and its budget"),
            _("Clear away what the Program Lead Office cannot"),
            _("Work with own OKRs where everybody can see them"),
        ),
    ),
    Role.LEADERSHIP: DefaultProfile(
        _("Sets the direction of the organization and leads by example."),
        _("Whoever answers for the whole organization or a large part of it."),
        (
            _("Set vision, values and strategic priorities"),
            _("Draft and agree on the OKRs of the organization"),
            _("Check in on them as everybody else does"),
            _("Ask about outcomes, not about activities, and react well to bad news"),
            _("Give teams the room to choose how they contribute"),
        ),
    ),
}
