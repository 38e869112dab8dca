"""The operator's command: how the outbox stands, and sending again what was given up."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from tests.factories.worlds import World, within

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("outbox", "--json", *arguments, stdout=out, stderr=StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_organization_by_state(world: World, other_world: World) -> None:
    with within(world.organization):
        Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    with within(other_world.organization):
        Delivery.objects.update(state=State.SENT, possibly_twice=True)
    first, second = run()
    assert (first["organization"], first["waiting"], first["sent"]) == ("acme", 1, 1)
    assert 300 <= first["late_seconds"] < 400
    assert (second["organization"], second["sent"], second["possibly_twice"]) == ("globex", 2, 2)
    with within(world.organization):
        Delivery.objects.all().delete()
    assert [one["organization"] for one in run()] == ["globex"]


def test_what_was_given_up_is_named_and_sent_again(world: World, other_world: World) -> None:
    for each in (world, other_world):
        with within(each.organization):
            Delivery.objects.update(state=State.DEAD, error="no route", attempts=8)
    (told,) = run("--organization", "acme")
    assert told["dead"] == 2
    assert told["given_up"][0]["error"] == "no route"
    # Ids and errors, nobody's name and nothing that was said.
    assert world.member.email not in json.dumps(told)
    (after,) = run("--organization", "acme", "--replay")
    assert (after["dead"], after["waiting"]) == (0, 2)
    (other,) = run("--organization", "globex")
    assert other["dead"] == 2


def test_no_address_stands_in_an_error(world: World) -> None:
    with within(world.organization):
        Delivery.objects.update(state=State.DEAD, error="SMTPDataError: (554, b'<max@acme.example>: rejected')")
    (told,) = run("--organization", "acme")
    out = StringIO()
    call_command("outbox", organization="acme", stdout=out)
    for text in (told["given_up"][0]["error"], out.getvalue()):
        assert "SMTPDataError" in text
        assert "max@acme.example" not in text


def test_what_makes_no_sense_is_said(world: World) -> None:
    with pytest.raises(CommandError, match="no organization"):
        run("--organization", "nobody")
    with pytest.raises(CommandError, match="for which organization"):
        run("--replay")


def test_in_words(world: World) -> None:
    out = StringIO()
    call_command("outbox", stdout=out)
    assert out.getvalue().startswith("acme: 1 waiting")
