"""One barrier: changed, answered, voted for, talked about, taken away."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import go_to, invalid, respond, toast
from organizations.errors import Refused
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted
from rollout import permissions, readiness_permissions
from rollout.domain import barrier as domain
from rollout.domain import barrier_comment as comments
from rollout.domain import barrier_vote
from rollout.forms.readiness import AnswerBarrierForm, BarrierCommentForm, BarrierForm, VoteForm
from rollout.models import Barrier, BarrierComment, RolloutPlan
from rollout.views.fetching import Ask, plan_to
from rollout.views.readiness import BOARD, PAGE, board_again, board_context, readiness_url, written

FORM, FORM_DRAWER = "rollout/readiness/edit.html", "rollout/readiness/edit_drawer.html"
ANSWER, ANSWER_DRAWER = "rollout/readiness/answer.html", "rollout/readiness/answer_drawer.html"


@require_http_methods(["GET", "POST"])
def barrier_edit(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Change what one said under one's name."""
    barrier, plan = _barrier(request, barrier_id)
    form = BarrierForm(posted(request), barrier=barrier)
    if request.method == "POST" and form.is_valid():
        try:
            domain.edit_barrier(actor=request.actor, barrier=barrier, changes=form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Saved"))
            return go_to(request, readiness_url(slug, plan))
    context = {"form": form, "plan": plan, "barrier": barrier, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, FORM, FORM_DRAWER, context)


@require_http_methods(["GET", "POST"])
def barrier_answer(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Answer a barrier, say who owns it and what became of it."""
    barrier, plan = _barrier(request, barrier_id, permissions.edit_plan)
    form = AnswerBarrierForm(posted(request), slug=slug, barrier=barrier)
    if request.method == "POST" and form.is_valid():
        try:
            domain.answer_barrier(actor=request.actor, barrier=barrier, changes=form.changes(), seen=form.seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Answer saved"))
            return go_to(request, readiness_url(slug, plan))
    context = {"form": form, "plan": plan, "barrier": barrier, "slug": slug, "action": request.path}
    answer = invalid if form.is_bound else respond
    return answer(request, ANSWER, ANSWER_DRAWER, context)


@require_POST
def barrier_vote_set(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Give a barrier so many of one's votes: `count`, 0 to take them back."""
    barrier, plan = _barrier(request, barrier_id)
    form = VoteForm(request.POST)
    if not form.is_valid():
        toast(request, " ".join(map(str, form.errors["count"])), tone="warn")
        return board_again(request, plan)
    count = form.cleaned_data["count"]
    return written(
        request,
        plan,
        lambda: barrier_vote.set_votes(actor=request.actor, barrier=barrier, count=count),
        focus=f"#barrier-{barrier.pk}",
    )


@require_POST
def barrier_remove(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Take a barrier away; the toast brings it back."""
    barrier, plan = _removable(request, barrier_id)
    undo = reverse("rollout:barrier_restore", args=[slug, barrier.pk])
    return written(
        request,
        plan,
        lambda: domain.remove_barrier(actor=request.actor, barrier=barrier),
        text=_("Barrier taken away"),
        undo=undo,
    )


@require_POST
def barrier_restore(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Bring back a barrier that was taken away."""
    barrier, plan = _removable(request, barrier_id)
    return written(
        request,
        plan,
        lambda: domain.restore_barrier(actor=request.actor, barrier=barrier),
        text=_("It is back."),
        focus=f"#barrier-{barrier.pk}",
    )


@require_POST
def barrier_comment_create(request: OrganizationRequest, slug: str, barrier_id: UUID) -> HttpResponse:
    """Say something to a barrier."""
    barrier, plan = _barrier(request, barrier_id)
    form = BarrierCommentForm(request.POST, auto_id=f"say-{barrier.pk}-%s")
    if form.is_valid():
        try:
            comments.comment_on_barrier(actor=request.actor, barrier=barrier, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return board_again(request, plan, focus=f"#barrier-{barrier.pk}", opened=barrier.pk)
    return invalid(request, PAGE, BOARD, board_context(request, plan, failed=(barrier.pk, form)))


@require_POST
def barrier_comment_remove(request: OrganizationRequest, slug: str, barrier_comment_id: UUID) -> HttpResponse:
    """Take a comment away; the toast brings it back."""
    comment, plan = _comment(request, barrier_comment_id)
    undo = reverse("rollout:barrier_comment_restore", args=[slug, comment.pk])
    return written(
        request,
        plan,
        lambda: comments.remove_barrier_comment(actor=request.actor, comment=comment),
        text=_("Comment taken away"),
        undo=undo,
        focus=f"#barrier-{comment.barrier_id}",
        opened=comment.barrier_id,
    )


@require_POST
def barrier_comment_restore(request: OrganizationRequest, slug: str, barrier_comment_id: UUID) -> HttpResponse:
    """Bring back a comment that was taken away."""
    comment, plan = _comment(request, barrier_comment_id)
    return written(
        request,
        plan,
        lambda: comments.restore_barrier_comment(actor=request.actor, comment=comment),
        text=_("It is back."),
        focus=f"#barrier-{comment.barrier_id}",
        opened=comment.barrier_id,
    )


def _barrier(
    request: OrganizationRequest, barrier_id: UUID, ask: Ask = readiness_permissions.see_readiness
) -> tuple[Barrier, RolloutPlan]:
    """Return a barrier with whose plan the reader may do something, and that plan."""
    barrier: Barrier = get_object_or_404(Barrier.objects.standing(), pk=barrier_id)
    barrier.plan = plan_to(request, barrier.plan_id, ask)
    return barrier, barrier.plan


def _removable(request: OrganizationRequest, barrier_id: UUID) -> tuple[Barrier, RolloutPlan]:
    """Return a barrier the reader may take away and bring back, and its plan."""
    barrier: Barrier = get_object_or_404(Barrier.objects.select_related("plan"), pk=barrier_id)
    authorize(readiness_permissions.remove_barrier(request.actor, barrier))
    return barrier, barrier.plan


def _comment(request: OrganizationRequest, comment_id: UUID) -> tuple[BarrierComment, RolloutPlan]:
    """Return a comment the reader may take away and bring back, and its plan."""
    rows = BarrierComment.objects.select_related("barrier__plan")
    comment: BarrierComment = get_object_or_404(rows, pk=comment_id)
    authorize(readiness_permissions.remove_barrier_comment(request.actor, comment))
    return comment, comment.barrier.plan
