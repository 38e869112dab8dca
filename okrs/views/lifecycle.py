"""Steps in an objective's life: submitting, agreeing, starting, pausing, stopping, and taking them back."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from okrapp.web.decisions import Decision, authorize
from okrapp.web.htmx import Part, invalid, is_fragment, partials, respond, toast
from okrs import permissions
from okrs.domain import lifecycle as domain
from okrs.forms.lifecycle import ReasonForm
from okrs.models import Objective
from okrs.queries.agreement import to_agree
from okrs.views.badge import week_badge
from okrs.views.cycle_board import board_part
from okrs.views.fetching import objective_to_read
from okrs.views.objective_parts import refreshed
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.requests import OrganizationRequest

FORM, FORM_DRAWER = "okrs/objective/step.html", "okrs/objective/step_drawer.html"
# What a step changes on the page of its objective.
PARTS = ("header", "life", "summary", "count", "rows", "details", "about", "history")


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that a step asks for first: title of the form, its field and button."""

    title: str | Promise
    label: str | Promise
    button: str | Promise
    help_text: str | Promise = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class StepPage:
    """Who may take a step, what is said when it is done, and what it asks for."""

    permission: Callable[[Actor, Objective], Decision]
    done: str | Promise
    asks: Asked | None = None
    # What the domain function calls the words.
    words: str = "reason"


STEP_PAGES = {
    "submit": StepPage(permissions.submit_objective, gettext_lazy("Submitted")),
    "withdraw_submission": StepPage(permissions.submit_objective, gettext_lazy("A draft again")),
    "recommend": StepPage(
        permissions.recommend_objective,
        gettext_lazy("Recommended"),
        Asked(
            gettext_lazy("Recommend this draft"),
            gettext_lazy("Your comment"),
            gettext_lazy("Recommend"),
            gettext_lazy("What is good, and what should be looked at again. Everybody can read it."),
            required=False,
        ),
        words="comment",
    ),
    "return_to_draft": StepPage(
        permissions.agree_on_objective,
        gettext_lazy("Returned"),
        Asked(
            gettext_lazy("Return this draft"),
            gettext_lazy("What is missing?"),
            gettext_lazy("Return"),
            gettext_lazy("It becomes a draft again, and your words stay on it until it is submitted once more."),
        ),
    ),
    "agree": StepPage(permissions.agree_on_objective, gettext_lazy("Agreed")),
    "activate": StepPage(permissions.edit_objective, gettext_lazy("Started")),
    "pause": StepPage(
        permissions.rest_objective,
        gettext_lazy("Paused"),
        Asked(
            gettext_lazy("Pause this objective"),
            gettext_lazy("Why does it rest?"),
            gettext_lazy("Pause"),
            gettext_lazy("It counts nowhere and nobody is asked for check-ins until it is resumed."),
        ),
    ),
    "resume": StepPage(permissions.rest_objective, gettext_lazy("Resumed")),
    "stop": StepPage(
        permissions.rest_objective,
        gettext_lazy("Stopped"),
        Asked(
            gettext_lazy("Stop this objective"),
            gettext_lazy("Why is it stopped?"),
            gettext_lazy("Stop"),
            gettext_lazy("It counts nowhere from now on. What it reached stays to be read."),
        ),
    ),
}


@require_http_methods(["GET", "POST"])
def objective_step(request: OrganizationRequest, slug: str, objective_id: UUID, step: str) -> HttpResponse:
    """Take a step of okrs.domain.lifecycle; one that needs words asks for them first. The toast takes it back."""
    page = STEP_PAGES[step]
    if page.asks is None and request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = objective_to_read(request, objective_id)
    authorize(page.permission(request.actor, found))
    if page.asks is None:
        try:
            _take(request, found, step)
        except Refused as refused:
            toast(request, " ".join(refused.messages), tone="warn")
        return _answer(request, found)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=page.asks.label,
        help_text=page.asks.help_text,
        required=page.asks.required,
    )
    context = {
        "form": form,
        "objective": found,
        "asks": page.asks,
        "action": reverse(f"okrs:objective_{step}", args=[slug, found.pk]),
    }
    if request.method != "POST":
        return respond(request, FORM, FORM_DRAWER, context)
    if form.is_valid():
        try:
            _take(request, found, step, **{page.words: form.cleaned_data["reason"]})
        except Refused as refused:
            form.refuse(refused)
        else:
            return _answer(request, found, close_drawer=True)
    return invalid(request, FORM, FORM_DRAWER, context)


@require_POST
def objective_take_back(request: OrganizationRequest, slug: str, objective_id: UUID) -> HttpResponse:
    """Undo one's own last step; anybody may ask, and is told why if it was not theirs."""
    found = objective_to_read(request, objective_id)
    try:
        domain.take_back(actor=request.actor, objective=found)
    except Refused as refused:
        toast(request, " ".join(refused.messages), tone="warn")
    else:
        toast(request, _("Taken back"))
    return _answer(request, found)


def _take(request: OrganizationRequest, found: Objective, step: str, **words: str) -> None:
    take: Callable[..., Objective] = getattr(domain, step)
    take(actor=request.actor, objective=found, **words)
    undo_url = reverse("okrs:objective_take_back", args=[request.organization.slug, found.pk])
    toast(request, str(STEP_PAGES[step].done), undo_url=undo_url)


def _answer(request: OrganizationRequest, found: Objective, *, close_drawer: bool = False) -> HttpResponse:
    """Show where it stands now: on My week, on its own page or drawer, or on the card of a list."""
    slug = request.organization.slug
    week_url = reverse("okrs:week", args=[slug])
    if not is_fragment(request):
        return redirect(_came_from(request, found))
    badge = week_badge(request)
    shown = getattr(request, "htmx", None)
    path, _mark, query = ((shown.current_url_abs_path or "") if shown else "").partition("?")
    if path == week_url:
        waiting = Part("#week-agreement", "okrs/week/_agreement.html", {"to_agree": to_agree(request.actor)})
        return partials(request, waiting, badge, close_drawer=close_drawer)
    answer = refreshed(request, found.pk, *PARTS, rows=True, close_drawer=close_drawer)
    board = board_part(request, path, query)
    answer.content += partials(request, *([board] if board else []), badge).content
    return answer


def _came_from(request: OrganizationRequest, found: Objective) -> str:
    """The page a button without script stood on."""
    slug = request.organization.slug
    if "from_week" in request.POST:
        return reverse("okrs:week", args=[slug])
    if "from_board" in request.POST:
        kept = QueryDict(request.POST["from_board"]).urlencode()
        return f"{reverse('okrs:cycle', args=[slug, found.cycle_id])}?{kept}#card-{found.pk}"
    return reverse("okrs:objective", args=[slug, found.pk])
