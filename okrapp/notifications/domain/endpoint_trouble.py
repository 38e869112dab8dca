"""What happens when an endpoint takes no messages any more."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from okrapp.notifications.domain.clean_up import LOG_KEPT
from okrapp.notifications.domain.notify import notify
from okrapp.notifications.enums import OffBecause, State
from okrapp.notifications.models import Choice, Delivery, Endpoint, Notification
from okrapp.notifications.problems import problem
from organizations.actor import system_actor
from organizations.domain import audit
from organizations.models import Membership

GONE_KIND, FAILING_KIND = "endpoint_gone", "endpoint_failing"
AGAIN = LOG_KEPT


def gone(endpoint: Endpoint) -> None:
    """Switch off an endpoint that says it wants no more messages. In the caller's transaction.

    Nothing happens if it has got another address since it was read: the answer is that of the former one. Side effects:
    what waits for it is given up; whoever answers for it is told; an audit entry, unless it is somebody's own, which is
    removed, for they enter another one.
    """
    now = timezone.now()
    same = Endpoint.objects.on().select_for_update(of=("self",))
    if same.filter(pk=endpoint.pk, sealed_address=endpoint.sealed_address).first() is None:
        return
    if endpoint.member_id is not None:
        Endpoint.objects.filter(pk=endpoint.pk).delete()
        Choice.objects.filter(member=endpoint.member_id, channel=endpoint.kind).delete()
    else:
        Endpoint.objects.filter(pk=endpoint.pk).update(off_at=now, off_because=OffBecause.GONE)
        waiting = Delivery.objects.unsent().filter(endpoint=endpoint)
        waiting.update(state=State.DEAD, settled_at=now, error=problem(OffBecause.GONE))
        after = {"off_because": OffBecause.GONE}
        audit.record(actor=system_actor(), verb="switched_off", subject=endpoint, after=after)
    _tell(endpoint, GONE_KIND, f"{endpoint.pk}:{now.date().isoformat()}")


def given_up(endpoint: Endpoint, now: datetime) -> None:
    """Tell whoever answers for an endpoint that it did not take a message for days.

    Once while it takes none, and again after AGAIN: for so long it is known what it took.
    """
    told = Notification.objects.filter(
        recipient__in=_answers_for(endpoint), kind=FAILING_KIND, period__startswith=f"{endpoint.pk}:"
    )
    last = told.filter(created_at__gt=now - AGAIN).order_by("-created_at").first()
    if last is None or _taken(endpoint).filter(settled_at__gt=last.created_at).exists():
        _tell(endpoint, FAILING_KIND, f"{endpoint.pk}:{now.date().isoformat()}")


def _taken(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Return what an endpoint took; what goes to somebody's own chat names them, not the endpoint."""
    to_them = Q(endpoint=endpoint)
    if endpoint.member_id is not None:
        to_them |= Q(notification__recipient=endpoint.member_id, channel=endpoint.kind)
    return Delivery.objects.filter(to_them, state=State.SENT)


def _tell(endpoint: Endpoint, kind: str, period: str) -> None:
    path = "inbox/settings/" if endpoint.member_id is not None else f"settings/connections/{endpoint.pk}/"
    facts = {"name": endpoint.name, "host": endpoint.host}
    notify(actor=system_actor(), kind=kind, to=_answers_for(endpoint), period=period, path=path, facts=facts)


def _answers_for(endpoint: Endpoint) -> list[UUID]:
    """Return who can mend it: whose own it is, else the administrators and the lead of a room's team."""
    if endpoint.member_id is not None:
        return [endpoint.member_id]
    people = list(Membership.objects.active().filter(is_administrator=True).order_by().values_list("pk", flat=True))
    if endpoint.team is not None and endpoint.team.lead_id is not None:
        people.append(endpoint.team.lead_id)
    return people
