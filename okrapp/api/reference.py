"""The schema of the API."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer


@cache
def schema_text() -> bytes:
    """Return the schema as JSON, in English; made once per process."""
    with translation.override("en"):
        schema = SchemaGenerator().get_schema(request=None, public=True)
        return OpenApiJsonRenderer().render(schema)


@require_safe
@cache_control(public=True, max_age=3600)
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with the schema, to anybody."""
    return HttpResponse(schema_text(), content_type="application/json")
