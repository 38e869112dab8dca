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
from organizations.models import IdempotentRequest

HEADER = "Idempotency-Key"


def idempotent(view: Callable[..., Response]) -> Callable[..., Response]:
    """Let a viewset's method answer a repeated Idempotency-Key with its first answer, marked `Idempotent-Replayed`.

    The key counts per member. The same key with another body is a conflict (409). Two at once: the second waits for
    the first and then gets its answer. Keys are kept for a day. Only answers below 400 are kept, since an error rolled
    the write back.
    """

    @wraps(view)
    def wrapper(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return view(self, request, *args, **kwargs)
        if len(key) > 200:
            raise exceptions.ValidationError({HEADER: _("A key has at most 200 characters.")})
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            # The unique row makes a second request wait here until the first has committed or given up.
            row, created = IdempotentRequest.objects.get_or_create(
                membership=request._request.membership, key=key, defaults={"fingerprint": fingerprint}
            )
            if not created:
                return _replay(row, fingerprint)
            response = view(self, request, *args, **kwargs)
            if response.status_code < 400:
                row.status = response.status_code
                row.body = json.loads(json.dumps(response.data, default=str))
                row.save(update_fields=["status", "body"])
            else:
                row.delete()
            return response

    return wrapper


def _replay(row: IdempotentRequest, fingerprint: str) -> Response:
    if row.fingerprint != fingerprint:
        raise Conflict(_("This Idempotency-Key was used for a different request."))
    if row.status is None:
        raise Conflict(_("The first request with this Idempotency-Key is still at work."))
    return Response(row.body, status=row.status, headers={"Idempotent-Replayed": "true"})


def _fingerprint(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
