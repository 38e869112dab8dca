"""The teams of a wave."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from organizations.models import Team
from rollout.forms.picking import MOST_ROWS, LookForField, shown_ids
from rollout.forms.team_tree import Seen, team_tree_of
from rollout.models import RolloutPlan, Wave, WaveTeam

ALONE, WITH_BELOW = "alone", "below"


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, how it stands in this wave, and the name of another wave, or one that has started, that it is in."""

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
    what is looked for (`q`). What does not show stays as it is; once the wave has started its teams cannot be chosen,
    like those of another wave.
    """

    teams = forms.ModelMultipleChoiceField(queryset=Team.objects.none(), required=False)
    below = AnyIds(required=False)
    q = LookForField(label=_("Find a team"))

    def __init__(self, *args: Any, wave: Wave, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = Team.objects.current()
        rows = list(WaveTeam.objects.filter(plan=plan).select_related("wave"))
        is_open = wave.started_at is None
        mine = {row.team_id: row.with_below for row in rows if is_open and row.wave_id == wave.pk}
        self._others = {row.team_id: row.wave.name for row in rows if row.team_id not in mine}
        self._tree = team_tree_of(plan)
        if self.is_bound:
            self._picked, self._deep = self._posted("teams"), self._posted("below")
            deep = shown_ids(self.data, "below")
            self.shown = {pk: pk in deep for pk in shown_ids(self.data, "teams")}
        else:
            self._picked, self._deep = {str(pk) for pk in mine}, {str(pk) for pk, below in mine.items() if below}
            self.shown = mine
        self.chosen_rows = [self._row(Seen(team, 0)) for team, _depth in self._tree.rows if self._is_on_top(team)]
        self.opened_ids = self._opened()
        self.found_rows, self.more = self._found()

    @property
    def is_large(self) -> bool:
        """Whether one has to look for teams."""
        return self._tree.is_large

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
        wanted = str(self.data.get("q", "")).strip() if self.is_bound else ""
        found = [self._row(one, flat=bool(wanted)) for one in self._tree.seen(text=wanted, opened=self.opened_ids)]
        return found[:MOST_ROWS], max(len(found) - MOST_ROWS, 0)

    def _row(self, seen: Seen, *, flat: bool = False) -> TeamRow:
        team = seen.team
        is_on_top = self._is_on_top(team)
        return TeamRow(
            team,
            seen.depth,
            _state(team.pk, self._picked, self._deep),
            self._others.get(team.pk, ""),
            above=self._tree.names.get(team.parent_id, "") if team.parent_id and (flat or is_on_top) else "",
            has_below=team.pk in self._tree.parents,
            is_above=is_on_top,
            is_folded=seen.is_folded,
            was_below=self.shown.get(team.pk),
        )


def _state(team_id: UUID, picked: set[str], deep: set[str]) -> str:
    if str(team_id) not in picked:
        return ""
    return WITH_BELOW if str(team_id) in deep else ALONE
