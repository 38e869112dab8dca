"""The quality check in the API: advice on texts, which nobody has to have saved."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, related
from okrapp.api.views import TenantViewSet
from okrs.api.serializers import DECIMAL
from okrs.enums import Level, MetricType
from okrs.models import Cycle
from okrs.quality import Code, Kind, Statement
from okrs.queries.quality import advice_beside, advice_on, statement_of, titles_of_others
from organizations.enums import Scope
from organizations.models import Team

MOST_STATEMENTS = 50


class StatementInput(InputSerializer):
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind])
    title = serializers.CharField(max_length=500)
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES, required=False, help_text="Guessed from the text without."
    )
    metric = serializers.ChoiceField(choices=MetricType.choices, required=False, allow_blank=True)
    start = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)
    target = serializers.DecimalField(required=False, allow_null=True, **DECIMAL)


class QualityCheckInput(InputSerializer):
    statements = serializers.ListField(child=StatementInput(), min_length=1, max_length=MOST_STATEMENTS)
    cycle = related(
        Cycle.objects.current(),
        required=False,
        allow_null=True,
        help_text="Objectives are then compared with those of others in it.",
    )
    team = related(
        Team.objects.current(),
        required=False,
        allow_null=True,
        help_text="Whose objectives they are; without one they are the organization's.",
    )


class AdviceSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=[code.value for code in Code])
    name = serializers.CharField(help_text="In the reader's language, as are explanation and suggestion.")
    explanation = serializers.CharField()
    suggestion = serializers.CharField()
    word = serializers.CharField(help_text="What it is about; for a duplicate the other title; may be empty.")
    start = serializers.IntegerField(help_text="Where the word stands in the title; both 0 if it is no one place.")
    end = serializers.IntegerField()


class CheckedSerializer(serializers.Serializer):
    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    findings = AdviceSerializer(many=True)


class QualityCheckSerializer(serializers.Serializer):
    results = CheckedSerializer(many=True, help_text="One for each statement, in their order.")


class QualityCheckViewSet(TenantViewSet):
    """How well objectives and key results are written. It advises, and never says anything about a person."""

    # Nothing is written, so reading is enough.
    scopes = {"POST": (Scope.OKRS_READ,)}
    queryset = Cycle.objects.none()
    serializer_class = QualityCheckSerializer
    singular, plural = "quality check", "quality checks"

    @extend_schema(request=QualityCheckInput, responses={200: QualityCheckSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Check statements; nothing is kept."""
        values = self.validated(QualityCheckInput)
        statements = [_statement(one) for one in values["statements"]]
        cycle, team = values.get("cycle"), values.get("team")
        titles = titles_of_others(
            self.actor,
            [one for one in statements if one.kind is Kind.OBJECTIVE],
            cycle_id=cycle.pk if cycle else None,
            level=Level.TEAM if team else Level.ORGANIZATION,
            team_id=team.pk if team else None,
        )
        results = [
            {
                "language": one.language,
                "findings": advice_beside(one, titles) if one.kind is Kind.OBJECTIVE else advice_on(one),
            }
            for one in statements
        ]
        return Response(QualityCheckSerializer({"results": results}).data)


def _statement(values: dict[str, Any]) -> Statement:
    measured = {"metric": values.get("metric", ""), "start": values.get("start"), "target": values.get("target")}
    kind, title = Kind(values["kind"]), values["title"]
    if "language" in values:
        return Statement(kind, title, values["language"], **measured)
    return statement_of(kind, title, **measured)
