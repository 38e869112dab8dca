"""Who could coach a team."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okrapp.web.decisions import authorize
from organizations.models import Team
from organizations.requests import OrganizationRequest
from roles import permissions
from roles.queries.coach_proposal import find_candidates


@require_GET
def coach_proposal(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """Show candidates with what speaks for and against them; `language` is in the address."""
    team = get_object_or_404(Team.objects.current(), slug=team_slug)
    authorize(permissions.find_coach(request.actor, team))
    language = request.GET.get("language", "")[:16]
    search = find_candidates(team.pk, request.actor.settings, language=language)
    crumbs = [(team.name, reverse("okrs:team", args=[slug, team.slug]))]
    if permissions.see_coverage(request.actor):
        crumbs.insert(0, (_("Coverage"), reverse("roles:coverage", args=[slug])))
    context = {
        "team": team,
        "search": search,
        "conflicts": [
            (one, bool(permissions.grant_exception(request.actor, one.member, team))) for one in search.with_conflict
        ],
        "crumbs": crumbs,
        "language": language,
        "language_options": [("", _("Those of the team")), *search.languages],
    }
    return render(request, "roles/coach_proposal/page.html", context)
