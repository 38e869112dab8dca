"""The number beside My week, drawn anew by what changes it."""

from django.urls import reverse

from okrapp.web.htmx import Part
from okrs.queries.waiting import count_waiting
from organizations.requests import OrganizationRequest


def week_badge(request: OrganizationRequest) -> Part:
    """Return the number beside My week in the sidebar."""
    week_url = reverse("okrs:week", args=[request.organization.slug])
    return Part(
        f'.sidebar a.navlink[href="{week_url}"] .nav-badge-place',
        "okrs/week/_badge.html",
        {"count": count_waiting(request.actor)},
        swap="innerHTML",
    )
