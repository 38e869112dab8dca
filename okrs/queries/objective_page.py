"""Everything the page of an objective shows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from okrs import permissions
from okrs.enums import Level, MetricType, ObjectiveStatus, Outcome, Phase
from okrs.models import (
    Alignment,
    AlignmentRequest,
    CheckIn,
    Comment,
    Dependency,
    Initiative,
    KeyResult,
    Milestone,
    Objective,
    Review,
)
from okrs.queries.alignment_request import of_objective
from okrs.queries.check_in import corrected
from okrs.queries.life import Life
from okrs.queries.line import Rung, lines_up
from okrs.queries.locking import is_locked
from okrs.queries.over_time import Row, over_time
from okrs.queries.review import SCORED, Scored, carried_draft, scored_by, takes_reviews
from okrs.queries.rhythm import week_names
from okrs.queries.standing import RESTING, KeyResultStanding, ObjectiveStanding, Standings, key_results_of
from organizations.actor import Actor
from organizations.models import AuditEntry
from organizations.queries.audit import Change, Line, lines_of

# Beyond these, the newest count: a page is no export.
CHECK_INS = 400
SHOWN_CHECK_INS = 20
SHOWN_CHANGES = 40


class ObjectivePage:
    """An objective and what is around it. Each property that needs a query reads once, when it is asked for."""

    def __init__(self, actor: Actor, objective: Objective, *, history_page: int = 1) -> None:
        """`objective` comes with cycle, team and owner; `history_page` counts from the newest check-ins on."""
        self.actor = actor
        self.objective = objective
        self.history_page = history_page
        self.standings = Standings(actor)
        self.today = self.standings.today
        self.edit_decision = permissions.edit_objective(actor, objective)
        self.may_edit = bool(self.edit_decision) and objective.archived_at is None
        self.may_share = bool(permissions.share_objective(actor, objective)) and objective.archived_at is None
        self.may_reword = bool(permissions.edit_words(actor, objective)) and objective.archived_at is None
        self.life = Life(actor, objective)
        self.is_draft = objective.is_draft
        self.is_active = objective.status == ObjectiveStatus.ACTIVE
        self.rests = objective.status in RESTING

    @cached_property
    def standing(self) -> ObjectiveStanding:
        """How it stands, with its key results; two queries, and one for pauses."""
        key_results = key_results_of([self.objective.pk], explained=True)[self.objective.pk]
        for key_result in key_results:
            key_result.objective = self.objective
        return self.standings.of_objective(self.objective, key_results)

    @property
    def is_reviewed(self) -> bool:
        """Whether its cycle is under review: nobody is asked for check-ins, a last reading may be taken."""
        return self.objective.cycle.phase == Phase.REVIEWING

    @property
    def shows_review(self) -> bool:
        """Whether its cycle is over, so that its score matters."""
        return self.objective.cycle.phase in (Phase.REVIEWING, Phase.CLOSED) and self.objective.status in SCORED

    @cached_property
    def review(self) -> Review | None:
        """What became of it; no query before its cycle is reviewed, else one."""
        return Review.objects.filter(objective=self.objective).first() if self.shows_review else None

    @property
    def scored(self) -> Scored | None:
        """Its score as pills show it."""
        return scored_by(self.review, self.objective) if self.review is not None else None

    @cached_property
    def takes_reviews(self) -> bool:
        """Whether it is scored now, by whoever may; a query only once its cycle closed."""
        return (
            self.shows_review
            and self.objective.archived_at is None
            and takes_reviews(self.objective.cycle, self.objective.team_id, self.today)
        )

    @property
    def may_review(self) -> bool:
        """Whether the actor may score it now."""
        return self.takes_reviews and bool(permissions.review_objective(self.actor, self.objective))

    @cached_property
    def carried(self) -> Objective | None:
        """The draft that carries it on; no query unless its review says so."""
        wished = self.review is not None and self.review.outcome == Outcome.CARRY_OVER
        return carried_draft(self.objective) if wished else None

    @property
    def may_carry_over(self) -> bool:
        """Whether the actor may carry out what its review wished for."""
        return (
            self.review is not None
            and self.review.outcome == Outcome.CARRY_OVER
            and self.carried is None
            and bool(permissions.review_objective(self.actor, self.objective))
        )

    @cached_property
    def origin(self) -> Objective | None:
        """What it carries on, if the actor may see that; no query for one that carries nothing on."""
        if self.objective.origin_id is None:
            return None
        rows = Objective.objects.visible_to(self.actor).select_related("cycle")
        return rows.filter(pk=self.objective.origin_id).first()

    @property
    def weeks(self) -> tuple[str, ...]:
        """The weeks of the rhythm, as headings."""
        return week_names(self.standings)

    @cached_property
    def check_ins(self) -> list[CheckIn]:
        """The newest check-ins over all its key results; one query."""
        return list(self._every_check_in[:CHECK_INS])

    @property
    def _every_check_in(self) -> QuerySet[CheckIn]:
        return (
            CheckIn.objects.standing()
            .filter(key_result__in=[one.key_result for one in self.standing.key_results])
            .select_related("author", "on_behalf_of", "helper", "solved_by")
            .newest_first()
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Its key results with their way over time."""
        of_key_result: dict[UUID, list[CheckIn]] = defaultdict(list)
        for check_in in reversed(self.check_ins):
            of_key_result[check_in.key_result_id].append(check_in)
        return [self._row(one, of_key_result[one.key_result.pk]) for one in self.standing.key_results]

    @property
    def is_locked(self) -> bool:
        """Whether removing a key result, or changing what it is measured by, needs a reason; no query."""
        return is_locked(self.objective, self.actor.settings)

    @property
    def may_check_in(self) -> bool:
        """Whether the actor may check in on a key result that is due."""
        return any(row.may_check_in and row.standing.is_due for row in self.rows)

    @property
    def may_solve(self) -> bool:
        """Whether the actor may say that what is in the way no longer is; who can help does so in My week too."""
        return any(permissions.check_in(self.actor, row.key_result) for row in self.rows)

    @property
    def last_check_in(self) -> datetime | None:
        """When the newest check-in was made."""
        return self.check_ins[0].at if self.check_ins else None

    @cached_property
    def talk_count(self) -> int:
        """How much was said about it and what belongs to it; one query."""
        return Comment.objects.standing().filter(objective=self.objective).count()

    @cached_property
    def corrected(self) -> set[UUID | None]:
        """The check-ins that a later one puts right."""
        return corrected(self.check_ins)

    @cached_property
    def history(self) -> list[CheckIn]:
        """The check-ins to list, each with its key result; a query for those beyond CHECK_INS only."""
        key_results = {one.key_result.pk: one.key_result for one in self.standing.key_results}
        shown = self._from_page_on[:SHOWN_CHECK_INS]
        for check_in in shown:
            check_in.key_result = key_results[check_in.key_result_id]
        return shown

    @property
    def newer_history_page(self) -> int:
        """The page of the history before this one, 0 on the first."""
        return self.history_page - 1

    @property
    def older_history_page(self) -> int:
        """The page of the history after this one, 0 on the last."""
        return self.history_page + 1 if len(self._from_page_on) > SHOWN_CHECK_INS else 0

    @cached_property
    def _from_page_on(self) -> list[CheckIn]:
        """The check-ins of the page asked for, and one more if there are older ones."""
        first = (self.history_page - 1) * SHOWN_CHECK_INS
        last = first + SHOWN_CHECK_INS + 1
        if last <= CHECK_INS or len(self.check_ins) < CHECK_INS:
            return self.check_ins[first:last]
        return list(self._every_check_in[first:last])

    @cached_property
    def supports(self) -> list[Alignment]:
        """What it supports; one query."""
        return list(
            Alignment.objects.visible_to(self.actor)
            .filter(objective=self.objective)
            .filter(Q(target_objective=None) | Q(target_objective__archived_at=None))
            .filter(Q(target_key_result=None) | Q(target_key_result__archived_at=None))
            .filter(Q(target_priority=None) | Q(target_priority__archived_at=None))
            .select_related(
                "target_objective__team",
                "target_objective__owner",
                "target_key_result__objective__team",
                "target_priority",
            )
            .order_by("created_at", "id")
        )

    @cached_property
    def supported_by(self) -> list[Alignment]:
        """What supports it or one of its key results; one query."""
        key_results = [one.key_result.pk for one in self.standing.key_results]
        return list(
            Alignment.objects.visible_to(self.actor)
            .filter(Q(target_objective=self.objective) | Q(target_key_result__in=key_results))
            .filter(objective__archived_at=None)
            .select_related("objective__team", "objective__owner", "objective__cycle", "target_key_result")
            .order_by("objective__position", "objective_id")
        )

    @cached_property
    def _dependencies(self) -> list[Dependency]:
        """What it depends on and what depends on it; one query."""
        return list(
            Dependency.objects.visible_to(self.actor)
            .filter(Q(objective=self.objective, needs__archived_at=None) | Q(needs=self.objective))
            .filter(objective__archived_at=None)
            .select_related("objective__team", "needs__team")
            .order_by("created_at", "id")
        )

    @property
    def depends_on(self) -> list[Dependency]:
        """What it cannot be reached without."""
        return [one for one in self._dependencies if one.objective_id == self.objective.pk]

    @property
    def needed_by(self) -> list[Dependency]:
        """What cannot be reached without it."""
        return [one for one in self._dependencies if one.needs_id == self.objective.pk]

    @cached_property
    def requests(self) -> Sequence[AlignmentRequest]:
        """What was asked of other teams for it, and what it was written for; one query."""
        return of_objective(self.actor, self.objective)

    @cached_property
    def lines(self) -> list[list[Rung]]:
        """The ways up to priorities, the highest rung first; no query where it supports nothing, else one."""
        return [list(reversed(way)) for way in lines_up(self.objective.pk)] if self.supports else []

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """Its initiatives, open ones first; one query."""
        found = Initiative.objects.filter(objective=self.objective).select_related("owner", "key_result")
        return sorted(found, key=lambda one: one.status in ("done", "dropped"))

    @cached_property
    def changes(self) -> list[Line]:
        """Who changed what, from what to what, newest first; one query, and one per kind of thing mentioned."""
        pk = self.objective.pk
        own = str(pk)
        entries = (
            AuditEntry.objects.filter(
                Q(object_type="okrs.objective", object_id=own)
                | Q(object_type="okrs.keyresult", object_id__in=_ids(KeyResult.objects.filter(objective=pk)))
                | Q(
                    object_type="okrs.milestone",
                    object_id__in=_ids(Milestone.objects.filter(key_result__objective=pk)),
                )
                | Q(object_type="okrs.initiative", object_id__in=_ids(Initiative.objects.filter(objective=pk)))
                | Q(object_type="okrs.initiative", verb="removed", before__objective=own)
                | Q(object_type="okrs.review", object_id__in=_ids(Review.objects.filter(objective=pk)))
            )
            .exclude(verb__in=("checked_in", "corrected_check_in", "withdrew_check_in"))
            .select_related("actor")
            .order_by("-at", "-id")[:SHOWN_CHANGES]
        )
        shown = list(entries)
        for entry in shown:
            if entry.verb in ("created", "removed"):
                # The sentence says it all.
                entry.before = entry.after = None
        lines = lines_of(shown)
        for line in lines:
            if line.entry.verb in ("aligned", "removed_alignment"):
                line.changes = _alignment_changes(line.entry)
        return lines

    @property
    def days_until_start(self) -> int:
        """Days until its cycle begins; 0 or less once it has."""
        return (self.objective.cycle.starts_on - self.today).days

    @property
    def is_gap(self) -> bool:
        """Whether it should support something and does not: organization and individual objectives need not.

        Neither need those whose team has said that it supports nothing, and that this is right.
        """
        return self.objective.level == Level.TEAM and not self.supports and not self.objective.stands_alone

    @property
    def too_many_key_results(self) -> bool:
        """Whether there are more key results than recommended."""
        return len(self.standing.key_results) > self.actor.settings.guidance_key_results

    def _row(self, standing: KeyResultStanding, check_ins: Sequence[CheckIn]) -> Row:
        may = permissions.check_in(self.actor, standing.key_result)
        may_check_in = bool(may) and self._takes_check_ins(standing.key_result)
        return over_time(standing, check_ins, self.corrected, self.standings, may_check_in=may_check_in)

    def _takes_check_ins(self, key_result: KeyResult) -> bool:
        return (
            self.objective.cycle.takes_check_ins
            and self.is_active
            and self.objective.archived_at is None
            and key_result.metric != MetricType.ALIGNED
        )


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The ids of rows as the audit trail keeps them: as text."""
    return rows.annotate(id_text=Cast("pk", CharField())).values("id_text")


def _alignment_changes(entry: AuditEntry) -> list[Change]:
    """What an objective supports in words: without ids, and without what says nothing (weight 1, no reason)."""
    before, after = entry.before or {}, entry.after or {}
    missing = "–"
    found = [Change(_("Supports"), before.get("supports") or missing, after.get("supports") or missing)]
    if after.get("reason"):
        found.append(Change(_("Reason"), missing, after["reason"]))
    return found
