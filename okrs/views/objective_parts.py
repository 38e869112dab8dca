"""The parts of an objective's page, and drawing those anew that a change touched."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from okrapp.web.htmx import Part, partials
from okrs import permissions
from okrs.enums import Confidence, InitiativeStatus, Level, ObjectiveKind
from okrs.forms.initiative import QuickInitiativeForm
from okrs.forms.key_result import KeyResultForm, caught_up
from okrs.forms.milestone import MilestoneForm
from okrs.models import Objective
from okrs.queries.objective_page import ObjectivePage
from okrs.views.fetching import objective_to_read
from organizations.requests import OrganizationRequest

UNITS = ["%", "€", "$", "kr", "CHF"]
KIND_ICONS = {ObjectiveKind.ASPIRATIONAL: "rocket", ObjectiveKind.LEARNING: "lightbulb"}
# The same parts stand on the page and, with this before their ids, in the drawer over another page.
IN_DRAWER = "d-"
# Names of parts that exist in both; each is the element `objective-<name>-<id>`.
PARTS = ("life", "summary", "details", "alignment", "initiatives", "about", "history")
# Those that end with a line to add one more.
WITH_LINES = ("details", "initiatives")


class ObjectiveScreen:
    """What the templates of an objective need besides the objective itself."""

    def __init__(self, request: OrganizationRequest, page: ObjectivePage) -> None:
        self.request = request
        self.page = page
        self.slug = request.organization.slug

    def context(self) -> dict[str, Any]:
        """Return the context of page and drawer."""
        objective = self.page.objective
        return {
            "page": self.page,
            "objective": objective,
            "slug": self.slug,
            "prefix": "",
            "shows_changes": self.request.GET.get("view") == "changes",
            "crumbs": self._crumbs(objective),
            "kicker": " · ".join(str(label) for label, _url in self._crumbs(objective)),
            "kind_icon": KIND_ICONS.get(ObjectiveKind(objective.kind), "circle-dot"),
            "kind_text": _kind_text(objective.kind),
            "confidences": [
                ("", _("Automatic")),
                *((value, capfirst(str(label))) for value, label in Confidence.choices),
            ],
            "may_make_example": bool(permissions.make_example_of(self.page.actor, objective)),
            "next_check_in_url": self._next_check_in(),
            "initiative_statuses": InitiativeStatus.choices,
            "quick_form": quick_form(self.slug),
            # The way from a new objective leads into the line of its first key result.
            "autofocus": self.request.GET.get("add") == "key-result",
            "initiative_form": QuickInitiativeForm(auto_id="new-initiative-%s"),
            "milestone_form": MilestoneForm(auto_id=False),
            "units": UNITS,
        }

    def parts(self, *names: str) -> list[Part]:
        """Return what to draw anew, on the page and in the drawer; ones that are not there are skipped."""
        context = self.context()
        objective_id = self.page.objective.pk
        found = []
        for name in names:
            template = f"okrs/objective/_{name}.html"
            # Morphing would keep what was typed in the line that has just been added.
            swap = "outerHTML" if name in WITH_LINES else "outerMorph"
            found.append(Part(f"#objective-{name}-{objective_id}", template, context, swap))
            if name in PARTS:
                inside = context | {"prefix": IN_DRAWER, "in_drawer": True}
                found.append(Part(f"#{IN_DRAWER}objective-{name}-{objective_id}", template, inside, swap))
        # The card on a team's page.
        head = {"standing": self.page.standing, "supports": self._supports()}
        found.append(Part(f"#objective-{objective_id}-head", "okrs/objective/_head.html", head))
        return found

    def rows(self) -> list[Part]:
        """Return the rows of its key results, wherever they stand."""
        return [
            Part(
                f"#kr-{row.key_result.pk}",
                "okrs/key_result/_row.html",
                {"standing": row.standing, "trend": row.trend, "may_check_in": row.may_check_in},
            )
            for row in self.page.rows
        ]

    def _crumbs(self, objective: Objective) -> list[tuple[str, str]]:
        cycle = (objective.cycle.name, f"{reverse('okrs:alignment', args=[self.slug])}?cycle={objective.cycle_id}")
        if objective.team is not None:
            team = reverse("okrs:team", args=[self.slug, objective.team.slug])
            return [(objective.team.name, f"{team}?cycle={objective.cycle_id}"), cycle]
        if objective.level == Level.ORGANIZATION:
            whole = reverse("okrs:organization", args=[self.slug])
            return [(_("The whole organization"), f"{whole}?cycle={objective.cycle_id}"), cycle]
        return [(str(objective.owner or ""), ""), cycle]

    def _next_check_in(self) -> str:
        """The address of the first check-in that is due and that the actor may make."""
        for row in self.page.rows:
            if row.standing.is_due and row.may_check_in:
                return reverse("okrs:check_in", args=[self.slug, row.key_result.pk])
        return ""

    def _supports(self) -> list[dict[str, str]]:
        found = []
        for alignment in self.page.supports:
            target = alignment.target_objective or alignment.target_key_result or alignment.target_priority
            above = alignment.target_objective_id or (
                alignment.target_key_result.objective_id if alignment.target_key_result else None
            )
            url = reverse("okrs:objective", args=[self.slug, above]) if above else ""
            found.append({"title": str(target), "url": url})
        return found


def quick_form(slug: str, data: QueryDict | None = None) -> KeyResultForm:
    """Return the form of the line at the end of the key results."""
    return KeyResultForm(None if data is None else caught_up(data), slug=slug, is_quick=True, auto_id="new-kr-%s")


def wherever(element_id: str) -> str:
    """Return the selector of an element that stands on the page or, there with a prefix, in the drawer."""
    return f"#{element_id}, #{IN_DRAWER}{element_id}"


def is_on_page(request: OrganizationRequest, objective_id: UUID) -> bool:
    """Whether the browser shows the page of this objective (rather than its drawer over another page)."""
    details = getattr(request, "htmx", None)
    shown = (details.current_url_abs_path if details else "") or ""
    return shown.partition("?")[0] == reverse("okrs:objective", args=[request.organization.slug, objective_id])


def refreshed(
    request: OrganizationRequest,
    objective_id: UUID,
    *names: str,
    rows: bool = False,
    close_drawer: bool = False,
    focus: str = "",
    body: str = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer htmx with the named parts of an objective drawn anew; `rows` adds the rows of its key results.

    `body` and `context` draw the element that the request itself targets.
    """
    screen = ObjectiveScreen(request, ObjectivePage(request.actor, objective_to_read(request, objective_id)))
    parts = screen.parts(*names)
    if rows:
        parts += screen.rows()
    full = screen.context() | (context or {}) if body else None
    return partials(request, *parts, close_drawer=close_drawer, focus=focus, body=body, context=full)


def parts_after_check_in(request: OrganizationRequest, objective_id: UUID) -> list[Part]:
    """Return what a check-in changes on the page of its objective."""
    screen = ObjectiveScreen(request, ObjectivePage(request.actor, objective_to_read(request, objective_id)))
    return [*screen.parts("summary", "details", "history"), *screen.rows()]


def _kind_text(kind: str) -> str:
    return {
        ObjectiveKind.COMMITTED: _("Committed: expected to be reached in full."),
        ObjectiveKind.ASPIRATIONAL: _("Aspirational: a stretch, of which 70% is a success."),
        ObjectiveKind.LEARNING: _("Learning: to find something out; it has no pace."),
    }[ObjectiveKind(kind)]
