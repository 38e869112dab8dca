"""Errors as problem details (RFC 9457): `application/problem+json` with what is wrong and where."""

import logging
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from okrapp.api.rendering import dump
from okrapp.web.decisions import who_could
from okrapp.web.wording import in_own_words

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
# Titles name the kind of problem and stay the same in every language, as the RFC asks.
TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Invalid values",
    429: "Too many requests",
    500: "Internal error",
}


class Conflict(exceptions.APIException):
    """The request contradicts the present state (status 409)."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def problem_response(error: Exception, context: dict[str, Any]) -> Response:
    """Turn an exception of a view into a problem; 500 without details for what nobody expected.

    A refusal is 403 with `who_could`: some who could, as on the page of the refusal.
    A rule of the domain (Django's ValidationError) becomes 422 with `errors`: a list of {field, detail}. Side effects:
    the request's transaction is rolled back; what nobody expected is logged.
    """
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    people: list[dict[str, str]] = []
    if isinstance(error, PermissionDenied):
        # Before the rollback, after which the names cannot be read.
        people = [one.told() for one in who_could(error)] if _may_read_names(context) else []
        error = exceptions.PermissionDenied(in_own_words(error) or None)
    set_rollback()
    if isinstance(error, DjangoValidationError):
        return _response(_problem(422, "invalid", _("Some values do not fit."), errors=_django_errors(error)))
    if isinstance(error, exceptions.ValidationError):
        return _response(_problem(422, "invalid", _("Some values do not fit."), errors=_rest_errors(error.detail)))
    if isinstance(error, RequestDataTooBig):
        return _response(_problem(413, "too_large", _("What was sent is too large.")))
    if not isinstance(error, exceptions.APIException):
        request = context["request"]
        log.error("Internal error: %s", request.path, exc_info=error, extra={"request": request})
        return _response(_problem(500, "error", _("Something went wrong on our side. Nothing was changed.")))
    detail = error.detail if isinstance(error.detail, str) else str(error.detail)
    headers = {}
    if authenticate := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = authenticate
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    code = str(getattr(error.detail, "code", error.default_code))
    body = _problem(error.status_code, code, detail)
    if error.status_code == status.HTTP_403_FORBIDDEN:
        body["who_could"] = people
    return _response(body, headers)


def _may_read_names(context: dict[str, Any]) -> bool:
    """Whether names may be told: whoever lets requests in has said so of this one (a token may lack the scope)."""
    return bool(getattr(context["request"], "may_read_people", False))


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer 404 as a problem, for addresses of the API that nobody has."""
    body = _problem(404, "not_found", _("There is nothing at this address. Addresses end with a slash."))
    return HttpResponse(dump(body), status=404, content_type=CONTENT_TYPE)


def _problem(status_code: int, code: str, detail: str, *, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": f"urn:okrapp:problem:{code}",
        "title": TITLES.get(status_code, "Error"),
        "status": status_code,
        "code": code,
        "detail": detail,
    }
    if errors is not None:
        body["errors"] = errors
    return body


def _response(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], headers=headers, content_type=CONTENT_TYPE)


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
