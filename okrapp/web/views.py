"""The style page: every component with invented data, to look at and to test. Development and demo only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from okrapp.web import specimens
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast


def demonstration(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Only where there is nobody to confuse: 404 outside development and demo."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return view(request)

    return guarded


@demonstration
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component. `?toast=1` adds a toast, `?shortcuts=off` turns the single keys off."""
    if request.GET.get("toast"):
        toast(request, _("Check-in saved"), undo_url=reverse("styleguide_undo"))
    wrong = specimens.EveryFieldForm(
        {"wrong-weight": "many", "wrong-kind": "c", "wrong-visibility": "all"}, prefix="wrong"
    )
    return render(
        request,
        "web/styleguide.html",
        {
            **_frame(),
            "shortcuts_enabled": request.GET.get("shortcuts") != "off",
            "objectives": specimens.objectives(),
            "expected": specimens.EXPECTED,
            "confidence": specimens.CONFIDENCE,
            "rhythm": specimens.RHYTHM,
            "weeks": specimens.WEEKS,
            "people": ["Maja Lindqvist", "Jonas Weber", "Amira Haddad", "Elin Ståhl", "Lars Berg"],
            "form": specimens.EveryFieldForm(),
            "wrong": wrong,
            "crumbs": [("Product", "/styleguide/")],
            "tabs": [
                (_("Objectives"), "?", True, 3),
                (_("Events"), "?view=events", False),
                (_("People"), "?view=people", False),
            ],
            "views": [(_("Timeline"), "?", True), (_("List"), "?view=list", False), ("RACI", "?view=raci", False)],
            "cycles": [("q4", "Q4 2026"), ("q1", "Q1 2027")],
            "markdown_text": specimens.MARKDOWN,
        },
    )


@demonstration
@require_http_methods(["GET", "POST"])
def styleguide_drawer(request: HttpRequest) -> HttpResponse:
    """The check-in drawer. A POST with a number answers like a saved check-in; nothing is stored."""
    form = specimens.CheckInForm(request.POST or None, initial={"value": 57, "confidence": "on_track"})
    context = {
        **_frame(),
        "form": form,
        "values": specimens.VALUES,
        "planned": specimens.PLANNED,
        "today": specimens.TODAY,
        "history": specimens.HISTORY,
    }
    templates = ("web/styleguide_drawer_page.html", "web/styleguide_drawer.html")
    if request.method != "POST":
        return respond(request, *templates, context)
    if not form.is_valid():
        return invalid(request, *templates, context)
    toast(request, _("Check-in saved"), undo_url=reverse("styleguide_undo"))
    if not is_fragment(request):
        return redirect("styleguide")
    return partials(request, _row(), close_drawer=True, focus="#kr-12")


@demonstration
@require_POST
def styleguide_undo(request: HttpRequest) -> HttpResponse:
    """What Undo in a toast answers."""
    toast(request, _("Check-in removed"))
    if not is_fragment(request):
        return redirect("styleguide")
    return partials(request, _row(), focus="#kr-12")


@demonstration
@require_GET
def styleguide_progress(request: HttpRequest) -> HttpResponse:
    """What a poll of long work answers while it goes on."""
    return render(request, "web/_styleguide_progress.html")


@demonstration
@require_GET
def styleguide_palette(request: HttpRequest) -> HttpResponse:
    """The palette's list, filtered by `q`."""
    query = request.GET.get("q", "")
    options = [
        {"url": f"#kr-{key_result.id}", "icon": "chart-line", "title": key_result.title, "kind": _("Key result")}
        for objective in specimens.objectives()
        for key_result in objective.key_results
        if query.casefold() in key_result.title.casefold()
    ]
    return render(request, "components/_palette_options.html", {"options": options, "query": query})


def _row() -> Part:
    key_result = specimens.objectives()[0].key_results[1]
    return Part("#kr-12", "web/_styleguide_row.html", {"kr": key_result, "expected": specimens.EXPECTED})


def _frame() -> dict[str, Any]:
    """A sidebar as a member of an organization sees it."""
    pages = [
        {"label": _("My week"), "url": "/styleguide/?page=week", "icon": "house", "badge": 3, "key": "g h"},
        {"label": _("Inbox"), "url": "/styleguide/?page=inbox", "icon": "inbox"},
        {"label": _("Alignment map"), "url": "/styleguide/?page=map", "icon": "network", "key": "g m"},
        {"label": _("Cycle board"), "url": "/styleguide/?page=board", "icon": "kanban"},
        {"label": _("Rollout plan"), "url": "/styleguide/?page=plan", "icon": "calendar-range"},
        {"label": _("Reports"), "url": "/styleguide/?page=reports", "icon": "chart-no-axes-combined"},
    ]
    teams = [
        {"name": "Growth", "url": "/styleguide/", "hue": 0, "current": True},
        {"name": "Platform", "url": "/styleguide/?team=platform", "hue": 1},
        {"name": "Customer Success and everything that comes after", "url": "/styleguide/?team=cs", "hue": 2},
    ]
    organizations = [
        {"name": "Northbeam", "url": "/styleguide/", "initial": "N", "current": True},
        {"name": "Fjordlight", "url": "/styleguide/?organization=f", "initial": "F"},
    ]
    return {
        "navigation": {"pages": pages, "teams": teams, "organizations": organizations},
        "addresses": {
            "week": "/styleguide/?page=week",
            "palette": reverse("styleguide_palette"),
            "queue": reverse("styleguide_drawer"),
            "map": "/styleguide/?page=map",
            "profile": "/styleguide/?page=profile",
            "sign_out": "/styleguide/",
            "create": "/styleguide/?page=create",
        },
    }
