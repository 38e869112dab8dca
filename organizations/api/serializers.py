"""How people, teams and the organization look in the API."""

import zoneinfo
from typing import Any, ClassVar

from django.conf import settings as project
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RelatedRows, RowSerializer, related
from organizations.domain.imports import progress_of
from organizations.domain.invitation import DAYS_VALID, LINK_DAYS
from organizations.domain.organization_settings import DIRECTION, GENERAL, PROCESS
from organizations.enums import Frequency, ImportState
from organizations.models import (
    ApiToken,
    AuditEntry,
    ImportRun,
    Invitation,
    Membership,
    OrganizationSettings,
    PausePeriod,
    StrategicPriority,
    Team,
)


class MemberSerializer(RowSerializer):
    manager = serializers.UUIDField(source="manager_id", read_only=True, allow_null=True)
    is_placeholder = serializers.BooleanField(read_only=True)
    email = serializers.CharField(read_only=True, help_text="Empty when nobody knows it.")

    class Meta:
        model = Membership
        fields = [
            "id",
            "display_name",
            "email",
            "title",
            "manager",
            "is_administrator",
            "is_employee_representative",
            "is_placeholder",
            "joined_at",
            "deactivated_at",
        ]
        read_only_fields = fields


class MemberInput(InputSerializer):
    display_name = serializers.CharField(max_length=150)
    email = serializers.EmailField(required=False, allow_blank=True)
    title = serializers.CharField(max_length=120, required=False, allow_blank=True)
    manager = related(Membership.objects.active(), required=False, allow_null=True)


_LEAVING = _("POST to …/deactivate/ of the member takes them out, and …/reactivate/ brings them back.")


class MemberPatch(MemberInput):
    # What the member shows, and what programs guess it is called.
    elsewhere: ClassVar[dict[str, Any]] = {"deactivated_at": _LEAVING, "is_active": _LEAVING}

    is_administrator = serializers.BooleanField(required=False, help_text="Manages people, sign-in and data.")
    is_employee_representative = serializers.BooleanField(required=False, help_text="Speaks for the employees.")


class TeamSerializer(RowSerializer):
    parent: Any = serializers.UUIDField(source="parent_id", read_only=True, allow_null=True)
    lead = serializers.UUIDField(source="lead_id", read_only=True, allow_null=True)

    class Meta:
        model = Team
        fields = [
            "id",
            "name",
            "slug",
            "parent",
            "lead",
            "vision",
            "mission",
            "expectations",
            "check_in_frequency",
            "check_in_weekday",
            "check_in_hour",
            "created_at",
            "archived_at",
        ]
        read_only_fields = fields


class TeamInput(InputSerializer):
    name = serializers.CharField(max_length=120)
    lead = related(Membership.objects.active(), required=False, allow_null=True)
    vision = serializers.CharField(required=False, allow_blank=True)
    mission = serializers.CharField(required=False, allow_blank=True)
    expectations = serializers.CharField(required=False, allow_blank=True)
    check_in_frequency = serializers.ChoiceField(choices=Frequency.choices, required=False, allow_blank=True)
    check_in_weekday = serializers.IntegerField(min_value=0, max_value=6, required=False, allow_null=True)
    check_in_hour = serializers.IntegerField(min_value=0, max_value=23, required=False, allow_null=True)


class NewTeamInput(TeamInput):
    parent: Any = related(Team.objects.current(), required=False, allow_null=True)


class TeamMove(InputSerializer):
    parent: Any = related(Team.objects.current(), allow_null=True)


class TeamMembersInput(InputSerializer):
    members = RelatedRows(Membership.objects.active(), allow_empty=False)


class PrioritySerializer(RowSerializer):
    class Meta:
        model = StrategicPriority
        fields = ["id", "title", "description", "position", "archived_at"]
        read_only_fields = ["id", "position", "archived_at"]


class PriorityMove(InputSerializer):
    up = serializers.BooleanField(help_text="True: before the one above; false: behind the one below.")


class PausePeriodSerializer(RowSerializer):
    class Meta:
        model = PausePeriod
        fields = ["id", "name", "starts_on", "ends_on"]
        read_only_fields = ["id"]


SHARE: dict[str, Any] = {"min_value": 0, "max_value": 1}


class SettingsSerializer(RowSerializer):
    name = serializers.CharField(source="organization.name", max_length=120, help_text="The organization's name.")
    language = serializers.ChoiceField(choices=project.LANGUAGES, help_text="For people who have chosen none.")

    class Meta:
        model = OrganizationSettings
        fields = ["name", *DIRECTION, *GENERAL, *PROCESS, "updated_at"]
        read_only_fields = ["updated_at"]
        extra_kwargs = {
            "time_zone": {"help_text": "An IANA name, such as `Europe/Berlin`."},
            **dict.fromkeys(("band_green", "band_yellow", "pace_behind", "pace_far_behind"), SHARE),
        }

    def validate_time_zone(self, value: str) -> str:
        """Return the name of a time zone that there is."""
        if value not in zoneinfo.available_timezones():
            raise serializers.ValidationError(_("There is no time zone of this name."))
        return value


