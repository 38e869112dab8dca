"""The form of a check-in: what it asks depends on how the key result is measured."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okrapp.web.moments import short_date
from okrapp.web.widgets import NumberField
from okrs.enums import Confidence, MetricType
from okrs.models import CheckIn, KeyResult, Milestone
from organizations.forms.domain_form import DomainForm
from organizations.forms.member_field import MemberField

_MEASURED = (
    MetricType.INCREASE,
    MetricType.DECREASE,
    MetricType.STAY_ABOVE,
    MetricType.STAY_BELOW,
    MetricType.STAY_WITHIN,
    MetricType.BASELINE,
)
_TEXT = 5000
# What belongs to one check-in alone and is not carried on to the next.
_WORDS = ("note", "blocker", "helper", "next_step")


def _confidences() -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in Confidence.choices]


class CheckInForm(DomainForm):
    """Has `value`, `is_done` or `milestones_done`, by metric; a key result fed by others has none of them.

    What the person did not change against what the form showed stays as it is by now, so a check-in somebody else
    made meanwhile is never turned back by accident.
    """

    refused_at = {"value": "is_done"}

    value = NumberField(label=gettext_lazy("Where is it now?"), max_digits=24, decimal_places=6)
    is_done = forms.BooleanField(label=gettext_lazy("Done"), required=False)
    milestones_done = forms.MultipleChoiceField(
        label=gettext_lazy("Which milestones are done?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of these milestones was removed. Look at the list again.")},
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("How confident are you?"), required=False, widget=forms.RadioSelect, choices=_confidences
    )
    note = forms.CharField(
        label=gettext_lazy("What changed?"),
        required=False,
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    blocker = forms.CharField(
        label=gettext_lazy("What is in the way?"),
        required=False,
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    helper = MemberField(
        label=gettext_lazy("Who can help?"),
        required=False,
        help_text=gettext_lazy("It waits in that person's week."),
    )
    next_step = forms.CharField(
        label=gettext_lazy("Next step"), required=False, max_length=_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    # The last check-in the person saw: tells them who came in between.
    last_seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The check-in that this one puts right.
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        key_result: KeyResult,
        *args: Any,
        slug: str,
        last_seen: UUID | None = None,
        corrects: CheckIn | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, is_edit=True, **kwargs)
        self.key_result = key_result
        if "helper" in self.fields:
            self.fields["helper"].suggest(slug)
        self._keep_by_metric()
        self.initial.setdefault("confidence", key_result.confidence)
        self.initial.setdefault("last_seen", last_seen)
        if corrects is not None:
            self.initial.update({name: getattr(corrects, name) for name in _WORDS}, corrects=corrects.pk)
        self.remember_shown()
        for name in {*_WORDS, "last_seen", "corrects"} & set(self.fields):
            self.fields[name].show_hidden_initial = False

    def _keep_by_metric(self) -> None:
        metric = self.key_result.metric
        if metric in _MEASURED:
            current = self.key_result.current
            self.initial.setdefault("value", self.key_result.start if current is None else current)
            # A number that is still looked for may stay unknown.
            self.fields["value"].required = metric != MetricType.BASELINE
            self.refused_at = {}
        else:
            del self.fields["value"]
        if metric == MetricType.DONE:
            self.initial.setdefault("is_done", (self.key_result.current or Decimal(0)) >= 1)
        else:
            del self.fields["is_done"]
        if metric == MetricType.MILESTONES:
            milestones = list(self.key_result.milestones.all())
            self.fields["milestones_done"].choices = [(str(one.pk), _milestone_label(one)) for one in milestones]
            self.initial.setdefault("milestones_done", [str(one.pk) for one in milestones if one.done_at])
            self.refused_at = {"value": "milestones_done"}
        else:
            del self.fields["milestones_done"]

    @property
    def has_more(self) -> bool:
        """Whether something under More is filled in or wrong, so that it must be seen."""
        names = ("blocker", "helper", "next_step")
        return any(self[name].value() or self[name].errors for name in names)

    def said(self) -> dict[str, Any]:
        """Return what to pass to the domain: only what the person changed, and what they wrote."""
        changed = self.changes()
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in _WORDS if name in self.fields}
        said["confidence"] = changed.get("confidence", "")
        if "value" in changed or self.key_result.current is None:
            said["value"] = self.cleaned_data.get("value")
        if "is_done" in self.fields and ("is_done" in changed or self.key_result.current is None):
            said["value"] = Decimal(int(self.cleaned_data["is_done"]))
        if "milestones_done" in changed:
            said["milestones_done"] = self._milestones()
        return said

    def _milestones(self) -> list[UUID]:
        """The milestones done by now: those of the moment, with what this person ticked and unticked."""
        bound = self["milestones_done"]
        # A form that was opened with nothing ticked says so by sending nothing.
        data: Any = self.data
        shown = set(data.getlist(bound.html_initial_name) if self.seen else bound.initial or ())
        ticked = set(self.cleaned_data["milestones_done"])
        now = {str(one.pk) for one in self.key_result.milestones.all() if one.done_at}
        return [UUID(key) for key in (now | (ticked - shown)) - (shown - ticked)]


def _milestone_label(milestone: Milestone) -> str:
    if milestone.due_on is None:
        return milestone.title
    return format_html('{} <span class="text-muted">· {}</span>', milestone.title, short_date(milestone.due_on))


def unchanged(key_result: KeyResult) -> dict[str, Any]:
    """Return what "nothing changed" says: the same value, which is the start where nobody has checked in yet."""
    if key_result.current is None and key_result.metric in _MEASURED and key_result.start is not None:
        return {"value": key_result.start}
    if key_result.current is None and key_result.metric == MetricType.DONE:
        return {"value": Decimal(0)}
    return {}


def still_in_the_way(key_result: KeyResult) -> dict[str, Any]:
    """Return the blocker that "nothing changed" leaves standing, with who can help; one query."""
    last = key_result.check_ins.standing().select_related("helper").newest_first().first()
    if last is None or not last.blocker or last.solved_at is not None:
        return {}
    return {"blocker": last.blocker, "helper": last.helper}


def step_of(key_result: KeyResult) -> float:
    """Return how far the buttons beside the number move it: about a hundredth of the way."""
    ends = (key_result.start, key_result.target, key_result.lower, key_result.upper)
    given = [float(end) for end in ends if end is not None]
    span = max(given) - min(given) if len(given) > 1 else abs(given[0]) if given else 0.0
    if span == 0:
        return 1
    for limit, step in ((0.5, 0.01), (5, 0.1), (1_000, 1), (10_000, 10), (100_000, 100), (1_000_000, 1_000)):
        if span <= limit:
            return step
    return 10_000


def was_text(key_result: KeyResult, current: str, goal: str) -> str:
    """Return the words beside the number: was 57, target 70."""
    if key_result.metric in (MetricType.INCREASE, MetricType.DECREASE):
        return _("was %(current)s, target %(target)s") % {"current": current, "target": goal}
    if key_result.metric == MetricType.BASELINE:
        return _("was %(current)s, no target yet") % {"current": current}
    return _("was %(current)s, should be %(limits)s") % {"current": current, "limits": goal}
