"""Courses and their sessions."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from okrapp.web.widgets import DateTimeInput
from okrapp.web.wording import in_own_label
from organizations.actor import Actor
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from rollout.domain import course_session
from rollout.enums import NeededBy
from rollout.forms.plan import PartOfOrganizationField
from rollout.models import Course, CourseSession

# What a session is proposed to last at most.
WORKING_DAY = timedelta(hours=8)


class LaterInteger(AskedLater, forms.IntegerField):
    """A number that is asked for only where another answer wants it."""


class CourseForm(DomainForm):
    """A course."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("What it is about"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), required=False, min_value=5, max_value=6000)
    team = PartOfOrganizationField()
    needed_by = forms.MultipleChoiceField(
        label=_("Who needs it"), choices=NeededBy.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    enrols_itself = forms.BooleanField(
        label=_("Enrol them automatically"),
        required=False,
        help_text=_("When a team starts, when somebody joins it later, gets the role, or the certificate has expired."),
    )
    is_open = forms.BooleanField(label=_("Everybody else may take part too"), required=False)
    has_certificate = forms.BooleanField(label=_("Whoever attends gets a certificate"), required=False)
    valid_months = LaterInteger(
        label=_("Valid for so many months"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("Leave it empty for a certificate that does not expire."),
    )

    def __init__(self, *args: Any, actor: Actor, course: Course | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=course is not None, **kwargs)
        self.fields["needed_by"].choices = [(one, in_own_label(label)) for one, label in NeededBy.choices]
        if course is None:
            self.fields["team"].load_for(actor)
            self.initial.setdefault("is_open", True)
        else:
            del self.fields["team"]
            for name in self.fields:
                self.initial.setdefault(name, getattr(course, name))
        self.remember_shown()


class SessionForm(DomainForm):
    """A session of a course."""

    starts_at = forms.DateTimeField(label=_("Begins"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=DateTimeInput)
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    trainer = MemberField(label=_("Trainer"), required=False, help_text=_("Says who came."))
    trainer_name = forms.CharField(label=_("or from outside"), max_length=120, required=False)
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=9999, help_text=_("Empty: as many as like.")
    )
    enrol_until = forms.DateTimeField(
        label=_("Enrol until"), required=False, widget=DateTimeInput, help_text=_("Empty: until it begins.")
    )

    def __init__(
        self, *args: Any, slug: str, course: Course, session: CourseSession | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, is_edit=session is not None, **kwargs)
        self.fields["trainer"].suggest(slug)
        if session is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(session, name))
        else:
            at = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=14)
            self.initial.setdefault("starts_at", at)
            # A long course takes several days; nobody is taught through the night.
            self.initial.setdefault("ends_at", at + min(timedelta(minutes=course.minutes or 120), WORKING_DAY))
        self.remember_shown()


class CancelSessionForm(DomainForm):
    """Why a session is cancelled."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=course_session.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who would have come read it."),
    )


class EnrolSomebodyForm(DomainForm):
    """Somebody for a session."""

    member = MemberField(label=_("Member"))

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].suggest(slug)


class IntoSessionForm(DomainForm):
    """Into which session several people are enrolled."""

    session = forms.ModelChoiceField(
        label=_("Session"),
        queryset=CourseSession.objects.none(),
        required=False,
        empty_label=_("None yet: they wait for the next one"),
    )

    def __init__(self, *args: Any, sessions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["session"]
        field.queryset = CourseSession.objects.filter(pk__in=[one.pk for one in sessions])
        field.choices = [
            *((str(one.pk), label) for one, label in ((one, session_label(one)) for one in sessions)),
            ("", field.empty_label),
        ]


def session_label(session: Any) -> str:
    """Return when and where a session is, and how many places are left; it is one of `with_places`."""
    parts = [formats.date_format(timezone.localtime(session.starts_at), "SHORT_DATETIME_FORMAT")]
    if session.place:
        parts.append(session.place)
    if session.capacity is not None:
        left = max(0, session.capacity - session.taken)
        parts.append(ngettext("%(count)d place left", "%(count)d places left", left) % {"count": left})
    return " · ".join(parts)
