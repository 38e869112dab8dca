"""What every resource has in common."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework import exceptions, viewsets
from rest_framework.metadata import BaseMetadata
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from okrapp.api.pagination import CursorPages
from okrapp.api.serializers import visible_rows
from okrapp.web.decisions import Decision, authorize


class JsonAlways(DefaultContentNegotiation):
    """The API speaks JSON, whatever a browser or a program says it would like."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return the one renderer there is."""
        return renderers[0], renderers[0].media_type


class Methods(BaseMetadata):
    """OPTIONS tells the methods; what they take is in the schema."""

    def determine_metadata(self, request: Request, view: Any) -> dict[str, Any]:
        """Return {"methods": […]}."""
        return {"methods": view.allowed_methods}


class TenantViewSet(viewsets.GenericViewSet):
    """A resource of one organization.

    `scopes` says what a token needs for each method: a scope, or several of which one is enough; `also_scopes` what it
    needs besides, whatever the method. `expandable` are the words that `?expand=` takes, `parameters` what else an
    action reads in the address. `singular` and `plural` are the resource's names in the schema.
    """

    scopes: ClassVar[Mapping[str, Any]] = {}
    also_scopes: ClassVar[Sequence[Any]] = ()
    expandable: ClassVar[Sequence[str]] = ()
    parameters: ClassVar[Mapping[str, Sequence[str]]] = {}
    singular: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    lookup_value_converter = "uuid"
    content_negotiation_class = JsonAlways
    metadata_class = Methods
    request: Request

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let somebody in, and refuse a body nobody here can read (415) also where a form was read before."""
        super().initial(request, *args, **kwargs)
        has_body = request.META.get("CONTENT_LENGTH") not in (None, "", "0")
        if has_body and self.get_content_negotiator().select_parser(request, self.get_parsers()) is None:
            raise exceptions.UnsupportedMediaType(request.content_type)
        if request.method == "GET":
            self._refuse_unknown_query(request)

    def _refuse_unknown_query(self, request: Request) -> None:
        """Answer 422 to a parameter that nothing reads: a filter that is misspelt would answer with everything."""
        known = [*(["expand"] if self.expandable else []), *self.parameters.get(self.action, ())]
        if self.action == "list":
            known += getattr(getattr(self, "filterset_class", None), "base_filters", {})
        # Lists below one object have pages too: the check-ins of a key result.
        if self.action != "retrieve" and isinstance(self.paginator, CursorPages):
            known += self.paginator.parameters
        if unknown := sorted(set(request.query_params) - set(known)):
            text = _("There is no such parameter here. There are: %(known)s.") % {"known": ", ".join(known) or "–"}
            raise exceptions.ValidationError(dict.fromkeys(unknown, text))

    @property
    def actor(self) -> Any:
        """Who asks, as domain functions take it."""
        request: Any = self.request._request
        return request.actor

    def get_queryset(self) -> Any:
        """Return the rows whoever asks may see."""
        return visible_rows(super().get_queryset(), self.actor)

    def authorized(self, decision: Decision) -> None:
        """Answer 403 with the reason unless allowed."""
        authorize(decision)

    def validated(self, serializer_class: type[BaseSerializer], *, partial: bool = False) -> dict[str, Any]:
        """Return the values of the request's body; a problem (422) names the field of each that does not fit."""
        serializer = serializer_class(data=self.request.data, partial=partial, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def sent(self) -> frozenset[str]:
        """Return the names in the request's body, valid or not; none for a body that is no object."""
        data = self.request.data
        return frozenset(data) if isinstance(data, Mapping) else frozenset()

    def filter_queryset(self, queryset: Any) -> Any:
        """Filter lists only: one object is found by its id, whatever the query says, archived or not."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def expand(self) -> frozenset[str]:
        """Return what `?expand=` asks for, as words; a problem (422) for one that the resource does not know."""
        words = frozenset(filter(None, self.request.query_params.get("expand", "").split(",")))
        if words - set(self.expandable):
            known = ", ".join(self.expandable) or "–"
            raise exceptions.ValidationError({"expand": _("There are: %(known)s.") % {"known": known}})
        return words

    def shown(self, instance: Model, **context: Any) -> dict[str, Any]:
        """Return one object as the resource's serializer shows it."""
        serializer = self.get_serializer_class()(instance, context={**self.get_serializer_context(), **context})
        return dict(serializer.data)
