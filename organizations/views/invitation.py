"""Inviting people, and accepting an invitation."""

from collections.abc import Iterable
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.utils import complete_signup
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, Part, is_fragment, partials, toast
from organizations import permissions
from organizations.actor import Actor
from organizations.domain import invitation as domain
from organizations.domain.invitation import Issued, find_invitation, invite_people
from organizations.domain.joining import join_organization
from organizations.enums import Via
from organizations.errors import Refused
from organizations.forms.invitation import InviteForm, LinkForm
from organizations.forms.sign_up import SignUpForm
from organizations.mail import mail_goes_out
from organizations.middleware import open_to_strangers
from organizations.models import Invitation, Membership, Team
from organizations.requests import OrganizationRequest, StrangerRequest
from organizations.sign_in import person
from organizations.views.home import JOIN_KEY

PAGE_SIZE = 50
GONE = 410


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Invite pasted addresses and show the link of each. `?claims=<id>` invites somebody to be that placeholder,
    `?team=<slug>` chooses a team."""
    authorize(permissions.invite_somebody(request.actor))
    claims = _placeholder(request)
    form = InviteForm(request.POST or None, actor=request.actor, initial=_initial(request, claims))
    if request.method == "POST" and form.is_valid():
        authorize(permissions.invite(request.actor, form.cleaned_data["team"]))
        try:
            outcome = invite_people(
                actor=request.actor,
                addresses=form.pasted.addresses,
                names=form.pasted.names,
                team=form.cleaned_data["team"],
                claims=claims,
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            links = _links(request, outcome.issued)
            for issued, link in links:
                domain.mail_invitation_soon(invitation=issued.invitation, link=link)
            context = {"outcome": outcome, "links": links, "repeated": form.pasted.repeated}
            return render(request, "organizations/invitation/issued.html", context | _mail_context())
    return _invite_page(request, form, LinkForm(actor=request.actor, initial=_initial(request, None)), claims)


@never_cache
@require_POST
def invite_link(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Create a link that lets in everybody who has it, and show it once."""
    authorize(permissions.invite_somebody(request.actor))
    form = LinkForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _invite_page(request, InviteForm(actor=request.actor), form, None)
    authorize(permissions.invite(request.actor, form.cleaned_data["team"]))
    issued = domain.create_link(actor=request.actor, team=form.cleaned_data["team"], days=form.cleaned_data["days"])
    return render(
        request, "organizations/invitation/issued.html", {"links": _links(request, [issued])} | _mail_context()
    )


@require_GET
def invitations(request: OrganizationRequest, slug: str) -> HttpResponse:
    """List invitations: all of them for administrators, those into their own teams for leads."""
    authorize(permissions.invite_somebody(request.actor))
    rows = Invitation.objects.select_related("team", "invited_by", "accepted_by")
    if not request.actor.is_administrator:
        rows = rows.filter(team__lead=request.actor.membership)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "organizations/invitation/list.html", {"page": page})


