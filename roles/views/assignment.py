"""Giving roles, answering proposals, changing their days and ending them."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import Membership, Team
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from roles import permissions
from roles.domain import assignment as domain
from roles.enums import AssignmentState, Side
from roles.forms.assignment import AssignmentForm, DaysForm, DeclineForm, EndForm, offer_for
from roles.models import RoleAssignment
from roles.naming import role_label
from roles.queries.assignment import with_answers
from roles.queries.assignment_trail import trail_of
from roles.queries.waiting import open_sides, unanswered

PAGE, DRAWER = "roles/assignment/page.html", "roles/assignment/drawer.html"
FORM, FORM_DRAWER = "roles/assignment/form.html", "roles/assignment/form_drawer.html"
REASON, REASON_DRAWER = "roles/assignment/reason.html", "roles/assignment/reason_drawer.html"


@require_GET
def assignment(request: OrganizationRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """Show who holds a role or is proposed, what those asked said, and what has happened."""
    found = _found(assignment_id)
    authorize(permissions.see_assignment(request.actor, found))
    is_standing = found.state in (AssignmentState.PROPOSED, AssignmentState.ACTIVE)
    context = {
        "assignment": found,
        "slug": slug,
        "title": _title(found),
        "answers": found.answers.all(),
        "sides": open_sides(request.actor, found),
        "may_edit": is_standing and bool(permissions.edit_assignment(request.actor, found)),
        "may_end": is_standing and bool(permissions.end_assignment(request.actor, found)),
        "lines": trail_of(found),
    }
    return respond(request, PAGE, DRAWER, context)


@require_http_methods(["GET", "POST"])
def assignment_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Give a role, propose a coach or volunteer as one; `?role=`, `?team=` (slug), `?member=` and `?volunteer=1`."""
    asked = {name: request.GET[name] for name in ("role", "team", "member", "volunteer") if request.GET.get(name)}
    team = Team.objects.current().filter(slug=asked["team"]).first() if "team" in asked else None
    role = asked.get("role", "")
    offer = offer_for(request.actor, team=team, role=role, volunteers="volunteer" in asked)
    initial = {
        "membership": _member(asked.get("member", "")),
        "role": role,
        "team": team.pk if team is not None else None,
        "starts_on": today_of(request.actor.settings),
    }
    form = AssignmentForm(
        posted(request), offer=offer, slug=slug, me=request.actor.membership, initial=initial, auto_id="role-%s"
    )
    url = reverse("roles:assignment_create", args=[slug])
    context = {
        "form": form,
        "offer": offer,
        "title": _("Volunteer as a coach") if offer.is_volunteering else _("Give a role"),
        "button": _("Volunteer") if offer.is_volunteering else _("Give the role"),
        "action": f"{url}?{urlencode(asked)}" if asked else url,
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        values = form.cleaned_data
        given = values["role"]
        if given == Role.COACH:
            authorize(
                permissions.propose_coach(request.actor, values["membership"], values["team"], values.get("person"))
            )
        else:
            authorize(permissions.assign_role(request.actor, given, values["team"]))
        try:
            made = domain.assign_role(actor=request.actor, **values)
        except Refused as refused:
            form.refuse(refused)
        else:
            may_undo = bool(permissions.end_assignment(request.actor, made))
            toast(
                request,
                _told(_found(made.pk)),
                undo_url=reverse("roles:assignment_end", args=[slug, made.pk]) if may_undo else "",
            )
            return _onward(request, made)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def assignment_answer(request: OrganizationRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """Say yes (`agrees=1`), or no with a reason, on a `side`; a GET asks for the reason."""
    found = _found(assignment_id)
    side = request.POST.get("side") or request.GET.get("side") or next(iter(open_sides(request.actor, found)), "")
    side = side if side in Side.values else Side.COACH
    authorize(permissions.answer_assignment(request.actor, found, side))
    agrees = request.POST.get("agrees") == "1"
    form = DeclineForm(None if agrees else posted(request), auto_id="decline-%s")
    if request.method == "POST" and (agrees or form.is_valid()):
        reason = "" if agrees else form.cleaned_data["reason"]
        try:
            answered = domain.answer(actor=request.actor, assignment=found, side=side, agrees=agrees, reason=reason)
        except Refused as refused:
            if agrees:
                toast(request, " ".join(refused.messages), tone="warn")
                return _onward(request, found)
            form.refuse(refused)
        else:
            toast(request, _said(found, answered))
            return _onward(request, found)
    context = {
        "form": form,
        "title": _("Decline"),
        "kicker": _title(found),
        "button": _("Decline"),
        "action": f"{reverse('roles:assignment_answer', args=[slug, found.pk])}?{urlencode({'side': side})}",
    }
    return (invalid if request.method == "POST" else respond)(request, REASON, REASON_DRAWER, context)


@require_http_methods(["GET", "POST"])
def assignment_edit(request: OrganizationRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """Change the days of a role, and whether its holder is external."""
    found = _found(assignment_id)
    authorize(permissions.edit_assignment(request.actor, found))
    form = DaysForm(posted(request), assignment=found, auto_id="days-%s")
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_assignment(actor=request.actor, assignment=found, changes=form.changes())
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Saved."))
            return _onward(request, found)
    context = {
        "form": form,
        "title": _title(found),
        "kicker": role_label(found.role),
        "button": _("Save"),
        "action": reverse("roles:assignment_edit", args=[slug, found.pk]),
        "is_edit": True,
    }
    return (invalid if request.method == "POST" else respond)(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def assignment_end(request: OrganizationRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """End a role today, or take back a proposal; the toast resumes it.

    Without a reason in the request something given moments ago is taken back: that is what the toast sends.
    """
    found = _found(assignment_id)
    authorize(permissions.end_assignment(request.actor, found))
    is_undo = request.method == "POST" and "reason" not in request.POST
    form = EndForm(None if is_undo else posted(request), auto_id="end-%s")
    if is_undo or (request.method == "POST" and form.is_valid()):
        reason = "" if is_undo else form.cleaned_data["reason"]
        try:
            domain.end_assignment(actor=request.actor, assignment=found, reason=reason)
        except Refused as refused:
            if is_undo:
                toast(request, " ".join(refused.messages), tone="warn")
                return _onward(request, found)
            form.refuse(refused)
        else:
            text = _("The proposal is withdrawn.") if found.is_proposed else _("{role} ended for {name}.")
            text = text.format(role=role_label(found.role), name=found.membership.display_name)
            toast(request, text, undo_url=reverse("roles:assignment_resume", args=[slug, found.pk]))
            return _onward(request, found)
    context = {
        "form": form,
        "title": _("Withdraw the proposal") if found.is_proposed else _("End today"),
        "kicker": _title(found),
        "button": _("Withdraw") if found.is_proposed else _("End today"),
        "action": reverse("roles:assignment_end", args=[slug, found.pk]),
    }
    return (invalid if request.method == "POST" else respond)(request, REASON, REASON_DRAWER, context)


@require_POST
def assignment_resume(request: OrganizationRequest, slug: str, assignment_id: UUID) -> HttpResponse:
    """Take an ending back."""
    found = _found(assignment_id)
    authorize(permissions.resume_assignment(request.actor, found))
    try:
        domain.resume_assignment(actor=request.actor, assignment=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("It is as it was."))
    return _onward(request, found)


def _found(assignment_id: UUID) -> RoleAssignment:
    found: RoleAssignment = get_object_or_404(with_answers(RoleAssignment.objects.all()), pk=assignment_id)
    return found


def _title(found: RoleAssignment) -> str:
    return f"{found.membership.display_name}: {role_label(found.role)}"


def _told(made: RoleAssignment) -> str:
    """Say what has become of a role just given."""
    words = {"name": made.membership.display_name, "role": role_label(made.role)}
    if made.is_proposed:
        waits = len(unanswered(made.answers.all()))
        text = _("{name} is proposed. One answer is awaited.") if waits == 1 else _("{name} is proposed and asked.")
        return text.format(**words)
    return _("{name} holds the role: {role}.").format(**words)


def _said(found: RoleAssignment, answered: RoleAssignment) -> str:
    """Say what an answer has led to."""
    words = {"name": found.membership.display_name, "role": role_label(found.role)}
    if answered.state == AssignmentState.ACTIVE:
        return _("Everybody has agreed. {name} holds the role: {role}.").format(**words)
    if answered.state == AssignmentState.DECLINED:
        return _("Declined. Those concerned can read why.")
    return _("Accepted. Others still have to answer.")


def _member(text: str) -> Membership | None:
    """The member an address names; none for what is no id, or nobody's."""
    try:
        return Membership.objects.active().filter(pk=UUID(text)).first()
    except ValueError:
        return None


def _onward(request: OrganizationRequest, found: RoleAssignment) -> HttpResponse:
    """To the staffing for whoever sees it, and to what one holds for everybody else."""
    slug = request.organization.slug
    if permissions.see_roles(request.actor):
        return go_to(request, f"{reverse('roles:staffing', args=[slug])}{_view_of(found)}")
    return go_to(request, reverse("roles:assignment", args=[slug, found.pk]))


def _view_of(found: RoleAssignment) -> str:
    return "?view=proposed" if found.is_proposed else ""
