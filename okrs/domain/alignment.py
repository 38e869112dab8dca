"""Saying what an objective supports."""

from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.locks import lock_in_organization
from okrs.domain.objective import lock_objective
from okrs.domain.phase_lock import keep_phases
from okrs.domain.rollup import feed_key_results, roll_up
from okrs.domain.sharing import refuse_link_to_private
from okrs.models import Alignment, Cycle, KeyResult, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import last_removal
from organizations.errors import Refused
from organizations.models import AuditEntry, StrategicPriority

Target = Objective | KeyResult | StrategicPriority

# The way from one objective up to another, along what each supports; key results count as their objective.
_PATH = """
WITH RECURSIVE way AS (
    SELECT %(start)s::uuid AS id, ARRAY[%(start)s::uuid] AS passed
    UNION ALL
    SELECT next.id, way.passed || next.id
    FROM way
    JOIN okrs_alignment a ON a.organization_id = %(organization)s AND a.objective_id = way.id
    LEFT JOIN okrs_keyresult k
        ON k.organization_id = %(organization)s AND k.id = a.target_key_result_id
    CROSS JOIN LATERAL (SELECT COALESCE(a.target_objective_id, k.objective_id) AS id) next
    WHERE next.id IS NOT NULL AND NOT next.id = ANY (way.passed)
)
SELECT passed FROM way WHERE id = %(end)s::uuid LIMIT 1
"""


def align(
    *, actor: Actor, objective: Objective, target: Target, weight: Decimal = Decimal(1), reason: str = ""
) -> Alignment:
    """Say that an objective supports an objective, a key result or a priority. Returns the alignment.

    Saying it twice changes weight and reason. Raises Refused for a circle, naming every objective on it. Side effects:
    one audit entry; progress above is computed anew where it counts.
    """
    with transaction.atomic():
        _lock(objective)
        reference = _reference(target)
        if not isinstance(target, StrategicPriority):
            above = target.objective if isinstance(target, KeyResult) else target
            refuse_link_to_private(objective, above)
            _refuse_closed_target(objective, above)
        _refuse_circle(objective, target)
        alignment, created = Alignment.objects.get_or_create(
            objective=objective, **reference, defaults={"weight": weight, "reason": reason}
        )
        before, after = audit.apply_changes(alignment, {"weight": weight, "reason": reason})
        if not created and not after:
            return alignment
        alignment.save()
        audit.record(
            actor=actor,
            verb="aligned" if created else "changed",
            subject=objective,
            before=before or None,
            after={"supports": str(target), "target": target.pk, "weight": weight, "reason": reason},
        )
        _compute_above(target)
        return alignment


def remove_alignment(*, actor: Actor, alignment: Alignment) -> None:
    """Say that the objective no longer supports this. Side effects: one audit entry; progress above computed anew."""
    with transaction.atomic():
        objective = alignment.objective
        _lock(objective)
        target = alignment.target
        audit.record(
            actor=actor,
            verb="removed_alignment",
            subject=objective,
            before={
                "supports": str(target),
                "target": target.pk,
                "weight": alignment.weight,
                "reason": alignment.reason,
            },
        )
        alignment.delete()
        _compute_above(target)


def restore_alignment(*, actor: Actor, objective: Objective, target_id: UUID) -> Alignment:
    """Say again what an objective supported until moments ago, with its weight and reason.

    Raises Refused when it is too late, what it supported is gone, or a circle would come of it, NeverRemoved when it
    never supported that. Side effects: as align.
    """
    entries = AuditEntry.objects.filter(object_id=str(objective.pk), verb="removed_alignment")
    before = last_removal(entries.filter(before__target=str(target_id)), Objective)
    target = find_target(actor, target_id)
    if target is None:
        raise Refused(_("What it supported is no longer here."))
    weight, reason = Decimal(before.get("weight", 1)), before.get("reason", "")
    return align(actor=actor, objective=objective, target=target, weight=weight, reason=reason)


def find_target(actor: Actor, target_id: UUID) -> Target | None:
    """Return the current objective, key result or priority of an id that an actor sees; at most three queries."""
    for rows in (
        Objective.objects.visible_to(actor).current(),
        KeyResult.objects.visible_to(actor).current(),
        StrategicPriority.objects.current(),
    ):
        found: Target | None = rows.filter(pk=target_id).first()
        if found is not None:
            return found
    return None


def _lock(objective: Objective) -> None:
    """Let nobody else align or carry progress past an objective; Refused if its cycle is closed."""
    keep_phases()
    # Two people could otherwise each add a half of a circle.
    lock_in_organization("alignment")
    # A check-in below either is done, and its progress is counted above, or waits and finds the new link.
    lock_objective(objective.pk)


def _reference(target: Target) -> dict[str, Target | None]:
    return {
        "target_objective": target if isinstance(target, Objective) else None,
        "target_key_result": target if isinstance(target, KeyResult) else None,
        "target_priority": target if isinstance(target, StrategicPriority) else None,
    }


def _refuse_circle(objective: Objective, target: Target) -> None:
    if isinstance(target, StrategicPriority):
        return
    above_id = target.objective_id if isinstance(target, KeyResult) else target.pk
    if above_id == objective.pk:
        raise Refused({"target": _("“%(title)s” cannot support itself.") % {"title": objective.title}})
    way = _way(above_id, objective.pk)
    if not way:
        return
    titles = dict(Objective.objects.filter(pk__in=way).values_list("pk", "title"))
    names = [titles[pk] for pk in [objective.pk, *way]]
    chain = _(" supports ").join(f"“{name}”" for name in names)
    raise Refused({"target": _("This would be a circle: %(chain)s.") % {"chain": chain}})


def _refuse_closed_target(objective: Objective, above: Objective) -> None:
    if above.cycle_id != objective.cycle_id and Cycle.objects.get(pk=above.cycle_id).is_read_only:
        raise Refused({"target": _("“%(title)s” stands in a closed cycle.") % {"title": above.title}})


def _way(start: UUID, end: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_PATH, {"start": start, "end": end, "organization": require_organization_id()})
        row = cursor.fetchone()
    return list(row[0]) if row else []


def _compute_above(target: Target) -> None:
    if isinstance(target, Objective):
        roll_up([target.pk])
    elif isinstance(target, KeyResult) and target.metric == "aligned":
        roll_up(feed_key_results({target.pk}))