@never_cache
@require_POST
def invitation_renew(request: OrganizationRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Make a new link (the old one stops working), mail it and show it."""
    invitation = _fetch(request, invitation_id)
    issued = domain.renew_invitation(actor=request.actor, invitation=invitation)
    links = _links(request, [issued])
    domain.mail_invitation_soon(invitation=issued.invitation, link=links[0][1])
    return render(request, "organizations/invitation/issued.html", {"links": links} | _mail_context())


@require_POST
def invitation_revoke(request: OrganizationRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Stop an invitation, with a way back."""
    invitation = _fetch(request, invitation_id)
    domain.revoke_invitation(actor=request.actor, invitation=invitation)
    undo_url = reverse("organizations:invitation_restore", args=[slug, invitation_id])
    toast(request, _("Invitation revoked"), undo_url=undo_url)
    return _changed(request, slug, invitation_id)


@require_POST
def invitation_restore(request: OrganizationRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Take back a revocation."""
    invitation = _fetch(request, invitation_id)
    domain.restore_invitation(actor=request.actor, invitation=invitation)
    toast(request, _("The invitation is valid again"))
    return _changed(request, slug, invitation_id)


@never_cache
@open_to_strangers
@sensitive_post_parameters("password", "password1")
@require_http_methods(["GET", "POST"])
def join(request: StrangerRequest, slug: str, token: str) -> HttpResponse:
    """Say who invites into what, and let people in: signed in with one button, strangers after signing up or in."""
    invitation = find_invitation(token)
    if invitation is None:
        raise Http404
    if request.membership is not None:
        return redirect("okrs:week", slug)
    if not invitation.is_usable:
        return render(request, "organizations/invitation/closed.html", {"invitation": invitation}, status=GONE)
    if request.user.is_authenticated:
        if request.method == "POST":
            return _enter(request, invitation)
        return render(request, "organizations/invitation/join.html", {"invitation": invitation})
    return _join_as_stranger(request, invitation)


def _join_as_stranger(request: StrangerRequest, invitation: Invitation) -> HttpResponse:
    has_account = (request.POST or request.GET).get("account") == "yes"
    sign_up = SignUpForm(initial={"email": invitation.email, "name": invitation.name})
    sign_in = LoginForm(initial={"login": invitation.email}, request=request)
    if request.method == "POST":
        if not ratelimit.consume(request, action="login" if has_account else "signup"):
            return ratelimit.respond_429(request)
        # Comes back here where an address must be confirmed first.
        request.session[JOIN_KEY] = request.path
        if has_account:
            sign_in = LoginForm(request.POST, request=request)
            response = _sign_in(request, sign_in)
        else:
            sign_up = SignUpForm(request.POST)
            response = _sign_up(request, sign_up)
        if request.user.is_authenticated:
            return _enter(request, invitation)
        if response is not None:
            return response
    context = {
        "invitation": invitation,
        "has_account": has_account,
        "form": sign_in if has_account else sign_up,
        "may_sign_up": get_adapter().is_open_for_signup(request),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "organizations/invitation/join.html", context, status=status)


def _sign_in(request: StrangerRequest, form: LoginForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        return form.login(request, redirect_url=request.path)
    except ImmediateHttpResponse as answer:
        return answer.response


def _sign_up(request: StrangerRequest, form: SignUpForm) -> HttpResponse | None:
    if not get_adapter().is_open_for_signup(request) or not form.is_valid():
        return None
    try:
        user, response = form.try_save(request)
        return response or complete_signup(request, user, None, request.path)
    except ImmediateHttpResponse as answer:
        return answer.response


def _enter(request: StrangerRequest, invitation: Invitation) -> HttpResponse:
    """Join, and go where there is something to see: the team's OKRs, or the organization's."""
    request.session.pop(JOIN_KEY, None)
    try:
        joined = join_organization(user=person(request), invitation=invitation)
    except Refused as refusal:
        context = {"invitation": invitation, "reason": " ".join(refusal.messages)}
        return render(request, "organizations/invitation/closed.html", context, status=GONE)
    if not joined.is_new:
        return redirect("okrs:week", request.organization.slug)
    toast(request, _("Welcome to %(name)s.") % {"name": request.organization.name})
    # Who was a placeholder before is in teams already.
    team = joined.team or next(iter(Actor(joined.membership, via=Via.WEB).teams), None)
    if team is not None:
        return redirect("okrs:team", request.organization.slug, team.slug)
    return redirect("okrs:organization", request.organization.slug)


def _invite_page(
    request: OrganizationRequest, form: InviteForm, link_form: LinkForm, claims: Membership | None
) -> HttpResponse:
    context = {"form": form, "link_form": link_form, "claims": claims} | _mail_context()
    status = UNPROCESSABLE if form.is_bound or link_form.is_bound else 200
    return render(request, "organizations/invitation/invite.html", context, status=status)


def _placeholder(request: OrganizationRequest) -> Membership | None:
    """The placeholder named in the address, which only those who manage people may give away."""
    if not (claims_id := request.GET.get("claims")):
        return None
    authorize(permissions.manage_people(request.actor))
    try:
        key = UUID(claims_id)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(Membership.objects.active().filter(user=None), pk=key)


def _initial(request: OrganizationRequest, claims: Membership | None) -> dict[str, object]:
    initial: dict[str, object] = {}
    if claims is not None:
        # A placeholder is in its teams already.
        initial["team"] = None
        if claims.email:
            initial["addresses"] = claims.email
    if team_slug := request.GET.get("team"):
        # A team that is not theirs to invite into is no choice of their form.
        initial["team"] = Team.objects.current().filter(slug=team_slug).values_list("pk", flat=True).first()
    return initial


def _fetch(request: OrganizationRequest, invitation_id: UUID) -> Invitation:
    """An invitation the actor may change, or 404; 403 when it is somebody else's to change."""
    invitation = get_object_or_404(
        Invitation.objects.select_related("team", "invited_by", "accepted_by"), pk=invitation_id
    )
    authorize(permissions.invite(request.actor, invitation.team))
    return invitation


def _changed(request: OrganizationRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    if not is_fragment(request):
        return redirect("organizations:invitations", slug)
    invitation = _fetch(request, invitation_id)
    row = Part(f"#invitation-{invitation_id}", "organizations/invitation/_row.html", {"invitation": invitation})
    return partials(request, row)


def _links(request: OrganizationRequest, issued: Iterable[Issued]) -> list[tuple[Issued, str]]:
    """Each invitation with its absolute link."""
    slug = request.organization.slug
    return [(one, request.build_absolute_uri(reverse("organizations:join", args=[slug, one.token]))) for one in issued]


def _mail_context() -> dict[str, object]:
    return {"mail_goes_out": mail_goes_out()}
