"""Writes that may be sent twice and happen once (draft-ietf-httpapi-idempotency-key-header)."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.problems import Conflict
from okrapp.api.rendering import dump
from okrapp.api.schema import IDEMPOTENCY_HEADER
from organizations.models import IdempotentRequest

View = Callable[..., Response]


def idempotent(view: View | None = None, *, without: tuple[str, ...] = ()) -> Any:
    """Let a viewset's method answer a repeated Idempotency-Key with its first answer, marked `Idempotent-Replayed`.

    The key counts per member. The same key with another body is a conflict (409). Two at once: the second waits for
    the first and then gets its answer. Keys are kept for a day. Errors are not kept, since they rolled the write back.
    `without` names values of the answer that are told once only (secrets): they are not kept, so a repetition lacks
    them.
    """
    if view is None:
        return lambda function: idempotent(function, without=without)

    @wraps(view)
    def wrapper(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(IDEMPOTENCY_HEADER, "").strip()
        if not key:
            return view(self, request, *args, **kwargs)
        if len(key) > 200 or not (key.isascii() and key.isprintable()):
            raise exceptions.ValidationError(
                {IDEMPOTENCY_HEADER: _("A key has at most 200 characters: letters, digits and signs of ASCII.")}
            )
        fingerprint = _fingerprint(request)
        page: Any = request._request
        with transaction.atomic():
            # The unique row makes a second request wait here until the first has committed or given up.
            row, created = IdempotentRequest.objects.get_or_create(
                membership=page.membership, key=key, defaults={"fingerprint": fingerprint}
            )
            if not created:
                return _replay(row, fingerprint)
            response = view(self, request, *args, **kwargs)
            row.status = response.status_code
            row.body = _kept(json.loads(dump(response.data)), without)
            row.save(update_fields=["status", "body"])
            return response

    wrapper.is_idempotent = True  # type: ignore[attr-defined] # read by the schema
    return wrapper


def _replay(row: IdempotentRequest, fingerprint: str) -> Response:
    if row.fingerprint != fingerprint:
        raise Conflict(_("This Idempotency-Key was used for a different request."))
    if row.status is None:
        raise Conflict(_("The first request with this Idempotency-Key is still at work."))
    return Response(row.body, status=row.status, headers={"Idempotent-Replayed": "true"})


def _kept(value: Any, without: tuple[str, ...]) -> Any:
    """Return a value as it is kept: without what is told once only."""
    if isinstance(value, dict):
        return {name: _kept(inner, without) for name, inner in value.items() if name not in without}
    if isinstance(value, list):
        return [_kept(inner, without) for inner in value]
    return value


def _fingerprint(request: Request) -> str:
    """Return a digest of what is asked: method, address and body, files by their content."""
    files = {}
    for name, file in request.FILES.items():
        digest = hashlib.sha256(file.read()).hexdigest()
        file.seek(0)
        files[name] = f"{file.name} {digest}"
    sent = {**request.data, **files} if isinstance(request.data, dict) else request.data
    body = json.dumps(sent, sort_keys=True, default=str)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
