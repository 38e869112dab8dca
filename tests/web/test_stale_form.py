"""A form that was opened before the browser was given another secret."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.worlds import World, user_of

pytestmark = pytest.mark.django_db


def test_it_is_told_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_of(world.member))
    answer = client.post(reverse("profile"), {"csrfmiddlewaretoken": "stale"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Go back, load the page anew and send it again." in page
    assert "CSRF verification failed" not in page
