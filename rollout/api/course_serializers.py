"""How courses look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from organizations.models import Membership, Team
from rollout.domain import course_session
from rollout.enums import EnrolmentState, NeededBy
from rollout.models import Course, CourseSession, Enrolment

MARKS = [choice for choice in EnrolmentState.choices if choice[0] in ("attended", "missed", "enrolled")]


class CourseSerializer(RowSerializer):
    team = serializers.UUIDField(
        source="team_id", read_only=True, allow_null=True, help_text="Null: the whole organization."
    )

    class Meta:
        model = Course
        fields = [
            "id",
            "title",
            "text",
            "minutes",
            "team",
            "needed_by",
            "is_open",
            "enrols_itself",
            "has_certificate",
            "valid_months",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = fields


class CoursePatch(InputSerializer):
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=8000, required=False, allow_blank=True, help_text="Markdown.")
    minutes = serializers.IntegerField(min_value=5, max_value=6000, required=False, allow_null=True)
    needed_by = serializers.ListField(
        child=serializers.ChoiceField(choices=NeededBy.choices),
        required=False,
        max_length=len(NeededBy),
        help_text="Who needs it follows from what people are.",
    )
    is_open = serializers.BooleanField(required=False, help_text="Whether those may take part who do not need it.")
    enrols_itself = serializers.BooleanField(
        required=False, help_text="Whether those who need it are enrolled without anybody's doing."
    )
    has_certificate = serializers.BooleanField(required=False)
    valid_months = serializers.IntegerField(
        min_value=1, max_value=240, required=False, allow_null=True, help_text="Null: the certificate does not expire."
    )


class CourseInput(CoursePatch):
    team = related(Team.objects.current(), required=False, allow_null=True)


class CourseSessionSerializer(RowSerializer):
    course = serializers.UUIDField(source="course_id", read_only=True)
    trainer = serializers.UUIDField(source="trainer_id", read_only=True, allow_null=True)
    link = serializers.CharField(read_only=True, help_text="Where to take part online; empty without it.")
    taken = serializers.IntegerField(read_only=True, help_text="How many places are taken.")
    waiting = serializers.IntegerField(read_only=True, help_text="How many wait for a place in it.")

    class Meta:
        model = CourseSession
        fields = [
            "id",
            "course",
            "starts_at",
            "ends_at",
            "place",
            "link",
            "trainer",
            "trainer_name",
            "capacity",
            "enrol_until",
            "state",
            "reason",
            "taken",
            "waiting",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class CourseSessionPatch(InputSerializer):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=160, required=False, allow_blank=True)
    link = serializers.URLField(max_length=500, required=False, allow_blank=True)
    trainer = related(Membership.objects.active(), required=False, allow_null=True)
    trainer_name = serializers.CharField(
        max_length=120, required=False, allow_blank=True, help_text="Somebody from outside, instead of a member."
    )
    capacity = serializers.IntegerField(
        min_value=1, max_value=9999, required=False, allow_null=True, help_text="Null: as many as like."
    )
    enrol_until = serializers.DateTimeField(required=False, allow_null=True, help_text="Null: until it begins.")


class CourseSessionInput(CourseSessionPatch):
    course = related(Course.objects.current())


class CancelSessionInput(InputSerializer):
    reason = serializers.CharField(max_length=course_session.LONGEST_REASON)


class EnrolmentSerializer(RowSerializer):
    course = serializers.UUIDField(source="course_id", read_only=True)
    session = serializers.UUIDField(
        source="session_id", read_only=True, allow_null=True, help_text="Null: waits for any."
    )
    member = serializers.UUIDField(source="member_id", read_only=True)
    certificate_number = serializers.SerializerMethodField(
        help_text="Null without a certificate; else GET …/certificate/ returns it as PDF."
    )

    class Meta:
        model = Enrolment
        fields = [
            "id",
            "course",
            "session",
            "member",
            "state",
            "source",
            "requested_at",
            "cancelled_by",
            "cancelled_at",
            "marked_at",
            "counts_until",
            "certificate_number",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_certificate_number(self, row: Enrolment) -> str | None:
        """Return the number of the certificate."""
        found: Any = row.certificates.all()
        return next((one.number for one in found), None)


class EnrolmentInput(InputSerializer):
    course = related(Course.objects.current())
    session = related(
        CourseSession.objects.all(), required=False, allow_null=True, help_text="Left out: waits for any."
    )
    member = related(Membership.objects.active(), required=False, help_text="Left out: oneself.")


class AttendanceInput(InputSerializer):
    state = serializers.ChoiceField(choices=MARKS, help_text="“enrolled” takes a mark back.")
