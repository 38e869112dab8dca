"""What an objective supports."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.widgets import NumberField
from okrs.domain.alignment import Target, find_target
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm


class AlignmentForm(DomainForm):
    """The chosen objective, key result or priority by its id, how it contributes and how much."""

    target = forms.CharField(
        label=gettext_lazy("What does it support?"),
        error_messages={"required": gettext_lazy("Choose an objective, a key result or a priority.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How does it contribute?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weight = NumberField(label=gettext_lazy("Weight"), required=False, min_value=0, max_digits=8, decimal_places=3)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_target(self) -> Target:
        """What has this id."""
        try:
            target = find_target(self._actor, UUID(self.cleaned_data["target"]))
        except ValueError:
            target = None
        if target is None:
            raise ValidationError(_("This is no longer here. Search for it again."))
        return target

    def clean_weight(self) -> Any:
        """The weight; 1 when none was given."""
        weight = self.cleaned_data["weight"]
        return 1 if weight is None else weight
