"""Scoring objectives at the end of their cycle."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrs.domain.carry_over import carry_over_locked, drop_untouched_draft
from okrs.domain.phase_lock import keep_phases
from okrs.enums import Outcome
from okrs.models import Cycle, Objective, Review
from okrs.queries.review import AWAITED, SCORED, Proposal, extended_team_ids, proposal_for, proposals_for, takes_reviews
from okrs.queries.standing import Standings
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import AuditEntry, Team

WRITTEN = ("score", "reason", "learnings", "outcome")
_REMEMBERED = (*WRITTEN, "not_reviewed")
# A score within this of the proposal is the proposal, rounded: 0.67 is scored 0.7 without a word.
ROUNDING = Decimal("0.05")


def score_objective(
    *,
    actor: Actor,
    objective: Objective,
    score: Decimal | None = None,
    reason: str = "",
    learnings: str = "",
    outcome: str = "",
    next_cycle: Cycle | None = None,
    seen: datetime | None = None,
) -> Review:
    """Score an objective, or say it again differently. Returns the review.

    `score` None takes the proposed one. `outcome` carry over makes a linked draft in `next_cycle`, once; without a
    cycle the wish is kept and can be carried out later. Any other outcome archives a draft nobody has touched.
    `seen` is when the form was opened: what somebody else wrote since is refused once, with what they wrote.

    Raises Refused at the field: no score where none can be proposed, one off the scale, one that differs from the
    proposal by more than rounding without a reason. Raises Refused while the cycle is not being reviewed, and for
    drafts. Side effects: one audit entry, and what carrying over writes.
    """
    with transaction.atomic():
        locked = lock_for_review(actor, objective.pk)
        review, before = _review_of(locked)
        proposal = proposal_for(locked)
        given = proposal.score if score is None else score
        said = {"score": given, "reason": reason.strip(), "learnings": learnings.strip(), "outcome": outcome}
        # What two people say alike is no conflict.
        for name in [name for name in WRITTEN if getattr(review, name) != said[name]]:
            refuse_if_changed_since(review, actor=actor, seen=seen, fields=[name])
        _validate(given, proposal, reason, outcome)
        for name, value in said.items():
            setattr(review, name, value)
        review.proposed_score = proposal.score
        review.not_reviewed, review.reviewed_by, review.reviewed_at = False, actor.membership, timezone.now()
        review.save()
        _record(actor, "scored", review, locked, before)
        if outcome == Outcome.CARRY_OVER:
            carry_over_locked(actor=actor, objective=locked, parts=proposal.parts, cycle=next_cycle)
        else:
            drop_untouched_draft(actor=actor, objective=locked)
        return review


def withdraw_score(*, actor: Actor, objective: Objective) -> Review | None:
    """Take back one's own scoring moments after it was done (undo). Returns the review as it was, None for none.

    Raises Refused after UNDO_WITHIN, and when somebody else scored last. Side effects: a draft that came of it and that
    nobody touched is archived; one audit entry.
    """
    with transaction.atomic():
        locked = lock_for_review(actor, objective.pk)
        review = Review.objects.select_for_update(of=("self",)).filter(objective=locked).first()
        last = _last_entry(review) if review is not None else None
        if review is None or last is None or last.verb != "scored":
            return review
        if not (actor.membership is not None and actor.is_(last.actor_id)):
            raise Refused(_("Only whoever scored an objective last can take it back."))
        if timezone.now() - last.at > UNDO_WITHIN:
            raise Refused(_("It is too late to take this back. Score it again instead."))
        before = audit.snapshot(review, list(_REMEMBERED))
        drop_untouched_draft(actor=actor, objective=locked)
        earlier: dict[str, Any] = last.before or {}
        if "score" not in earlier:
            _record(actor, "withdrew_score", review, locked, before, after=None)
            review.delete()
            return None
        for name in _REMEMBERED:
            field: Any = Review._meta.get_field(name)
            setattr(review, name, field.to_python(earlier[name]))
        review.save()
        _record(actor, "withdrew_score", review, locked, before)
        return review


def close_reviews(*, actor: Actor, cycle: Cycle, team: Team | None = None) -> int:
    """Give what nobody scored its proposed score, marked as not reviewed, because a cycle closes. Returns how many.

    Teams whose extension runs are left out, until their own ends: call it then with `team`. Doing it twice changes
    nothing, except that a proposal may have moved. Side effects: one audit entry about the cycle.
    """
    with transaction.atomic():
        rows = Objective.objects.current().filter(cycle=cycle, status__in=AWAITED)
        if team is not None:
            rows = rows.filter(team=team)
        elif extended := extended_team_ids(cycle, Standings(actor).today):
            rows = rows.exclude(team__in=extended)
        # Whoever is scoring now goes first, and their review is then seen.
        objectives = list(rows.select_for_update(of=("self",)).order_by("pk"))
        done = Review.objects.filter(objective__in=objectives, not_reviewed=False)
        scored = set(done.values_list("objective", flat=True))
        waiting = [one for one in objectives if one.pk not in scored]
        _keep_proposed(waiting)
        if waiting:
            audit.record(
                actor=actor,
                verb="closed_reviews",
                subject=cycle,
                after={"not_reviewed": len(waiting), **({"team": team.pk} if team else {})},
            )
        return len(waiting)


def lock_for_review(actor: Actor, objective_id: UUID) -> Objective:
    """Return an objective locked against others' changes, with cycle, team and owner, if it can be scored now.

    Raises Refused with the reason otherwise.
    """
    keep_phases()
    objective = (
        Objective.objects.select_for_update(of=("self",)).select_related("cycle", "team", "owner").get(pk=objective_id)
    )
    refuse_unless_reviewing(actor, objective)
    return objective


def refuse_unless_reviewing(actor: Actor, objective: Objective) -> None:
    """Raise Refused with the reason when an objective is not scored now; its cycle must be loaded."""
    cycle = objective.cycle
    if objective.archived_at is not None:
        raise Refused(_("This objective is archived. Restore it to score it."))
    if objective.status not in SCORED:
        raise Refused(_("This objective is a draft that never came into force, so there is nothing to score."))
    if takes_reviews(cycle, objective.team_id, Standings(actor).today):
        return
    if cycle.is_read_only:
        raise Refused(_("This cycle is closed: its OKRs can be read, not changed."))
    raise Refused(_("Scores are given once the cycle “%(cycle)s” is being reviewed.") % {"cycle": cycle.name})


def _keep_proposed(objectives: Iterable[Objective]) -> None:
    wanted = list(objectives)
    proposals = proposals_for(wanted)
    Review.objects.bulk_create(
        [
            Review(
                objective=one,
                proposed_score=proposals[one.pk].score,
                score=proposals[one.pk].score,
                not_reviewed=True,
                updated_at=timezone.now(),
            )
            for one in wanted
        ],
        update_conflicts=True,
        unique_fields=["organization", "objective"],
        update_fields=["proposed_score", "score", "not_reviewed", "updated_at"],
    )


def _review_of(objective: Objective) -> tuple[Review, dict[str, Any] | None]:
    """Return the review of a locked objective, and what it said; None where nobody had said anything."""
    review = Review.objects.filter(objective=objective).first()
    if review is None:
        return Review(objective=objective), None
    return review, audit.snapshot(review, list(_REMEMBERED))


def _validate(score: Decimal | None, proposal: Proposal, reason: str, outcome: str) -> None:
    if outcome not in ("", *Outcome.values):
        raise Refused({"outcome": _("Choose achieved, carry over or drop.")})
    if score is None:
        raise Refused({"score": _("Nothing was measured here, so no score can be proposed. Give one from 0.0 to 1.0.")})
    if not score.is_finite() or not 0 <= score <= 1:
        raise Refused({"score": _("A score lies between 0.0 and 1.0.")})
    if needs_reason(score, proposal.score) and not reason.strip():
        raise Refused({"reason": _("This is not what the progress says. Say why in one sentence.")})


def needs_reason(score: Decimal, proposed: Decimal | None) -> bool:
    """Whether a score differs from the proposed one by more than rounding."""
    return proposed is not None and abs(score - proposed) > ROUNDING


def _record(
    actor: Actor,
    verb: str,
    review: Review,
    objective: Objective,
    before: dict[str, Any] | None,
    **said: Any,
) -> None:
    """Append the entry about a review, under the name of its objective: a review has none of its own.

    It names its objective, so that one about a private objective stays private when the review is gone.
    """
    after = said["after"] if "after" in said else audit.snapshot(review, list(_REMEMBERED))
    about = {"objective": objective.pk}
    entry = audit.entry(
        actor=actor, verb=verb, subject=review, before=about | (before or {}), after=about | (after or {})
    )
    entry.object_label = objective.title[:200]
    entry.save(force_insert=True)


def _last_entry(review: Review) -> AuditEntry | None:
    return (
        AuditEntry.objects.filter(object_type=Review._meta.label_lower, object_id=str(review.pk))
        .order_by("-at", "-id")
        .first()
    )
