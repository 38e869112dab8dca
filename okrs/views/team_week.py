"""The week of a team."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from okrs import permissions
from okrs.queries.digest import WEEK, tells_of_today, week_before, weeks_of
from organizations.models import Team
from organizations.queries.settings import today_of
from organizations.requests import OrganizationRequest


@require_safe
def team_week(request: OrganizationRequest, slug: str, team_slug: str) -> HttpResponse:
    """What moved, is stuck, is celebrated and due; `?from=` is the Monday of an earlier week."""
    team = get_object_or_404(Team.objects.current(), slug=team_slug)
    today = today_of(request.actor.settings)
    this_week = today - today.weekday() * (WEEK / 7)
    first = monday_of(request.GET.get("from", "")) or week_before(today)
    if first > this_week:
        raise Http404
    url = reverse("okrs:team_week", args=[slug, team_slug])
    week = weeks_of(request.actor, [team], first)[team.pk]
    context = {
        "week": week,
        "due": [(one, bool(permissions.check_in(request.actor, one.key_result))) for one in week.due],
        "is_over": first < this_week,
        "tells_of_today": tells_of_today(first, today),
        "others": [
            (one.name, f"{reverse('okrs:team_week', args=[slug, one.slug])}?from={first.isoformat()}")
            for one in request.actor.teams
            if one != team
        ],
        "crumbs": [(team.name, reverse("okrs:team", args=[slug, team_slug]))],
        "previous_url": f"{url}?from={(first - WEEK).isoformat()}",
        "next_url": f"{url}?from={(first + WEEK).isoformat()}" if first < this_week else "",
    }
    return render(request, "okrs/team_week/page.html", context)


def monday_of(text: str) -> date | None:
    """Return the Monday of the week of a day written as 2026-11-30; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day - day.weekday() * (WEEK / 7) if date(2000, 1, 10) <= day <= date(2200, 1, 1) else None
