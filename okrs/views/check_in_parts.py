"""What pages that take check-ins share: why somebody cannot, and what one changes on the page that is open."""

from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.urls import reverse

from okrapp.web.decisions import Denied
from okrapp.web.htmx import Part
from okrs import permissions
from okrs.domain.check_in import refuse_unless_running
from okrs.models import KeyResult
from okrs.queries.check_in import card_with
from okrs.queries.week import check_ins_of
from okrs.views.badge import week_badge
from okrs.views.objective_parts import is_on_page, parts_after_check_in
from okrs.views.team import page_context, summary_for
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.requests import OrganizationRequest


def reason_against(actor: Actor, key_result: KeyResult) -> str:
    """Return why somebody cannot check in on a key result now; empty when they can."""
    decision = permissions.check_in(actor, key_result)
    try:
        refuse_unless_running(key_result)
    except Refused as refused:
        return " ".join(refused.messages)
    return str(decision.reason) if isinstance(decision, Denied) else ""


def changed_parts(request: OrganizationRequest, objective_id: UUID, key_result_id: UUID) -> list[Part]:
    """Return the parts to draw anew after a check-in, for the page in `HX-Current-URL`.

    Parts whose place is not on that page are skipped by htmx; what costs queries is drawn only where it is shown.
    """
    slug = request.organization.slug
    url = urlsplit(request.headers.get("HX-Current-URL", ""))
    week_url = reverse("okrs:week", args=[slug])
    parts = [week_badge(request)]
    if url.path == week_url:
        queue = Part("#week-check-ins", "okrs/week/_check_ins.html", {"check_ins": check_ins_of(request.actor)})
        return [queue, *parts]
    if is_on_page(request, objective_id):
        return [*parts_after_check_in(request, objective_id), *parts]
    card = card_with(request.actor, objective_id, slug=slug)
    if card is None:
        return parts
    head = {"standing": card.standing, "supports": card.supports}
    parts.append(Part(f"#objective-{objective_id}-head", "okrs/objective/_head.html", head))
    for row in card.rows:
        if row.standing.key_result.pk == key_result_id:
            shown = {"standing": row.standing, "trend": row.trend, "may_check_in": row.may_check_in}
            parts.append(Part(f"#kr-{key_result_id}", "okrs/key_result/_row.html", shown))
    page = summary_for(request, url.path, dict(parse_qsl(url.query)))
    if page is not None:
        parts.append(Part("#team-summary", "okrs/team/_summary.html", page_context(request, page)))
    return parts
