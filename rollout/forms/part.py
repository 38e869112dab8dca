"""Forms of the parts of a plan: one for each kind, drawn by the same drawer."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okrapp.web.widgets import DateInput, NumberField
from organizations.forms.domain_form import AskedLater, DomainForm
from organizations.forms.member_field import MemberField
from roles.raci.default import DEFAULT
from rollout.enums import BudgetCategory, Gate, Grade, Measure, PhaseKind, RiskState, TaskStatus
from rollout.models import (
    BudgetLine,
    Criterion,
    PlanKeyResult,
    PlanMilestone,
    PlanPhase,
    PlanTask,
    Risk,
    RolloutPlan,
    Wave,
)
from rollout.models.budget import ZERO


class PartForm(DomainForm):
    """Add or change one part of a plan. `rows` says which fields stand beside each other."""

    model: ClassVar[type[Model]]
    # What the drawer is called, and the toast says.
    title_new: ClassVar[str | Promise]
    title_edit: ClassVar[str | Promise]
    saved: ClassVar[str | Promise]
    removed: ClassVar[str | Promise]
    # The page that shows these, by the name of its address.
    home: ClassVar[str] = "rollout:plan"
    # How its fields are laid out, where rows do not say all.
    template: ClassVar[str] = "rollout/part/_fields.html"
    rows: ClassVar[Sequence[Sequence[str]]]

    def __init__(self, *args: Any, slug: str, plan: RolloutPlan, part: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, is_edit=part is not None, **kwargs)
        self.plan, self.part = plan, part
        for name, field in self.fields.items():
            if isinstance(field, MemberField):
                field.suggest(slug)
            if name == "phase":
                field.queryset = PlanPhase.objects.filter(plan=plan)
            if part is not None:
                present = part.serializable_value(name)
                self.initial.setdefault(name, getattr(part, name) if isinstance(field, MemberField) else present)
        self.remember_shown()

    @property
    def layout(self) -> list[list[forms.BoundField]]:
        """The fields as they stand beside each other."""
        return [[self[name] for name in row] for row in self.rows]

    @property
    def has_people(self) -> bool:
        """Whether a field suggests people."""
        return any(isinstance(field, MemberField) for field in self.fields.values())

    def build(self) -> Model:
        """Return the new part, unsaved."""
        return self.model(**self.cleaned_data)


class PhaseField(forms.ModelChoiceField):
    """A phase of the plan."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=PlanPhase.objects.none(), label=_("Phase"), empty_label=None, **kwargs)


class AnyPhaseField(PhaseField):
    """A phase of the plan, or none in particular."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.empty_label = _("None in particular")


class MoneyField(AskedLater, NumberField):
    """An amount of the plan's currency; left empty, it is nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=14, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Decimal:
        """Return the amount."""
        found: Decimal | None = super().clean(value)
        return ZERO if found is None else found


class LaterInteger(AskedLater, forms.IntegerField):
    """A number that some choices need and others do not."""


class LaterText(AskedLater, forms.CharField):
    """Words that some choices need and others do not."""


class PhaseForm(PartForm):
    """A phase."""

    model = PlanPhase
    title_new, title_edit = _("New phase"), _("Edit phase")
    saved, removed = _("Phase saved"), _("Phase removed")
    rows = (("kind", "own_name"), ("starts_on", "ends_on"))

    kind = forms.ChoiceField(label=_("What it is for"), choices=PhaseKind.choices)
    own_name = forms.CharField(
        label=_("Name"), max_length=80, required=False, help_text=_("Left empty, it is called by what it is for.")
    )
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        """One of one's own needs a name."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == PhaseKind.OWN and not data.get("own_name", "").strip():
            self.add_error("own_name", _("Give it a name."))
        return data


class WaveForm(PartForm):
    """A wave; its teams are chosen on a page of their own."""

    model = Wave
    title_new, title_edit = _("New wave"), _("Edit wave")
    saved, removed = _("Wave saved"), _("Wave removed")
    rows = (("name",), ("phase", "starts_on"))

    name = forms.CharField(label=_("Name"), max_length=80)
    phase = PhaseField()
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)


# The fields of a criterion that its measure does not need; templates/rollout/part/_criterion_fields.html says the same.
UNSEEN: Mapping[str, tuple[str, ...]] = {
    Measure.JUDGED: ("percent", "weeks"),
    Measure.AGREED: ("weeks",),
    Measure.COACHED: ("weeks",),
}


class CriterionForm(PartForm):
    """What has to be true before a phase begins or ends."""

    model = Criterion
    title_new, title_edit = _("New criterion"), _("Edit criterion")
    saved, removed = _("Criterion saved"), _("Criterion removed")
    template = "rollout/part/_criterion_fields.html"
    rows = (("phase", "gate"), ("measure",), ("text",), ("percent", "weeks"))

    phase = PhaseField()
    gate = forms.ChoiceField(label=_("When"), choices=Gate.choices, initial=Gate.EXIT)
    measure = forms.ChoiceField(label=_("How it is measured"), choices=Measure.choices)
    text = LaterText(label=_("What has to be true"), max_length=300)
    percent = LaterInteger(label=_("Share of teams, in percent"), min_value=1, max_value=100)
    weeks = LaterInteger(label=_("Weeks"), min_value=1, max_value=26, help_text=_("How many in a row."))

    def clean(self) -> dict[str, Any]:
        """Pay no attention to what the measure does not need: these fields are out of sight."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in UNSEEN.get(data.get("measure", ""), ()):
            self.errors.pop(name, None)
        return data


