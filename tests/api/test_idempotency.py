"""Writes that are sent twice happen once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from okrs.models import CheckIn, Objective
from organizations.domain.clean_up import clean_up
from organizations.models import IdempotentRequest, Invitation
from tests.api.conftest import Program, fields, problem
from tests.factories.worlds import World, within

KEY = "idempotency-key"


def check_ins(world: World) -> int:
    with within(world.organization):
        return CheckIn.objects.filter(key_result=world.key_result).count()


def path(world: World) -> str:
    return f"key-results/{world.key_result.pk}/check-ins/"


@pytest.mark.django_db
def test_the_same_again_is_answered_and_not_written(api: Program, world: World) -> None:
    first = api.ask("POST", path(world), {"value": 20, "note": "Once"}, **{KEY: "a"})
    again = api.ask("POST", path(world), {"note": "Once", "value": 20}, **{KEY: "a"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (first.has_header("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (False, "true")
    assert check_ins(world) == 2
    api.write("POST", path(world), {"value": 20, "note": "Once"}, status=201, **{KEY: "b"})
    assert check_ins(world) == 3


@pytest.mark.django_db
def test_without_a_key_each_request_writes(api: Program, world: World) -> None:
    for _ in range(2):
        api.write("POST", path(world), {"value": 20}, status=201)
    assert check_ins(world) == 3


@pytest.mark.django_db
def test_the_key_of_another_request_is_a_conflict(api: Program, world: World) -> None:
    api.write("POST", path(world), {"value": 20}, status=201, **{KEY: "a"})
    other = f"key-results/{world.milestone_key_result.pk}/check-ins/"
    assert problem(api.ask("POST", path(world), {"value": 21}, **{KEY: "a"}), 409)["code"] == "conflict"
    problem(api.ask("POST", other, {"value": 20}, **{KEY: "a"}), 409)
    assert check_ins(world) == 2


@pytest.mark.django_db
def test_keys_are_each_members_own(api: Program, world: World, program: Callable[..., Program]) -> None:
    api.write("POST", path(world), {"value": 20}, status=201, **{KEY: "a"})
    program(world.lead).write("POST", path(world), {"value": 21}, status=201, **{KEY: "a"})
    assert check_ins(world) == 3


@pytest.mark.django_db
def test_an_error_is_not_kept(api: Program, world: World) -> None:
    for body, status in (({"value": "x"}, 422), ({"helper": str(world.lead.pk)}, 422)):
        problem(api.ask("POST", path(world), body, **{KEY: "a"}), status)
    with within(world.organization):
        assert not IdempotentRequest.objects.filter(key="a").exists()
    api.write("POST", path(world), {"value": 20}, status=201, **{KEY: "a"})
    assert check_ins(world) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 201, "ä", "a\tb"])
def test_keys_that_are_none(key: str, api: Program, world: World) -> None:
    assert fields(api.ask("POST", path(world), {"value": 20}, **{KEY: key})) == ["Idempotency-Key"]


@pytest.mark.django_db
def test_reading_takes_no_notice_of_a_key(api: Program, world: World) -> None:
    for _ in range(2):
        assert not api.ask("GET", path(world), **{KEY: "a"}).has_header("Idempotent-Replayed")
    with within(world.organization):
        assert not IdempotentRequest.objects.filter(key="a").exists()


@pytest.mark.django_db
def test_old_keys_are_forgotten(api: Program, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    api.write("POST", path(world), {"value": 20}, status=201, **{KEY: "a"})
    with within(world.organization):
        row = IdempotentRequest.objects.get(key="a")
        IdempotentRequest.objects.filter(pk=row.pk).update(created_at=row.created_at.replace(year=2020))
        clean_up()
        assert not IdempotentRequest.objects.filter(key="a").exists()


@pytest.mark.django_db
def test_the_link_of_an_invitation_is_kept_nowhere(world: World, program: Callable[..., Program]) -> None:
    api = program(world.administrator)
    first = api.write("POST", "invitations/", {"emails": ["new@acme.example.com"]}, status=201, **{KEY: "a"})
    again = api.write("POST", "invitations/", {"emails": ["new@acme.example.com"]}, status=201, **{KEY: "a"})
    link = first["issued"][0].pop("url")
    assert again == first
    with within(world.organization):
        kept = IdempotentRequest.objects.get(key="a")
        assert link.rstrip("/").rpartition("/")[2] not in str(kept.body)
        assert Invitation.objects.filter(email="new@acme.example.com").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_once(world: World, program: Callable[..., Program]) -> None:
    """On two connections: the second waits for the first."""
    asking = [program(world.member), program(world.member)]
    start = threading.Barrier(2)
    answers: list[Any] = []

    def send(api: Program) -> None:
        start.wait()
        try:
            answers.append(api.ask("POST", path(world), {"value": 33}, **{KEY: "at once"}))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[api]) for api in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert sorted(answer.has_header("Idempotent-Replayed") for answer in answers) == [False, True]
    assert check_ins(world) == 2


@pytest.mark.django_db(transaction=True)
def test_an_error_and_a_write_with_the_same_key_at_once(world: World, program: Callable[..., Program]) -> None:
    """Whoever comes first: the error leaves nothing, so the write is written."""
    bodies = [{"cycle": str(world.cycle.pk), "title": "", "team": str(world.team.pk)}]
    bodies.append({**bodies[0], "title": "Be quick"})
    start = threading.Barrier(2)
    answers: dict[int, Any] = {}

    def send(number: int, api: Program) -> None:
        start.wait()
        try:
            answers[number] = api.ask("POST", "objectives/", bodies[number], **{KEY: "at once"})
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number, program(world.member)]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answers[1].status_code == 201
    assert answers[0].status_code in {409, 422}
    with within(world.organization):
        assert Objective.objects.filter(title="Be quick").count() == 1
