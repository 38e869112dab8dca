"""How barriers and decisions about pilots look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RelatedRow, RelatedRows, RowSerializer, related
from organizations.enums import Role
from organizations.models import Membership
from rollout.domain import barrier, barrier_comment, pilot_decision
from rollout.enums import BarrierGroup, BarrierState, Gate, Measure, Verdict
from rollout.models import Barrier, BarrierCollection, BarrierComment, PilotDecision, PlanPhase, RolloutPlan, Wave
from rollout.models.readiness import VOTES
from rollout.queries.audience import asked_plan_ids
from rollout.queries.pilot_decision import in_words

NO_NAME = "Null for what was written without a name."


class AskedPlan(RelatedRow):
    """Takes the id of a plan whoever asks may read, or whose barriers they are asked for, be it a draft."""

    def get_queryset(self) -> Any:
        """Return the plans to choose from."""
        actor = self.context["request"]._request.actor
        asked = RolloutPlan.objects.filter(pk__in=asked_plan_ids(actor))
        return RolloutPlan.objects.visible_to(actor) | asked


class BarrierCollectionSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    waves = serializers.ListField(source="wave_ids", child=serializers.UUIDField(), read_only=True)

    class Meta:
        model = BarrierCollection
        fields = ["id", "plan", "for_everybody", "roles", "waves", "opened_at", "closed_at"]
        read_only_fields = fields


class BarrierCollectionInput(InputSerializer):
    plan = related(RolloutPlan.objects.all())
    for_everybody = serializers.BooleanField(default=False)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices),
        default=list,
        max_length=len(Role),
        help_text="Who holds one of these is asked, unless everybody is.",
    )
    waves = RelatedRows(
        Wave.objects.all(),
        required=False,
        help_text="Who belongs to the teams of one of these, or leads one, is asked too. Waves of the plan.",
    )


class BarrierSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True, help_text=NO_NAME)
    owner = serializers.UUIDField(source="owner_id", read_only=True, allow_null=True)
    votes = serializers.SerializerMethodField(help_text="Null while people vote.")
    my_votes = serializers.IntegerField(read_only=True)

    class Meta:
        model = Barrier
        fields = [
            "id",
            "plan",
            "text",
            "group",
            "author",
            "written_on",
            "answer",
            "owner",
            "state",
            "votes",
            "my_votes",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_votes(self, row: Barrier) -> int | None:
        """Return how many votes it got, once nobody votes any more."""
        found: Any = row
        return None if found.is_collecting else int(found.vote_sum)


class BarrierInput(InputSerializer):
    plan = AskedPlan(queryset=RolloutPlan.objects.all(), pk_field=serializers.UUIDField())
    text = serializers.CharField(max_length=barrier.LONGEST)
    group = serializers.ChoiceField(choices=BarrierGroup.choices)
    is_anonymous = serializers.BooleanField(
        default=True, help_text="Without a name no author is kept, and no time but the day."
    )


class BarrierPatch(InputSerializer):
    text = serializers.CharField(max_length=barrier.LONGEST, required=False)
    group = serializers.ChoiceField(choices=BarrierGroup.choices, required=False)
    answer = serializers.CharField(max_length=barrier.LONGEST_ANSWER, required=False, allow_blank=True)
    owner = related(Membership.objects.active(), required=False, allow_null=True)
    state = serializers.ChoiceField(choices=BarrierState.choices, required=False)


class BarrierVoteInput(InputSerializer):
    count = serializers.IntegerField(min_value=0, max_value=VOTES, help_text="Zero takes one's votes back.")


class BarrierCommentSerializer(RowSerializer):
    barrier = serializers.UUIDField(source="barrier_id", read_only=True)
    author = serializers.UUIDField(source="author_id", read_only=True, allow_null=True, help_text=NO_NAME)

    class Meta:
        model = BarrierComment
        fields = ["id", "barrier", "text", "author", "written_on", "position"]
        read_only_fields = fields


class BarrierCommentInput(InputSerializer):
    barrier = related(Barrier.objects.standing().select_related("plan"))
    text = serializers.CharField(max_length=barrier_comment.LONGEST)
    is_anonymous = serializers.BooleanField(default=True)


class FrozenCriterionSerializer(InputSerializer):
    """A criterion as it stood."""

    criterion = serializers.UUIDField()
    gate = serializers.ChoiceField(choices=Gate.choices)
    measure = serializers.ChoiceField(choices=Measure.choices)
    text = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True)
    weeks = serializers.IntegerField(allow_null=True)
    is_met = serializers.BooleanField(allow_null=True)
    share = serializers.FloatField(allow_null=True)
    teams = serializers.IntegerField(allow_null=True)
    fulfilled = serializers.IntegerField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())
    note = serializers.CharField()


class FrozenPhaseSerializer(InputSerializer):
    """A pilot as it stood when it was decided about."""

    phase = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    criteria = FrozenCriterionSerializer(many=True)


class PilotDecisionSerializer(RowSerializer):
    plan = serializers.UUIDField(source="plan_id", read_only=True)
    phase = serializers.UUIDField(source="phase_id", read_only=True)
    decided_by = serializers.UUIDField(source="decided_by_id", read_only=True, allow_null=True)
    content = serializers.SerializerMethodField(help_text="The phase and its criteria as they stood.")

    class Meta:
        model = PilotDecision
        fields = ["id", "plan", "phase", "verdict", "reason", "content", "decided_at", "decided_by"]
        read_only_fields = fields

    @extend_schema_field(FrozenPhaseSerializer())
    def get_content(self, row: PilotDecision) -> Any:
        """Return what was frozen, in the language of whoever asks."""
        return in_words(row.content)


class PilotDecisionInput(InputSerializer):
    phase = related(PlanPhase.objects.select_related("plan"))
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    reason = serializers.CharField(max_length=pilot_decision.LONGEST_REASON)
    stops_plan = serializers.BooleanField(default=False, help_text="With `stop`: the plan ends too.")
