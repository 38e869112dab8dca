"""The RACI matrix in the API."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.filters import CurrentFilter
from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.api.organization import SETTINGS
from organizations.errors import Refused, at_field
from organizations.models import Membership
from roles import permissions
from roles.domain import raci as domain
from roles.enums import Party, RaciPhase
from roles.models import RaciActivity, RaciPerson
from roles.queries.raci import Row, letters_of, raci_matrix
from roles.raci.default import DEFAULT, title_of
from roles.raci.findings import CELLS, Kind

_COLUMN = "A party, or the id of a person's column."


class RaciActivitySerializer(RowSerializer):
    """`cells` has the letters of each column that has some, by the party's name or the id of the person's column."""

    title = serializers.SerializerMethodField(help_text="In the reader's language unless it was changed.")
    cells = serializers.SerializerMethodField(help_text="Letters such as AR by column. " + _COLUMN)

    class Meta:
        model = RaciActivity
        fields = ["id", "key", "phase", "title", "position", "archived_at", "cells"]
        read_only_fields = fields

    def get_title(self, activity: RaciActivity) -> str:
        """Return what it is called."""
        return title_of(activity.key, activity.title)

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_cells(self, activity: RaciActivity) -> dict[str, str]:
        """Return its letters; read for the whole page at once."""
        known: Mapping[str, dict[str, str]] | None = self.context.get("cells")
        return (letters_of([activity]) if known is None else known).get(str(activity.pk), {})


class RaciActivityInput(InputSerializer):
    title = serializers.CharField(max_length=200)
    phase = serializers.ChoiceField(choices=RaciPhase.choices)


class RaciActivityMove(InputSerializer):
    up = serializers.BooleanField()


class RaciCellInput(InputSerializer):
    column = serializers.CharField(max_length=36, help_text=_COLUMN)
    letters = serializers.ChoiceField(choices=[(cell, cell) for cell in CELLS], allow_blank=True)


class DefaultActivitySerializer(serializers.Serializer):
    """A row of the matrix that comes along, in the reader's language."""

    key = serializers.CharField(read_only=True)
    phase = serializers.ChoiceField(choices=RaciPhase.choices, read_only=True)
    title = serializers.CharField(read_only=True)
    cells = serializers.DictField(source="letters", child=serializers.CharField(), read_only=True)


class RaciColumnSerializer(serializers.Serializer):
    """A column: a party, or a named person."""

    ref = serializers.CharField(read_only=True, help_text=_COLUMN)
    title = serializers.CharField(source="label", read_only=True)
    member = serializers.UUIDField(
        source="person.membership_id",
        read_only=True,
        allow_null=True,
        help_text="Whose column it is; null for parties.",
    )


class RaciRowSerializer(serializers.Serializer):
    """A row as the page shows it; `id` is null while it is one of the default, which cannot be changed before that."""

    id = serializers.UUIDField(source="activity.pk", read_only=True, allow_null=True)
    key = serializers.SerializerMethodField(help_text="Empty for an activity of the organization's own.")
    phase = serializers.ChoiceField(choices=RaciPhase.choices, read_only=True)
    title = serializers.CharField(read_only=True, help_text="In the reader's language unless it was changed.")
    cells = serializers.DictField(source="letters", child=serializers.CharField(), read_only=True)

    def get_key(self, row: Row) -> str:
        """Return the key of the default's row that it is or was."""
        return row.ref if row.activity is None else row.activity.key


class RaciMatrixSerializer(serializers.Serializer):
    """The matrix that counts here, in its order: the organization's own, or the default."""

    adopted = serializers.BooleanField(
        source="is_own", read_only=True, help_text="False while it is the default, which nobody has adapted."
    )
    columns = RaciColumnSerializer(many=True, read_only=True)
    activities = RaciRowSerializer(source="rows", many=True, read_only=True)