class InvitationSerializer(RowSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    email = serializers.CharField(read_only=True, help_text="Empty when the link is for everybody who has it.")
    invited_by = serializers.UUIDField(source="invited_by_id", read_only=True, allow_null=True)

    class Meta:
        model = Invitation
        fields = ["id", "email", "team", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at"]
        read_only_fields = fields


class IssuedInvitationSerializer(InvitationSerializer):
    url: Any = serializers.URLField(read_only=True, help_text="The link of the invitation; told in this answer only.")

    class Meta(InvitationSerializer.Meta):
        fields = [*InvitationSerializer.Meta.fields, "url"]
        read_only_fields = fields


class InvitedSerializer(serializers.Serializer):
    issued = IssuedInvitationSerializer(many=True, help_text="Invitations that were made.")
    members = serializers.ListField(child=serializers.UUIDField(), help_text="Members already.")
    deactivated = serializers.ListField(child=serializers.UUIDField(), help_text="Members who have left.")
    pending = serializers.ListField(child=serializers.UUIDField(), help_text="Invitations that are open already.")


class InvitationInput(InputSerializer):
    emails = serializers.ListField(child=serializers.EmailField(), allow_empty=False, max_length=200)
    team = related(Team.objects.current(), required=False, allow_null=True)
    claims = related(
        Membership.objects.active().filter(user=None),
        required=False,
        allow_null=True,
        help_text="The placeholder that whoever accepts becomes; takes one address and an administrator.",
    )


class InvitationLinkInput(InputSerializer):
    team = related(Team.objects.current(), required=False, allow_null=True)
    days = serializers.ChoiceField(choices=LINK_DAYS, default=DAYS_VALID, help_text="How long the link works.")


class TokenSerializer(RowSerializer):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"]
        read_only_fields = fields


class AuditEntrySerializer(RowSerializer):
    actor = serializers.UUIDField(source="actor_id", read_only=True, allow_null=True)
    before = serializers.DictField(read_only=True, allow_null=True, help_text="The values that were changed.")
    after = serializers.DictField(read_only=True, allow_null=True, help_text="What they were changed to.")

    class Meta:
        model = AuditEntry
        fields = [
            "id",
            "at",
            "actor",
            "via",
            "verb",
            "object_type",
            "object_id",
            "object_label",
            "before",
            "after",
            "reason",
        ]
        read_only_fields = fields


class ImportProblemSerializer(serializers.Serializer):
    row = serializers.IntegerField(allow_null=True, help_text="As spreadsheets count; null when about the file.")
    column = serializers.CharField()
    message = serializers.CharField()


class ImportOutcomeSerializer(serializers.Serializer):
    """What an import did or would do, in rows."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="What the rows are: objectives, key_results, alignments, …"
    )
    problems = ImportProblemSerializer(many=True, help_text="With any of them nothing is written; the first 1,000.")
    warnings = serializers.ListField(child=serializers.CharField())
    questions = serializers.ListField(
        child=serializers.DictField(), help_text="Names that are alike; `options` says which of them are one."
    )


OUTCOME = list(ImportOutcomeSerializer().get_fields())


class ImportSerializer(RowSerializer):
    created_by = serializers.UUIDField(source="created_by_id", read_only=True)
    progress = serializers.SerializerMethodField(help_text="From 0 to 1 while at work, null otherwise.")
    outcome = serializers.SerializerMethodField(help_text="Null before the first check.")

    class Meta:
        model = ImportRun
        fields = [
            "id",
            "kind",
            "file_name",
            "state",
            "mapping",
            "options",
            "created_by",
            "created_at",
            "finished_at",
            "progress",
            "outcome",
        ]
        read_only_fields = fields

    def get_progress(self, run: ImportRun) -> float | None:
        """Return how far background work is."""
        return progress_of(run) if run.state in (ImportState.CHECKING, ImportState.RUNNING) else None

    @extend_schema_field(ImportOutcomeSerializer(allow_null=True))
    def get_outcome(self, run: ImportRun) -> dict[str, Any] | None:
        """Return what the last check or run found."""
        found: dict[str, Any] | None = run.result.get("outcome")
        return None if found is None else {name: found.get(name) for name in OUTCOME}


class ImportInput(InputSerializer):
    kind = serializers.ChoiceField(choices=["okrs", "people"])
    file = serializers.FileField(allow_empty_file=True, help_text="CSV or XLSX, up to 10 MB.")
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would be done.")
    mapping = serializers.JSONField(
        required=False, help_text="A JSON object from fields to the file's headings; guessed when left out."
    )
    options = serializers.JSONField(
        required=False,
        help_text="A JSON object with the importer's options, such as `merge_teams`: {name: name to use instead}.",
    )

    def validate_mapping(self, value: Any) -> dict[str, str]:
        """Return an object of texts."""
        if not isinstance(value, dict) or not all(isinstance(heading, str) for heading in value.values()):
            raise serializers.ValidationError(_("Give a JSON object of texts."))
        return value

    def validate_options(self, value: Any) -> dict[str, dict[str, str]]:
        """Return an object of objects of texts, which is what importers take."""
        inner = list(value.values()) if isinstance(value, dict) else [None]
        texts = [text for one in inner if isinstance(one, dict) for pair in one.items() for text in pair]
        if not all(isinstance(one, dict) for one in inner) or not all(isinstance(text, str) for text in texts):
            raise serializers.ValidationError(_("Give a JSON object of objects of texts."))
        if any("\0" in text for text in [*value, *texts]):
            raise serializers.ValidationError(_("Null characters are not allowed."))
        return value
