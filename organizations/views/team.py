"""The tree of teams, and the administration of one team."""

from itertools import takewhile
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web.decisions import authorize
from okrapp.web.htmx import UNPROCESSABLE, go_to, respond, toast
from organizations import permissions
from organizations.domain import team as domain
from organizations.errors import Refused
from organizations.forms.team import AddPeopleForm, TeamForm, TeamPlaceForm
from organizations.models import Membership, Team
from organizations.names import sort_key
from organizations.queries.people import find_people
from organizations.queries.team import Node, archived_teams, flat_tree, line_to, people_of, team_rows, team_tree
from organizations.requests import OrganizationRequest
from organizations.views.posted import posted

# Larger trees come open to this depth; the rest is loaded when somebody opens a branch.
OPEN_DEPTH = 2
WHOLE_TREE = 150
FOUND_AT_MOST = 100


@require_GET
def teams(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The tree; `?q=` finds teams by a part of their name, `?archived=1` shows those put away."""
    query = request.GET.get("q", "").strip()
    roots = team_tree(with_people=True)
    nodes = flat_tree(roots)
    context = _tree_context(request, query=query, number_of_teams=len(nodes), roots=roots)
    context["open_depth"] = 99 if len(nodes) <= WHOLE_TREE else OPEN_DEPTH
    if query:
        wanted = sort_key(query)
        found = [node for node in nodes if wanted in node.team.sort_key]
        context |= {"found": found[:FOUND_AT_MOST], "more_found": len(found) > FOUND_AT_MOST}
    if request.GET.get("archived"):
        context["archived"] = archived_teams()
    return respond(request, "organizations/team/tree.html", "organizations/team/_tree.html", context)


@require_GET
def team_branch(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """What stands below one team, for a branch that is opened; without script a page of its own."""
    line = line_to(team_slug)
    if not line or line[-1].archived_at is not None:
        raise Http404
    (node,) = team_tree(with_people=True, below=line[-1], depth=len(line) - 1)
    context = _tree_context(request, query="", number_of_teams=len(node.children), roots=node.children)
    context |= {"open_depth": node.depth + OPEN_DEPTH, "branch": node}
    return respond(request, "organizations/team/tree.html", "organizations/team/_branch.html", context)


@require_http_methods(["GET", "POST"])
def team_create(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Create a team; `?parent=<slug>` says below which."""
    authorize(permissions.manage_teams(request.actor))
    parent = Team.objects.current().filter(slug=request.GET.get("parent", "")).first()
    form = TeamForm(posted(request), actor=request.actor)
    place = TeamPlaceForm(posted(request), initial={"parent": parent.pk if parent else _only_root()})
    status = 200
    if request.method == "POST":
        if form.is_valid() and place.is_valid():
            try:
                team = domain.create_team(actor=request.actor, parent=place.cleaned_data["parent"], **form.cleaned_data)
            except Refused as refusal:
                _refuse(refusal, form, place)
            else:
                toast(request, _("“{team}” was created. Who is in it?").format(team=team.name))
                return redirect("organizations:team_members", slug, team.slug)
        status = UNPROCESSABLE
    context = {"form": form, "place": place, "parent": parent}
    return render(request, "organizations/team/create.html", context, status=status)


@require_http_methods(["GET", "POST"])
def team_edit(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Name, lead, what the team is for, its check-in rhythm."""
    team = _team(team_slug)
    authorize(permissions.edit_team(request.actor, team))
    form = TeamForm(posted(request), instance=team, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            domain.update_team(actor=request.actor, team=team, changes=form.changes(), seen=form.seen)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            toast(request, _("Team saved."))
            return redirect("organizations:team_edit", slug, team.slug)
    status = UNPROCESSABLE if form.is_bound else 200
    return _team_page(request, team, "edit", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def team_move(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Put a team below another one, or archive it."""
    team = _team(team_slug)
    authorize(permissions.manage_teams(request.actor))
    given = request.POST if "parent" in request.POST else request.GET
    form = TeamPlaceForm(given if request.method == "POST" else None, initial={"parent": team.parent_id})
    if request.method == "POST" and form.is_valid():
        former = team.parent_id
        try:
            domain.move_team(actor=request.actor, team=team, parent=form.cleaned_data["parent"])
        except Refused as refusal:
            form.add_error(*_at_field(refusal, form))
        else:
            undo = reverse("organizations:team_move", args=[slug, team.slug])
            if form.cleaned_data["parent"] != team.parent:
                toast(
                    request,
                    _("“{team}” was moved.").format(team=team.name),
                    undo_url=f"{undo}?parent={former or ''}",
                )
            return go_to(request, reverse("organizations:teams", args=[slug]))
    status = UNPROCESSABLE if form.is_bound else 200
    return _team_page(request, team, "move", {"form": form, "below": _number_below(team)}, status=status)


@require_POST
def team_archive(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Put a team away; `all=1` takes those below it along."""
    team = _team(team_slug)
    authorize(permissions.manage_teams(request.actor))
    try:
        archived = domain.archive_team(actor=request.actor, team=team, with_teams_below=request.POST.get("all") == "1")
    except Refused as refusal:
        form = TeamPlaceForm(initial={"parent": team.parent_id})
        context = {"form": form, "below": _number_below(team), "archive_error": " ".join(refusal.messages)}
        return _team_page(request, team, "move", context, status=UNPROCESSABLE)
    text = (
        ngettext("{count} team was archived.", "{count} teams were archived.", len(archived)).format(
            count=len(archived)
        )
        if len(archived) > 1
        else _("“{team}” was archived.").format(team=team.name)
    )
    toast(request, text, undo_url=reverse("organizations:team_unarchive", args=[slug, team.slug]))
    return go_to(request, reverse("organizations:teams", args=[slug]))


@require_POST
def team_unarchive(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Bring a team back, with what was archived together with it."""
    team = get_object_or_404(Team, slug=team_slug)
    authorize(permissions.manage_teams(request.actor))
    try:
        domain.unarchive_team(actor=request.actor, team=team)
    except Refused as refusal:
        toast(request, " ".join(refusal.messages), tone="bad")
    else:
        toast(request, _("“{team}” is back.").format(team=team.name))
    return go_to(request, reverse("organizations:teams", args=[slug]))


@require_http_methods(["GET", "POST"])
def team_members(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Who is in a team; `?q=` finds people to add, a POST with `people` adds those ticked."""
    team = _team(team_slug)
    authorize(permissions.edit_team(request.actor, team))
    form = AddPeopleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        new = domain.add_team_members(actor=request.actor, team=team, members=form.cleaned_data["people"])
        names = [member.display_name for member in new]
        if len(names) == 1:
            undo = reverse("organizations:team_member_remove", args=[slug, team.slug, new[0].pk])
            toast(request, _("{person} is in the team now.").format(person=names[0]), undo_url=undo)
        else:
            text = ngettext("{count} person was added.", "{count} people were added.", len(names))
            toast(request, text.format(count=len(names)), tone="ok" if names else "info")
        return redirect("organizations:team_members", slug, team.slug)
    people = people_of(team)
    inside = {member.pk for member in people}
    query = (request.GET.get("q") or request.POST.get("q") or "").strip()
    found = [(member, member.pk in inside) for member in find_people(query)] if query else []
    context = {"people": people, "form": form, "query": query, "found": found}
    if request.htmx:
        return render(request, "organizations/team/_found_people.html", context | {"team": team})
    return _team_page(request, team, "members", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
def team_member_remove(request: OrganizationRequest, slug: str, team_slug: str, member_id: UUID) -> HttpResponse:
    """Take somebody out of a team."""
    team = _team(team_slug)
    authorize(permissions.edit_team(request.actor, team))
    member = get_object_or_404(Membership, pk=member_id)
    if domain.remove_team_member(actor=request.actor, team=team, member=member):
        undo = reverse("organizations:team_member_restore", args=[slug, team.slug, member.pk])
        toast(request, _("{person} is no longer in the team.").format(person=member.display_name), undo_url=undo)
    return go_to(request, reverse("organizations:team_members", args=[slug, team.slug]))


@require_POST
def team_member_restore(request: OrganizationRequest, slug: str, team_slug: str, member_id: UUID) -> HttpResponse:
    """Put somebody back into a team."""
    team = _team(team_slug)
    authorize(permissions.edit_team(request.actor, team))
    member = get_object_or_404(Membership.objects.active(), pk=member_id)
    domain.add_team_members(actor=request.actor, team=team, members=[member])
    toast(request, _("{person} is back in the team.").format(person=member.display_name))
    return go_to(request, reverse("organizations:team_members", args=[slug, team.slug]))


def _team(team_slug: str) -> Team:
    return get_object_or_404(Team.objects.current().select_related("parent", "lead"), slug=team_slug)


def _only_root() -> UUID | None:
    roots = list(Team.objects.current().filter(parent=None).values_list("pk", flat=True)[:2])
    return roots[0] if len(roots) == 1 else None


def _number_below(team: Team) -> int:
    rows = iter(team_rows())
    place = next((row for row in rows if row.id == team.pk), None)
    # Those below it follow it at once.
    return sum(1 for _row in takewhile(lambda row: row.depth > place.depth, rows)) if place else 0


def _tree_context(
    request: OrganizationRequest, *, query: str, number_of_teams: int, roots: list[Node]
) -> dict[str, Any]:
    actor = request.actor
    return {
        "roots": roots,
        "query": query,
        "number_of_teams": number_of_teams,
        "may_manage": bool(permissions.manage_teams(actor)),
        "editable": [node.team.pk for node in flat_tree(roots) if permissions.edit_team(actor, node.team)],
    }


def _team_page(
    request: OrganizationRequest, team: Team, tab: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    slug = request.organization.slug
    tabs = [
        (_("Details"), reverse("organizations:team_edit", args=[slug, team.slug]), tab == "edit"),
        (_("People"), reverse("organizations:team_members", args=[slug, team.slug]), tab == "members"),
    ]
    if permissions.manage_teams(request.actor):
        move = reverse("organizations:team_move", args=[slug, team.slug])
        tabs.append((_("Place in the tree"), move, tab == "move"))
    crumbs = [(_("Teams"), reverse("organizations:teams", args=[slug]))]
    crumbs += [(above.name, reverse("okrs:team", args=[slug, above.slug])) for above in line_to(team.slug)[:-1]]
    context |= {"team": team, "team_name": team.name, "tabs": tabs, "crumbs": crumbs}
    return render(request, f"organizations/team/{tab}.html", context, status=status)


def _refuse(refusal: Refused, form: TeamForm, place: TeamPlaceForm) -> None:
    if "parent" in getattr(refusal, "error_dict", {}):
        place.add_error(None, refusal)
    else:
        form.refuse(refusal)


def _at_field(refusal: Refused, form: TeamPlaceForm) -> tuple[str | None, Any]:
    """A refusal at the one field there is, or above the form."""
    known = getattr(refusal, "error_dict", {})
    return ("parent", known["parent"]) if "parent" in known else (None, refusal.messages)
