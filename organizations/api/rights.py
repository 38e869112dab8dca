"""What whoever asks may do, and why, in the API: the same answers as on screen."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from okrapp.web.wording import in_own_words
from organizations.enums import Scope
from organizations.models import Membership
from organizations.queries.rights import Answer, answers, find


class RightSerializer(serializers.Serializer):
    action = serializers.CharField(help_text="Such as okrs.edit_objective.")
    name = serializers.CharField(help_text="What it is, in the reader's language.")
    allowed = serializers.BooleanField()
    reason = serializers.CharField(help_text="Because of what, or why not and who could; empty where everybody may.")


class RightViewSet(TenantViewSet):
    """What whoever asks may do in the organization, or with one thing, and why. A token's scopes can only narrow it."""

    scopes = {"GET": (Scope.OKRS_READ, Scope.PEOPLE_READ)}
    queryset = Membership.objects.none()
    serializer_class = RightSerializer
    pagination_class = None
    parameters = {"list": ("about",)}
    singular, plural = "right", "rights"

    @extend_schema(
        parameters=[
            OpenApiParameter("about", str, description="As objective:ID or team:SLUG; the organization without.")
        ],
        responses=RightSerializer(many=True),
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """List every action with the answer and its reason, those allowed first."""
        about = None
        if named := request.query_params.get("about", ""):
            kind, _colon, key = named.partition(":")
            about = find(self.actor, kind, key)
            if about is None:
                raise NotFound(_("There is no such thing here, or it is not yours to know of."))
        return Response(RightSerializer([_told(one) for one in answers(self.actor, about)], many=True).data)


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "action": answer.action.code,
        "name": in_own_words(answer.action.label),
        "allowed": bool(answer.decision),
        "reason": in_own_words(answer.sentence),
    }
