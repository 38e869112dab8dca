"""My week: where everybody begins."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okrs.permissions import manage_cycles
from okrs.queries.coach_home import teams_on_week
from okrs.queries.role_home import organization_on_week, roles_on_week
from okrs.queries.week import week_of
from okrs.views.coach_home import shown_teams
from organizations.queries.first_steps import first_steps
from organizations.registry import registry
from organizations.requests import OrganizationRequest
from roles.queries.question import count_waiting
from roles.queries.waiting import asked_now


@require_safe
def week(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What is due, what waits, and one's own objectives."""
    found = week_of(request.actor, slug=slug)
    return render(
        request,
        "okrs/week/page.html",
        {
            "week": found,
            "check_ins": found.check_ins,
            "first_steps": first_steps(request.actor),
            "coached_teams": shown_teams(teams_on_week(request.actor), slug),
            "questions_waiting": count_waiting(request.actor) if request.actor.settings.coaching else 0,
            "my_roles": roles_on_week(request.actor, slug),
            "organization_cards": organization_on_week(request.actor, slug),
            "waiting": asked_now(request.actor),
            "more_cards": [card for ask in registry.week_cards if (card := ask(request.actor)) is not None],
            "slug": slug,
            "may_begin": not found.has_cycle and bool(manage_cycles(request.actor)),
        },
    )
