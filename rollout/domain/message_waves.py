"""What becomes of messages for a wave that is removed: drafts and what is over lose it, and get it back with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from organizations.errors import Refused
from rollout.enums import AudienceKind, MessageState
from rollout.models import MessageAudience, PlannedMessage, Wave

# What somebody has agreed to, or is asked to, keeps its audience.
WAITING = (MessageState.ASKED, MessageState.SCHEDULED)


def refuse_addressed(waves: Iterable[Wave]) -> None:
    """Raise Refused if a message waits to be sent to one of some waves; one query."""
    rows = MessageAudience.objects.filter(wave__in=list(waves), message__state__in=WAITING)
    for title, wave in rows.values_list("message__title", "wave__name")[:1]:
        raise Refused(
            _("“%(message)s” waits to be sent to %(wave)s. Give it another audience or cancel it first.")
            % {"message": title, "wave": wave}
        )


def messages_for(waves: Iterable[Wave]) -> dict[UUID, list[str]]:
    """Return the ids of the messages for each of some waves, by the wave's id; one query."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = MessageAudience.objects.filter(wave__in=list(waves)).order_by("pk")
    for wave_id, message_id in rows.values_list("wave", "message"):
        found[wave_id].append(str(message_id))
    return found


def forget_waves(waves: Iterable[Wave]) -> None:
    """Take waves that go out of the audiences of messages; the archive keeps what it says. One statement."""
    MessageAudience.objects.filter(wave__in=list(waves)).delete()


def bring_back_messages(wave: Wave, kept: Mapping[str, Any]) -> None:
    """Put a wave that came back into its messages again, but for those somebody agrees to by now; two queries."""
    ids = kept.get("messages", [])
    if not ids:
        return
    there = PlannedMessage.objects.filter(pk__in=ids, plan=wave.plan_id).exclude(state__in=WAITING)
    MessageAudience.objects.bulk_create(
        MessageAudience(message_id=pk, kind=AudienceKind.WAVE, wave=wave)
        for pk in there.order_by("pk").values_list("pk", flat=True)
    )
