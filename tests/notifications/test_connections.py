"""The pages of programs, rooms and one's own chat."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okrapp.notifications.enums import State
from okrapp.notifications.models import Delivery, Endpoint, Event
from okrapp.notifications.problems import problem
from okrapp.notifications.sealed import unseal
from organizations.models import AuditEntry
from organizations.queries.audit import lines_of
from tests.factories.notifications import DeliveryFactory, EndpointFactory, EventFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example/in?key=hunter2"


@pytest.fixture
def administrator(world: World) -> Client:
    return client_of(world.administrator)


def page(name: str, *args: Any) -> str:
    return reverse(f"notifications:{name}", args=["acme", *args])


@pytest.fixture(autouse=True)
def _nothing_there(world: World) -> None:
    with within(world.organization):
        Endpoint.objects.all().delete()


def only(world: World) -> Endpoint:
    with within(world.organization):
        return Endpoint.objects.select_related("team").get()


def test_a_webhook_is_made_and_its_secret_shown_once(world: World, administrator: Client) -> None:
    values = {"name": "Warehouse", "address": ADDRESS, "topics": ["objective", "cycle"]}
    # It is the page after that shows it: reloading sends nothing again.
    answer = administrator.post(page("webhook_create"), values, follow=True)
    assert answer.redirect_chain == [(page("endpoint", only(world).pk), 302)]
    secret = secret_on(answer)
    endpoint = only(world)
    assert (endpoint.name, endpoint.host, endpoint.topics) == ("Warehouse", "hooks.example", ["cycle", "objective"])
    assert unseal(endpoint.sealed_secret) == secret
    for where in (page("endpoint", endpoint.pk), page("connections")):
        said = administrator.get(where).content.decode()
        assert "Warehouse" in said
        assert secret not in said
        assert "hunter2" not in said


def test_an_address_that_leads_inside_is_refused_and_nothing_is_lost(world: World, administrator: Client) -> None:
    values = {"name": "Warehouse", "address": "https://169.254.169.254/", "topics": ["objective"]}
    answer = administrator.post(page("webhook_create"), values)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "leads into an internal network" in said
    assert 'value="Warehouse"' in said
    with within(world.organization):
        assert not Endpoint.objects.exists()


def test_the_audit_trail_speaks_of_connections_in_words(world: World, administrator: Client) -> None:
    administrator.post(page("webhook_create"), {"name": "Warehouse", "address": ADDRESS, "topics": ["key_result"]})
    with within(world.organization):
        line = next(one for one in lines_of(list(AuditEntry.objects.all())) if "Warehouse" in one.sentence)
    assert "created connection “Warehouse”" in line.sentence
    assert ("Topics", "Key results and check-ins") in [(one.label, one.after) for one in line.changes]


def test_changing_the_name_keeps_the_address(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
    answer = administrator.post(page("endpoint", endpoint.pk), {"name": "New", "address": "", "topics": ["objective"]})
    assert answer.status_code == 302
    changed = only(world)
    assert (changed.name, changed.sealed_address) == ("New", endpoint.sealed_address)


def test_renewing_the_secret_shows_another_once(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
    answer = administrator.post(page("endpoint_rotate", endpoint.pk), follow=True)
    assert answer.redirect_chain == [(page("endpoint", endpoint.pk), 302)]
    assert unseal(only(world).sealed_secret) == secret_on(answer)
    assert "The former one counts until" in answer.content.decode()
    assert "webhook-secret" not in administrator.get(page("endpoint", endpoint.pk)).content.decode()


def test_a_secret_waits_in_the_window_it_was_made_in_and_not_in_plain_text(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
    administrator.post(page("endpoint_rotate", endpoint.pk))
    assert "webhook-secret" not in client_of(world.administrator).get(page("endpoint", endpoint.pk)).content.decode()
    assert unseal(only(world).sealed_secret) not in str(dict(administrator.session))


def test_a_form_that_is_sent_twice_renews_once(world: World, administrator: Client) -> None:
    """The receiver still has the first secret, which a second renewal would take away."""
    with within(world.organization):
        endpoint = EndpointFactory.create()
    visitor = Visitor(world.administrator, "acme").open(page("endpoint", endpoint.pk))
    sent_twice = visitor.page
    visitor.press("Renew")
    renewed = only(world)
    assert renewed.sealed_former_secret == endpoint.sealed_secret
    visitor.page = sent_twice
    visitor.press("Renew").told("The secret was renewed a moment ago.")
    assert only(world).sealed_secret == renewed.sealed_secret
    visitor.open(page("endpoint", endpoint.pk)).sees("stops at once").press("Renew")
    assert only(world).sealed_former_secret == renewed.sealed_secret


def test_switching_off_can_be_undone_with_what_waited(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        dead = failed(endpoint)
        waiting = [failed(endpoint, state=State.WAITING, attempts=attempts, error="") for attempts in (0, 2)]
        before = [(one.pk, one.state, one.due_at, one.attempts, one.settled_at) for one in (dead, *waiting)]
    visitor = Visitor(world.administrator, "acme").open(page("endpoint", endpoint.pk)).press("Switch off")
    assert not only(world).is_on
    visitor.sees("Nothing is sent here.")
    assert states(world) == [State.DEAD] * 3
    visitor.press("Undo").sees("Switch off")
    assert only(world).is_on
    with within(world.organization):
        rows = Delivery.objects.filter(endpoint=endpoint).order_by("pk")
        assert list(rows.values_list("pk", "state", "due_at", "attempts", "settled_at")) == before


def test_switching_on_later_sends_nothing_of_before(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        failed(endpoint, state=State.WAITING, attempts=0)
    for _time in range(2):
        administrator.post(page("endpoint_switch", endpoint.pk))
    assert only(world).is_on
    assert states(world) == [State.DEAD]


def test_what_was_given_up_is_sent_again(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        dead = [failed(endpoint) for _number in range(3)]
    administrator.post(page("delivery_replay", dead[0].pk))
    assert states(world) == [State.WAITING, State.DEAD, State.DEAD]
    administrator.post(page("replay_failed", endpoint.pk))
    assert states(world) == [State.WAITING] * 3


def test_sending_again_is_offered_where_something_was_given_up(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
    visitor = Visitor(world.administrator, "acme").open(page("endpoint", endpoint.pk))
    visitor.misses("Send again what was given up")
    with within(world.organization):
        failed(endpoint)
    visitor.reload().sees("Send again what was given up")


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "Messages were given up"),
        ({"state": State.WAITING, "attempts": 2}, "Messages are tried again"),
        ({"state": State.SENT}, "On"),
        ({"state": State.WAITING, "attempts": 0}, "On"),
    ],
)
def test_the_list_says_which_connection_has_trouble(
    world: World, administrator: Client, changes: dict[str, Any], shown: str
) -> None:
    with within(world.organization):
        failed(EndpointFactory.create(name="Warehouse"), **changes)
    row = Visitor(world.administrator, "acme").open(page("connections")).beside("Warehouse")
    assert row.endswith(shown)


def test_the_page_of_a_webhook_says_what_arrives(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
    for where in (page("endpoint", endpoint.pk), page("webhook_create")):
        said = administrator.get(where).content.decode()
        for told in ("webhook-signature", "webhook-id", "key_result.checked_in"):
            assert told in said
    reference = administrator.get(reverse("api_reference")).content.decode()
    assert 'id="webhooks"' in reference
    assert "webhook-signature" in reference


def test_the_settings_of_a_connection_stand_above_its_log(world: World, administrator: Client) -> None:
    """Else an error is out of sight, below thirty lines."""
    with within(world.organization):
        endpoint = EndpointFactory.create()
    answer = administrator.post(page("endpoint", endpoint.pk), {"name": "", "address": "", "topics": ["objective"]})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert said.index("id_name_error") < said.index('id="delivery-log"')


def test_the_log_tells_what_became_of_each(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        dead = failed(endpoint)
        DeliveryFactory.create(
            notification=None, event=EventFactory.create(kind="cycle.moved"), endpoint=endpoint, state=State.SENT
        )
    said = administrator.get(page("delivery_log", endpoint.pk)).content.decode()
    assert "objective.created" in said
    assert "cycle.moved" in said
    said = administrator.get(page("delivery_log", endpoint.pk) + "?show=failed").content.decode()
    assert "objective.created" in said
    assert "cycle.moved" not in said
    one = administrator.get(page("delivery", dead.pk)).content.decode()
    assert "The answer was 500." in one
    assert "/api/v1/o/acme/objectives/01890a5d-ac96-774b-bcce-b302099a8057/" in one


def test_the_log_speaks_the_language_of_whoever_reads_it(world: World, administrator: Client) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        waiting = failed(endpoint, state=State.WAITING)
    administrator.post(page("endpoint_switch", endpoint.pk))
    with within(world.organization):
        world.administrator.user.language = "de"
        world.administrator.user.save()
    for where in (page("delivery_log", endpoint.pk), page("delivery", waiting.pk)):
        said = client_of(world.administrator).get(where).content.decode()
        assert "Ausgeschaltet" in said
        assert "Switched off" not in said


def test_everybody_may_know_what_leaves_the_organization(world: World) -> None:
    with within(world.organization):
        EndpointFactory.create(name="Warehouse")
    said = client_of(world.member).get(page("connections")).content.decode()
    assert "Warehouse" in said
    assert page("webhook_create") not in said


def test_a_lead_connects_a_room_of_their_own_team_only(world: World) -> None:
    lead = client_of(world.lead)
    values = {"kind": "slack", "name": "#growth", "address": ADDRESS, "topics": ["celebrated"]}
    assert "The whole organization" not in lead.get(page("room_create")).content.decode()
    assert lead.post(page("room_create"), values | {"team": ""}).status_code == 422
    answer = lead.post(page("room_create"), values | {"team": str(world.root_team.pk)})
    assert answer.status_code == 422
    answer = lead.post(page("room_create"), values | {"team": str(world.team.pk)})
    assert answer.status_code == 302
    room = only(world)
    assert (room.team, room.kind, room.topics) == (world.team, "slack", ["celebrated"])
    assert lead.get(page("endpoint", room.pk)).status_code == 200
    assert client_of(world.member).get(page("endpoint", room.pk)).status_code == 403


def test_an_administrator_connects_no_room_of_everybody(world: World, administrator: Client) -> None:
    values = {"kind": "slack", "name": "#all", "address": ADDRESS, "topics": ["celebrated"], "team": ""}
    answer = administrator.post(page("room_create"), values)
    assert answer.status_code == 422
    assert "Only the Program Lead Office changes how OKRs work here." in answer.content.decode()
    assert client_of(world.plo).post(page("room_create"), values).status_code == 302


def test_ones_own_chat_is_connected_tried_and_removed(world: World) -> None:
    client = client_of(world.member)
    assert client.post(page("chat_connect", "slack"), {"address": ADDRESS}).status_code == 302
    said = client.get(page("preferences")).content.decode()
    assert "hooks.example" in said
    assert 'name="check_in_due:slack"' in said
    with within(world.organization):
        assert Delivery.objects.filter(channel="slack", notification__recipient=world.member).count() == 1
    # Nobody else sees it, not even among what leaves the organization.
    assert "hooks.example" not in client_of(world.administrator).get(page("connections")).content.decode()
    assert client_of(world.administrator).get(page("endpoint", only(world).pk)).status_code == 404
    visitor = Visitor(world.member, "acme").open(page("preferences"))
    visitor.sees("To connect it again you need the address once more.").press("Remove for good", beside="Remove Slack?")
    with within(world.organization):
        assert not Endpoint.objects.exists()
    assert 'name="check_in_due:slack"' not in client.get(page("preferences")).content.decode()


@pytest.mark.parametrize(("networks", "is_said"), [([], True), (["10.0.0.0/8"], False)])
def test_the_forms_say_whether_only_https_is_used(
    world: World, administrator: Client, settings: Any, networks: list[str], is_said: bool
) -> None:
    settings.OKRAPP_WEBHOOK_NETWORKS = networks
    for where in (page("webhook_create"), page("chat_connect", "slack")):
        said = administrator.get(where).content.decode()
        assert "It is a secret, so it is never shown again." in said
        assert ("Only https:// is used." in said) is is_said


def test_there_is_no_chat_of_another_kind(world: World) -> None:
    client = client_of(world.member)
    assert client.get(page("chat_connect", "webhook")).status_code == 404
    assert client.post(page("chat_disconnect", "pigeon")).status_code == 404


def test_a_chat_that_is_not_connected_is_not_tried(world: World) -> None:
    client_of(world.member).post(page("test_message"), {"channel": "slack"})
    with within(world.organization):
        assert not Delivery.objects.filter(channel="slack").exists()


@pytest.mark.parametrize("count", [1, 50])
def test_queries_do_not_grow(world: World, administrator: Client, count: int) -> None:
    with within(world.organization):
        endpoint = EndpointFactory.create()
        for _number in range(count):
            failed(endpoint)
            EndpointFactory.create(kind="slack", team=world.team, topics=["celebrated"])
    with exactly(8):
        administrator.get(page("connections"))
    with exactly(9):
        administrator.get(page("endpoint", endpoint.pk))


def secret_on(answer: Any) -> str:
    (secret,) = re.findall(r'id="webhook-secret"[^>]*>(whsec_[^<]+)<', answer.content.decode())
    return str(secret)


def failed(endpoint: Endpoint, **changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "channel": "webhook",
        "state": State.DEAD,
        "attempts": 8,
        "answer": 500,
        "error": problem("answer", 500, ""),
    }
    return DeliveryFactory.create(
        notification=None, event=EventFactory.create(), endpoint=endpoint, **(values | changes)
    )


def states(world: World) -> list[str]:
    with within(world.organization):
        assert Event.objects.exists()
        return list(Delivery.objects.filter(endpoint__isnull=False).order_by("pk").values_list("state", flat=True))