class RaciFindingSerializer(serializers.Serializer):
    """Something that is wrong, in words: in a row (`activity`), or with a column (`columns`)."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind], read_only=True)
    activity = serializers.CharField(read_only=True, help_text="Id, or the key in a default nobody has adapted.")
    columns = serializers.ListField(child=serializers.CharField(), read_only=True, help_text=_COLUMN)
    title = serializers.CharField(read_only=True)
    problem = serializers.CharField(read_only=True)
    advice = serializers.CharField(read_only=True)


class RaciActivityFilter(CurrentFilter):
    key = django_filters.CharFilter()

    class Meta:
        model = RaciActivity
        fields = ["phase", "key"]


class RaciActivityViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """An activity of the OKR process, with who is responsible, accountable, consulted and informed.

    The list has what the organization adapted: it is empty while the default counts, which the first change writes
    down before it. `matrix/` has what counts in either case.
    """

    queryset = RaciActivity.objects.all()
    serializer_class = RaciActivitySerializer
    filterset_class = RaciActivityFilter
    scopes = SETTINGS
    singular, plural = "RACI activity", "RACI activities"

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List activities, with their letters."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        context = {**self.get_serializer_context(), "cells": letters_of(rows)}
        return self.get_paginated_response(RaciActivitySerializer(rows, many=True, context=context).data)

    @extend_schema(request=RaciActivityInput, responses={201: RaciActivitySerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add an activity at the end of its phase."""
        self.authorized(permissions.edit_raci(self.actor))
        added = domain.add_activity(actor=self.actor, **self.validated(RaciActivityInput))
        return Response(self.shown(added), status=status.HTTP_201_CREATED)

    @extend_schema(request=RaciActivityInput, responses=RaciActivitySerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change title or phase."""
        activity = self._editable()
        changes = self.validated(RaciActivityInput, partial=True)
        return Response(self.shown(domain.edit_activity(actor=self.actor, activity=activity, changes=changes)))

    @extend_schema(request=RaciActivityMove, responses=RaciActivitySerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, **kwargs: Any) -> Response:
        """Move an activity up or down by one in its phase; at an end it stays there."""
        activity = self._editable()
        domain.move_activity(actor=self.actor, activity=activity, **self.validated(RaciActivityMove))
        return Response(self.shown(self.get_object()))

    @extend_schema(request=None, responses=RaciActivitySerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, **kwargs: Any) -> Response:
        """Take an activity out of the matrix; its letters are kept."""
        return Response(self.shown(domain.archive_activity(actor=self.actor, activity=self._editable())))

    @extend_schema(request=None, responses=RaciActivitySerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring an archived activity back."""
        return Response(self.shown(domain.restore_activity(actor=self.actor, activity=self._editable())))

    @extend_schema(request=RaciCellInput, responses=RaciActivitySerializer)
    @action(detail=True, methods=["post"])
    def cell(self, request: Request, **kwargs: Any) -> Response:
        """Let one cell hold R, A, AR, C or I, or nothing."""
        activity = self._editable()
        values = self.validated(RaciCellInput)
        column = _column(values["column"])
        domain.set_cell(actor=self.actor, activity=activity, column=column, letters=values["letters"])
        return Response(self.shown(activity))

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Make the default the organization's own, to be adapted; nothing happens if it has one."""
        self.authorized(permissions.edit_raci(self.actor))
        domain.adopt_default(actor=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def reset(self, request: Request, **kwargs: Any) -> Response:
        """Give up the own matrix for the default, for good."""
        self.authorized(permissions.edit_raci(self.actor))
        domain.reset_matrix(actor=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=RaciMatrixSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def matrix(self, request: Request, **kwargs: Any) -> Response:
        """Get the matrix as its page shows it: the organization's own, or the default (`adopted` is false)."""
        return Response(RaciMatrixSerializer(raci_matrix()).data)

    @extend_schema(responses=DefaultActivitySerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def default(self, request: Request, **kwargs: Any) -> Response:
        """List the activities that come along."""
        return Response(DefaultActivitySerializer(DEFAULT, many=True).data)

    @extend_schema(responses=RaciFindingSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def findings(self, request: Request, **kwargs: Any) -> Response:
        """List what is wrong with the matrix, in words: no A, several A, no R, and whoever has too much."""
        found = [
            {
                "kind": said.found.kind.value,
                "activity": said.found.row,
                "columns": list(said.found.columns),
                "title": said.title,
                "problem": said.what,
                "advice": said.advice,
            }
            for said in raci_matrix().findings
        ]
        return Response(RaciFindingSerializer(found, many=True).data)

    def _editable(self) -> RaciActivity:
        activity: RaciActivity = self.get_object()
        self.authorized(permissions.edit_raci(self.actor))
        return activity


class RaciPersonSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True)

    class Meta:
        model = RaciPerson
        fields = ["id", "member", "position"]
        read_only_fields = fields


class RaciPersonInput(InputSerializer):
    member = related(Membership.objects.active())


class RaciPersonViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """A named person with a column of their own in the RACI matrix."""

    queryset = RaciPerson.objects.all()
    serializer_class = RaciPersonSerializer
    scopes = SETTINGS
    singular, plural = "RACI person", "RACI persons"

    @extend_schema(request=RaciPersonInput, responses={201: RaciPersonSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Give somebody a column."""
        self.authorized(permissions.edit_raci(self.actor))
        member = self.validated(RaciPersonInput)["member"]
        try:
            person = domain.add_person(actor=self.actor, membership=member)
        except Refused as refused:
            raise at_field(refused, "membership", "member") from refused
        return Response(self.shown(person), status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a column out, with its letters."""
        person = self.get_object()
        self.authorized(permissions.edit_raci(self.actor))
        domain.remove_person(actor=self.actor, person=person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=RaciPersonSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, **kwargs: Any) -> Response:
        """Bring a column removed moments ago back, with its letters."""
        self.authorized(permissions.edit_raci(self.actor))
        try:
            person = domain.restore_person(actor=self.actor, person_id=self.kwargs["pk"])
        except RaciPerson.DoesNotExist:
            person = self.get_object()  # one that stands already, or 404
        return Response(self.shown(person))


def _column(ref: str) -> Party | RaciPerson:
    """Return the column a body names; Refused when there is none."""
    if ref in Party.values:
        return Party(ref)
    person = next((one for one in RaciPerson.objects.all() if str(one.pk) == ref.lower()), None)
    if person is None:
        raise Refused({"column": _("There is no such column.")})
    return person
