"""Rows are shown as the framework would show them, only faster."""

import json
from typing import Any

import pytest
from django.utils import timezone
from rest_framework import serializers

from okrapp.api.rendering import dump
from okrapp.api.serializers import RowSerializer
from okrs.api import cycle_serializers
from okrs.api import serializers as okrs_serializers
from okrs.models import KeyResult
from organizations.api import serializers as organizations_serializers
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


def row_serializers() -> list[type[RowSerializer]]:
    """Return every serializer of rows."""
    found = {
        value
        for module in (okrs_serializers, cycle_serializers, organizations_serializers)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, RowSerializer) and value is not RowSerializer
    }
    return sorted(found - {organizations_serializers.IssuedInvitationSerializer}, key=lambda one: one.__name__)


def as_json(value: Any) -> Any:
    return json.loads(dump(value))


@pytest.mark.parametrize("serializer", row_serializers())
def test_rows_are_shown_alike(serializer: Any, world: World) -> None:
    with within(world.organization), timezone.override("UTC"):
        rows = list(serializer.Meta.model.objects.all())
        assert rows
        for row in rows:
            fast = serializer(row).data
            slow = serializers.ModelSerializer.to_representation(serializer(), row)
            assert as_json(fast) == as_json(slow)


def test_rows_without_objects_are_shown_alike(world: World) -> None:
    serializer = okrs_serializers.KeyResultSerializer()
    with within(world.organization):
        rows = KeyResult.objects.listed()
        told = [serializer.of_columns(values) for values in rows.values_list(*serializer.columns())]
        assert told
        assert as_json(told) == as_json(okrs_serializers.KeyResultSerializer(rows, many=True).data)


def test_moments_are_told_in_utc(world: World) -> None:
    with within(world.organization), timezone.override("Asia/Tokyo"):
        shown = as_json(cycle_serializers.CycleSerializer(type(world.cycle).objects.get(pk=world.cycle.pk)).data)
    assert shown["created_at"].endswith("Z")
    assert shown["created_at"][:19] == world.cycle.created_at.isoformat()[:19]
