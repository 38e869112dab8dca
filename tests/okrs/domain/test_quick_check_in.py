"""Checking in from a mail, twice at the same moment."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from okrs.domain.quick_check_in import check_in_once
from okrs.models import CheckIn
from organizations.actor import Actor
from organizations.enums import Via
from tests.factories.worlds import make_organization, within


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_check_in() -> None:
    world = make_organization("acme")
    since = timezone.now()
    with within(world.organization):
        CheckIn.objects.update(at=since - timedelta(days=1))
    start = threading.Barrier(2, timeout=20)
    saved: list[CheckIn | None] = []
    failures: list[BaseException] = []

    def send() -> None:
        try:
            with within(world.organization):
                actor = Actor(world.member, via=Via.WEB)
                start.wait()
                said = {"value": Decimal(20)}
                saved.append(check_in_once(actor=actor, key_result=world.key_result, since=since, **said))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert sum(one is not None for one in saved) == 1
    with within(world.organization):
        assert CheckIn.objects.filter(key_result=world.key_result, at__gt=since).count() == 1
