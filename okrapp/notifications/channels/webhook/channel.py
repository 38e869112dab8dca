"""Composing, signing and posting events for programs.

The message says what happened to which thing, and where the API has it; what is in it the program asks for with its
own token, so that it learns no more than it may. Form and signature: https://www.standardwebhooks.com.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook

from okrapp.notifications.models import Endpoint, Event
from okrapp.notifications.outside import Posting, post
from okrapp.notifications.parcels import Parcel
from okrapp.notifications.registry import registry
from okrapp.notifications.sealed import unseal
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A finished event; it is signed when it is sent, for receivers take no old signatures."""

    id: str
    address: str
    body: bytes
    secrets: tuple[str, ...]


class WebhookChannel:
    """Programs that listen to what happens in an organization."""

    code = "webhook"
    label = "Webhook"
    needs_endpoint = True

    def is_available(self) -> bool:
        """Return whether members get notifications through it: never, it is for programs."""
        return False

    def compose(self, parcel: Parcel) -> SignedMessage:
        """Return the event with what is needed to sign it. Raises CannotOpen."""
        assert parcel.endpoint is not None, "a program has an address"
        assert parcel.event is not None, "programs are told events"
        return SignedMessage(
            id=f"msg_{parcel.id}",
            address=unseal(parcel.endpoint.sealed_address),
            body=orjson.dumps(payload(parcel.event, parcel.organization)),
            secrets=secrets_of(parcel.endpoint),
        )

    def send(self, message: SignedMessage) -> int:
        """Sign it with the time it is, and post it; raises NotSent."""
        return post(Posting(message.address, message.body, signature(message, timezone.now())))


def payload(event: Event, organization: Organization) -> dict[str, Any]:
    """Return what an event says to programs."""
    facts = event.facts
    topic = registry.topics.get(facts.get("object", ""))
    data: dict[str, Any] = {"organization": organization.slug, **facts}
    if topic is not None and topic.api_path:
        path = topic.api_path.format(id=facts["id"])
        data["url"] = f"{settings.OKRAPP_URL.rstrip('/')}/api/v1/o/{organization.slug}/{path}"
    return {"type": event.kind, "timestamp": event.created_at.astimezone(UTC).isoformat(), "data": data}


def secrets_of(endpoint: Endpoint) -> tuple[str, ...]:
    """Return the secrets that count: the present one, and the former until it ends."""
    secrets = [endpoint.sealed_secret]
    if endpoint.has_two_secrets:
        secrets.append(endpoint.sealed_former_secret)
    return tuple(unseal(one) for one in secrets if one)


def signature(message: SignedMessage, now: datetime) -> dict[str, str]:
    """Return the headers that prove where a message comes from."""
    text = message.body.decode()
    signatures = [Webhook(secret).sign(message.id, now, text) for secret in message.secrets]
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
