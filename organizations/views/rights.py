"""What somebody may do here, and why; and the rules for everybody."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizations.models import Team
from organizations.queries import rights as queries
from organizations.requests import OrganizationRequest

# Things that the page shows by name; the operator's command knows all types.
SHOWN = ("team", "objective")


@require_safe
def rights(request: OrganizationRequest, slug: str) -> HttpResponse:
    """What one may do in the organization, and with one thing: `?about=team:marketing`, `?about=objective:<id>`."""
    about = None
    if named := request.GET.get("about", ""):
        kind, _colon, key = named.partition(":")
        about = queries.find(request.actor, kind, key) if kind in SHOWN else None
        if about is None:
            raise Http404
    context = {
        "tabs": _tabs(slug, "organizations:rights"),
        "about": about,
        "kind": about._meta.verbose_name if about is not None else "",
        "about_answers": queries.answers(request.actor, about) if about is not None else [],
        "answers": queries.answers(request.actor),
        "teams": request.actor.teams,
        "is_team": isinstance(about, Team),
    }
    return render(request, "organizations/rights/mine.html", context)


@require_safe
def rights_table(request: OrganizationRequest, slug: str) -> HttpResponse:
    """The rules as a table: who may do what."""
    context = {
        "tabs": _tabs(slug, "organizations:rights_table"),
        "columns": queries.COLUMNS,
        "sections": list(queries.table()),
    }
    return render(request, "organizations/rights/table.html", context)


def _tabs(slug: str, current: str) -> list[tuple[str, str, bool]]:
    places = [
        (_("What I may do"), "organizations:rights"),
        (_("The rules for everybody"), "organizations:rights_table"),
    ]
    return [(label, reverse(name, args=[slug]), name == current) for label, name in places]
