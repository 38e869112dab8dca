"""Saying what an objective depends on."""

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from okrapp.tenancy.context import require_organization_id
from okrapp.tenancy.locks import lock_in_organization
from okrs.domain.objective import refuse_if_closed_by_now
from okrs.domain.sharing import refuse_link_to_private
from okrs.domain.telling import forget_dependency, tell_of_dependency
from okrs.models import Dependency, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import last_removal
from organizations.errors import Refused
from organizations.models import AuditEntry

# The way from one objective to another, along what each depends on.
_PATH = """
WITH RECURSIVE way AS (
    SELECT %(start)s::uuid AS id, ARRAY[%(start)s::uuid] AS passed
    UNION ALL
    SELECT d.needs_id, way.passed || d.needs_id
    FROM way
    JOIN okrs_dependency d ON d.organization_id = %(organization)s AND d.objective_id = way.id
    WHERE NOT d.needs_id = ANY (way.passed)
)
SELECT passed FROM way WHERE id = %(end)s::uuid LIMIT 1
"""


def add_dependency(*, actor: Actor, objective: Objective, needs: Objective, reason: str = "") -> Dependency:
    """Say that an objective cannot be reached without another. Returns the dependency.

    Saying it twice changes the reason. Raises Refused for a circle, naming every objective on it, for a closed cycle,
    and where nothing open may refer to a private one. Side effects: one audit entry.
    """
    with transaction.atomic():
        refuse_if_closed_by_now(objective)
        # Two people could otherwise each add a half of a circle.
        lock_in_organization("dependency")
        refuse_link_to_private(objective, needs)
        _refuse_circle(objective, needs)
        dependency, created = Dependency.objects.get_or_create(
            objective=objective, needs=needs, defaults={"reason": reason}
        )
        _before, after = audit.apply_changes(dependency, {"reason": reason})
        if created or after:
            dependency.save()
            audit.record(
                actor=actor,
                verb="depends" if created else "changed",
                subject=objective,
                after={"depends_on": needs.title, "target": needs.pk, "reason": reason},
            )
        if created:
            tell_of_dependency(actor=actor, dependency=dependency)
        return dependency


def remove_dependency(*, actor: Actor, dependency: Dependency) -> None:
    """Say that the objective no longer depends on this. Side effects: one audit entry."""
    with transaction.atomic():
        objective = dependency.objective
        refuse_if_closed_by_now(objective)
        forget_dependency(dependency)
        lock_in_organization("dependency")
        audit.record(
            actor=actor,
            verb="removed_dependency",
            subject=objective,
            before={
                "depends_on": dependency.needs.title,
                "target": dependency.needs_id,
                "reason": dependency.reason,
            },
        )
        dependency.delete()


def restore_dependency(*, actor: Actor, objective: Objective, needs_id: UUID) -> Dependency:
    """Say again what an objective depended on until moments ago.

    Raises Refused when it is too late, what it depended on is gone, or a circle would come of it, NeverRemoved when it
    never depended on that. Side effects: as add_dependency.
    """
    entries = AuditEntry.objects.filter(object_id=str(objective.pk), verb="removed_dependency")
    before = last_removal(entries.filter(before__target=str(needs_id)), Objective)
    needs = Objective.objects.visible_to(actor).current().filter(pk=needs_id).first()
    if needs is None:
        raise Refused(_("What it depended on is no longer here."))
    return add_dependency(actor=actor, objective=objective, needs=needs, reason=before.get("reason", ""))


def _refuse_circle(objective: Objective, needs: Objective) -> None:
    if needs.pk == objective.pk:
        raise Refused({"target": _("“%(title)s” cannot depend on itself.") % {"title": objective.title}})
    with connection.cursor() as cursor:
        cursor.execute(_PATH, {"start": needs.pk, "end": objective.pk, "organization": require_organization_id()})
        row = cursor.fetchone()
    if row is None:
        return
    titles = dict(Objective.objects.filter(pk__in=row[0]).values_list("pk", "title"))
    chain = _(" depends on ").join(f"“{titles[pk]}”" for pk in [objective.pk, *row[0]])
    raise Refused({"target": _("This would be a circle: %(chain)s.") % {"chain": chain}})
