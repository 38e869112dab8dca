"""Teams that begin to take part in cycles."""

from collections.abc import Iterable

from django.db import transaction

from okrs.domain.phase_lock import change_phases
from okrs.enums import Phase
from okrs.models import Cycle, CycleTeam
from organizations.actor import Actor
from organizations.domain import audit
from organizations.models import Team


def join_cycles(*, actor: Actor, teams: Iterable[Team]) -> list[Cycle]:
    """Let teams take part in every cycle that is for some teams and is neither reviewed nor closed; return those.

    In cycles for all teams they take part anyway. Side effects: one audit entry for each cycle that gained a team.
    """
    wanted = {team.pk: team for team in teams}
    with transaction.atomic():
        change_phases()
        open_ = (Phase.PLANNED, Phase.DRAFTING, Phase.ALIGNING, Phase.RUNNING)
        cycles = list(
            Cycle.objects.current()
            .filter(for_all_teams=False, phase__in=open_)
            .order_by("starts_on", "pk")
            .select_for_update()
        )
        present = set(CycleTeam.objects.filter(cycle__in=[one.pk for one in cycles]).values_list("cycle", "team"))
        rows, joined = [], []
        for cycle in cycles:
            new = [team for pk, team in wanted.items() if (cycle.pk, pk) not in present]
            rows += [CycleTeam(cycle=cycle, team=team) for team in new]
            if new:
                joined.append(cycle)
                names = [team.name for team in new]
                audit.record(actor=actor, verb="changed", subject=cycle, after={"teams_added": names})
        CycleTeam.objects.bulk_create(rows)
        return joined
