"""What the pages of a plan show of the whole of it, in the API."""

from typing import Any

from rest_framework import serializers

from rollout.api.amount import AmountField
from rollout.currencies import CURRENCIES
from rollout.enums import AudienceKind, BudgetCategory, Gate, Measure
from rollout.queries.message_gaps import MOST_WEEKS, WEEKS

# Lines have 14; a sum of them may have more.
DIGITS = 20


class CriterionStandingSerializer(serializers.Serializer):
    """A criterion as it stands today."""

    criterion = serializers.UUIDField(source="criterion.pk", read_only=True)
    phase = serializers.UUIDField(source="criterion.phase_id", read_only=True)
    gate = serializers.ChoiceField(source="criterion.gate", choices=Gate.choices, read_only=True)
    measure = serializers.ChoiceField(source="criterion.measure", choices=Measure.choices, read_only=True)
    percent = serializers.IntegerField(
        source="criterion.percent", read_only=True, allow_null=True, help_text="The share of teams it takes."
    )
    weeks = serializers.IntegerField(source="criterion.weeks", read_only=True, allow_null=True)
    text = serializers.CharField(read_only=True, help_text="In words, those that are computed too.")
    is_met = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Null where nobody has judged, or there are no teams to count."
    )
    share = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Of the teams that fulfil it, 0 to 1; null where none are counted."
    )
    teams = serializers.SerializerMethodField(help_text="How many are counted; null for what somebody judges.")
    missing = serializers.ListField(
        source="missing_ids",
        child=serializers.UUIDField(),
        read_only=True,
        help_text="Ids of the teams that do not fulfil it yet.",
    )

    def get_teams(self, standing: Any) -> int | None:
        """Return how many teams are counted."""
        return len(standing.teams) if standing.is_computed else None


class MessageGapQuery(serializers.Serializer):
    weeks = serializers.IntegerField(
        min_value=1,
        max_value=MOST_WEEKS,
        default=WEEKS,
        help_text="So many full weeks without a message are silence.",
    )


class HeardSerializer(serializers.Serializer):
    """A message, and the day it was sent or is going to be."""

    message = serializers.UUIDField(source="id", read_only=True)
    on = serializers.DateField(read_only=True)


class MessageGapSerializer(serializers.Serializer):
    """An audience of a plan, with what it heard last and hears next."""

    kind = serializers.ChoiceField(choices=AudienceKind.choices, read_only=True)
    code = serializers.CharField(
        read_only=True, help_text="Tells it from others: `everybody`, `role:coach`, `wave:ID`, `team:ID`."
    )
    label = serializers.CharField(read_only=True)  # type: ignore[assignment] # of fields, which this is not
    last = HeardSerializer(read_only=True, allow_null=True, help_text="One of `sent-messages`.")
    weeks_ago = serializers.IntegerField(
        source="weeks", read_only=True, allow_null=True, help_text="Full weeks since then; null before the first."
    )
    next = HeardSerializer(read_only=True, allow_null=True, help_text="One of `planned-messages`.")
    is_silent = serializers.BooleanField(read_only=True)


class EnablementQuery(serializers.Serializer):
    wave = serializers.UUIDField(required=False, help_text="The teams of this wave, instead of the waves.")


class EnablementCellSerializer(serializers.Serializer):
    """How many people need a course, and how far they are."""

    course = serializers.UUIDField(read_only=True)
    needing = serializers.IntegerField(read_only=True)
    having = serializers.IntegerField(read_only=True, help_text="Of these, those who have it.")
    enrolled = serializers.IntegerField(read_only=True, help_text="Of those who lack it, those who are enrolled.")


class EnablementRowSerializer(serializers.Serializer):
    """A wave, or a team of one, with the courses that the teams of the plan need."""

    wave = serializers.UUIDField(read_only=True)
    team = serializers.UUIDField(read_only=True, allow_null=True, help_text="Null for all teams of the wave together.")
    teams = serializers.IntegerField(read_only=True)
    complete = serializers.IntegerField(read_only=True, help_text="Teams in which everybody has the courses they need.")
    courses = EnablementCellSerializer(many=True, read_only=True)


class SumsSerializer(serializers.Serializer):
    """What lines of a budget come to."""

    planned = AmountField(max_digits=DIGITS, read_only=True)
    committed = AmountField(max_digits=DIGITS, read_only=True)
    actual = AmountField(max_digits=DIGITS, read_only=True)
    forecast = AmountField(max_digits=DIGITS, read_only=True, help_text="What they will have cost in the end.")


class CategorySumsSerializer(serializers.Serializer):
    category = serializers.ChoiceField(source="code", choices=BudgetCategory.choices, read_only=True)
    sums = SumsSerializer(read_only=True)


class PhaseSumsSerializer(serializers.Serializer):
    phase = serializers.UUIDField(
        source="phase_id", read_only=True, allow_null=True, help_text="Null: lines of none in particular."
    )
    sums = SumsSerializer(read_only=True)


class ApprovedSerializer(serializers.Serializer):
    """How a budget stands to what the Sponsor approved."""

    sum = AmountField(max_digits=DIGITS, read_only=True, allow_null=True, help_text="Null while the plan is written.")
    version = serializers.IntegerField(
        source="number", read_only=True, allow_null=True, help_text="The version it was approved with."
    )
    needed = AmountField(
        max_digits=DIGITS, read_only=True, help_text="What has to be approved: plan or forecast, whichever is more."
    )
    excess = AmountField(max_digits=DIGITS, read_only=True, help_text="What is over the approved sum.")
    waiting = serializers.IntegerField(
        source="waiting.number",
        default=None,
        read_only=True,
        allow_null=True,
        help_text="The version by which more is asked for, while it waits for the Sponsor.",
    )


class BudgetOverviewSerializer(serializers.Serializer):
    """The budget of a plan in sums, in the currency of the plan."""

    currency = serializers.ChoiceField(source="plan.currency", choices=CURRENCIES, read_only=True)
    total = SumsSerializer(read_only=True)
    categories = CategorySumsSerializer(many=True, read_only=True, help_text="Those with lines.")
    phases = PhaseSumsSerializer(many=True, read_only=True, help_text="Those with lines.")
    approved = ApprovedSerializer(read_only=True)
    active_teams = serializers.IntegerField(read_only=True, help_text="Teams of the waves that have started.")
    cost_per_team = AmountField(
        max_digits=DIGITS, read_only=True, allow_null=True, help_text="Paid so far for each of these; null before any."
    )


class ViolationSerializer(serializers.Serializer):
    """A step that is to begin before something it waits for is due."""

    kind = serializers.ChoiceField(choices=["phase", "task"], read_only=True)
    step = serializers.UUIDField(source="step.pk", read_only=True)
    needed_kind = serializers.ChoiceField(choices=["task", "milestone"], read_only=True)
    needed = serializers.UUIDField(source="needed.pk", read_only=True)
    days = serializers.IntegerField(
        read_only=True, help_text="By so many it begins too early: what it needs may take all of the day it is due."
    )
