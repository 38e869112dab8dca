"""What operators of the installation do with an outbox, without seeing what is in it."""

from uuid import UUID

import structlog

from okrapp.notifications.domain.outbox import replay
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from okrapp.tenancy.context import tenant_context
from organizations.models import Organization, User

log = structlog.get_logger(__name__)


def send_again(*, operator: User, organization: Organization, delivery_id: UUID | None = None) -> int:
    """Let what was given up in an organization be sent again: one delivery, or all. Returns how many.

    Enters the organization by itself. Side effects: as replay, and one line in the log that names the operator's id.
    """
    with tenant_context(organization.pk):
        dead = Delivery.objects.filter(state=State.DEAD)
        if delivery_id is not None:
            dead = dead.filter(pk=delivery_id)
        count = replay(dead.values_list("pk", flat=True))
    # A warning, because what people do to other people's messages is written down at every level.
    log.warning("deliveries_sent_again", organization=organization.pk, deliveries=count, operator=operator.pk)
    return count
