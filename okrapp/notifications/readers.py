"""Who is told: language, clock and address of members, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from okrapp.notifications.clock import Clock
from okrapp.notifications.enums import MailPace
from okrapp.notifications.models import Habits
from organizations.models import Membership, OrganizationSettings

_FALLBACK = Clock(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Reader:
    """A member as far as telling them something goes."""

    member: Membership
    email: str
    language: str
    clock: Clock


def readers(member_ids: Iterable[UUID]) -> dict[UUID, Reader]:
    """Return the active members among those with ids who can sign in, by id; three queries."""
    ids = list(member_ids)
    members = Membership.objects.active().filter(pk__in=ids, user__isnull=False, user__is_active=True)
    settings = OrganizationSettings.objects.get()
    habits = {one.member_id: one for one in Habits.objects.filter(_of(ids))}
    found = {}
    for member in members.select_related("user").order_by():
        assert member.user is not None
        found[member.pk] = Reader(
            member=member,
            email=member.user.email,
            language=member.user.language or settings.language,
            clock=clock_of(member.user.time_zone or settings.time_zone, habits.get(member.pk), habits.get(None)),
        )
    return found


def clock_of(time_zone: str, own: Habits | None, usual: Habits | None) -> Clock:
    """Return somebody's clock: their own habits, else the organization's, else what is usual everywhere."""

    def first(name: str) -> object:
        for source in (own, usual, _FALLBACK):
            value = getattr(source, name, None)
            if value not in (None, ""):
                return value
        return None

    # Quiet hours belong together: half of one's own and half of the organization's would be nobody's.
    quiet = own if own is not None and own.quiet_from is not None else usual
    return Clock(
        zone=ZoneInfo(time_zone),
        pace=str(first("pace") or MailPace.AT_ONCE),
        digest_hour=int(str(first("digest_hour"))),
        digest_weekday=int(str(first("digest_weekday"))),
        reminder_hour=int(str(first("reminder_hour"))),
        quiet_from=quiet.quiet_from if quiet else None,
        quiet_until=quiet.quiet_until if quiet else None,
        away_from=own.away_from if own else None,
        away_until=own.away_until if own else None,
    )


def _of(ids: list[UUID]) -> Q:
    return Q(member__in=ids) | Q(member=None)
