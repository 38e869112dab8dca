"""With whom an objective is shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from okrs.enums import ShareLevel
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField


class ShareForm(DomainForm):
    """Somebody, and what they may do."""

    member = MemberField(label=gettext_lazy("Who"))
    level = forms.ChoiceField(
        label=gettext_lazy("May do"), choices=ShareLevel.choices, initial=ShareLevel.VIEW, required=False
    )

    def __init__(self, *args: Any, slug: str, is_private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_private:
            # Everybody sees it anyway.
            self.fields["level"].initial = ShareLevel.COMMENT
        self.fields["member"].suggest(slug)

    def clean_level(self) -> str:
        """The level; only to see it when none was chosen."""
        return self.cleaned_data["level"] or ShareLevel.VIEW
