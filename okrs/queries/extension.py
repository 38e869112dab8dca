"""Who has more time to review than the cycle gives."""

from datetime import date
from uuid import UUID

from okrs.models import Cycle, CycleExtension


def is_extended(cycle: Cycle, team_id: UUID | None, today: date) -> bool:
    """Return whether a team may go on reviewing a cycle on a day, closed or not; one query, none without a team."""
    if team_id is None:
        return False
    return CycleExtension.objects.filter(cycle=cycle, team=team_id, until__gte=today, ended_at=None).exists()


def extensions_of(cycle: Cycle) -> list[CycleExtension]:
    """Return a cycle's extensions with team and who gave them, the last to end first; one query."""
    rows = CycleExtension.objects.filter(cycle=cycle, team__archived_at=None).select_related("team", "granted_by")
    return list(rows.order_by("-until", "team__sort_key", "pk"))
