"""Roles that end by themselves, at midnight in the organization's time zone."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from okrapp.tenancy.locks import lock_in_organization
from okrapp.web.days import start_of_day
from organizations.actor import Actor, system_actor
from organizations.domain import audit
from organizations.domain.dispatch import begin, schedule
from organizations.models import OrganizationSettings
from organizations.queries.settings import local_today
from roles.domain.question_desk import hand_over_questions
from roles.enums import AssignmentState
from roles.models import RoleAssignment

DISPATCH_KIND = "roles.endings"


def schedule_endings() -> None:
    """Make the organization known to the sweeper for the day after the next last day of a role.

    Too early does no harm: whoever comes looks at the days again. Side effects: one row of the dispatch table, none
    where no role has a last day.
    """
    dated = RoleAssignment.objects.standing().exclude(ends_on=None)
    first = dated.order_by("ends_on").values_list("ends_on", flat=True).first()
    if first is not None:
        time_zone = OrganizationSettings.objects.values_list("time_zone", flat=True).get()
        schedule(kind=DISPATCH_KIND, due_at=start_of_day(first + timedelta(days=1), time_zone))


def end_due_assignments() -> int:
    """End the roles whose last day is over, and withdraw proposals for days that are over. Returns how many.

    Twice does no harm. Nothing hangs on the moment: what somebody may is asked of the days. Side effects: an audit
    entry each, by the system; questions without a coach go to the Program Lead Office.
    """
    with transaction.atomic():
        begin(kind=DISPATCH_KIND)
        lock_in_organization("roles.assignments")
        actor = system_actor()
        due = list(
            RoleAssignment.objects.standing()
            .filter(ends_on__lt=local_today())
            .select_related("membership")
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        entries = []
        for assignment in due:
            before = {"state": assignment.state, "ends_on": assignment.ends_on.isoformat()}
            assignment.state = AssignmentState.WITHDRAWN if assignment.is_proposed else AssignmentState.ENDED
            entries.append(
                audit.entry(
                    actor=actor,
                    verb="ended" if assignment.state == AssignmentState.ENDED else "withdrawn",
                    subject=assignment,
                    before=before,
                    after={"state": assignment.state},
                )
            )
        RoleAssignment.objects.bulk_update(due, ["state"])
        audit.record_many(actor, entries)
        hand_over_questions(actor=actor)
        schedule_endings()
    return len(due)


def follow_settings(actor: Actor, changed: Iterable[str]) -> None:
    """Look at the calendar again when the organization has moved to another time zone."""
    if "time_zone" in changed:
        with transaction.atomic():
            schedule_endings()
