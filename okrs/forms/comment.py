"""Saying something."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from okrs.domain.comment import LONGEST
from okrs.enums import ReactionKind
from okrs.models import Comment
from organizations.forms.domain_form import DomainForm


class CommentForm(DomainForm):
    """The text; with `comment` to change one. `slug` is the organization's, for suggestions of people after an @."""

    text = forms.CharField(label=gettext_lazy("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, slug: str, comment: Comment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-mentions"] = reverse("organizations:people_options", args=[slug])
        if comment is not None:
            self.initial.setdefault("text", comment.text)


class ReactionForm(DomainForm):
    """One word; `withdraw` takes it back."""

    kind = forms.ChoiceField(choices=ReactionKind.choices)
    withdraw = forms.BooleanField(required=False)
