"""Errors as problem details (RFC 9457): `application/problem+json` with what is wrong and where."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

CONTENT_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    """The request contradicts the present state (status 409)."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class ProblemRenderer(JSONRenderer):
    """Renders problems whatever the request accepts, since an error has only this form."""

    media_type = CONTENT_TYPE


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of a view into a problem; None (a 500) for what nobody expected.

    A rule of the domain (Django's ValidationError) becomes 422 with `errors`: a list of {field, detail}. Side effect:
    the request's transaction is rolled back.
    """
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    set_rollback()
    if isinstance(error, DjangoValidationError):
        return _problem(422, "invalid", _("Some values do not fit."), errors=_django_errors(error))
    if isinstance(error, exceptions.ValidationError):
        return _problem(422, "invalid", _("Some values do not fit."), errors=_rest_errors(error.detail))
    if not isinstance(error, exceptions.APIException):
        return None
    detail = error.detail if isinstance(error.detail, str) else str(error.detail)
    headers = {}
    if authenticate := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = authenticate
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return _problem(error.status_code, str(getattr(error.detail, "code", error.default_code)), detail, headers=headers)


def _problem(
    status_code: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": f"urn:okrapp:problem:{code}",
        "title": TITLES.get(status_code, "Error"),
        "status": status_code,
        "code": code,
        "detail": detail,
    }
    if errors is not None:
        body["errors"] = errors
    return Response(body, status=status_code, headers=headers, content_type=CONTENT_TYPE)


# Titles name the kind of problem and stay the same in every language, as the RFC asks.
TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    415: "Unsupported media type",
    422: "Invalid values",
    429: "Too many requests",
}


def _django_errors(error: DjangoValidationError) -> list[dict[str, str]]:
    if not hasattr(error, "error_dict"):
        return [{"field": "", "detail": message} for message in error.messages]
    return [
        {"field": "" if field == NON_FIELD_ERRORS else field, "detail": message}
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _rest_errors(detail: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        found = []
        for name, value in detail.items():
            inner = "" if name == "non_field_errors" else str(name)
            found += _rest_errors(value, ".".join(part for part in (field, inner) if part))
        return found
    if isinstance(detail, list):
        return [one for value in detail for one in _rest_errors(value, field)]
    return [{"field": field, "detail": str(detail)}]
