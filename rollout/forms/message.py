"""Writing a message of a rollout, saying whom it is for, and answering as its sender."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from okrapp.web.wording import in_own_label
from organizations.enums import Role
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from organizations.models import Team
from rollout.domain import message as domain
from rollout.domain import message_consent
from rollout.enums import AudienceKind, MessageChannel, MessageFormat
from rollout.forms.people_field import PeopleField
from rollout.forms.picking import LOOKS, MOST_ROWS, LookForField
from rollout.forms.team_tree import Seen, team_tree_of
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan, Wave

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in the tree, whether it is chosen, and whether everything below it comes along."""

    team: Team
    depth: int
    is_chosen: bool
    with_below: bool
    # What is below it does not show.
    is_folded: bool = False
    # Stands further up, among the chosen ones.
    is_above: bool = False


class LaterText(AskedLater, forms.CharField):
    """Words a draft may be without."""


class LaterMember(AskedLater, MemberField):
    """Somebody a draft may be without."""


class MessageForm(DomainForm):
    """A message and its audience; `below` holds the teams that come with everything below them."""

    refused_at = {"audience": "everybody"}

    title = forms.CharField(label=_("Title"), max_length=domain.LONGEST_TITLE)
    text = LaterText(
        label=_("Text"),
        max_length=domain.LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("Markdown works here."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=MessageFormat.choices)
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=MessageChannel.choices,
        help_text=_("Through this app, everybody gets it where they want to be told. The others you tick off."),
    )
    sender = LaterMember(
        label=_("In whose name"),
        help_text=_("Such as the Sponsor. Whoever it is says yes before it is sent."),
    )
    sends_on = forms.DateField(label=_("Day"), widget=DateInput)
    sends_hour = forms.TypedChoiceField(label=_("Hour"), choices=HOURS, coerce=int, initial=9)
    everybody = forms.BooleanField(label=_("Everybody"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Who holds one of these roles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    waves = forms.ModelMultipleChoiceField(
        label=_("The teams of these waves"),
        queryset=Wave.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.ModelMultipleChoiceField(label=_("Teams"), queryset=Team.objects.none(), required=False)
    below = forms.MultipleChoiceField(required=False)
    q = LookForField(label=_("Find a team"))
    people = PeopleField(label=_("Single people"), help_text=_("One on each line: their name or their e-mail address."))

    def __init__(
        self,
        *args: Any,
        slug: str,
        plan: RolloutPlan,
        message: PlannedMessage | None = None,
        audience: Sequence[MessageAudience] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, is_edit=message is not None, **kwargs)
        self.plan, self.message = plan, message
        self.fields["sender"].suggest(slug)
        self.fields["roles"].choices = [(role, in_own_label(label)) for role, label in Role.choices]
        self.fields["waves"].queryset = Wave.objects.filter(plan=plan)
        self.fields["teams"].queryset = Team.objects.current()
        if plan.team is not None:
            self.fields["everybody"].label = _("Everybody in %(team)s") % {"team": plan.team.name}
        self._teams = team_tree_of(plan)
        self.fields["below"].choices = [(str(pk), name) for pk, name in self._teams.names.items()]
        if message is not None:
            for name in domain.EDITABLE:
                self.initial.setdefault(name, getattr(message, name))
        for name, value in shown_audience(audience).items():
            self.initial.setdefault(name, value)
        # Whether somebody looks for teams, or unfolds them: nothing is saved, and nothing is wrong yet.
        self.looks = self.is_bound and any(name in self.data for name in LOOKS)
        self.opened_ids = self._opened()
        self.tree, self.more = self._rows()
        self.remember_shown()

    def full_clean(self) -> None:
        """Check what was typed, unless somebody only looks for teams."""
        if self.looks:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def audience(self) -> list[MessageAudience]:
        """Return whom it is for, as unsaved lines."""
        chosen = self.cleaned_data
        deep = set(chosen["below"])
        return [
            *([MessageAudience(kind=AudienceKind.EVERYBODY)] if chosen["everybody"] else []),
            *(MessageAudience(kind=AudienceKind.ROLE, role=role) for role in chosen["roles"]),
            *(MessageAudience(kind=AudienceKind.WAVE, wave=wave) for wave in chosen["waves"]),
            *(
                MessageAudience(kind=AudienceKind.TEAM, team=team, with_below=str(team.pk) in deep)
                for team in chosen["teams"]
            ),
            *(MessageAudience(kind=AudienceKind.MEMBER, member=member) for member in chosen["people"]),
        ]

    def values(self) -> dict[str, Any]:
        """Return what the domain takes for a new message."""
        return {name: self.cleaned_data[name] for name in domain.EDITABLE} | {"audience": self.audience()}

    @property
    def changes_audience(self) -> bool:
        """Whether this person changed whom it is for; boxes beside teams that are not chosen mean nothing."""
        if {"everybody", "roles", "waves", "teams", "people"} & set(self.changed_data):
            return True
        name = self.add_initial_prefix("below")
        before = self.data.getlist(name) if name in self.data else self.initial["below"]  # type: ignore[attr-defined]
        chosen = {str(team.pk) for team in self.cleaned_data["teams"]}
        return set(before) != chosen & set(self.cleaned_data["below"])

    @property
    def has_teams(self) -> bool:
        """Whether single teams are chosen, so that the tree is open."""
        return self.looks or any(row.is_chosen for row in self.tree)

    @property
    def is_large(self) -> bool:
        """Whether one has to look for teams."""
        return self._teams.is_large

    def _opened(self) -> list[str]:
        """Return the ids of the teams whose teams below show, the one that was clicked last among them."""
        if not self.is_bound:
            return []
        return sorted({*self._posted("opened"), *self._posted("open")})

    def _posted(self, name: str) -> set[str]:
        return set(self.data.getlist(name))  # type: ignore[attr-defined]

    def _rows(self) -> tuple[list[TeamRow], int]:
        """Return the teams that show, in a large organization the chosen ones first, and how many more there are."""
        if self.is_bound:
            picked, deep = self._posted("teams"), self._posted("below")
        else:
            picked, deep = {str(pk) for pk in self.initial.get("teams", ())}, set(self.initial.get("below", ()))
        text = str(self.data.get("q", "")) if self.is_bound and self.is_large else ""
        found = list(self._teams.seen(text=text, opened=self.opened_ids))
        on_top = [Seen(team, 0) for team, _depth in self._teams.rows if self.is_large and str(team.pk) in picked]
        rows = [
            TeamRow(
                one.team,
                one.depth,
                is_chosen=str(one.team.pk) in picked,
                with_below=str(one.team.pk) in deep or str(one.team.pk) not in picked,
                is_folded=one.is_folded,
                is_above=self.is_large and number >= len(on_top) and str(one.team.pk) in picked,
            )
            for number, one in enumerate([*on_top, *(found[:MOST_ROWS] if self.is_large else found)])
        ]
        return rows, max(len(found) - MOST_ROWS, 0) if self.is_large else 0


class AnswerForm(DomainForm):
    """What the sender says, to the version they read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What has to change"),
        max_length=message_consent.LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you send it back."),
    )


class DoneForm(DomainForm):
    """On which day people told a message."""

    on = forms.DateField(label=_("Day"), widget=DateInput)


def shown_audience(audience: Sequence[MessageAudience]) -> dict[str, Any]:
    """Return what the fields of the form show for an audience."""
    lines = {kind: [one for one in audience if one.kind == kind] for kind in AudienceKind}
    return {
        "everybody": bool(lines[AudienceKind.EVERYBODY]),
        "roles": [one.role for one in lines[AudienceKind.ROLE]],
        "waves": [one.wave_id for one in lines[AudienceKind.WAVE]],
        "teams": [one.team_id for one in lines[AudienceKind.TEAM]],
        "below": [str(one.team_id) for one in lines[AudienceKind.TEAM] if one.with_below],
        "people": [one.member for one in lines[AudienceKind.MEMBER]],
    }
