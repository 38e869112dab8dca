"""What answers look like as JSON."""

import datetime
import json
import uuid
import zoneinfo
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail

from okrapp.api.rendering import JsonRenderer, dump
from okrs.enums import Confidence

ONE = uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (ONE, str(ONE)),
        (datetime.datetime(2027, 3, 5, 16, 0, 0, 120, tzinfo=datetime.UTC), "2027-03-05T16:00:00.000120Z"),
        (datetime.datetime(2027, 3, 5, 16, tzinfo=zoneinfo.ZoneInfo("UTC")), "2027-03-05T16:00:00Z"),
        (datetime.date(2027, 3, 5), "2027-03-05"),
        (Decimal("42.50"), 42.5),
        (Confidence.ON_TRACK, "on_track"),
        (ErrorDetail("Too long.", code="max_length"), "Too long."),
        ("Übersicht “<&>” 🎯", "Übersicht “<&>” 🎯"),
    ],
)
def test_values(value: Any, told: Any) -> None:
    assert json.loads(dump({"value": [value]})) == {"value": [told]}


def test_lazy_texts_are_told_in_the_language_of_the_answer() -> None:
    with translation.override("de"):
        assert json.loads(dump({"detail": _("German")})) == {"detail": "Deutsch"}


def test_nothing_is_an_empty_body() -> None:
    assert JsonRenderer().render(None) == b""
