"""Giving a role, saying no to one, changing its days and ending it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import DateInput
from organizations.actor import Actor
from organizations.enums import Role
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from organizations.forms.team import TeamChoiceField
from organizations.models import Membership, Team
from roles.models import RoleAssignment
from roles.naming import role_label
from roles.permissions import assign_role
from roles.queries.assignment_sight import people_of_units, units_of

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody can choose when they give a role.

    `team_ids` None means any team; `person_ids` None that a coach can be there for any one person, empty for none.
    """

    roles: tuple[str, ...]
    team_ids: frozenset[Any] | None
    is_everywhere: bool
    is_volunteering: bool
    person_ids: frozenset[UUID] | None = frozenset()


def offer_for(actor: Actor, *, team: Team | None, role: str, volunteers: bool) -> Offer:
    """Return what an actor can give: everything in their own scope, a coach for the team they lead, or themselves.

    `team` and `role` are what the address asks for. At most three queries.
    """
    volunteering = Offer((Role.COACH,), None, is_everywhere=False, is_volunteering=True)
    if volunteers:
        return volunteering
    if actor.holds(Role.PLO):
        return Offer(tuple(Role.values), None, is_everywhere=True, is_volunteering=False, person_ids=None)
    units = units_of(actor)
    led = frozenset(one.pk for one in actor.teams if actor.is_(one.lead_id))
    if team is not None and team.pk not in units | led:
        return volunteering
    if units:
        people = people_of_units(actor)
        return Offer(tuple(Role.values), units, is_everywhere=False, is_volunteering=False, person_ids=people)
    if role != Role.COACH and actor.is_administrator and assign_role(actor, Role.PLO):
        return Offer((Role.PLO,), frozenset(), is_everywhere=True, is_volunteering=False)
    if led:
        return Offer((Role.COACH,), led, is_everywhere=False, is_volunteering=False)
    return volunteering


class PlaceField(AskedLater, TeamChoiceField):
    """Where a role is held; a person may be named instead."""


class AssignmentForm(DomainForm):
    """Who gets which role, where, and from when until when."""

    membership = MemberField(label=gettext_lazy("Member"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    team = PlaceField(label=gettext_lazy("For"), required=False, empty_label=gettext_lazy("The whole organization"))
    person = MemberField(
        label=gettext_lazy("Only for one person"),
        required=False,
        help_text=gettext_lazy("A coach can be there for one person. Leave the team as it is then."),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Leave it empty if nobody knows yet."),
    )
    is_external = forms.BooleanField(
        label=gettext_lazy("External"),
        required=False,
        help_text=gettext_lazy("Somebody who is not employed here, such as an interim coach."),
    )

    def __init__(self, *args: Any, offer: Offer, slug: str, me: Membership | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self._me = offer, me
        self.fields["role"].choices = [(role, role_label(role)) for role in offer.roles]
        self._choose_team(self.fields["team"], offer)
        # With a person, no team is chosen.
        self.use_required_attribute = offer.is_everywhere or not offer.person_ids
        if offer.person_ids is None:
            self.fields["person"].suggest(slug)
        elif offer.person_ids:
            self.fields["person"].suggest(slug, of=Role.PLO)
        else:
            del self.fields["person"]
        if offer.is_volunteering:
            del self.fields["membership"]
        else:
            self.fields["membership"].suggest(slug)
        if len(offer.roles) == 1:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        """Fill in what was not asked because there is one answer."""
        values = super().clean() or {}
        if self.offer.is_volunteering:
            values["membership"] = self._me
        if len(self.offer.roles) == 1:
            values["role"] = self.offer.roles[0]
        team = values.get("team")
        if team is not None and self.offer.team_ids is not None and team.pk not in self.offer.team_ids:
            self.add_error("team", _("Choose a team in your own part of the organization."))
        person = values.get("person")
        if person is not None and self.offer.person_ids is not None and person.pk not in self.offer.person_ids:
            self.add_error("person", _("%(name)s is in no team of your part.") % {"name": person.display_name})
        if not self.offer.is_everywhere and not team and not self.errors.keys() & {"team", "person"}:
            if person is None:
                self.add_error("team", _("Choose a team."))
            elif values.get("role") != Role.COACH:
                self.add_error("person", _("Only a coach is there for one person."))
        return values

    @staticmethod
    def _choose_team(field: TeamChoiceField, offer: Offer) -> None:
        if not offer.is_everywhere:
            field.required, field.empty_label = True, _("Choose a team")
        field.load()
        if offer.team_ids is not None:
            ids = {str(team_id) for team_id in offer.team_ids}
            choices: Any = field.choices
            field.choices = [pair for pair in choices if not pair[0] or pair[0] in ids]


class DeclineForm(DomainForm):
    """Why not."""

    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those concerned read it, so that they can look for somebody else."),
    )


class DaysForm(DomainForm):
    """From when until when somebody holds a role."""

    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DateInput)
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DateInput)
    is_external = forms.BooleanField(label=gettext_lazy("External"), required=False)

    def __init__(self, *args: Any, assignment: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=True, **kwargs)
        for name in self.fields:
            self.initial.setdefault(name, getattr(assignment, name))
        self.remember_shown()


class EndForm(DomainForm):
    """Why a role ends today."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the history, for those concerned."),
    )
