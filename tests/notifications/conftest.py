"""A kind and a channel of the tests' own."""

import pytest

from okrapp.notifications.registry import Kind, registry
from tests.notifications.channel import KeptChannel


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> KeptChannel:
    kept = KeptChannel()
    monkeypatch.setitem(registry.channels, "email", kept)
    return kept


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    one = Kind("tried", "Tried", "Tests", "bell", lambda facts: f"About {facts.get('what', 'nothing')}")
    monkeypatch.setitem(registry.kinds, one.code, one)
    return one
