"""How cycles look in the API."""

from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RelatedRows, RowSerializer
from okrs.domain.cycle_days import DAY_FIELDS
from okrs.enums import CycleLength, Phase
from okrs.models import Cycle
from organizations.models import Team

FIRST_PHASES = [(phase.value, phase.label) for phase in (Phase.PLANNED, Phase.RUNNING)]


class CycleSerializer(RowSerializer):
    class Meta:
        model = Cycle
        fields = [
            "id",
            "name",
            "length",
            "starts_on",
            "ends_on",
            "phase",
            *DAY_FIELDS,
            "for_all_teams",
            "created_at",
            "archived_at",
        ]
        read_only_fields = ["id", "phase", "created_at", "archived_at"]


class CyclePatch(InputSerializer):
    name = serializers.CharField(max_length=60)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    length = serializers.ChoiceField(choices=CycleLength.choices, default=CycleLength.QUARTER)
    drafting_on = serializers.DateField(required=False, allow_null=True)
    aligning_on = serializers.DateField(required=False, allow_null=True)
    running_on = serializers.DateField(required=False, allow_null=True)
    reviewing_on = serializers.DateField(required=False, allow_null=True)
    closing_on = serializers.DateField(required=False, allow_null=True)
    teams = RelatedRows(
        Team.objects.current(),
        required=False,
        allow_null=True,
        max_length=2000,
        help_text="Teams that take part; null for all, which is what leaving it out means for a new cycle.",
    )


class CycleInput(CyclePatch):
    phase = serializers.ChoiceField(choices=FIRST_PHASES, default=Phase.PLANNED)


class CycleMove(InputSerializer):
    phase = serializers.ChoiceField(choices=Phase.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="", help_text="Needed to go back.")
    on = serializers.DateField(
        required=False, allow_null=True, help_text="Going back: when the phase that is left begins again."
    )
