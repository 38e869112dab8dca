"""Questions to coaches and the Program Lead Office in the API."""

from typing import Any

import django_filters
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.models import Team
from roles import question_permissions as permissions
from roles.api.post import COMMUNITY
from roles.domain import question as domain
from roles.enums import Desk, QuestionState
from roles.models import CoachQuestion, QuestionMessage
from roles.queries.question import days_to_answer, kind_of, with_waiting


class QuestionMessageSerializer(RowSerializer):
    author = serializers.UUIDField(
        source="author_id", read_only=True, allow_null=True, help_text="Null also where no coach was there any more."
    )
    kind: Any = serializers.SerializerMethodField(
        help_text="`answer`, `back` (asked back), `reply` (by whoever asked) or `passed`."
    )

    class Meta:
        model = QuestionMessage
        fields = ["id", "author", "kind", "text", "passed_to", "created_at"]
        read_only_fields = fields

    def get_kind(self, message: QuestionMessage) -> str:
        """Return what it is."""
        return kind_of(self.context["question"], message)


class QuestionSerializer(RowSerializer):
    team = serializers.UUIDField(source="team_id", read_only=True, allow_null=True)
    asked_by = serializers.UUIDField(source="asked_by_id", read_only=True, allow_null=True)
    waits_for_me = serializers.BooleanField(read_only=True)
    waits_for_asker = serializers.BooleanField(read_only=True, help_text="Whether whoever asked was asked back.")
    answered_after_days = serializers.SerializerMethodField(
        help_text="Days to the first answer, counted in the organization's time zone."
    )
    messages = serializers.SerializerMethodField(help_text="What was said, the oldest first.")

    class Meta:
        model = CoachQuestion
        fields = [
            "id",
            "team",
            "asked_by",
            "title",
            "text",
            "desk",
            "state",
            "asked_at",
            "passed_on_at",
            "answered_at",
            "closed_at",
            "waits_for_me",
            "waits_for_asker",
            "answered_after_days",
            "messages",
        ]
        read_only_fields = fields

    def get_answered_after_days(self, question: CoachQuestion) -> int | None:
        """Return how long the first answer took."""
        return days_to_answer(question, self.context["view"].actor.settings.time_zone)

    @extend_schema_field(QuestionMessageSerializer(many=True))
    def get_messages(self, question: CoachQuestion) -> Any:
        """Return what was said; read for the whole page at once."""
        context = {**self.context, "question": question}
        return QuestionMessageSerializer(question.messages.all(), many=True, context=context).data


class QuestionInput(InputSerializer):
    team = related(
        Team.objects.current(), required=False, allow_null=True, help_text="Coaches may ask for no team in particular."
    )
    title = serializers.CharField(max_length=domain.LONGEST_TITLE)
    text = serializers.CharField(
        max_length=domain.LONGEST,
        required=False,
        allow_blank=True,
        help_text="Markdown. Nothing private or sensitive about a person: the whole team reads it.",
    )


class QuestionMessageInput(InputSerializer):
    text = serializers.CharField(max_length=domain.LONGEST, help_text="Markdown.")


class QuestionFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=QuestionState.choices)
    desk = django_filters.ChoiceFilter(choices=Desk.choices)
    team = django_filters.UUIDFilter(field_name="team_id")
    asked_by = django_filters.UUIDFilter(field_name="asked_by_id")
    waits_for_me = django_filters.BooleanFilter()

    class Meta:
        model = CoachQuestion
        fields: tuple[str, ...] = ()


class QuestionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """A question of a team to its coach, or of a coach to the Program Lead Office."""

    queryset = CoachQuestion.objects.all()
    serializer_class = QuestionSerializer
    filterset_class = QuestionFilter
    scopes = COMMUNITY
    singular, plural = "question", "questions"

    def get_queryset(self) -> Any:
        """List those one may read; one by its id is refused with a reason by whatever is done with it."""
        rows = super().get_queryset() if self.action == "list" else CoachQuestion.objects.all()
        messages = QuestionMessage.objects.order_by("created_at", "pk")
        return with_waiting(self.actor, rows).prefetch_related(Prefetch("messages", queryset=messages))

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get a question with what was said."""
        question = self.get_object()
        self.authorized(permissions.see_question(self.actor, question))
        return Response(self.shown(question))

    @extend_schema(request=QuestionInput, responses={201: QuestionSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Ask: the team's coach, or the Program Lead Office where there is none; coaches the latter."""
        self.authorized(permissions.ask_somewhere(self.actor))
        values = {"team": None, **self.validated(QuestionInput)}
        self.authorized(permissions.ask_question(self.actor, values["team"]))
        return self._told(domain.ask_question(actor=self.actor, **values), status.HTTP_201_CREATED)

    @extend_schema(request=QuestionMessageInput, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def answer(self, request: Request, **kwargs: Any) -> Response:
        """Answer."""
        return self._write(permissions.answer_question, domain.answer_question)

    @extend_schema(request=QuestionMessageInput, responses=QuestionSerializer)
    @action(detail=True, methods=["post"], url_path="ask-back")
    @idempotent
    def ask_back(self, request: Request, **kwargs: Any) -> Response:
        """Ask whoever asked: the question waits for them."""
        return self._write(permissions.answer_question, domain.ask_back)

    @extend_schema(request=QuestionMessageInput, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def reply(self, request: Request, **kwargs: Any) -> Response:
        """Say more, as whoever asked; an answered question waits for an answer again."""
        return self._write(permissions.reply_to_question, domain.reply_to_question)

    @extend_schema(request=QuestionMessageInput, responses=QuestionSerializer)
    @action(detail=True, methods=["post"], url_path="pass-on")
    @idempotent
    def pass_on(self, request: Request, **kwargs: Any) -> Response:
        """Pass it on from the coach to the Program Lead Office, with a word."""
        return self._write(permissions.pass_question_on, domain.pass_question_on)

    @extend_schema(request=QuestionMessageInput, responses=QuestionSerializer)
    @action(detail=True, methods=["post"], url_path="pass-back")
    @idempotent
    def pass_back(self, request: Request, **kwargs: Any) -> Response:
        """Give it from the Program Lead Office to the team's coach, with a word."""
        return self._write(permissions.pass_question_back, domain.pass_question_back)

    @extend_schema(request=None, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        """Close it."""
        question = self.get_object()
        self.authorized(permissions.close_question(self.actor, question))
        return self._told(domain.close_question(actor=self.actor, question=question))

    @extend_schema(request=None, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        """Open it again."""
        question = self.get_object()
        self.authorized(permissions.close_question(self.actor, question))
        return self._told(domain.reopen_question(actor=self.actor, question=question))

    def _write(self, may: Any, write: Any) -> Response:
        question = self.get_object()
        self.authorized(may(self.actor, question))
        write(actor=self.actor, question=question, **self.validated(QuestionMessageInput))
        return self._told(question)

    def _told(self, question: CoachQuestion, code: int = status.HTTP_200_OK) -> Response:
        """Answer with a question as it now is, with what was said."""
        return Response(self.shown(self.get_queryset().get(pk=question.pk)), status=code)
