"""Addresses that members enter: programs that listen, chat rooms, and a member's own chat.

An address is looked at before anything is written: it must not lead into a network of the operator's.
"""

import base64
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.notifications.domain.notify import send_soon
from okrapp.notifications.domain.preference import LIKE_MAIL
from okrapp.notifications.enums import EndpointKind, OffBecause, State
from okrapp.notifications.models import Choice, Delivery, Endpoint
from okrapp.notifications.outside import check_address
from okrapp.notifications.problems import problem
from okrapp.notifications.registry import registry
from okrapp.notifications.sealed import seal
from organizations.actor import Actor
from organizations.domain import audit
from organizations.errors import Refused
from organizations.models import Membership, Team

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with
SECRET_BYTES = 32
# So long a former secret counts beside the new one.
BOTH_COUNT = timedelta(hours=24)
# So many programs listen; rooms may be as many as there are teams.
MOST_WEBHOOKS, MOST_ROOMS = 50, 2000


def add_webhook(*, actor: Actor, name: str, address: str, topics: Iterable[str]) -> tuple[Endpoint, str]:
    """Let a program listen to topics; returns the endpoint and the secret it is signed with, which is told only here.

    Raises Refused for an address that may not be reached, and for no or unknown topics. Side effects: one lookup of
    the host's name; an audit entry without address and secret.
    """
    wanted = _known(topics, registry.topics)
    host = check_address(address)
    secret = new_secret()
    with transaction.atomic():
        _refuse_too_many(EndpointKind.WEBHOOK)
        endpoint = Endpoint.objects.create(
            kind=EndpointKind.WEBHOOK,
            name=name.strip(),
            host=host,
            sealed_address=seal(address),
            sealed_secret=seal(secret),
            topics=wanted,
        )
        audit.record(actor=actor, verb="created", subject=endpoint, after={"host": host, "topics": wanted})
    return endpoint, secret


def add_room(
    *, actor: Actor, kind: str, name: str, address: str, topics: Iterable[str], team: Team | None = None
) -> Endpoint:
    """Tell a chat room of a team, or of the whole organization, about some things.

    Raises Refused and has side effects as add_webhook.
    """
    wanted = _known(topics, registry.announcements)
    host = check_address(address)
    with transaction.atomic():
        _refuse_too_many(kind)
        endpoint = Endpoint.objects.create(
            kind=kind, name=name.strip(), host=host, sealed_address=seal(address), topics=wanted, team=team
        )
        after = {"host": host, "topics": wanted, "team": team.pk if team is not None else None}
        audit.record(actor=actor, verb="created", subject=endpoint, after=after)
    return endpoint


def connect(*, actor: Actor, kind: str, address: str) -> Endpoint:
    """Let the actor be told in a chat of their own what they would be told by mail; another address takes its place.

    Raises Refused for an address that may not be reached. Side effects: one lookup of the host's name. It is in no
    audit trail: how somebody is told is nobody's business.
    """
    assert actor.membership is not None, "only members have a chat"
    host = check_address(address)
    label = EndpointKind(kind).label
    with transaction.atomic():
        # Two windows at once: the later one counts.
        Membership.objects.select_for_update(of=("self",)).get(pk=actor.membership.pk)
        Endpoint.objects.filter(member=actor.membership, kind=kind).delete()
        endpoint: Endpoint = Endpoint.objects.create(
            kind=kind, name=str(label), host=host, sealed_address=seal(address), member=actor.membership
        )
        Choice.objects.bulk_create(
            [Choice(member=actor.membership, kind=LIKE_MAIL, channel=kind, is_on=True)], ignore_conflicts=True
        )
    return endpoint


def disconnect(*, actor: Actor, kind: str) -> None:
    """Tell the actor nothing in a chat of their own any more; what was chosen about it is forgotten."""
    assert actor.membership is not None, "only members have a chat"
    with transaction.atomic():
        Endpoint.objects.filter(member=actor.membership, kind=kind).delete()
        Choice.objects.filter(member=actor.membership, channel=kind).delete()


