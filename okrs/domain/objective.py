"""Writing objectives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.agreement import needs_agreement
from okrs.domain.phase_lock import keep_phases
from okrs.domain.reopening import reopen_if_agreed
from okrs.domain.rollup import feed_key_results, roll_up
from okrs.enums import Level, ObjectiveKind, ObjectiveStatus, Phase, Visibility
from okrs.models import Alignment, Cycle, Dependency, Objective
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership, Team

EDITABLE = (
    "title",
    "description",
    "why",
    "kind",
    "owner",
    "team",
    "level",
    "tags",
    "counts_supporting",
    "stands_alone",
    "confidence",
    "visibility",
)
# What a coach may change too.
WORDS = ("title", "why", "description")
# Phases in which an objective is in force from its agreement on; before, it is a draft that counts nowhere.
OPEN_PHASES = (Phase.RUNNING, Phase.REVIEWING)


def create_objective(
    *,
    actor: Actor,
    cycle: Cycle,
    title: str,
    level: str = Level.TEAM,
    team: Team | None = None,
    owner: Membership | None = None,
    description: str = "",
    why: str = "",
    kind: str = ObjectiveKind.COMMITTED,
    tags: list[str] | None = None,
    counts_supporting: bool = False,
    visibility: str = Visibility.OPEN,
    stands_alone: bool = False,
    proposed_by: Membership | None = None,
) -> Objective:
    """Write a new objective: a draft, or active at once in a running cycle where nobody needs to agree. Returns it.

    `proposed_by` is who had the idea, where that is somebody else.
    Raises Refused for a closed cycle, a missing team or owner, and individual objectives that are turned off.
    Side effects: one audit entry.
    """
    with transaction.atomic():
        keep_phases()
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        refuse_closed(cycle)
        if level == Level.INDIVIDUAL:
            refuse_individual_when_off(actor)
        starts = cycle.phase in OPEN_PHASES and not needs_agreement(actor.settings, level=level, visibility=visibility)
        last = Objective.objects.filter(cycle=cycle, team=team).aggregate(last=Max("position"))["last"]
        objective = Objective(
            cycle=cycle,
            level=level,
            team=None if level == Level.ORGANIZATION else team,
            owner=owner,
            title=title.strip(),
            description=description,
            why=why,
            kind=kind,
            tags=tags or [],
            counts_supporting=counts_supporting,
            visibility=visibility,
            stands_alone=stands_alone,
            status=ObjectiveStatus.ACTIVE if starts else ObjectiveStatus.DRAFT,
            activated_at=timezone.now() if starts else None,
            position=(last or 0) + 1,
            created_by=actor.membership,
            proposed_by=proposed_by,
        )
        validate(objective)
        objective.save()
        audit.record(
            actor=actor,
            verb="created",
            subject=objective,
            after=audit.snapshot(objective, ["title", "level", "team", "owner", "cycle", "kind", "status"]),
        )
        return objective


def edit_objective(
    *, actor: Actor, objective: Objective, changes: dict[str, Any], seen: datetime | None = None
) -> Objective:
    """Change fields of EDITABLE; others are ignored. Returns the objective as it now stands.

    `seen` is when the form was opened: a change somebody else made to the same field since is refused once, with
    what they wrote. Side effects: one audit entry with before and after; progress above is computed anew; an agreed one
    may become a draft again (okrs.domain.reopening); titles of a private one leave the inboxes of those kept out.
    """
    with transaction.atomic():
        locked = lock_objective(objective.pk)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if not after:
            return locked
        if locked.level == Level.ORGANIZATION:
            locked.team = None
        if after.get("level") == Level.INDIVIDUAL:
            refuse_individual_when_off(actor)
        validate(locked)
        if after.get("visibility") == Visibility.PRIVATE:
            # Sharing builds on this module.
            from okrs.domain.sharing import refuse_open_links

            refuse_open_links(locked)
        locked.save()
        if locked.is_private and {"visibility", "owner"} & after.keys():
            # What reminds and tells of weeks builds on it, too.
            from okrs.domain.kept_out import take_titles_out

            take_titles_out(locked)
        audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        reopen_if_agreed(actor=actor, locked=locked, changed=after)
        if "counts_supporting" in after:
            roll_up([locked.pk])
        if "visibility" in after:
            roll_up_above([locked.pk])
        return locked


def archive_objective(*, actor: Actor, objective: Objective) -> Objective:
    """Put an objective away, with its key results; it counts nowhere from now on. Can be undone.

    Side effects: one audit entry; progress of what it supported is computed anew.
    """
    return _set_archived(actor, objective.pk, timezone.now(), "archived")


def restore_objective(*, actor: Actor, objective: Objective) -> Objective:
    """Bring an archived objective back, without links to what is private by now. Side effects: as archive_objective."""
    return _set_archived(actor, objective.pk, None, "restored")


def roll_up_above(objective_ids: list[UUID]) -> None:
    """Compute what objectives feed, after whether they count has changed but their own progress has not."""
    links = Alignment.objects.filter(objective__in=objective_ids)
    above = {pk for pk in links.values_list("target_objective_id", flat=True) if pk}
    fed = set(links.filter(target_key_result__metric="aligned").values_list("target_key_result_id", flat=True))
    if fed:
        above |= feed_key_results(fed)
    roll_up(above)


def lock_objective(objective_id: UUID) -> Objective:
    """Return an objective locked against others' changes, with its cycle; raises Refused if that is closed."""
    keep_phases()
    objective = Objective.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=objective_id)
    refuse_closed(objective.cycle)
    return objective


