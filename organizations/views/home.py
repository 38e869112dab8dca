"""The way in: start page, the organizations one may switch to, first steps."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okrapp.tenancy.middleware import TENANT_PATH
from okrapp.web.htmx import Part, go_to, is_fragment, partials, toast
from organizations.domain.founding import FoundingPolicy, founding_policy
from organizations.domain.profile import dismiss_first_steps
from organizations.queries.memberships import Belonging, belongings, only_open
from organizations.requests import OrganizationRequest
from organizations.sign_in import person
from organizations.views.demo import is_on_this_machine

# Where somebody who must confirm an address first goes afterwards; written by the join page.
JOIN_KEY = "join"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Welcome strangers; send people with one organization into it, and show the others their list."""
    if not request.user.is_authenticated:
        demo = settings.DEMO and is_on_this_machine(request)
        return render(request, "organizations/home/landing.html", {"demo_sign_in": demo})
    if waiting := request.session.pop(JOIN_KEY, ""):
        return redirect(waiting)
    found = belongings(person(request).pk)
    if len(only_open(found)) == 1 == len(found):
        return redirect("okrs:week", found[0].slug)
    return _list(request, found)


@require_GET
@login_required
def organization_list(request: HttpRequest) -> HttpResponse:
    """Show every organization of the person, and what they can do when there is none."""
    return _list(request, belongings(person(request).pk))


def _list(request: HttpRequest, found: list[Belonging]) -> HttpResponse:
    context = {
        "organizations": only_open(found),
        "closed": [belonging for belonging in found if not belonging.is_open],
        "may_found": founding_policy(person(request)) is not FoundingPolicy.CLOSED,
    }
    return render(request, "organizations/home/list.html", context)


@require_GET
@login_required
def organization_switcher(request: HttpRequest) -> HttpResponse:
    """The list inside the sidebar's menu, as a fragment; marks the organization the page belongs to."""
    details = getattr(request, "htmx", None)
    page = urlsplit((details.current_url if details else "") or "").path
    here = TENANT_PATH.match(page)
    context = {
        "organizations": only_open(belongings(person(request).pk)),
        "current_slug": here["slug"] if here else "",
        "may_found": founding_policy(person(request)) is not FoundingPolicy.CLOSED,
    }
    return render(request, "organizations/switcher.html", context)


@require_POST
def first_steps_dismiss(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Hide the first steps, with a way back."""
    dismiss_first_steps(actor=request.actor)
    toast(request, _("First steps hidden"), undo_url=reverse("organizations:first_steps_restore", args=[slug]))
    if is_fragment(request):
        return partials(request, Part("#first-steps", swap="delete"))
    return redirect("okrs:week", slug)


@require_POST
def first_steps_restore(request: OrganizationRequest, slug: str) -> HttpResponse:
    """Show the first steps again."""
    dismiss_first_steps(actor=request.actor, dismissed=False)
    return go_to(request, reverse("okrs:week", args=[slug]))
