"""Objectives in the API."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from okrapp.api.views import TenantViewSet
from okrapp.web.decisions import ALLOWED, Decision, Denied
from okrs import permissions
from okrs.api import expansion
from okrs.api.filters import ObjectiveFilter
from okrs.api.scopes import OKRS
from okrs.api.serializers import (
    CommentInput,
    NewObjectiveInput,
    ObjectivePatch,
    ObjectiveSerializer,
    ReasonInput,
    ShareInput,
    ShareSerializer,
)
from okrs.domain import lifecycle, sharing
from okrs.domain import objective as domain
from okrs.domain.proposal import set_aside
from okrs.enums import Level
from okrs.models import Objective
from okrs.queries.sharing import shares_of
from organizations.actor import Actor
from organizations.api.idempotency import idempotent
from organizations.models import Membership, Team

EXPAND = OpenApiParameter(
    "expand",
    str,
    enum=expansion.OBJECTIVE,
    many=True,
    explode=False,
    style="form",
    description="Words with commas between: `key_results` brings them along, `milestones` and `standing` more of each.",
)


def may_write(actor: Actor, level: str, team: Team | None, owner: Membership | None) -> Decision:
    """Return whether the actor may write an objective of a level, for a team and an owner."""
    if level == Level.ORGANIZATION:
        return permissions.draft_for_organization(actor)
    if level == Level.INDIVIDUAL:
        if owner is not None and not actor.is_(owner.pk):
            return Denied(_("Only its owner writes an individual objective."))
        return permissions.draft_for_oneself(actor)
    # Without a team the domain says what is missing.
    return permissions.draft_in_team(actor, team) if team is not None else ALLOWED


@extend_schema_view(list=extend_schema(parameters=[EXPAND]), retrieve=extend_schema(parameters=[EXPAND]))
class ObjectiveViewSet(TenantViewSet):
    """What an organization, a team or a person wants to reach in a cycle."""

    queryset = Objective.objects.all()
    serializer_class = ObjectiveSerializer
    filterset_class = ObjectiveFilter
    scopes = OKRS
    expandable = expansion.OBJECTIVE
    singular, plural = "objective", "objectives"

    def get_queryset(self) -> Any:
        """Load with each objective only what the answer needs."""
        queryset = super().get_queryset()
        if self.action != "list":
            return queryset.select_related("cycle", "team", "owner")
        return queryset.select_related("cycle", "team") if "standing" in self.expand() else queryset

    def list(self, request: Request, **kwargs: Any) -> Response:
        """List objectives, the oldest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        context = expansion.of_objectives(self.actor, page, self.expand())
        return self.get_paginated_response(ObjectiveSerializer(page, many=True, context=context).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one objective, archived or not."""
        objective = self.get_object()
        return Response(self.shown(objective, **expansion.of_objectives(self.actor, [objective], self.expand())))

    @extend_schema(request=NewObjectiveInput, responses={201: ObjectiveSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write an objective: a draft, or active at once in a running cycle where nobody needs to agree."""
        values = self.validated(NewObjectiveInput)
        level, team, owner = values.get("level", Level.TEAM), values.get("team"), values.get("owner")
        self.authorized(may_write(self.actor, level, team, owner))
        objective = domain.create_objective(actor=self.actor, **values)
        return Response(self.shown(objective), status=status.HTTP_201_CREATED)

    @extend_schema(request=ObjectivePatch, responses=ObjectiveSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change fields of an objective."""
        objective = self.get_object()
        # A coach may change the words, and is told here what they may not.
        allowed = permissions.edit_words if self.sent() <= {*domain.WORDS} else permissions.edit_objective
        self.authorized(allowed(self.actor, objective))
        values = self.validated(ObjectivePatch, partial=True)
        if {"team", "level"} & set(values):
            level, team = values.get("level", objective.level), values.get("team", objective.team)
            self.authorized(may_write(self.actor, level, team, values.get("owner", objective.owner)))
        return Response(self.shown(domain.edit_objective(actor=self.actor, objective=objective, changes=values)))

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Put an objective away, with its key results; it counts nowhere from now on."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        return Response(self.shown(domain.archive_objective(actor=self.actor, objective=objective)))

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived objective back."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        return Response(self.shown(domain.restore_objective(actor=self.actor, objective=objective)))

    @extend_schema(responses=ShareSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def shares(self, request: Request, **kwargs: Any) -> Response:
        """List with whom an objective is shared; its owner may ask."""
        return Response(ShareSerializer(shares_of(self._own()), many=True).data)

    @extend_schema(request=ShareInput, responses={201: ShareSerializer(many=True)})
    @shares.mapping.post
    @idempotent
    def share(self, request: Request, **kwargs: Any) -> Response:
        """Share an objective with a member, or change what the member may do."""
        objective = self._own()
        sharing.share_objective(actor=self.actor, objective=objective, **self.validated(ShareInput))
        return Response(ShareSerializer(shares_of(objective), many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path="shares/<uuid:member_id>")
    def stop_sharing(self, request: Request, member_id: UUID, **kwargs: Any) -> Response:
        """Share an objective with a member no longer."""
        member = get_object_or_404(Membership, pk=member_id)
        sharing.stop_sharing(actor=self.actor, objective=self._own(), member=member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _own(self) -> Objective:
        objective: Objective = self.get_object()
        self.authorized(permissions.share_objective(self.actor, objective))
        return objective

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **kwargs: Any) -> Response:
        """Hand a draft to whoever agrees on it."""
        return self._take(lifecycle.submit, permissions.submit_objective)

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take a submitted draft back to go on writing."""
        return self._take(lifecycle.withdraw_submission, permissions.submit_objective)

    @extend_schema(request=CommentInput, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def recommend(self, request: Request, **kwargs: Any) -> Response:
        """Recommend a submitted draft, as its coach."""
        return self._take(lifecycle.recommend, permissions.recommend_objective, CommentInput)

    @extend_schema(request=ReasonInput, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_to_draft(self, request: Request, **kwargs: Any) -> Response:
        """Return a submitted or agreed draft to its writers."""
        return self._take(lifecycle.return_to_draft, permissions.agree_on_objective, ReasonInput)

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, **kwargs: Any) -> Response:
        """Agree on a submitted draft; in a running cycle it comes into force at once."""
        return self._take(lifecycle.agree, permissions.agree_on_objective)

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Bring a draft left over in a running cycle into force, where nobody has to agree on it."""
        return self._take(lifecycle.activate, permissions.edit_objective)

    @extend_schema(request=ReasonInput, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, **kwargs: Any) -> Response:
        """Let an active objective rest: no check-ins, counted nowhere."""
        return self._take(lifecycle.pause, permissions.rest_objective, ReasonInput)

    @extend_schema(request=None, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, **kwargs: Any) -> Response:
        """Bring a paused or stopped objective back into force."""
        return self._take(lifecycle.resume, permissions.rest_objective)

    @extend_schema(request=ReasonInput, responses=ObjectiveSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, **kwargs: Any) -> Response:
        """End an objective before its time."""
        return self._take(lifecycle.stop, permissions.rest_objective, ReasonInput)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="set-aside", url_name="set-aside")
    def set_aside(self, request: Request, **kwargs: Any) -> Response:
        """Take a draft out of its cycle; it becomes a proposal, in the backlog of its team."""
        objective = self.get_object()
        self.authorized(permissions.edit_objective(self.actor, objective))
        set_aside(actor=self.actor, objective=objective)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _take(
        self,
        step: Callable[..., Objective],
        permission: Callable[[Actor, Objective], Decision],
        words: type[BaseSerializer] | None = None,
    ) -> Response:
        """Take a step in an objective's life; `words` is the body that goes with it."""
        objective = self.get_object()
        self.authorized(permission(self.actor, objective))
        values = self.validated(words) if words else {}
        return Response(self.shown(step(actor=self.actor, objective=objective, **values)))
