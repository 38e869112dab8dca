"""Sending what is due: claimed and committed first, then sent, then said so.

A worker may die at any point. Before the claim is committed nothing has happened; after it, the claim runs out and the
same message is sent again under the same id, marked as possibly twice, because nobody can know whether the other side
had taken it. No transaction is open while a message is handed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from okrapp.notifications.domain.claim import Claimed, claim
from okrapp.notifications.domain.endpoint_trouble import given_up, gone
from okrapp.notifications.domain.notify import DISPATCH_KIND, send_soon
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from okrapp.notifications.registry import NotSent, registry
from okrapp.tenancy.context import tenant_context
from organizations.domain.dispatch import schedule
from organizations.models import Organization

log = structlog.get_logger(__name__)

# Pauses before the next attempts; after the last one a delivery is given up until somebody sends it again.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 2880))
ERROR_LENGTH = 300
# So long a worker goes on, then another one does: before its time limit ends it in the middle of a message.
WORK_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt: sent, if there is no problem. Fields as those of NotSent."""

    problem: str = ""
    for_good: bool = False
    answer: int | None = None
    is_gone: bool = False
    wait: timedelta | None = None
    is_silent: bool = False


def send_due(organization_id: int) -> int:
    """Send all that is due in an organization. Returns how many deliveries were sent.

    Nothing is sent while the organization is closed, for no link would lead anywhere; it is when it opens. Called
    outside of every transaction; enters the organization by itself. Side effects: messages; rows of the outbox;
    the organization comes back when something is due later, and at once when WORK_FOR is over; an endpoint that says it
    is gone is switched off.
    """
    if not Organization.objects.filter(pk=organization_id, is_open=True).exists():
        return 0
    sent = 0
    stop_at = timezone.now() + WORK_FOR
    while timezone.now() < stop_at:
        with tenant_context(organization_id):
            claimed = claim(timezone.now())
        if claimed is None:
            return sent
        # An address, or a mail server, that has just failed is not waited for again by each message to it.
        failing: dict[UUID | str, Outcome] = {}
        for number, one in enumerate(claimed):
            if timezone.now() >= stop_at:
                with tenant_context(organization_id):
                    _give_back(claimed[number:])
                break
            endpoint = one.parcel.endpoint
            way = endpoint.pk if endpoint is not None else one.parcel.channel
            outcome = failing.get(way)
            if outcome is None:
                with tenant_context(organization_id):
                    is_mine = _renew(one)
                if not is_mine:
                    continue
                outcome = _hand_over(one)
                if outcome.is_silent or (endpoint is not None and outcome.problem and outcome.answer is None):
                    failing[way] = outcome
            with tenant_context(organization_id):
                settle(one, outcome)
            sent += 0 if outcome.problem else len(one.delivery_ids)
    with tenant_context(organization_id):
        send_soon(due_at=timezone.now())
    return sent


def settle(claimed: Claimed, outcome: Outcome, now: datetime | None = None) -> None:
    """Say what became of a message: sent, to be tried again after a pause, or given up. In the caller's transaction.

    Side effects: an endpoint that is gone is switched off, and whoever answers for it is told, as they are of what was
    given up.
    """
    now = now or timezone.now()
    mine = _mine(claimed)
    if not outcome.problem:
        mine.update(state=State.SENT, settled_at=now, error="", answer=outcome.answer)
        return
    error = outcome.problem[:ERROR_LENGTH]
    endpoint = claimed.parcel.endpoint
    if outcome.for_good or claimed.attempts > len(PAUSES):
        mine.update(state=State.DEAD, settled_at=now, error=error, answer=outcome.answer)
        log.warning("delivery_given_up", envelope=str(claimed.parcel.id), channel=claimed.parcel.channel)
        if endpoint is not None and outcome.is_gone:
            gone(endpoint)
        elif endpoint is not None:
            given_up(endpoint, now)
        return
    pause = max(PAUSES[claimed.attempts - 1], outcome.wait or timedelta(0))
    mine.update(state=State.WAITING, due_at=now + pause, error=error, answer=outcome.answer)
    schedule(kind=DISPATCH_KIND, due_at=now + pause)


def replay(deliveries: Iterable[UUID]) -> int:
    """Let deliveries that are settled be tried again, from the first pause on. Returns how many.

    What was given up is sent again, and what a program has taken already, too, under the same id: whoever asks for it
    may have lost it. Side effects: as send_soon.
    """
    now = timezone.now()
    with transaction.atomic():
        again = Delivery.objects.filter(pk__in=list(deliveries))
        count = (again.filter(state=State.DEAD) | again.filter(state=State.SENT, endpoint__isnull=False)).update(
            state=State.WAITING, due_at=now, attempts=0, settled_at=None
        )
        if count:
            send_soon(due_at=now)
        return count


def _mine(claimed: Claimed) -> QuerySet[Delivery]:
    """Return deliveries of a claim that holds: another worker may have taken them over, and then they are its own."""
    return Delivery.objects.filter(pk__in=claimed.delivery_ids, state=State.CLAIMED, attempts=claimed.attempts)


def _renew(claimed: Claimed) -> bool:
    """Let a claim last from now on; False if it ran out while others of its batch were sent, and somebody took over."""
    lease = timedelta(seconds=settings.OKRAPP_OUTBOX_LEASE)
    return _mine(claimed).update(due_at=timezone.now() + lease) > 0


def _give_back(claimed: Iterable[Claimed]) -> None:
    """Let what was claimed, but not tried, be claimed again at once."""
    now = timezone.now()
    for one in claimed:
        _mine(one).update(state=State.WAITING, due_at=now, attempts=F("attempts") - 1)


def _hand_over(claimed: Claimed) -> Outcome:
    """Send one message; outside of every transaction."""
    if claimed.problem:
        return Outcome(claimed.problem)
    try:
        answer = registry.channels[claimed.parcel.channel].send(claimed.message)
    except NotSent as error:
        problem = str(error) or type(error).__name__
        return Outcome(problem, error.for_good, error.answer, error.is_gone, error.wait, error.is_silent)
    except SoftTimeLimitExceeded:
        # Not a failure of this message, which may have arrived: the worker ends, and the claim runs out.
        raise
    except Exception as error:
        # Whatever a library raises: the message is not sent, and the others go on.
        log.warning("message_not_sent", channel=claimed.parcel.channel, error=type(error).__name__)
        return Outcome(f"{type(error).__name__}: {error}")
    return Outcome(answer=answer)
