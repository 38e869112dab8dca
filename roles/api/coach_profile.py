"""Coach profiles in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.enums import Scope
from organizations.models import Membership
from roles import profile_permissions
from roles.domain.coach_profile import write_coach_profile
from roles.languages import LANGUAGES
from roles.models import CoachProfile

SCOPES = {
    "GET": (Scope.PEOPLE_READ,),
    "POST": (Scope.PEOPLE_WRITE,),
    "PATCH": (Scope.PEOPLE_WRITE,),
    "DELETE": (Scope.PEOPLE_WRITE,),
}


class CoachProfileSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True)
    languages: Any = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = CoachProfile
        fields = [
            "id",
            "member",
            "about",
            "experience",
            "languages",
            "teams_wanted",
            "hours_a_week",
            "hours_at_change",
            "takes_teams",
            "updated_at",
        ]
        read_only_fields = fields


class CoachProfilePatch(InputSerializer):
    about = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    experience = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    languages: Any = serializers.ListField(
        child=serializers.ChoiceField(choices=LANGUAGES),
        max_length=200,
        required=False,
        help_text="Each counts once, however often it is given.",
    )
    teams_wanted = serializers.IntegerField(min_value=0, max_value=200, required=False)
    hours_a_week = serializers.DecimalField(max_digits=4, decimal_places=1, min_value=0, max_value=60, required=False)
    hours_at_change = serializers.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=60,
        required=False,
        allow_null=True,
        help_text="Around the change of cycles. Null: the same.",
    )
    takes_teams = serializers.BooleanField(required=False)


class CoachProfileInput(CoachProfilePatch):
    member = related(Membership.objects.active())


class CoachProfileFilter(django_filters.FilterSet):
    member = django_filters.UUIDFilter(field_name="membership_id")
    language = django_filters.ChoiceFilter(choices=[(code, code) for code in LANGUAGES], method="of_language")

    class Meta:
        model = CoachProfile
        fields = ["takes_teams"]

    def of_language(self, queryset: Any, name: str, value: str) -> Any:
        """Keep those of coaches who speak a language."""
        return queryset.filter(languages__contains=[value])


class CoachProfileViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """What a coach says about themselves: languages, experience, and how much they can carry."""

    queryset = CoachProfile.objects.filter(membership__deactivated_at=None)
    serializer_class = CoachProfileSerializer
    filterset_class = CoachProfileFilter
    scopes = SCOPES
    singular, plural = "coach profile", "coach profiles"

    @extend_schema(request=CoachProfileInput, responses={201: CoachProfileSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write the profile of somebody who coaches; one that is there is changed."""
        values = self.validated(CoachProfileInput)
        member = values.pop("member")
        return Response(self._written(member, values), status=status.HTTP_201_CREATED)

    @extend_schema(request=CoachProfilePatch, responses=CoachProfileSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a profile."""
        profile: CoachProfile = self.get_object()
        member = Membership.objects.get(pk=profile.membership_id)
        self.authorized(profile_permissions.edit_coach_profile(self.actor, member))
        return Response(self._written(member, self.validated(CoachProfilePatch, partial=True)))

    def _written(self, member: Membership, values: dict[str, Any]) -> dict[str, Any]:
        self.authorized(profile_permissions.edit_coach_profile(self.actor, member))
        return self.shown(write_coach_profile(actor=self.actor, membership=member, changes=values))
