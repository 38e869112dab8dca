"""The pages for operators: what they show, to whom, and what they never show."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from okrapp import pulse
from okrapp.notifications.domain.operations import send_again
from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery
from okrapp.notifications.queries.operations import outboxes, standing
from organizations.models import Organization, User
from organizations.queries.dispatch import dispatch_state
from tests.factories.notifications import DeliveryFactory, EventFactory
from tests.factories.organizations import DispatchFactory, OrganizationFactory, UserFactory
from tests.factories.worlds import World, client_of, within
from tests.log_lines import written
from tests.queries import exactly

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def operator() -> User:
    return UserFactory.create(is_staff=True, is_superuser=True)


def only_mails(world: World) -> World:
    with within(world.organization):
        Delivery.objects.filter(endpoint__isnull=False).delete()
    return world


@pytest.fixture
def world(world: World) -> World:
    """One mail waits."""
    return only_mails(world)


@pytest.fixture
def other_world(other_world: World) -> World:
    """One mail waits."""
    return only_mails(other_world)


@pytest.fixture
def client(operator: User) -> Client:
    return client_of(operator)


def give_up(organization: Organization, **fields: Any) -> Delivery:
    """Give up what waits in an organization, or something new."""
    with within(organization):
        found = Delivery.objects.first() or DeliveryFactory.create()
        values = {"state": State.DEAD, "attempts": 8, "error": "no route", "settled_at": timezone.now(), **fields}
        Delivery.objects.filter(pk=found.pk).update(**values)
        return found


def alive() -> None:
    """Beat, sweep and a worker are at work."""
    pulse.note_beat()
    pulse.note_sweep()
    pulse.note_worker("worker-1@here")


def text_of(client: Client, path: str = "/operations/", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_there_is_no_such_page_for_anybody_else(world: World, outsider: User) -> None:
    delivery = give_up(world.organization)
    slug = world.organization.slug
    pages = [reverse("operations"), reverse("operations_outbox", args=[slug])]
    buttons = [reverse("operations_send_all", args=[slug]), reverse("operations_send", args=[slug, delivery.pk])]
    for person in (world.administrator, world.plo, outsider):
        theirs = client_of(person)
        assert {theirs.get(path).status_code for path in pages} == {404}
        assert {theirs.post(path).status_code for path in buttons} == {404}
        assert "/operations/" not in theirs.get("/organizations/").content.decode()
    for path in (*pages, *buttons):
        answer = Client().get(path) if path in pages else Client().post(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    with within(world.organization):
        assert Delivery.objects.get().state == State.DEAD


def test_operators_find_the_way(client: Client) -> None:
    assert 'href="/operations/"' in text_of(client, "/organizations/")


def test_the_command_makes_an_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-password-of-an-operator")
    call_command("createsuperuser", "--noinput", "--email", "Ops@Example.com", "--name", "Ops", stdout=StringIO())
    client = Client()
    form = {"login": "ops@example.com", "password": "a-long-password-of-an-operator"}
    assert client.post(reverse("account_login"), form).status_code == 302
    assert "Operations" in text_of(client)
    assert client.get("/admin/").status_code == 200


def test_all_is_well(client: Client, world: World) -> None:
    alive()
    said = text_of(client)
    assert "All is well" in said
    assert "worker-1@here" in said
    assert "tone-bad" not in said
    assert world.organization.name not in said


def test_what_stands_still_is_said(client: Client) -> None:
    said = text_of(client)
    assert "does not go on as it should" in said
    assert said.count("Stands still") == 2
    assert "All is well" not in said


def test_without_a_broker_the_page_says_so(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert "The broker does not answer" in text_of(client)


def test_organizations_that_need_a_look_the_worst_first(client: Client, world: World, other_world: World) -> None:
    now = timezone.now()
    third, fourth = OrganizationFactory.create(name="Initech"), OrganizationFactory.create(name="Hooli")
    give_up(world.organization)
    with within(other_world.organization):
        Delivery.objects.update(due_at=now - 10 * MINUTE)
    for organization in (third, fourth):
        with within(organization):
            DeliveryFactory.create(due_at=now - (20 * MINUTE if organization is third else MINUTE))
            DeliveryFactory.create(due_at=now - 30 * MINUTE, channel="gone")
    found = outboxes()
    named = [(trouble.organization_id, trouble.dead, trouble.late_since is not None) for trouble in found.troubles()]
    assert named == [
        (world.organization.pk, 1, False),
        (third.pk, 0, True),
        (other_world.organization.pk, 0, True),
    ]
    said = text_of(client)
    assert said.index("Acme") < said.index("Initech") < said.index("Globex")
    assert "Hooli" not in said
    assert "All is well" not in said


def test_a_claim_that_ran_out_is_late(world: World) -> None:
    with within(world.organization):
        Delivery.objects.update(state=State.CLAIMED, due_at=timezone.now() - 10 * MINUTE)
    assert [one.organization_id for one in outboxes().troubles()] == [world.organization.pk]


def test_what_waits_in_a_closed_organization_is_not_late(world: World) -> None:
    now = timezone.now() + 20 * MINUTE
    for kind in ("outbox", "clean-up"):
        DispatchFactory.create(organization=world.organization, kind=kind)
    assert outboxes(now).oldest_waiting() is not None
    assert dispatch_state(now).due == 2
    Organization.objects.update(is_open=False)
    assert outboxes(now).oldest_waiting() is None
    assert outboxes(now).by_channel()["email"][State.WAITING] == 1
    # Only throwing away goes on.
    assert dispatch_state(now).due == 1


def test_many_are_paged(client: Client) -> None:
    for organization in OrganizationFactory.create_batch(21):
        give_up(organization)
    first, second = text_of(client), text_of(client, "/operations/?page=2")
    assert (first.count("data-row>"), second.count("data-row>")) == (20, 1)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    assert 'hx-get="/operations/?page=2"' in second
    assert text_of(client, "/operations/?page=nonsense").count("data-row>") == 20


@pytest.mark.parametrize("organizations", [1, 50])
def test_as_many_statements_for_one_organization_as_for_fifty(organizations: int, client: Client, world: World) -> None:
    give_up(world.organization)
    for organization in OrganizationFactory.create_batch(organizations - 1):
        give_up(organization)
    client.get("/operations/")
    # Who asks, outboxes, work that is due, names of organizations.
    with exactly(4):
        said = text_of(client)
    assert said.count("data-row>") == min(organizations, 20)


@pytest.mark.parametrize("deliveries", [1, 50])
def test_as_many_statements_for_one_delivery_as_for_fifty(deliveries: int, client: Client, world: World) -> None:
    with within(world.organization):
        Delivery.objects.update(state=State.DEAD)
        DeliveryFactory.create_batch(deliveries - 1, state=State.DEAD)
    path = reverse("operations_outbox", args=[world.organization.slug])
    client.get(path)
    # Who asks, the organization, what was given up, how much that is, what is tried again.
    with exactly(5):
        said = text_of(client, path)
    assert said.count("Send again</span></button>") == deliveries


def test_it_looks_anew_by_itself(client: Client) -> None:
    page = text_of(client)
    assert 'hx-trigger="every 10s"' in page
    assert "data-while-visible" in page
    part = text_of(client, **{"hx-request": "true"})
    assert part.lstrip().startswith('<div id="operations"')


def test_an_operator_sees_nothing_of_what_is_in_the_messages(client: Client, world: World) -> None:
    give_up(world.organization, error="refused olga@outside.example.com at https://hooks.example.com/services/secret")
    with within(world.organization):
        DeliveryFactory.create(notification=world.reminder, error="try later", attempts=2)
        told = str(world.notification.facts.get("title") or world.notification.facts)
        names = [world.member.display_name, world.lead.display_name, world.member.email]
    said = text_of(client) + text_of(client, reverse("operations_outbox", args=[world.organization.slug]))
    assert "refused (address) at https://hooks.example.com/(path)" in said
    assert "try later" in said
    assert told
    assert told not in said
    assert [name for name in names if name in said] == []
    assert "olga" not in said
    assert "services/secret" not in said


def test_one_is_sent_again(client: Client, world: World) -> None:
    wanted = give_up(world.organization)
    with within(world.organization):
        other = DeliveryFactory.create(state=State.DEAD)
    path = reverse("operations_send", args=[world.organization.slug, wanted.pk])
    answer = client.post(path, follow=True)
    assert answer.redirect_chain == [(reverse("operations_outbox", args=[world.organization.slug]), 302)]
    assert "1 message is sent again." in answer.content.decode()
    with within(world.organization):
        assert Delivery.objects.get(pk=wanted.pk).state == State.WAITING
        assert Delivery.objects.get(pk=other.pk).state == State.DEAD
    assert "It was sent again already." in client.post(path, follow=True).content.decode()


def test_all_of_one_organization_are_sent_again(client: Client, world: World, other_world: World) -> None:
    give_up(world.organization)
    elsewhere = give_up(other_world.organization)
    with within(world.organization):
        DeliveryFactory.create_batch(2, state=State.DEAD)
    answer = client.post(reverse("operations_send_all", args=[world.organization.slug]), follow=True)
    assert "3 messages are sent again." in answer.content.decode()
    with within(world.organization):
        assert set(Delivery.objects.values_list("state", flat=True)) == {State.WAITING}
    # An id of another organization is nothing here.
    client.post(reverse("operations_send", args=[world.organization.slug, elsewhere.pk]))
    with within(other_world.organization):
        assert Delivery.objects.get().state == State.DEAD


def test_it_is_written_down_who_sent_again(operator: User, world: World) -> None:
    give_up(world.organization)
    with written(level="WARNING") as out:
        assert send_again(operator=operator, organization=world.organization) == 1
    (line,) = out.of("deliveries_sent_again")
    assert (line["organization"], line["deliveries"]) == (world.organization.pk, 1)
    assert line["operator"] == operator.pk
    assert operator.email not in out.getvalue()


def test_recent_failures_name_task_error_and_organization(client: Client, world: World) -> None:
    pulse.note_failure(task="a.task", error="LookupError", organization_id=world.organization.pk)
    pulse.note_failure(task="b.task", error="OSError", organization_id=None)
    pulse.note_failure(task="c.task", error="KeyError", organization_id=world.organization.pk + 1000)
    said = text_of(client)
    assert said.index("c.task") < said.index("b.task") < said.index("a.task")
    assert reverse("operations_outbox", args=[world.organization.slug]) in said
    assert standing().runs is False


def test_what_a_program_listens_to_is_named_by_its_kind(client: Client, world: World) -> None:
    with within(world.organization):
        event = EventFactory.create(kind="objective.created")
        DeliveryFactory.create(
            notification=None, event=event, endpoint=world.endpoint, channel="webhook", state=State.DEAD, attempts=8
        )
    said = text_of(client, reverse("operations_outbox", args=[world.organization.slug]))
    assert "objective.created" in said
    assert world.endpoint.name not in said


def test_an_organization_nobody_has(client: Client) -> None:
    assert client.get("/operations/nobody-has-this/").status_code == 404
    assert client.post("/operations/nobody-has-this/send/").status_code == 404
