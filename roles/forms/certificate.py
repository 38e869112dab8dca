"""Certificates that people hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okrapp.web.widgets import DateInput
from organizations.forms.editing import EditingForm
from roles.models import Certificate, Qualification
from roles.naming import role_label


class QualificationField(forms.ModelChoiceField):
    """What is expected of those who hold a role, with the role."""

    def label_from_instance(self, qualification: Qualification) -> str:
        """Return what stands in the list."""
        return f"{role_label(qualification.role)}: {qualification.title}"


class CertificateForm(EditingForm):
    """Add or change a certificate."""

    qualification = QualificationField(
        label=_("Counts as"),
        queryset=Qualification.objects.none(),
        required=False,
        empty_label=_("Nothing that is expected here"),
    )

    class Meta:
        model = Certificate
        fields = ["qualification", "title", "issuer", "issued_on", "expires_on"]
        widgets = {"issued_on": DateInput, "expires_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["qualification"]
        assert isinstance(field, forms.ModelChoiceField)
        # What is expected no longer stays where it was chosen.
        field.queryset = Qualification.objects.current() | Qualification.objects.filter(
            pk=self.instance.qualification_id
        )
