"""Asking people what could be in the way of a rollout, and ending it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.enums import Role
from organizations.errors import Refused
from rollout.domain.plan import lock_plan
from rollout.domain.telling_of_readiness import forget_collection, tell_of_collection
from rollout.models import BarrierCollection, RolloutPlan, Wave


def open_collection(
    *,
    actor: Actor,
    plan: RolloutPlan,
    for_everybody: bool,
    roles: Iterable[str] = (),
    waves: Iterable[Wave] = (),
) -> BarrierCollection:
    """Collect barriers of a plan, a draft too: from everybody, or from holders of some roles and teams of some waves.

    Opens a closed one again, and says anew who is asked where it is open. Returns it. Raises Refused for nobody, for
    what is no role, for a wave of another plan, and for a plan that is over. Side effects: one audit entry; those who
    are asked are told, once each time it is opened.
    """
    wanted = set(roles)
    if unknown := wanted - set(Role.values):
        raise Refused({"roles": _("There is no role “%(role)s”.") % {"role": unknown.pop()}})
    chosen = {wave.pk: wave for wave in waves}
    if not for_everybody and not wanted and not chosen:
        raise Refused({"roles": _("Say who is asked: everybody, who holds a role, or the teams of a wave.")})
    if any(wave.plan_id != plan.pk for wave in chosen.values()):
        raise Refused({"waves": _("Choose waves of this plan.")})
    asked = [] if for_everybody else [role for role in Role.values if role in wanted]
    wave_ids = [] if for_everybody else sorted(chosen)
    with transaction.atomic():
        locked = lock_plan(plan)
        present = BarrierCollection.objects.filter(plan=locked).first()
        collection = present or BarrierCollection(plan=locked, opened_at=timezone.now())
        changes = {"for_everybody": for_everybody, "roles": asked, "closed_at": None}
        before, after = audit.apply_changes(collection, changes)
        had = list(collection.wave_ids)
        if present is not None and not after and had == wave_ids:
            return collection
        collection.wave_ids = wave_ids
        if had != wave_ids:
            before["waves"] = _names(had)
        was_closed = before.pop("closed_at", None) is not None
        after.pop("closed_at", None)
        if was_closed:
            collection.opened_at = timezone.now()
        collection.save()
        verb = "opened" if present is None or was_closed else "changed"
        audit.record(
            actor=actor,
            verb=verb,
            subject=collection,
            before=before if present is not None else None,
            after=audit.snapshot(collection, ["for_everybody", "roles"]) | {"waves": _names(wave_ids)},
        )
        collection.plan = locked
        tell_of_collection(actor=actor, collection=collection)
        return collection


def close_collection(*, actor: Actor, plan: RolloutPlan) -> BarrierCollection:
    """End collecting and voting: the order shows from now on. Returns the collection; twice does no harm.

    Raises Refused where none was opened. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_plan(plan, also_over=True)
        collection = BarrierCollection.objects.filter(plan=locked).first()
        if collection is None:
            raise Refused(_("Barriers were never collected for this plan."))
        if collection.is_open:
            collection.closed_at = timezone.now()
            collection.save(update_fields=["closed_at"])
            audit.record(actor=actor, verb="closed", subject=collection)
            forget_collection(collection)
        return collection


def _names(wave_ids: list[UUID]) -> list[str]:
    return list(Wave.objects.filter(pk__in=wave_ids).values_list("name", flat=True)) if wave_ids else []
