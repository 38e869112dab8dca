"""Forms for role profiles and for what is expected of those who hold a role."""

from typing import Any

from django import forms

from organizations.forms.editing import EditingForm
from roles.models import Qualification, RoleProfile


class ProfileForm(EditingForm):
    """Name, texts and seats of a role; texts that are ours are shown to begin with."""

    class Meta:
        model = RoleProfile
        fields = ["name", "mission", "suited", "tasks", "seats"]
        widgets = {
            "mission": forms.Textarea(attrs={"rows": 3}),
            "suited": forms.Textarea(attrs={"rows": 3}),
            "tasks": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args: Any, ours: dict[str, str], **kwargs: Any) -> None:
        row = kwargs["instance"]
        shown = {name: text for name, text in ours.items() if not getattr(row, name)}
        super().__init__(*args, initial=shown, **kwargs)


class QualificationForm(EditingForm):
    """Add or change what is expected."""

    class Meta:
        model = Qualification
        fields = ["title", "description", "valid_months"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