def change_endpoint(*, actor: Actor, endpoint: Endpoint, changes: Mapping[str, Any]) -> Endpoint:
    """Change name, address, topics or the team of a program's or a room's endpoint, and return it.

    An empty address keeps the present one. Raises Refused and has side effects as add_webhook; no entry if nothing
    changes.
    """
    values = dict(changes)
    if "topics" in values:
        is_webhook = endpoint.kind == EndpointKind.WEBHOOK
        values["topics"] = _known(values["topics"], registry.topics if is_webhook else registry.announcements)
    address = values.pop("address", "")
    if address:
        values["host"] = check_address(address)
    with transaction.atomic():
        locked: Endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
        before, after = audit.apply_changes(locked, values)
        if address:
            locked.sealed_address = seal(address)
            # Said even if the host is the same, and not what it was: addresses are secrets.
            before, after = {**before, "address": "…"}, {**after, "address": _("new")}
        if after:
            locked.save()
            audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
    return locked


def rotate_secret(*, actor: Actor, endpoint: Endpoint) -> str:
    """Give a program a new secret and return it; the former counts for another day.

    Raises Refused if somebody has renewed it since the endpoint was read: the former secret would be lost. Side
    effects: an audit entry.
    """
    secret = new_secret()
    with transaction.atomic():
        locked = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
        if locked.former_until != endpoint.former_until:
            raise Refused(_("The secret was renewed a moment ago."))
        locked.sealed_former_secret = locked.sealed_secret
        locked.former_until = timezone.now() + BOTH_COUNT
        locked.sealed_secret = seal(secret)
        locked.save()
        audit.record(actor=actor, verb="rotated_secret", subject=locked)
    return secret


def switch_off(*, actor: Actor, endpoint: Endpoint) -> None:
    """Send nothing to an endpoint any more; what waits for it is given up. Side effects: an audit entry."""
    now = timezone.now()
    with transaction.atomic():
        if Endpoint.objects.on().filter(pk=endpoint.pk).update(off_at=now, off_because=OffBecause.BY_HAND):
            waiting = Delivery.objects.filter(endpoint=endpoint, state=State.WAITING)
            waiting.update(state=State.DEAD, settled_at=now, error=problem(OffBecause.BY_HAND))
            audit.record(actor=actor, verb="switched_off", subject=endpoint)


def switch_on(*, actor: Actor, endpoint: Endpoint) -> None:
    """Send to an endpoint again what happens from now on. Side effects: an audit entry."""
    with transaction.atomic():
        off = Endpoint.objects.filter(pk=endpoint.pk, off_at__isnull=False)
        if off.update(off_at=None, off_because=""):
            audit.record(actor=actor, verb="switched_on", subject=endpoint)


def undo_switch_off(*, actor: Actor, endpoint: Endpoint) -> None:
    """Take back that an endpoint was switched off: what waited for it waits again. Side effects: as switch_on."""
    now = timezone.now()
    with transaction.atomic():
        off = Endpoint.objects.filter(pk=endpoint.pk, off_because=OffBecause.BY_HAND).first()
        switch_on(actor=actor, endpoint=endpoint)
        if off is not None:
            given_up = Delivery.objects.filter(endpoint=endpoint, state=State.DEAD, settled_at=off.off_at)
            if given_up.update(state=State.WAITING, settled_at=None, error=""):
                send_soon(due_at=now)


def remove(*, actor: Actor, endpoint: Endpoint) -> None:
    """Forget an endpoint, its address and the log of what was sent to it. Side effects: an audit entry."""
    with transaction.atomic():
        audit.record(actor=actor, verb="removed", subject=endpoint, before={"host": endpoint.host})
        Endpoint.objects.filter(pk=endpoint.pk).delete()


def new_secret() -> str:
    """Return a secret as Standard Webhooks writes it: 32 random bytes in base 64 behind "whsec_"."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _known(topics: Iterable[str], known: Mapping[str, Any]) -> list[str]:
    wanted = sorted(set(topics))
    if not wanted:
        raise Refused({"topics": _("Choose at least one thing to be told of.")})
    if unknown := [one for one in wanted if one not in known]:
        text = _("Unknown topic: {unknown}. There are: {known}.")
        raise Refused({"topics": text.format(unknown=", ".join(unknown), known=", ".join(known))})
    return wanted


def _refuse_too_many(kind: str) -> None:
    most = MOST_WEBHOOKS if kind == EndpointKind.WEBHOOK else MOST_ROOMS
    if Endpoint.objects.filter(kind=kind, member=None).count() >= most:
        raise Refused(_("There are %(count)d already. Remove one first.") % {"count": most})
