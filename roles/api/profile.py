"""Role profiles and what is expected of those who hold a role, in the API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.serializers import InputSerializer, RowSerializer
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.enums import Role, Scope
from roles import profile_permissions
from roles.domain import profile as domain
from roles.domain import qualification as qualifications
from roles.models import Qualification, RoleProfile
from roles.queries.profile import profile_of, profiles

SCOPES = {
    "GET": (Scope.PEOPLE_READ,),
    "POST": (Scope.SETTINGS_WRITE,),
    "PATCH": (Scope.SETTINGS_WRITE,),
}
ROLE = OpenApiParameter("role", str, OpenApiParameter.PATH, enum=Role.values)


class RoleProfileSerializer(serializers.Serializer):
    """A role in the organization's own words, or in ours in the reader's language."""

    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    label: Any = serializers.CharField(read_only=True, help_text="What the role is called here.")
    name = serializers.CharField(read_only=True, help_text="The organization's own name; empty for ours.")
    mission = serializers.CharField(read_only=True)
    suited = serializers.CharField(read_only=True)
    tasks = serializers.ListField(child=serializers.CharField(), read_only=True)
    seats = serializers.IntegerField(read_only=True, allow_null=True, help_text="How many people are wanted.")
    is_own = serializers.BooleanField(read_only=True, help_text="Whether a text is the organization's own.")


class RoleProfileInput(InputSerializer):
    name = serializers.CharField(max_length=60, required=False, allow_blank=True)
    mission = serializers.CharField(max_length=5000, required=False, allow_blank=True, help_text="Empty: our text.")
    suited = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    tasks = serializers.CharField(max_length=5000, required=False, allow_blank=True, help_text="One a line.")
    seats = serializers.IntegerField(min_value=1, max_value=9999, required=False, allow_null=True)


class RoleProfileViewSet(TenantViewSet):
    """What each role is for, whom it suits, and what its holders do."""

    queryset = RoleProfile.objects.all()
    serializer_class = RoleProfileSerializer
    pagination_class = None
    scopes = SCOPES
    lookup_field = "role"
    lookup_value_converter = "role_name"
    singular, plural = "role profile", "role profiles"

    @extend_schema(responses=RoleProfileSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List the profiles of all roles."""
        return Response(RoleProfileSerializer(profiles(), many=True).data)

    @extend_schema(parameters=[ROLE])
    def retrieve(self, request: Request, role: str, **kwargs: Any) -> Response:
        """Get the profile of one role."""
        return self._told(role)

    @extend_schema(parameters=[ROLE], request=RoleProfileInput, responses=RoleProfileSerializer)
    def partial_update(self, request: Request, role: str, **kwargs: Any) -> Response:
        """Rename a role, change its texts, say how many people are wanted."""
        self.authorized(profile_permissions.edit_profiles(self.actor))
        domain.update_profile(actor=self.actor, role=role, changes=self.validated(RoleProfileInput, partial=True))
        return self._told(role)

    @extend_schema(parameters=[ROLE], request=None, responses=RoleProfileSerializer)
    @action(detail=True, methods=["post"])
    def reset(self, request: Request, role: str, **kwargs: Any) -> Response:
        """Go back to our texts; name and number of people stay."""
        self.authorized(profile_permissions.edit_profiles(self.actor))
        domain.reset_profile(actor=self.actor, role=role)
        return self._told(role)

    @extend_schema(parameters=[ROLE], request=None, responses=RoleProfileSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, role: str, **kwargs: Any) -> Response:
        """Take the last reset back."""
        self.authorized(profile_permissions.edit_profiles(self.actor))
        domain.restore_profile(actor=self.actor, role=role)
        return self._told(role)

    def _told(self, role: str) -> Response:
        return Response(RoleProfileSerializer(profile_of(role)).data)


class QualificationSerializer(RowSerializer):
    class Meta:
        model = Qualification
        fields = ["id", "role", "title", "description", "valid_months", "archived_at"]
        read_only_fields = fields


class QualificationPatch(InputSerializer):
    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    valid_months = serializers.IntegerField(
        min_value=1, max_value=240, required=False, allow_null=True, help_text="Null: it does not expire."
    )


class QualificationInput(QualificationPatch):
    role = serializers.ChoiceField(choices=Role.choices)


class QualificationFilter(CurrentFilter):
    class Meta:
        model = Qualification
        fields = ["role"]


class QualificationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Trainings and certificates expected of those who hold a role."""

    queryset = Qualification.objects.all()
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter
    scopes = SCOPES
    singular, plural = "qualification", "qualifications"

    @extend_schema(request=QualificationInput, responses={201: QualificationSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Expect something of those who hold a role."""
        self.authorized(profile_permissions.edit_profiles(self.actor))
        made = qualifications.create_qualification(actor=self.actor, **self.validated(QualificationInput))
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=QualificationPatch, responses=QualificationSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change what is expected; certificates that exist keep the day they expire on."""
        one = self._editable()
        values = self.validated(QualificationPatch, partial=True)
        changed = qualifications.update_qualification(actor=self.actor, qualification=one, changes=values)
        return Response(self.shown(changed))

    @extend_schema(request=None, responses=QualificationSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Expect it no longer; certificates that count as it stay."""
        return Response(
            self.shown(qualifications.archive_qualification(actor=self.actor, qualification=self._editable()))
        )

    @extend_schema(request=None, responses=QualificationSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Expect it again."""
        one = self._editable()
        back = qualifications.archive_qualification(actor=self.actor, qualification=one, archived=False)
        return Response(self.shown(back))

    def _editable(self) -> Qualification:
        one: Qualification = self.get_object()
        self.authorized(profile_permissions.edit_profiles(self.actor))
        return one
