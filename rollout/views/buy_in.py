"""Whether leaders are behind a rollout, inviting them, and their own commitments."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.models import Membership
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import buy_in_permissions as permissions
from rollout.domain import buy_in as domain
from rollout.enums import CommitmentKind, CommitmentState
from rollout.forms.buy_in import CommitmentForm, InviteForm
from rollout.models import BuyInLeader, LeaderCommitment
from rollout.queries.buy_in import FEWEST, leaders_of, own_commitments, summary_of
from rollout.views.doing import done
from rollout.views.fetching import around, plan_to

FORM, FORM_DRAWER = "rollout/buy_in/form.html", "rollout/buy_in/form_drawer.html"


@require_safe
def buy_in(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show the leaders and their commitments to the office, and sums to the sponsor."""
    found = plan_to(request, plan_id, permissions.see_buy_in)
    context = around(request, found, "rollout:buy_in")
    if permissions.invite_leaders(request.actor, found):
        context["leaders"] = leaders_of(found)
        return render(request, "rollout/buy_in/leaders.html", context)
    if (sums := summary_of(found)) is not None:
        context["kinds"] = [(CommitmentKind(kind).label, number) for kind, number in sums.kinds]
        context["states"] = [(CommitmentState(state).label, number) for state, number in sums.states]
    context["fewest"] = FEWEST
    return render(request, "rollout/buy_in/summary.html", context)


@require_http_methods(["GET", "POST"])
def leader_invite(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Invite a leader; a member's id in `member` invites them at once, from the list."""
    found = plan_to(request, plan_id, permissions.invite_leaders)
    form = InviteForm(posted(request))
    form.fields["leader"].suggest(slug)
    if request.method == "POST" and form.is_valid():
        try:
            domain.invite_leader(actor=request.actor, plan=found, leader=form.cleaned_data["leader"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Invited. They are told, and write themselves."))
            return go_to(request, reverse("rollout:buy_in", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(
        request, "rollout/buy_in/invite.html", "rollout/buy_in/invite_drawer.html", context
    )


@require_POST
def leader_invite_one(request: OrganizationRequest, slug: str, plan_id: UUID, member_id: UUID) -> HttpResponse:
    """Invite a leader from the list."""
    found = plan_to(request, plan_id, permissions.invite_leaders)
    leader: Membership = get_object_or_404(Membership.objects.active(), pk=member_id)
    try:
        row = domain.invite_leader(actor=request.actor, plan=found, leader=leader)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        undo = reverse("rollout:leader_uninvite", args=[slug, row.pk])
        toast(request, _("Invited. They are told, and write themselves."), undo_url=undo)
    return go_to(request, reverse("rollout:buy_in", args=[slug, found.pk]))


@require_POST
def leader_uninvite(request: OrganizationRequest, slug: str, buy_in_leader_id: UUID) -> HttpResponse:
    """Take an invitation back; what the leader wrote stays theirs."""
    row: BuyInLeader = get_object_or_404(BuyInLeader, pk=buy_in_leader_id)
    row.plan = plan_to(request, row.plan_id, permissions.invite_leaders)
    back = reverse("rollout:buy_in", args=[slug, row.plan_id])
    return done(request, domain.withdraw_invitation, _("The invitation is taken back."), back=back, invitation=row)


@require_safe
def my_buy_in(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Show the reader what they have committed themself to."""
    found = plan_to(request, plan_id, permissions.see_own_commitments)
    context = around(request, found, "rollout:my_buy_in")
    goes_on = not found.is_over and found.archived_at is None
    context |= {
        "commitments": own_commitments(request.actor, found),
        "may_add": goes_on and bool(permissions.commit(request.actor, found)),
    }
    return render(request, "rollout/buy_in/mine.html", context)


@require_http_methods(["GET", "POST"])
def commitment_create(request: OrganizationRequest, slug: str, plan_id: UUID) -> HttpResponse:
    """Commit oneself."""
    found = plan_to(request, plan_id, permissions.commit)
    form = CommitmentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            domain.commit(actor=request.actor, plan=found, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("It stands there, for you and the Program Lead Office."))
            return go_to(request, reverse("rollout:my_buy_in", args=[slug, found.pk]))
    context = {"form": form, "plan": found, "slug": slug, "action": request.path, "title": _("New commitment")}
    return (invalid if form.is_bound else respond)(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def commitment_edit(request: OrganizationRequest, slug: str, commitment_id: UUID) -> HttpResponse:
    """Change one's own commitment, or say what became of it."""
    row = _own(request, commitment_id)
    form = CommitmentForm(posted(request), commitment=row)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_commitment(actor=request.actor, commitment=row, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Commitment saved"))
            return go_to(request, reverse("rollout:my_buy_in", args=[slug, row.plan_id]))
    context = {"form": form, "plan": row.plan, "row": row, "slug": slug, "action": request.path}
    return (invalid if form.is_bound else respond)(
        request, FORM, FORM_DRAWER, context | {"title": _("Edit commitment")}
    )


@require_POST
def commitment_remove(request: OrganizationRequest, slug: str, commitment_id: UUID) -> HttpResponse:
    """Remove one's own commitment; the toast takes it back."""
    row = _own(request, commitment_id)
    back = reverse("rollout:my_buy_in", args=[slug, row.plan_id])
    undo = reverse("rollout:commitment_restore", args=[slug, row.pk])
    return done(request, domain.remove_commitment, _("Commitment removed"), back=back, undo=undo, commitment=row)


@require_POST
def commitment_restore(request: OrganizationRequest, slug: str, commitment_id: UUID) -> HttpResponse:
    """Bring back one's own commitment removed moments ago."""
    row = _own(request, commitment_id, also_removed=True)
    back = reverse("rollout:my_buy_in", args=[slug, row.plan_id])
    return done(request, domain.restore_commitment, _("It is back."), back=back, commitment=row)


def _own(request: OrganizationRequest, commitment_id: UUID, *, also_removed: bool = False) -> LeaderCommitment:
    rows = LeaderCommitment.objects.all() if also_removed else LeaderCommitment.objects.standing()
    rows = rows.select_related("plan__team", "plan__sponsor").prefetch_related("plan__officers")
    row: LeaderCommitment = get_object_or_404(rows, pk=commitment_id)
    authorize(permissions.edit_commitment(request.actor, row))
    return row
