"""Talking about an objective and what belongs to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast
from okrs import talk_permissions as permissions
from okrs.domain import comment as domain
from okrs.forms.comment import CommentForm
from okrs.models import CheckIn, Comment, Initiative, KeyResult, Objective, Proposal
from okrs.queries.comment import About, said, talk_of_objective, talk_of_proposal, with_surroundings
from okrs.views.fetching import objective_to_read
from okrs.views.objective_parts import IN_DRAWER
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

PAGE, DRAWER, TALK, ONE = (f"okrs/comment/{name}.html" for name in ("page", "drawer", "_talk", "_comment"))
FORM, FORM_DRAWER = "okrs/comment/form.html", "okrs/comment/form_drawer.html"
PROPOSAL_PAGE, PROPOSAL_TALK = "okrs/proposal/talk.html", "okrs/proposal/_talk.html"
# Where a talk stands: on the page of its objective, in the drawer of it, or by itself.
PLACES = ("page", "drawer")


@require_http_methods(["GET", "POST"])
def talk(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Show the talk about an objective and add to it.

    `?key_result=`, `?check_in=` or `?initiative=` is the one thing talked about; `?before=` shows older comments;
    `?in=` says that the answer is the part of the page (or of the drawer) of the objective.
    """
    objective = objective_to_read(request, objective_id)
    about = _about(request, objective)
    place = request.GET.get("in", "")
    part = TALK if place in PLACES else DRAWER
    form = CommentForm(request.POST if request.method == "POST" else None, slug=slug, auto_id=f"talk-{place}-%s")
    if request.method != "POST":
        return respond(request, PAGE, part, _context(request, objective, about, form))
    authorize(permissions.comment_on(request.actor, objective))
    if form.is_valid():
        try:
            domain.write_comment(
                actor=request.actor, objective=objective, text=form.cleaned_data["text"], **about.values()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            if not is_fragment(request):
                return redirect(_address(slug, objective, about))
            empty = CommentForm(slug=slug, auto_id=form.auto_id)
            context = _context(request, objective, about, empty)
            return partials(request, body=TALK, context=context, focus=f"#{context['talk_id']} textarea")
    return invalid(request, PAGE, TALK, _context(request, objective, about, form))


@require_http_methods(["GET", "POST"])
def proposal_talk(request: OrganizationRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Show the talk about a proposal, older comments with `?before=`, and add to it."""
    proposal = get_object_or_404(Proposal.objects.select_related("team", "proposed_by"), pk=proposal_id)
    form = CommentForm(request.POST if request.method == "POST" else None, slug=slug, auto_id="talk-%s")
    if request.method != "POST":
        return respond(request, PROPOSAL_PAGE, PROPOSAL_TALK, proposal_talk_context(request, proposal, form))
    authorize(permissions.comment_on_proposal(request.actor, proposal))
    if form.is_valid():
        try:
            domain.write_comment(actor=request.actor, proposal=proposal, text=form.cleaned_data["text"])
        except Refused as refused:
            form.refuse(refused)
        else:
            if not is_fragment(request):
                return redirect("okrs:proposal", slug, proposal.pk)
            context = proposal_talk_context(request, proposal, CommentForm(slug=slug, auto_id=form.auto_id))
            return partials(request, body=PROPOSAL_TALK, context=context, focus=f"#talk-{proposal.pk} textarea")
    return invalid(request, PROPOSAL_PAGE, PROPOSAL_TALK, proposal_talk_context(request, proposal, form))


@require_http_methods(["GET", "POST"])
def comment_edit(request: OrganizationRequest, slug: str, comment_id: UUID) -> HttpResponse:
    """Change one's own words."""
    found = comment_to(permissions.edit_comment, request, comment_id)
    form = CommentForm(request.POST if request.method == "POST" else None, slug=slug, comment=found)
    context = {"form": form, "comment": found, "action": reverse("okrs:comment_edit", args=[slug, found.pk])}
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            domain.edit_comment(actor=request.actor, comment=found, text=form.cleaned_data["text"])
        except Refused as refused:
            form.refuse(refused)
        else:
            toast(request, _("Comment saved"))
            if not is_fragment(request):
                return redirect(home_of(slug, found))
            (fresh,) = said(request.actor, [_find(request, found.pk)])
            shown = {"said": fresh, "slug": slug, "may_comment": True, "names_thing": True}
            parts = [
                Part(f"#{prefix}comment-{found.pk}", ONE, shown | {"prefix": prefix}) for prefix in ("", IN_DRAWER)
            ]
            return partials(request, *parts, close_drawer=True, focus=f"#comment-{found.pk}")
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def comment_remove(request: OrganizationRequest, slug: str, comment_id: UUID) -> HttpResponse:
    """Take a comment away; the toast brings it back."""
    found = comment_to(permissions.remove_comment, request, comment_id)
    domain.remove_comment(actor=request.actor, comment=found)
    toast(request, _("Comment removed"), undo_url=reverse("okrs:comment_restore", args=[slug, found.pk]))
    if not is_fragment(request):
        return redirect(home_of(slug, found, at_comment=False))
    return partials(request, *(Part(f"#{prefix}comment-{found.pk}", swap="delete") for prefix in ("", IN_DRAWER)))


@require_POST
def comment_restore(request: OrganizationRequest, slug: str, comment_id: UUID) -> HttpResponse:
    """Bring back a comment that was removed moments ago."""
    found = comment_to(permissions.restore_comment, request, comment_id)
    try:
        domain.restore_comment(actor=request.actor, comment=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Comment is back"))
    if not is_fragment(request):
        return redirect(home_of(slug, found))
    if found.proposal is not None:
        empty = CommentForm(slug=slug, auto_id="talk-%s")
        part = Part(f"#talk-{found.proposal_id}", PROPOSAL_TALK, proposal_talk_context(request, found.proposal, empty))
        return partials(request, part, focus=f"#comment-{found.pk}")
    if found.objective is None:
        return partials(request)
    about = About(found.key_result, found.check_in, found.initiative)
    return partials(request, *_parts(request, found.objective, about), focus=f"#comment-{found.pk}")


def comment_to(
    permission: Callable[[Actor, Comment], Decision], request: OrganizationRequest, comment_id: UUID
) -> Comment:
    """Return a comment with which the actor may do something, with all around it, removed or not."""
    found = _find(request, comment_id)
    authorize(permission(request.actor, found))
    return found


def proposal_talk_context(request: OrganizationRequest, proposal: Proposal, form: CommentForm) -> dict[str, Any]:
    """Return what the talk about a proposal shows."""
    slug = request.organization.slug
    url = reverse("okrs:proposal_talk", args=[slug, proposal.pk])
    found = talk_of_proposal(request.actor, proposal, _id(request.GET.get("before", "")))
    return {
        "talk": found,
        "proposal": proposal,
        "form": form,
        "slug": slug,
        "prefix": "",
        "plain_url": url,
        "url": url,
        "older_url": f"{url}?before={found.older}" if found.older else "",
    }


def home_of(slug: str, comment: Comment, *, at_comment: bool = True) -> str:
    """Return where a comment stands."""
    anchor = f"#comment-{comment.pk}" if at_comment else ""
    if comment.objective is None:
        return reverse("okrs:proposal", args=[slug, comment.proposal_id]) + anchor
    return reverse("okrs:talk", args=[slug, comment.objective_id]) + anchor


def _find(request: OrganizationRequest, comment_id: UUID) -> Comment:
    found: Comment = get_object_or_404(with_surroundings(Comment.objects.visible_to(request.actor)), pk=comment_id)
    return found


def _context(
    request: OrganizationRequest, objective: Objective, about: About, form: CommentForm, place: str | None = None
) -> dict[str, Any]:
    slug = request.organization.slug
    place = request.GET.get("in", "") if place is None else place
    place = place if place in PLACES else ""
    # Without a place it is the only talk on its page; in a drawer it may stand over the page of the objective.
    is_inside = place == "drawer" or (not place and is_fragment(request))
    prefix = IN_DRAWER if is_inside else ""
    plain = _address(slug, objective, about)
    found = talk_of_objective(request.actor, objective, about, _id(request.GET.get("before", "")))
    return {
        "talk": found,
        "objective": objective,
        "about": about,
        "form": form,
        "slug": slug,
        "prefix": prefix,
        "talk_id": _talk_id(prefix, objective, about),
        "plain_url": plain,
        "url": f"{plain}{'&' if '?' in plain else '?'}in={place}" if place else plain,
        "is_card": bool(place),
        "older_url": f"{plain}{'&' if '?' in plain else '?'}before={found.older}" if found.older else "",
    }


def _parts(request: OrganizationRequest, objective: Objective, about: About) -> list[Part]:
    """Return the talks in which a comment may stand: on the page, in the drawer, and that about one thing."""
    slug, found = request.organization.slug, []
    of_all = [(About(), place) for place in PLACES]
    for topic, place in [*of_all, (about, "drawer")] if about.name else of_all:
        context = _context(request, objective, topic, CommentForm(slug=slug, auto_id=f"talk-{place}-%s"), place)
        found.append(Part(f"#{context['talk_id']}", TALK, context))
    return found


def _talk_id(prefix: str, objective: Objective, about: About) -> str:
    return f"{prefix}talk-{about.thing.pk if about.thing else objective.pk}"


def _address(slug: str, objective: Objective, about: About) -> str:
    url = reverse("okrs:talk", args=[slug, objective.pk])
    return f"{url}?{about.name}={about.thing.pk}" if about.thing else url


def _about(request: OrganizationRequest, objective: Objective) -> About:
    """Return what the address names of an objective; what is not of this objective is a 404."""
    rows: tuple[tuple[str, Any], ...] = (
        ("key_result", KeyResult.objects.filter(objective=objective)),
        (
            "check_in",
            CheckIn.objects.standing()
            .filter(key_result__objective=objective)
            .select_related("author", "on_behalf_of", "key_result__objective__cycle"),
        ),
        ("initiative", Initiative.objects.filter(objective=objective)),
    )
    for name, of_objective in rows:
        if name in request.GET:
            key = _id(request.GET.get(name, ""))
            if key is None:
                raise Http404
            return About(**{name: get_object_or_404(of_objective, pk=key)})
    return About()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
