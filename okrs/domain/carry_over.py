"""Carrying an objective on into another cycle: a linked draft with what is left of its key results."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.objective import refuse_closed, refuse_individual_when_off
from okrs.domain.phase_lock import keep_phases
from okrs.domain.rollup import roll_up, score_key_result
from okrs.enums import Level, MetricType, ObjectiveStatus, Outcome
from okrs.models import Alignment, Comment, Cycle, KeyResult, Milestone, Objective, Review
from okrs.queries.review import Part, proposal_for
from okrs.scoring import GRADUAL, STAY
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import AuditEntry

# What a draft takes over as it was.
KEPT = (
    "level",
    "team",
    "title",
    "description",
    "why",
    "kind",
    "visibility",
    "tags",
    "stands_alone",
    "counts_supporting",
)
KEPT_OF_KEY_RESULT = (
    "title",
    "description",
    "weight",
    "metric",
    "unit_kind",
    "unit",
    "target",
    "lower",
    "upper",
    "check_in_frequency",
    "check_in_weekday",
    "check_in_hour",
    "position",
)
# Entries that carrying over writes itself: with only those, nobody has touched a draft.
_OWN_VERBS = ("carried_over", "archived", "restored")


def carry_over(*, actor: Actor, objective: Objective, cycle: Cycle) -> Objective:
    """Carry out later what a review wished for: make the linked draft in a cycle. Returns the draft, there once only.

    The objective's own cycle may have closed meanwhile: nothing in it changes. Raises Refused unless its review says
    carry over, and for a cycle that is closed or no later one. Side effects: as carry_over_locked.
    """
    with transaction.atomic():
        keep_phases()
        locked = (
            Objective.objects.select_for_update(of=("self",))
            .select_related("cycle", "team", "owner")
            .get(pk=objective.pk)
        )
        if not Review.objects.filter(objective=locked, outcome=Outcome.CARRY_OVER).exists():
            raise Refused(_("The review of this objective does not say that it is carried over."))
        draft = carry_over_locked(actor=actor, objective=locked, parts=proposal_for(locked).parts, cycle=cycle)
        assert draft is not None, "a cycle was named"
        return draft


def carry_over_locked(
    *, actor: Actor, objective: Objective, parts: Iterable[Part], cycle: Cycle | None
) -> Objective | None:
    """Make the draft that carries a locked objective on, unless it is there; return it, None without a cycle.

    It keeps owner, team and words, supports what still exists, and takes over unfinished key results, which start at
    their last value. A draft that nobody touched moves along when another cycle is named; one that somebody worked on
    stays where it is. Side effects: one audit entry about the draft.
    """
    present = _drafts_of(objective).filter(archived_at=None).first()
    if cycle is None:
        return present
    if present is not None and (present.cycle_id == cycle.pk or not is_untouched(present)):
        return present
    # Locked as for any new objective, so that places in its list are not given twice.
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    _refuse_target(actor, objective, cycle)
    if present is not None:
        _archive(actor, present)
    earlier = _drafts_of(objective).filter(cycle=cycle, status=ObjectiveStatus.DRAFT).first()
    if earlier is not None and is_untouched(earlier):
        return _restore(actor, earlier)
    draft = _copy(actor, objective, cycle)
    for part in parts:
        if not part.is_finished:
            _copy_key_result(part.key_result, draft, cycle)
    roll_up([draft.pk])
    Alignment.objects.bulk_create(_supports(objective, draft))
    names = ["title", "level", "team", "owner", "cycle", "kind", "status", "origin"]
    audit.record(actor=actor, verb="carried_over", subject=draft, after=audit.snapshot(draft, names))
    return draft


def drop_untouched_draft(*, actor: Actor, objective: Objective) -> None:
    """Archive the draft that carries a locked objective on, if nobody has touched it; one audit entry about it."""
    draft = _drafts_of(objective).filter(archived_at=None).first()
    if draft is not None and is_untouched(draft):
        _archive(actor, draft)


def is_untouched(draft: Objective) -> bool:
    """Whether a carried draft is as it was made: nobody changed it, added to it or talked about it."""
    if draft.status != ObjectiveStatus.DRAFT:
        return False
    ids = [str(draft.pk), *(str(pk) for pk in draft.key_results.values_list("pk", flat=True))]
    labels = (Objective._meta.label_lower, KeyResult._meta.label_lower)
    written = AuditEntry.objects.filter(object_type__in=labels, object_id__in=ids).exclude(verb__in=_OWN_VERBS)
    return not (
        written.exists()
        or draft.initiatives.exists()
        or draft.supported_by.exists()
        or Comment.objects.filter(objective=draft).exists()
    )


def _drafts_of(objective: Objective) -> QuerySet[Objective]:
    return Objective.objects.filter(origin=objective).order_by("created_at")


def _refuse_target(actor: Actor, objective: Objective, cycle: Cycle) -> None:
    refuse_closed(cycle)
    if cycle.archived_at is not None or cycle.starts_on <= objective.cycle.starts_on:
        raise Refused({"next_cycle": _("Choose a later cycle to carry it over to.")})
    if objective.team is not None and objective.team.archived_at is not None:
        raise Refused({"outcome": _("This team is archived, so nobody is there to carry the objective on.")})
    if objective.level == Level.INDIVIDUAL:
        refuse_individual_when_off(actor)


def _copy(actor: Actor, objective: Objective, cycle: Cycle) -> Objective:
    last = Objective.objects.filter(cycle=cycle, team=objective.team).aggregate(last=Max("position"))["last"]
    return Objective.objects.create(
        **{name: getattr(objective, name) for name in KEPT},
        cycle=cycle,
        owner=objective.owner,
        status=ObjectiveStatus.DRAFT,
        position=(last or 0) + 1,
        created_by=actor.membership,
        origin=objective,
    )


def _copy_key_result(old: KeyResult, draft: Objective, cycle: Cycle) -> KeyResult:
    new = KeyResult(
        **{name: getattr(old, name) for name in KEPT_OF_KEY_RESULT},
        objective=draft,
        owner_id=old.owner_id,
        start=_start_of(old),
        origin=old,
    )
    new.save()
    if old.metric == MetricType.MILESTONES:
        Milestone.objects.bulk_create(
            Milestone(
                key_result=new,
                title=one.title,
                weight=one.weight,
                position=one.position,
                due_on=one.due_on if one.due_on and one.due_on >= cycle.starts_on else None,
            )
            for one in old.milestones.filter(done_at=None)
        )
    score_key_result(new)
    new.save(update_fields=["progress"])
    return new


def _start_of(old: KeyResult) -> Decimal | None:
    """The last value as the new start; none where a start makes no sense."""
    if old.metric not in GRADUAL and old.metric not in STAY:
        return None
    last = old.start if old.current is None else old.current
    return None if last == old.target else last


def _supports(objective: Objective, draft: Objective) -> list[Alignment]:
    """What the draft supports: what its origin did, as far as it still exists, or what carries that on."""
    rows = Alignment.objects.filter(objective=objective).select_related(
        "target_objective__cycle", "target_key_result__objective__cycle", "target_priority"
    )
    found = []
    for row in rows:
        target = _target_now(row)
        if target:
            found.append(Alignment(objective=draft, weight=row.weight, reason=row.reason, **target))
    return found


def _target_now(row: Alignment) -> dict[str, UUID]:
    if row.target_priority is not None:
        return {} if row.target_priority.archived_at else {"target_priority_id": row.target_priority.pk}
    if row.target_key_result is not None:
        key_result = row.target_key_result
        if _stands(key_result.objective) and key_result.archived_at is None:
            return {"target_key_result_id": key_result.pk}
        later = KeyResult.objects.current().filter(origin=key_result, objective__archived_at=None).first()
        return {"target_key_result_id": later.pk} if later is not None else {}
    above = row.target_objective
    assert above is not None, "the database accepts exactly one target"
    if _stands(above):
        return {"target_objective_id": above.pk}
    carried = Objective.objects.current().filter(origin=above).first()
    return {"target_objective_id": carried.pk} if carried is not None else {}


def _stands(objective: Objective) -> bool:
    """Whether an objective is still there to be supported in a later cycle."""
    return (
        objective.archived_at is None
        and objective.status != ObjectiveStatus.STOPPED
        and not objective.cycle.is_read_only
    )


def _archive(actor: Actor, draft: Objective) -> None:
    draft.archived_at = timezone.now()
    draft.save(update_fields=["archived_at", "updated_at"])
    audit.record(actor=actor, verb="archived", subject=draft)


def _restore(actor: Actor, draft: Objective) -> Objective:
    if draft.archived_at is not None:
        draft.archived_at = None
        draft.save(update_fields=["archived_at", "updated_at"])
        audit.record(actor=actor, verb="restored", subject=draft)
    return draft
