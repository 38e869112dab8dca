"""Sharing something with the coach community."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.domain_form import DomainForm
from organizations.forms.team import TeamChoiceField
from roles.domain import post as domain
from roles.domain.post_comment import LONGEST as LONGEST_COMMENT
from roles.enums import PostKind
from roles.models import Post

_TEXTS = {
    PostKind.INSIGHT: (
        _("What did you learn?"),
        _("Markdown works here. Write of teams and situations, not of persons."),
    ),
    PostKind.ARTICLE: (_("What is worth reading in it?"), _("Markdown works here.")),
    PostKind.TEMPLATE: (_("The template"), _("Markdown, as others will copy it.")),
    PostKind.RESISTANCE: (
        _("What do you meet?"),
        _("Of groups, never of persons: no names here either. What do they say, and what may lie behind it?"),
    ),
}


class PostForm(DomainForm):
    """A post of a kind; with `post` to change one. Only the fields of its kind."""

    title = forms.CharField(label=_("Title"), max_length=domain.LONGEST_TITLE)
    link = forms.CharField(
        label=_("Link"), max_length=domain.LONGEST_LINK, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    team = TeamChoiceField(label=_("Team"), required=False, empty_label=_("No single team"))
    group = forms.CharField(
        label=_("Or a group in words"),
        max_length=domain.LONGEST_GROUP,
        required=False,
        help_text=_("Such as: the managers of two sites."),
    )
    text = forms.CharField(max_length=domain.LONGEST, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, kind: str, post: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=post is not None, **kwargs)
        if kind != PostKind.ARTICLE:
            del self.fields["link"]
        if kind == PostKind.RESISTANCE:
            self.fields["team"].load()
        else:
            del self.fields["team"], self.fields["group"]
        self.fields["text"].label, self.fields["text"].help_text = _TEXTS[PostKind(kind)]
        self.fields["text"].required = kind in (PostKind.INSIGHT, PostKind.TEMPLATE)
        if post is not None:
            for name in self.fields:
                self.initial.setdefault(name, post.serializable_value(name))
        self.remember_shown()


class PostCommentForm(DomainForm):
    """What somebody says to a post."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 2}))
