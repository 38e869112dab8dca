"""People: the list, one person, their rights and their leaving."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, respond, toast
from organizations import permissions
from organizations.domain import membership as domain
from organizations.errors import Refused
from organizations.forms.member_field import HELD, member_text
from organizations.forms.membership import STATES, MemberForm, PeopleFilterForm
from organizations.forms.team import TeamChoiceField
from organizations.models import Membership, Team
from organizations.queries.people import (
    PeopleFilter,
    find_people,
    holdings_of,
    led_by,
    people_page,
    reports_of,
    teams_of,
)
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted


@require_GET
def people(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The list, filtered by a part of the name, a team and who."""
    form = PeopleFilterForm(request.GET)
    team_field = form.fields["team"]
    assert isinstance(team_field, TeamChoiceField)
    team_field.load(values="slug")
    form.is_valid()
    chosen: dict[str, Any] = form.cleaned_data
    team: Team | None = chosen.get("team")
    wanted = PeopleFilter(chosen.get("q") or "", team, chosen.get("state") or "active")
    page = people_page(wanted, chosen.get("page") or 1)
    kept = {"q": wanted.text, "team": team.slug if team else "", "state": wanted.state}
    context = {
        "page": page,
        "wanted": wanted,
        "team_options": team_field.choices,
        "state_options": STATES,
        "is_filtered": bool(wanted.text or team or wanted.state != "active"),
        "previous_url": _page_url(kept, page.number - 1) if page.number > 1 else "",
        "next_url": _page_url(kept, page.number + 1) if page.has_next else "",
        "may_manage": bool(permissions.manage_people(request.actor)),
        "may_invite": bool(permissions.invite_somebody(request.actor)),
    }
    return respond(request, "organizations/people/list.html", "organizations/people/_results.html", context)


@require_GET
def people_options(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Suggestions for a field in which a person is chosen; whatever its name, its text is what is looked for.

    With `of=` a role, only people of the teams where the reader holds it.
    """
    text = str(next((value for name, value in request.GET.items() if name != HELD), ""))
    found = find_people(text.partition("<")[0].strip(), team_ids=_held_in(request))
    options = [member_text(member) for member in found]
    return render(request, "organizations/people/_options.html", {"options": options})


def _held_in(request: OrganizationRequest) -> frozenset[UUID] | None:
    """The teams in which the reader holds the role an address names; None for everywhere, and without such a role."""
    held = [one for one in request.actor.roles if one.role == request.GET.get(HELD)] if HELD in request.GET else []
    if not held or any(one.team_ids is None for one in held):
        return None
    return frozenset().union(*(one.team_ids or frozenset() for one in held))


@require_GET
def member(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """One person: teams, manager, reports, what they look after."""
    person = _member(member_id)
    led = led_by(person)
    belongs = teams_of([person]).get(person.pk, [])
    leading = {team.pk for team in led}
    teams = [(team, team.pk in leading) for team in belongs]
    teams += [(team, True) for team in led if team not in belongs]
    context = {
        "person": person,
        "teams": teams,
        "reports": reports_of(person),
        "holdings": holdings_of(request.actor, person),
        "may_edit": bool(permissions.edit_member(request.actor, person)),
        "may_manage": bool(permissions.manage_people(request.actor)),
        "is_self": request.actor.is_(person.pk),
    }
    return render(request, "organizations/people/member.html", context)


@require_http_methods(["GET", "POST"])
def member_edit(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Name and title; for administrators also the manager, and the address of people who have not joined."""
    person = _member(member_id)
    authorize(permissions.edit_member(request.actor, person))
    form = MemberForm(posted(request), instance=person, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_member(actor=request.actor, member=person, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Saved."))
            return redirect("organizations:member", slug, person.pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "organizations/people/edit.html", {"form": form, "person": person}, status=status)


@require_POST
def member_administrator(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Make somebody an administrator (`on=1`), or no longer."""
    person = _member(member_id)
    authorize(permissions.manage_people(request.actor))
    wanted = (request.POST.get("on") or request.GET.get("on")) == "1"
    here = reverse("organizations:member_administrator", args=[slug, person.pk])
    try:
        domain.set_administrator(actor=request.actor, member=person, is_administrator=wanted)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="bad")
    else:
        text = _("{person} is an administrator now.") if wanted else _("{person} is no longer an administrator.")
        # Whoever gives the right away cannot take it back.
        undo = "" if request.actor.is_(person.pk) else f"{here}?on={0 if wanted else 1}"
        toast(request, text.format(person=person.display_name), undo_url=undo)
    return go_to(request, reverse("organizations:member", args=[slug, person.pk]))


@require_POST
def member_representative(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Name somebody employee representative (`on=1`), or no longer."""
    person = _member(member_id)
    authorize(permissions.manage_people(request.actor))
    wanted = (request.POST.get("on") or request.GET.get("on")) == "1"
    here = reverse("organizations:member_representative", args=[slug, person.pk])
    try:
        domain.set_employee_representative(actor=request.actor, member=person, is_employee_representative=wanted)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="bad")
    else:
        text = _("{person} is employee representative now.")
        if not wanted:
            text = _("{person} is no longer employee representative.")
        toast(request, text.format(person=person.display_name), undo_url=f"{here}?on={0 if wanted else 1}")
    return go_to(request, reverse("organizations:member", args=[slug, person.pk]))


@require_http_methods(["GET", "POST"])
def member_deactivate(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Say what needs somebody else, then take the access away."""
    person = _member(member_id)
    authorize(permissions.manage_people(request.actor))
    context = {"person": person, "holdings": holdings_of(request.actor, person), "led": led_by(person)}
    if request.method == "POST":
        try:
            domain.deactivate_member(actor=request.actor, member=person)
        except Refused as refusal:
            context["error"] = " ".join(refusal.messages)
            return render(request, "organizations/people/deactivate.html", context, status=UNPROCESSABLE)
        undo = reverse("organizations:member_reactivate", args=[slug, person.pk])
        toast(request, _("{person} was deactivated.").format(person=person.display_name), undo_url=undo)
        return redirect("organizations:member", slug, person.pk)
    return render(request, "organizations/people/deactivate.html", context)


@require_POST
def member_reactivate(request: OrganizationRequest, slug: str, member_id: UUID) -> HttpResponse:
    """Give the access back."""
    person = _member(member_id)
    authorize(permissions.manage_people(request.actor))
    domain.reactivate_member(actor=request.actor, member=person)
    toast(request, _("{person} is active again.").format(person=person.display_name))
    return go_to(request, reverse("organizations:member", args=[slug, person.pk]))


def _member(member_id: UUID) -> Membership:
    return get_object_or_404(Membership.objects.select_related("manager"), pk=member_id)


def _page_url(kept: dict[str, str], number: int) -> str:
    return "?" + urlencode({name: value for name, value in kept.items() if value} | {"page": number})
