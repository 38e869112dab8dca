"""The teams of a wave."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from okrs.queries.cycles import teams_in_order
from organizations.forms.domain_form import DomainForm
from organizations.models import Team
from organizations.queries.team import with_descendants
from rollout.forms.picking import MOST_ROWS, SMALL, LookForField, shown_ids
from rollout.models import RolloutPlan, Wave, WaveTeam

ALONE, WITH_BELOW = "alone", "below"


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, how it stands in this wave, and the name of another wave it is in."""

    team: Team
    depth: int
    chosen: str
    elsewhere: str
    # The name of the team above it, where it does not stand below that.
    above: str = ""
    has_below: bool = False
    # Stands further up, among the chosen ones.
    is_above: bool = False
    # What is below it does not show.
    is_folded: bool = False
    # In the wave when one began to choose: None for not, else whether everything below it was too.
    was_below: bool | None = None


class AnyIds(forms.MultipleChoiceField):
    """Ids that only say something about those of another field."""

    def valid_value(self, value: Any) -> bool:
        """Take any: what the other field does not hold counts for nothing."""
        return True


class WaveTeamsForm(DomainForm):
    """Teams by id; `below` holds those that come with everything below them.

    Those in the wave stand on top. The others are a tree, unfolded as far as `opened` says, or those whose name holds
    what is looked for (`q`). What does not show stays as it is.
    """

    teams = forms.ModelMultipleChoiceField(queryset=Team.objects.none(), required=False)
    below = AnyIds(required=False)
    q = LookForField(label=_("Find a team"))

    def __init__(self, *args: Any, wave: Wave, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.current()
        rows = list(WaveTeam.objects.filter(plan=plan).select_related("wave"))
        mine = {row.team_id: row.with_below for row in rows if row.wave_id == wave.pk}
        self._others = {row.team_id: row.wave.name for row in rows if row.wave_id != wave.pk}
        inside = None if plan.team_id is None else with_descendants(plan.team_id)
        tree = [(team, depth) for team, depth in teams_in_order() if inside is None or team.pk in inside]
        shallowest = min((depth for _team, depth in tree), default=0)
        self._tree = [(team, depth - shallowest) for team, depth in tree]
        self._names = {team.pk: team.name for team, _depth in tree}
        self._parents = {team.parent_id for team, _depth in tree}
        if self.is_bound:
            self._picked, self._deep = self._posted("teams"), self._posted("below")
            deep = shown_ids(self.data, "below")
            self.shown = {pk: pk in deep for pk in shown_ids(self.data, "teams")}
        else:
            self._picked, self._deep = {str(pk) for pk in mine}, {str(pk) for pk, below in mine.items() if below}
            self.shown = mine
        self.chosen_rows = [self._row(team, 0) for team, _depth in self._tree if self._is_on_top(team)]
        self.opened_ids = self._opened()
        self.found_rows, self.more = self._found()

    @property
    def is_large(self) -> bool:
        """Whether one has to look for teams."""
        return len(self._tree) > SMALL

    def chosen(self) -> list[tuple[Team, bool]]:
        """Return the teams, each with whether everything below it is in the wave too."""
        deep = set(self.cleaned_data["below"])
        return [(team, str(team.pk) in deep) for team in self.cleaned_data["teams"]]

    def _posted(self, name: str) -> set[str]:
        return set(self.data.getlist(name))  # type: ignore[attr-defined]

    def _is_on_top(self, team: Team) -> bool:
        return team.pk in self.shown or str(team.pk) in self._picked

    def _opened(self) -> list[str]:
        """Return the ids of the teams whose teams below show, the one that was clicked last among them."""
        if not self.is_bound:
            return []
        return sorted({*self._posted("opened"), *self._posted("open")})

    def _found(self) -> tuple[list[TeamRow], int]:
        """Return the rows that can be chosen, and how many more there are."""
        wanted = str(self.data.get("q", "")).strip().casefold() if self.is_bound else ""
        if wanted:
            found = [self._row(team, 0, flat=True) for team, _depth in self._tree if wanted in team.name.casefold()]
        else:
            found = self._unfolded(set(self.opened_ids))
        return found[:MOST_ROWS], max(len(found) - MOST_ROWS, 0)

    def _unfolded(self, opened: Collection[str]) -> list[TeamRow]:
        found: list[TeamRow] = []
        # The teams whose children show; a small organization shows all.
        open_ids: set[UUID | None] = set()
        for team, depth in self._tree:
            if depth and team.parent_id not in open_ids:
                continue
            is_open = not self.is_large or not depth or str(team.pk) in opened
            if is_open:
                open_ids.add(team.pk)
            found.append(self._row(team, depth, is_open=is_open))
        return found

    def _row(self, team: Team, depth: int, *, flat: bool = False, is_open: bool = True) -> TeamRow:
        has_below = team.pk in self._parents
        is_on_top = self._is_on_top(team)
        return TeamRow(
            team,
            depth,
            _state(team.pk, self._picked, self._deep),
            self._others.get(team.pk, ""),
            above=self._names.get(team.parent_id, "") if team.parent_id is not None and (flat or is_on_top) else "",
            has_below=has_below,
            is_above=is_on_top,
            is_folded=has_below and not flat and not is_open,
            was_below=self.shown.get(team.pk),
        )


def _state(team_id: UUID, picked: set[str], deep: set[str]) -> str:
    if str(team_id) not in picked:
        return ""
    return WITH_BELOW if str(team_id) in deep else ALONE
