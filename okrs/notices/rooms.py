"""What chat rooms are told about OKRs; a room of a team is told of that team, one of everybody of all of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from okrapp.notifications.domain.event import announce, retract
from okrapp.notifications.models import Event
from okrapp.notifications.registry import Facts, Kind
from okrs.enums import Visibility
from okrs.models import Kudos
from organizations.models import Membership

KUDOS = "celebrated"


def announce_kudos(kudos: Kudos, people: Sequence[Membership], who: str) -> None:
    """Tell the rooms of the team, and those of everybody, whom somebody celebrates for what."""
    facts: dict[str, Any] = {
        "who": who,
        "people": [one.display_name for one in people],
        # Kudos are for everybody to read, so the words themselves may go along.
        "text": kudos.text,
    }
    announce(kind=KUDOS, period=str(kudos.pk), path="kudos/", facts=facts, team_ids=[kudos.team_id])


def retract_kudos(kudos: Kudos) -> None:
    """Take kudos back that no room has been told of yet."""
    retract(kind=KUDOS, period=str(kudos.pk))


def _kudos(facts: Facts) -> str:
    names = ", ".join(facts["people"])
    if not facts["who"]:
        return gettext("To celebrate: %(names)s") % {"names": names}
    return gettext("%(who)s celebrates %(names)s") % {"who": facts["who"], "names": names}


def _kudos_lines(facts: Facts) -> Sequence[str]:
    return [facts["text"]]


def _standing(events: Sequence[Event]) -> dict[UUID, Facts]:
    """Leave out kudos that were removed meanwhile, or are for what became private."""
    rows = Kudos.objects.standing().filter(pk__in=[UUID(one.period) for one in events])
    shown = set(rows.exclude(objective__visibility=Visibility.PRIVATE).order_by().values_list("pk", flat=True))
    return {one.pk: one.facts for one in events if UUID(one.period) in shown}


ANNOUNCEMENTS = (
    Kind(
        KUDOS,
        gettext_lazy("Kudos"),
        gettext_lazy("Talk"),
        "party-popper",
        _kudos,
        _kudos_lines,
        still_true=_standing,
    ),
)
