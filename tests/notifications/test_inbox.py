"""The inbox: one's own, newest first, read by opening."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.models import Notification
from okrapp.notifications.queries.inbox import PAGE
from tests.factories.notifications import NotificationFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.member)


def url(world: World, name: str, *args: object) -> str:
    return reverse(f"notifications:{name}", args=[world.organization.slug, *args])


def titled(title: str) -> dict[str, str]:
    return {"title": title, "key_result": "01890a5d-ac96-774b-bcce-b302099a8057"}


def test_it_shows_ones_own_that_can_no_longer_be_undone(world: World, client: Client) -> None:
    with within(world.organization):
        NotificationFactory.create(recipient=world.lead, facts=titled("Somebody else's"))
        soon = timezone.now() + timedelta(seconds=10)
        NotificationFactory.create(recipient=world.member, facts=titled("Too early"), visible_at=soon)
        NotificationFactory.create(recipient=world.member, kind="of another version", facts=titled("Unknown"))
    page = client.get(url(world, "inbox")).content.decode()
    assert f"Told in {world.organization.name}" in page
    for hidden in ("Somebody else's", "Too early", "Unknown"):
        assert hidden not in page


def test_opening_a_line_reads_it_and_leads_there(world: World, client: Client) -> None:
    with within(world.organization):
        one = NotificationFactory.create(recipient=world.member, path=f"objectives/{world.objective.pk}/")
    answer = client.get(url(world, "notification", one.pk))
    assert answer["Location"] == f"/o/{world.organization.slug}/objectives/{world.objective.pk}/"
    with within(world.organization):
        assert Notification.objects.get(pk=one.pk).read_at is not None
    assert client_of(world.lead).get(url(world, "notification", one.pk)).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/", "/../../../evil", "https://evil.example/", "\\\\evil.example"])
def test_no_line_leads_out_of_the_organization(path: str, world: World, client: Client) -> None:
    with within(world.organization):
        one = NotificationFactory.create(recipient=world.member, path=path)
    answer = client.get(url(world, "notification", one.pk))
    assert answer.status_code == 404 or answer["Location"].startswith(f"/o/{world.organization.slug}/")


def test_all_are_read_at_once_and_it_can_be_undone(world: World, client: Client) -> None:
    with within(world.organization):
        Notification.objects.all().delete()
        ids = [NotificationFactory.create(recipient=world.member).pk for _number in range(3)]
        others = NotificationFactory.create(recipient=world.lead, read_at=timezone.now())
    client.post(url(world, "read_all"))
    with within(world.organization):
        assert not Notification.objects.filter(recipient=world.member, read_at=None).exists()
    page = client.get(url(world, "inbox")).content.decode()
    assert "3 lines are read." in page
    given = ",".join(map(str, [*ids, others.pk, "nonsense"]))
    client.post(f"{url(world, 'unread_many')}?ids={given}")
    with within(world.organization):
        assert Notification.objects.filter(recipient=world.member, read_at=None).count() == 3
        assert Notification.objects.get(pk=others.pk).read_at is not None


def test_a_line_is_marked_in_its_place(world: World, client: Client) -> None:
    address = url(world, "mark", world.notification.pk)
    answer = client.post(address, headers={"hx-request": "true"})
    assert f"#notification-{world.notification.pk}" in answer.content.decode()
    with within(world.organization):
        assert Notification.objects.get(pk=world.notification.pk).read_at is not None
    client.post(address, {"unread": "1"})
    with within(world.organization):
        assert Notification.objects.get(pk=world.notification.pk).read_at is None


def test_the_number_of_unread_stands_in_the_sidebar_of_every_page(world: World, client: Client) -> None:
    page = client.get(reverse("organizations:people", args=[world.organization.slug])).content.decode()
    link = page[page.index(url(world, "inbox")) :]
    assert ">1<" in link[: link.index("</a>")]


def test_the_number_counts_only_what_shows(world: World, client: Client) -> None:
    with within(world.organization):
        NotificationFactory.create(recipient=world.member, kind="of another version")
    test_the_number_of_unread_stands_in_the_sidebar_of_every_page(world, client)
    client.post(url(world, "read_all"))
    page = client.get(reverse("organizations:people", args=[world.organization.slug])).content.decode()
    link = page[page.index(url(world, "inbox")) :]
    assert ">1<" not in link[: link.index("</a>")]


@pytest.mark.parametrize("lines", [1, PAGE + 20])
def test_it_takes_the_same_number_of_statements_however_long(lines: int, world: World, client: Client) -> None:
    with within(world.organization):
        for _number in range(lines):
            NotificationFactory.create(recipient=world.member, by=world.lead)
    client.get(url(world, "inbox"))
    with exactly(7):
        client.get(url(world, "inbox"))


def test_further_pages_have_the_rest(world: World, client: Client) -> None:
    with within(world.organization):
        for number in range(PAGE):
            NotificationFactory.create(recipient=world.member, facts=titled(f"Number {number}."))
    first = client.get(url(world, "inbox")).content.decode()
    assert "?page=2" in first
    assert f"Told in {world.organization.name}" not in first
    assert f"Told in {world.organization.name}" in client.get(f"{url(world, 'inbox')}?page=2").content.decode()
    assert client.get(f"{url(world, 'inbox')}?page=x").status_code == 200


def test_an_empty_inbox_says_what_will_come(world: World) -> None:
    page = client_of(world.plo).get(url(world, "inbox")).content.decode()
    assert "Nothing here yet" in page
    assert "Mark all as read" not in page
