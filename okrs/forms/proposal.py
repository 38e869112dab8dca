"""Proposing an objective, adopting and declining one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import LongSelect
from okrs.domain.proposal import MOST_KEY_RESULTS, as_arguments
from okrs.enums import Level, ObjectiveKind
from okrs.forms.example import LinesField, key_result_of, line_of
from okrs.forms.objective import ORGANIZATION, level_and_team, place_of
from okrs.models import Cycle, KeyResult, Proposal
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField
from organizations.models import Team


class ProposalForm(DomainForm):
    """What is proposed, and to whom; with `proposal` to change one."""

    refused_at = {"level": "place", "team": "place"}

    title = forms.CharField(label=gettext_lazy("Objective"), max_length=500)
    place = forms.ChoiceField(label=gettext_lazy("Whom do you propose it to?"), widget=LongSelect)
    why = forms.CharField(
        label=gettext_lazy("Why it matters"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key_results = LinesField(
        label=gettext_lazy("Key results, one on each line"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ObjectiveKind.choices, required=False)

    def __init__(self, *args: Any, actor: Actor, proposal: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=proposal is not None, **kwargs)
        # Names alone: objects of more than a thousand teams take time.
        names = dict(Team.objects.current().order_by("sort_key", "pk").values_list("pk", "name"))
        if proposal is not None and proposal.team is not None:
            names.setdefault(proposal.team.pk, proposal.team.name)
        own: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for team_id, name in names.items():
            (own if team_id in actor.team_ids else others).append((place_of(Level.TEAM, team_id), name))
        groups = [(_("Your teams"), own), (_("Other teams") if own else _("Teams"), others)]
        self.fields["place"].choices = [
            *((label, options) for label, options in groups if options),
            (ORGANIZATION, _("The whole organization")),
        ]
        if proposal is not None:
            for name in ("title", "why", "description", "kind"):
                self.initial.setdefault(name, getattr(proposal, name))
            self.initial.setdefault("place", place_of(proposal.level, proposal.team_id))
            self.initial.setdefault("key_results", lines_of(proposal))
        self.remember_shown()

    def clean_kind(self) -> str:
        """The kind; committed when nothing was chosen."""
        return self.cleaned_data["kind"] or ObjectiveKind.COMMITTED

    def clean_key_results(self) -> list[dict[str, Any]]:
        """The lines as arguments of create_key_result."""
        lines = self.cleaned_data["key_results"]
        if len(lines) > MOST_KEY_RESULTS:
            raise forms.ValidationError(_("At most %(count)d key results.") % {"count": MOST_KEY_RESULTS})
        return [key_result_of(line) for line in lines]

    def values(self) -> dict[str, Any]:
        """Return everything as arguments of propose."""
        names = ("title", "why", "description", "kind", "key_results")
        return {name: self.cleaned_data[name] for name in names} | self._level_and_team()

    def changes(self) -> dict[str, Any]:
        """Return what changed, the place as level and team."""
        changed = super().changes()
        if changed.pop("place", None):
            changed |= self._level_and_team()
        return changed

    def _level_and_team(self) -> dict[str, Any]:
        level, team_id = level_and_team(self.cleaned_data["place"])
        return {"level": level, "team": Team.objects.get(pk=team_id) if team_id else None}


class AdoptForm(DomainForm):
    """In which cycle, and who looks after it; the words can be put better."""

    title = forms.CharField(label=gettext_lazy("Objective"), max_length=500)
    cycle = forms.ModelChoiceField(label=gettext_lazy("Cycle"), queryset=Cycle.objects.none(), empty_label=None)
    owner = MemberField(label=gettext_lazy("Owner"), required=False)

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].suggest(slug)
        self.fields["cycle"].queryset = Cycle.objects.current().exclude(phase="closed").order_by("starts_on", "pk")


def lines_of(proposal: Proposal) -> list[str]:
    """Return the key results of a proposal as lines that can be typed."""
    return [line_of(KeyResult(**one)) for one in as_arguments(proposal.key_results)]
