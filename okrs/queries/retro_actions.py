"""Actions of retrospectives that are still open, for the team and for whoever does them."""

from okrs.enums import Phase
from okrs.models import RetroAction
from organizations.actor import Actor
from organizations.models import Team

# While a cycle is in one of these, its team is reminded of what it wanted to do.
DRAFTING = (Phase.DRAFTING, Phase.ALIGNING)
MOST = 30


def open_actions(team: Team) -> list[RetroAction]:
    """Return a team's open actions with owner and cycle, the earliest due first; one query."""
    return list(
        RetroAction.objects.open()
        .filter(team=team)
        .select_related("owner", "retrospective__cycle")
        .order_by("due_on", "pk")[:MOST]
    )


def my_actions(actor: Actor) -> list[RetroAction]:
    """Return the open actions somebody does, with team and cycle; one query."""
    if actor.membership is None:
        return []
    rows = RetroAction.objects.open().filter(owner=actor.membership, team__archived_at=None)
    return list(rows.select_related("team", "retrospective__cycle").order_by("due_on", "pk")[:MOST])
