"""Forms for imports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.importers.contract import Importer
from organizations.spreadsheets import MAX_BYTES


class UploadForm(forms.Form):
    """One spreadsheet."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        """Refuse files that are too large before they are read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than {limit} MB. Split it, or leave out columns that are not needed.").format(
                    limit=MAX_BYTES // 1024 // 1024
                )
            )
        return file


class MappingForm(forms.Form):
    """Which column is which: one select per field of the importer; names are those of the fields."""

    prefix = "column"

    def __init__(self, *args: Any, importer: Importer, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("– not in the file –")), *((heading, heading) for heading in headings)]
        for field in importer.fields():
            self.fields[field.name] = forms.ChoiceField(
                label=field.label,
                choices=choices,
                required=field.required,
                help_text=field.help_text,
                error_messages={"required": _("Choose the column for this.")},
            )

    def mapping(self) -> dict[str, str]:
        """Return {field: heading} of the valid form, without those left out."""
        return {name: heading for name, heading in self.cleaned_data.items() if heading}
