"""Answers as JSON, by orjson: many times faster where an answer has thousands of values."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

_other = JSONEncoder().default


def dump(value: Any) -> bytes:
    """Return a value as JSON in UTF-8: moments that are in UTC end in `Z`, decimals are numbers."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: Any) -> Any:
    """Return what orjson cannot tell as something it can: decimals, lazy texts, details of errors."""
    return float(value) if isinstance(value, Decimal) else _other(value)


class JsonRenderer(JSONRenderer):
    """Renders answers, problems too."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body of an answer; empty where there is nothing to tell."""
        return b"" if data is None else dump(data)
