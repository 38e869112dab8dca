"""What an objective depends on."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrs.models import Objective
from organizations.actor import Actor
from organizations.forms.domain_form import DomainForm


class DependencyForm(DomainForm):
    """The chosen objective by its id, and what is needed from it."""

    target = forms.CharField(
        label=gettext_lazy("What does it depend on?"), error_messages={"required": gettext_lazy("Choose an objective.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("What do you need from it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_target(self) -> Objective:
        """The objective that has this id."""
        try:
            wanted = UUID(self.cleaned_data["target"])
        except ValueError:
            wanted = None
        found: Objective | None = None
        if wanted is not None:
            found = Objective.objects.visible_to(self._actor).current().filter(pk=wanted).first()
        if found is None:
            raise ValidationError(_("This is no longer here. Search for it again."))
        return found
