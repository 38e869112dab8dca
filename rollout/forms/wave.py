"""The teams of a wave."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from okrs.queries.cycles import teams_in_order
from organizations.forms.domain_form import DomainForm
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.models import RolloutPlan, Wave, WaveTeam

ALONE, WITH_BELOW = "alone", "below"


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the tree: how it stands in this wave, the name of another wave it is in, and if others are below."""

    team: Team
    depth: int
    chosen: str
    elsewhere: str
    has_below: bool


class WaveTeamsForm(DomainForm):
    """Teams by id; `below` holds those that come with everything below them."""

    teams = forms.ModelMultipleChoiceField(queryset=Team.objects.none(), required=False)
    below = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, wave: Wave, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.current()
        rows = list(WaveTeam.objects.filter(plan=plan).select_related("wave"))
        mine = {row.team_id: row.with_below for row in rows if row.wave_id == wave.pk}
        others = {row.team_id: row.wave.name for row in rows if row.wave_id != wave.pk}
        inside = None if plan.team_id is None else with_descendants(plan.team_id)
        tree = [(team, depth) for team, depth in teams_in_order() if inside is None or team.pk in inside]
        self.fields["below"].choices = [(str(team.pk), team.name) for team, _depth in tree]
        shallowest = min((depth for _team, depth in tree), default=0)
        if self.is_bound:
            picked, deep = set(self.data.getlist("teams")), set(self.data.getlist("below"))  # type: ignore[attr-defined]
        else:
            picked, deep = {str(pk) for pk in mine}, {str(pk) for pk, below in mine.items() if below}
        following_depths = [*(depth for _team, depth in tree[1:]), shallowest]
        self.tree = [
            TeamRow(team, depth - shallowest, _state(team.pk, picked, deep), others.get(team.pk, ""), following > depth)
            for (team, depth), following in zip(tree, following_depths, strict=False)
        ]

    def chosen(self) -> list[tuple[Team, bool]]:
        """Return the teams, each with whether everything below it is in the wave too."""
        deep = set(self.cleaned_data["below"])
        return [(team, str(team.pk) in deep) for team in self.cleaned_data["teams"]]


def _state(team_id: UUID, picked: set[str], deep: set[str]) -> str:
    if str(team_id) not in picked:
        return ""
    return WITH_BELOW if str(team_id) in deep else ALONE
