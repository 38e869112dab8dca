"""Imports from spreadsheets in the API."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.api.permissions import require_scope
from organizations.api.serializers import ImportInput, ImportSerializer
from organizations.domain import imports
from organizations.enums import ImportState, Scope
from organizations.errors import Refused
from organizations.models import ImportRun
from organizations.registry import registry
from organizations.spreadsheets import MAX_BYTES

# Importing OKRs creates teams and people too.
NEEDED = {"okrs": (Scope.OKRS_WRITE, Scope.PEOPLE_WRITE), "people": (Scope.PEOPLE_WRITE,)}


class ImportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Spreadsheets of OKRs or people that were brought in, all or nothing."""

    queryset = ImportRun.objects.without_content()
    serializer_class = ImportSerializer
    parser_classes = [MultiPartParser]
    scopes = {"GET": (Scope.PEOPLE_WRITE,), "POST": (Scope.PEOPLE_WRITE,)}
    singular, plural = "import", "imports"

    def get_queryset(self) -> Any:
        """List what one may import oneself: previews tell about everybody."""
        if self.action != "list":
            return super().get_queryset()
        allowed = [kind for kind, importer in registry.importers.items() if importer.permission(self.actor)]
        return super().get_queryset().filter(kind__in=allowed)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """Get one import: how far it is, and what became of it."""
        run = self.get_object()
        self.authorized(registry.importers[run.kind].permission(self.actor))
        return Response(self.shown(run))

    @extend_schema(request=ImportInput, responses={201: ImportSerializer, 202: ImportSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Import a file. It is checked first; without problems, and unless `dry_run`, the import begins.

        The answer is 201 when all is over, a file with problems included, and 202 when a worker goes on: ask for the
        import until its `state` is `checked`, `done` or `failed`. Files of more than 1,000 rows stay `checked`: start
        them. OKRs take the scope `okrs:write` too.
        """
        values = self.validated(ImportInput)
        self._require_scopes(values["kind"])
        file = values["file"]
        if file.size > MAX_BYTES:
            raise Refused({"file": _("The file is larger than 10 MB.")})
        run = imports.upload(actor=self.actor, kind=values["kind"], file_name=file.name, content=file.read())
        mapping = {**run.mapping, **values.get("mapping", {})}
        try:
            run = imports.set_mapping(actor=self.actor, run=run, mapping=mapping, options=values.get("options", {}))
        except Refused as refusal:
            raise Refused({f"mapping.{name}": texts for name, texts in refusal.message_dict.items()}) from refusal
        run = imports.check(actor=self.actor, run=run)
        outcome = imports.outcome_of(run)
        if run.state == ImportState.CHECKED and not values["dry_run"] and outcome and not outcome.problems:
            run = imports.start(actor=self.actor, run=run)
        return self._answer(run, over=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={202: ImportSerializer})
    @action(detail=True, methods=["post"])
    def start(self, request: Request, **kwargs: Any) -> Response:
        """Begin an import that was checked and has no problems."""
        run = self.get_object()
        self._require_scopes(run.kind)
        return self._answer(imports.start(actor=self.actor, run=run), over=status.HTTP_200_OK)

    def _require_scopes(self, kind: str) -> None:
        for scope in NEEDED[kind]:
            require_scope(self.request, scope)

    def _answer(self, run: ImportRun, *, over: int) -> Response:
        at_work = run.state in (ImportState.CHECKING, ImportState.RUNNING)
        return Response(self.shown(run), status=status.HTTP_202_ACCEPTED if at_work else over)