class TaskForm(PartForm):
    """A task, with its owner proposed by the RACI matrix where none is named."""

    model = PlanTask
    title_new, title_edit = _("New task"), _("Edit task")
    saved, removed = _("Task saved"), _("Task removed")
    home = "rollout:plan_list"
    rows = (("title",), ("phase", "status"), ("starts_on", "due_on"), ("activity",), ("owner",), ("description",))

    title = forms.CharField(label=_("Title"), max_length=200)
    phase = PhaseField()
    status = forms.ChoiceField(label=_("Status"), choices=TaskStatus.choices, initial=TaskStatus.OPEN)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    due_on = forms.DateField(label=_("Due"), widget=DateInput)
    activity = forms.ChoiceField(
        label=_("Activity of the RACI matrix"),
        required=False,
        help_text=_("Who is accountable for it owns the task, unless you name somebody."),
    )
    owner = MemberField(label=_("Owner"), required=False)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [("", _("None")), *((row.key, row.title) for row in DEFAULT)]


class MilestoneForm(PartForm):
    """A milestone."""

    model = PlanMilestone
    title_new, title_edit = _("New milestone"), _("Edit milestone")
    saved, removed = _("Milestone saved"), _("Milestone removed")
    home = "rollout:plan_timeline"
    rows = (("title",), ("phase",), ("due_on", "reached_on"))

    title = forms.CharField(label=_("Title"), max_length=200)
    phase = PhaseField()
    due_on = forms.DateField(label=_("Day"), widget=DateInput)
    reached_on = forms.DateField(label=_("Reached on"), required=False, widget=DateInput)


class RiskForm(PartForm):
    """A risk."""

    model = Risk
    title_new, title_edit = _("New risk"), _("Edit risk")
    saved, removed = _("Risk saved"), _("Risk removed")
    home = "rollout:plan_list"
    rows = (("title",), ("likelihood", "impact"), ("answer",), ("owner", "state"))

    title = forms.CharField(label=_("What could happen"), max_length=200)
    likelihood = forms.TypedChoiceField(label=_("Likelihood"), choices=Grade.choices, coerce=int, initial=Grade.MEDIUM)
    impact = forms.TypedChoiceField(label=_("Impact"), choices=Grade.choices, coerce=int, initial=Grade.MEDIUM)
    answer = forms.CharField(
        label=_("What we do about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = MemberField(label=_("Owner"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=RiskState.choices, initial=RiskState.OPEN)


class KeyResultForm(PartForm):
    """A key result of the rollout itself."""

    model = PlanKeyResult
    title_new, title_edit = _("New key result of the rollout"), _("Edit key result of the rollout")
    saved, removed = _("Key result saved"), _("Key result removed")
    rows = (("title",), ("start", "target"), ("current", "unit"))

    title = forms.CharField(label=_("Title"), max_length=300)
    start = NumberField(label=_("Start"), max_digits=20, decimal_places=4)
    target = NumberField(label=_("Target"), max_digits=20, decimal_places=4)
    current = NumberField(label=_("Today"), max_digits=20, decimal_places=4, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=24, required=False)


class BudgetLineForm(PartForm):
    """A line of the budget."""

    model = BudgetLine
    title_new, title_edit = _("New line"), _("Edit line")
    saved, removed = _("Line saved"), _("Line removed")
    home = "rollout:plan_budget"
    rows = (("note",), ("category", "phase"), ("planned",), ("committed", "actual"))

    note = forms.CharField(label=_("What for"), max_length=300, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=BudgetCategory.choices)
    phase = AnyPhaseField()
    planned = MoneyField(label=_("Planned"))
    committed = MoneyField(label=pgettext_lazy("budget", "Committed"), help_text=_("Ordered or promised, paid or not."))
    actual = MoneyField(label=_("Actual"), help_text=_("Paid so far."))

    def __init__(self, *args: Any, plan: RolloutPlan, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        for name in ("planned", "committed", "actual"):
            self.fields[name].label = f"{self.fields[name].label} ({plan.currency})"


# By the word their addresses have.
FORMS: dict[str, type[PartForm]] = {
    "phases": PhaseForm,
    "waves": WaveForm,
    "criteria": CriterionForm,
    "tasks": TaskForm,
    "milestones": MilestoneForm,
    "risks": RiskForm,
    "key-results": KeyResultForm,
    "budget-lines": BudgetLineForm,
}
