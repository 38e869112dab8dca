"""Stopping mails from the mail itself: what it was about, or all, and undoing that."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from okrapp.notifications.domain.notify import notify
from okrapp.notifications.domain.outbox import send_due
from okrapp.notifications.domain.preference import choices_of, choose, choose_for_all, usual_choices
from okrapp.notifications.domain.test_message import send_test
from okrapp.notifications.links import unsubscribe_url
from okrapp.notifications.models import Choice, Delivery
from okrapp.notifications.registry import registry
from organizations.actor import system_actor
from tests.factories.worlds import World, within
from tests.told import acting

pytestmark = pytest.mark.django_db


def stopped(world: World) -> set[str]:
    """The kinds that came by mail before and no longer do."""
    with within(world.organization):
        usual, now = usual_choices(), choices_of(world.member)
        return {
            kind for (kind, channel), is_on in usual.items() if channel == "email" and is_on and not now[kind, channel]
        }


def path_of(world: World, *kinds: str) -> str:
    with within(world.organization):
        return urlsplit(unsubscribe_url(world.organization, world.member, kinds)).path


def test_a_mail_program_stops_what_the_mail_was_about_and_no_more(world: World) -> None:
    address = path_of(world, "check_in_due", "mentioned")
    Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert stopped(world) == {"check_in_due", "mentioned"}


def test_all_mails_are_stopped_on_the_page_only_and_can_be_undone(world: World) -> None:
    with within(world.organization):
        choose(actor=acting(world.member), wanted={("mentioned", "email"): False})
    address, stranger = path_of(world, "check_in_due", "celebrated"), Client()
    page = stranger.get(address).content.decode()
    assert "A check-in is due" in page
    assert "Somebody celebrates me" in page
    done = stranger.post(address, {"which": "all"}).content.decode()
    assert "You get no more mails from Acme." in done
    now = stopped(world)
    assert now > {"check_in_due", "celebrated", "mentioned"}
    # What nobody can switch on again among the choices is not switched off either.
    assert not now & {"endpoint_gone", "endpoint_failing"}
    undone = stranger.post(address, {"again": form_of(done)["again"]})
    assert undone.status_code == 200
    assert stopped(world) == {"mentioned"}
    assert stranger.post(address, {"again": "nonsense"}).status_code == 404


def test_who_stopped_all_mails_gets_none_when_the_organization_wants_more(world: World) -> None:
    address, stranger = path_of(world, "check_in_due"), Client()
    done = stranger.post(address, {"which": "all"}).content.decode()
    with within(world.organization):
        offered = {code for code, kind in registry.kinds.items() if kind.is_offered}
        mails = {kind: is_on for (kind, channel), is_on in usual_choices().items() if channel == "email"}
        off = next(kind for kind, is_on in mails.items() if kind in offered and not is_on)
        choose_for_all(actor=acting(world.plo), wanted={(off, "email"): True})
        assert not choices_of(world.member)[off, "email"]
    stranger.post(address, {"again": form_of(done)["again"]})
    with within(world.organization):
        assert choices_of(world.member)[off, "email"]


def test_undoing_is_for_whose_mail_it_was(world: World) -> None:
    done = Client().post(path_of(world, "check_in_due")).content.decode()
    with within(world.organization):
        theirs = urlsplit(unsubscribe_url(world.organization, world.lead, ["check_in_due"])).path
    assert Client().post(theirs, {"again": form_of(done)["again"]}).status_code == 404
    assert stopped(world) == {"check_in_due"}


def test_mails_nobody_can_choose_about_offer_no_way_to_stop_them(world: World) -> None:
    with within(world.organization):
        Delivery.objects.all().delete()
        send_test(actor=acting(world.member), channel="email")
    send_due(world.organization.pk)
    (message,) = mail.outbox
    assert "List-Unsubscribe" not in message.extra_headers
    assert "No more of these mails" not in message.body + message.alternatives[0][0]


def test_trouble_with_a_connection_is_mailed_whatever_was_stopped_before(world: World) -> None:
    with within(world.organization):
        Choice.objects.create(member=world.member, kind="endpoint_gone", channel="email", is_on=False)
        notify(actor=system_actor(), kind="endpoint_gone", to=[world.member.pk], period="x", path="")
        assert Delivery.objects.filter(notification__kind="endpoint_gone", channel="email").count() == 1


def test_an_address_to_stop_everything_fits_into_a_header(world: World) -> None:
    with within(world.organization):
        kinds = [code for code, kind in registry.kinds.items() if kind.is_offered]
        assert len(unsubscribe_url(world.organization, world.member, kinds)) < 900


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<button[^>]* name="(\w+)" value="([^"]*)"', page))