def refuse_if_closed_by_now(objective: Objective) -> None:
    """Raise Refused when an objective's cycle is closed, and let it not be closed until the transaction ends."""
    keep_phases()
    refuse_closed(Cycle.objects.get(pk=objective.cycle_id))


def refuse_closed(cycle: Cycle) -> None:
    """Raise Refused when a cycle is closed."""
    if cycle.is_read_only:
        raise Refused(_("This cycle is closed: its OKRs can be read, not changed."))


def refuse_individual_when_off(actor: Actor) -> None:
    """Raise Refused when the organization has not turned individual OKRs on."""
    if not actor.settings.individual_okrs:
        raise Refused({"level": _("Individual OKRs are turned off in this organization.")})


def validate(objective: Objective) -> None:
    """Raise Refused for what the fields themselves do not allow, at the field."""
    if not objective.title.strip():
        raise Refused({"title": _("Say what you want to achieve.")})
    if objective.level == Level.TEAM and objective.team_id is None:
        raise Refused({"team": _("Choose the team whose objective this is.")})
    if objective.level == Level.INDIVIDUAL and objective.owner_id is None:
        raise Refused({"owner": _("An individual objective needs an owner.")})
    if objective.is_private and objective.owner_id is None:
        raise Refused({"owner": _("A private objective needs an owner: nobody else would see it.")})


def _set_archived(actor: Actor, objective_id: UUID, when: datetime | None, verb: str) -> Objective:
    with transaction.atomic():
        objective = lock_objective(objective_id)
        if (objective.archived_at is None) == (when is None):
            return objective
        objective.archived_at = when
        objective.save(update_fields=["archived_at", "updated_at"])
        audit.record(actor=actor, verb=verb, subject=objective)
        if when is None and not objective.is_private:
            _let_go_of_private(objective)
        roll_up_above([objective.pk])
        return objective


def _let_go_of_private(objective: Objective) -> None:
    """Remove links to what became private while an objective was put away: nothing open refers to that."""
    private = Q(target_objective__visibility=Visibility.PRIVATE)
    private |= Q(target_key_result__objective__visibility=Visibility.PRIVATE)
    Alignment.objects.filter(private, objective=objective).delete()
    Dependency.objects.filter(objective=objective, needs__visibility=Visibility.PRIVATE).delete()
