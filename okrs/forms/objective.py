"""Writing an objective."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import LongSelect
from okrs import permissions
from okrs.domain.objective import WORDS
from okrs.enums import Confidence, Level, ObjectiveKind, Visibility
from okrs.forms.example import LinesField, key_result_of
from okrs.models import Cycle, Objective
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from organizations.models import Team

ORGANIZATION = Level.ORGANIZATION.value
INDIVIDUAL = Level.INDIVIDUAL.value
_TEAM = f"{Level.TEAM.value}:"
_MOST_TAGS = 10
_TAG_LENGTH = 40


def place_of(level: str, team_id: UUID | None) -> str:
    """Return the choice that stands for a level and a team in the field "place"."""
    return f"{_TEAM}{team_id}" if level == Level.TEAM else level


def level_and_team(place: str) -> tuple[str, UUID | None]:
    """Return the level and the team that a choice stands for; a team that is none is None."""
    if not place.startswith(_TEAM):
        return place, None
    try:
        return Level.TEAM, UUID(place.removeprefix(_TEAM))
    except ValueError:
        return Level.TEAM, None


class ObjectiveForm(DomainForm):
    """Title, whose it is, why and the rest; with `objective` to change one, without to write a new one.

    `slug` is the organization's, `cycles` are those to choose from, `suggestions` are (id, label) pairs of what a new
    objective could support. `has_lines` adds a field for key results, one on each line. `words_only` leaves title,
    why and description, for whoever may change no more.
    """

    refused_at = {"level": "place", "team": "place"}

    title = forms.CharField(label=gettext_lazy("Objective"), max_length=500)
    place = forms.ChoiceField(label=gettext_lazy("Whose objective is it?"), widget=LongSelect)
    cycle = forms.ModelChoiceField(label=gettext_lazy("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    owner = MemberField(label=gettext_lazy("Owner"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Why it matters"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=20000
    )
    key_results = LinesField(
        label=gettext_lazy("Key results, one on each line"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The numbers are only an example: put in yours, and take out the lines you do not need."
        ),
    )
    supports = forms.MultipleChoiceField(
        label=gettext_lazy("What could it support?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=ObjectiveKind.choices,
        required=False,
        help_text=gettext_lazy(
            "Committed: expected at 100%. Aspirational: 70% is a success. Learning: to find out, without pace."
        ),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"), required=False, max_length=400, help_text=gettext_lazy("Separated by commas.")
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("Confidence"),
        required=False,
        choices=[("", gettext_lazy("Automatic: the worst word of its key results")), *Confidence.choices],
    )
    stands_alone = forms.BooleanField(
        label=gettext_lazy("Supports nothing, and that is right"),
        required=False,
        help_text=gettext_lazy("It then no longer stands among the gaps of the alignment."),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=Visibility.choices,
        required=False,
        help_text=gettext_lazy("A private objective counts in no other number. You can share it with single people."),
    )
    counts_supporting = forms.BooleanField(
        label=gettext_lazy("Progress also counts objectives that support it"), required=False
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        slug: str,
        objective: Objective | None = None,
        cycles: list[Cycle] | None = None,
        suggestions: list[tuple[str, str]] | None = None,
        has_lines: bool = False,
        words_only: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, is_edit=objective is not None, **kwargs)
        self.actor = actor
        self.objective = objective
        # Only read where they are needed: a very large organization has more than a thousand.
        self.fields["place"].choices = lambda: self.places
        self.fields["owner"].suggest(slug)
        if not has_lines:
            del self.fields["key_results"]
        if objective is None:
            self.fields["cycle"].queryset = Cycle.objects.current().exclude(phase="closed")
            self.fields["supports"].choices = suggestions or []
            del self.fields["confidence"]
            # One query instead of one per use of the queryset.
            if cycles is not None:
                self.fields["cycle"].choices = [(cycle.pk, cycle.name) for cycle in cycles]
        else:
            del self.fields["cycle"], self.fields["supports"]
            for name, value in self._values_of(objective).items():
                self.initial.setdefault(name, value)
        if words_only:
            self.fields = {name: self.fields[name] for name in WORDS}
        self.remember_shown()

    @staticmethod
    def _values_of(objective: Objective) -> dict[str, Any]:
        names = ("title", "why", "description", "kind", "confidence", "visibility", "stands_alone", "counts_supporting")
        return {
            **{name: getattr(objective, name) for name in names},
            "owner": objective.owner,
            "place": place_of(objective.level, objective.team_id),
            "tags": ", ".join(objective.tags),
        }

    @cached_property
    def all_teams(self) -> list[Team]:
        """The current teams; one query."""
        return list(Team.objects.current())

    @cached_property
    def places(self) -> list[tuple[str, Any]]:
        """Where the actor may write an objective, own teams first; where it stands already is kept."""
        current = place_of(self.objective.level, self.objective.team_id) if self.objective else ""
        plain: list[tuple[str, Any]] = []
        if permissions.draft_for_organization(self.actor) or current == ORGANIZATION:
            plain.append((ORGANIZATION, _("The whole organization")))
        own: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for team in self.all_teams:
            value = f"{_TEAM}{team.pk}"
            if permissions.draft_in_team(self.actor, team) or value == current:
                (own if team.pk in self.actor.team_ids else others).append((value, team.name))
        if permissions.draft_for_oneself(self.actor) or current == INDIVIDUAL:
            plain.append((INDIVIDUAL, _("Just me: an individual objective")))
        groups = [(_("Your teams"), own), (_("Other teams") if own else _("Teams"), others)]
        return [*((label, options) for label, options in groups if options), *plain]

    def clean_title(self) -> str:
        """The title without superfluous blanks."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_tags(self) -> list[str]:
        """The tags as a list, each once."""
        tags = list(dict.fromkeys(tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()))
        if len(tags) > _MOST_TAGS:
            raise ValidationError(_("At most %(count)d tags.") % {"count": _MOST_TAGS})
        if any(len(tag) > _TAG_LENGTH for tag in tags):
            raise ValidationError(_("A tag has at most %(count)d letters.") % {"count": _TAG_LENGTH})
        return tags

    def clean_kind(self) -> str:
        """The kind; committed when nothing was chosen."""
        return self.cleaned_data["kind"] or ObjectiveKind.COMMITTED

    def clean_visibility(self) -> str:
        """Who sees it; as it was, or everybody, when nothing was chosen."""
        return self.cleaned_data["visibility"] or (self.objective.visibility if self.objective else Visibility.OPEN)

    @property
    def level_and_team(self) -> dict[str, Any]:
        """Level and team of the chosen place."""
        place = self.cleaned_data["place"]
        if not place.startswith(_TEAM):
            return {"level": place, "team": None}
        wanted = place.removeprefix(_TEAM)
        team = next(team for team in self.all_teams if str(team.pk) == wanted)
        return {"level": Level.TEAM.value, "team": team}

    def values(self) -> dict[str, Any]:
        """Return everything as arguments of create_objective, without what it supports."""
        names = ("title", "cycle", "owner", "why", "description", "kind", "tags", "visibility")
        ticks = ("stands_alone", "counts_supporting")
        return {name: self.cleaned_data[name] for name in (*names, *ticks)} | self.level_and_team

    def key_result_values(self) -> list[dict[str, Any]]:
        """Return the key results of the lines, as arguments of create_key_result."""
        return [key_result_of(line) for line in self.cleaned_data.get("key_results", [])]

    def changes(self) -> dict[str, Any]:
        """Return what changed, the place as level and team."""
        changed = super().changes()
        if changed.pop("place", None):
            changed |= self.level_and_team
        return changed


class ConfidenceForm(DomainForm):
    """The owner's own word about the whole objective, or none."""

    confidence = forms.ChoiceField(
        label=gettext_lazy("Confidence"), required=False, choices=[("", gettext_lazy("Automatic")), *Confidence.choices]
    )
