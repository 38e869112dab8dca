"""Choosing what one is told, how and when; stopping mails from the mail itself."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.domain.outbox import send_due
from okrapp.notifications.domain.preference import choices_of, choose, choose_for_all, set_habits, usual_choices
from okrapp.notifications.links import UNSUBSCRIBE
from okrapp.notifications.models import Choice, Delivery, Habits, Notification
from okrapp.notifications.readers import readers
from okrapp.notifications.registry import registry
from organizations.actor import Actor
from organizations.domain.dispatch import schedule
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Dispatch
from tests.factories.notifications import NotificationFactory
from tests.factories.worlds import World, client_of, within
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
DUE = ("check_in_due", "email")


def url(world: World, name: str, *args: object) -> str:
    return reverse(f"notifications:{name}", args=[world.organization.slug, *args])


def form(**changes: Any) -> dict[str, Any]:
    """What the page sends when nothing but `changes` is filled in; all boxes were shown as usual, and are off."""
    shown: dict[str, list[str]] = {"shown_on": [], "shown_off": []}
    for kind in registry.kinds.values():
        for channel in registry.channels:
            shown["shown_on" if channel in kind.channels else "shown_off"].append(f"{kind.code}:{channel}")
    return shown | changes


def actor(world: World) -> Actor:
    return Actor(world.member, via=Via.WEB)


def test_ones_own_choices_are_kept_where_they_differ(world: World) -> None:
    with within(world.organization):
        choose(actor=actor(world), wanted={DUE: False})
        assert choices_of(world.member)[DUE] is False
        assert choices_of(world.lead)[DUE] is True
        choose(actor=actor(world), wanted={DUE: True})
        assert not Choice.objects.filter(member=world.member).exists()


def test_who_has_chosen_nothing_follows_the_organization(world: World) -> None:
    with within(world.organization):
        plo = Actor(world.plo, via=Via.WEB)
        choose_for_all(actor=plo, wanted={DUE: False})
        assert usual_choices()[DUE] is False
        assert choices_of(world.member)[DUE] is False
        entry = AuditEntry.objects.order_by("-at").first()
        assert (entry.verb, entry.before, entry.after) == (
            "changed",
            {"notifications": ["check_in_due email"]},
            {"notifications": []},
        )
        choose_for_all(actor=plo, wanted={DUE: False})
        assert AuditEntry.objects.order_by("-at").first() == entry


def test_unknown_names_are_refused(world: World) -> None:
    with within(world.organization), pytest.raises(Refused):
        choose(actor=actor(world), wanted={("nothing", "email"): True})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reminder_hour": 24}, "reminder_hour"),
        ({"quiet_from": 20}, "quiet_until"),
        ({"quiet_from": 22, "quiet_until": 22}, "quiet_until"),
        ({"away_from": date(2126, 12, 24)}, "away_until"),
        ({"away_from": date(2126, 12, 24), "away_until": date(2126, 12, 1)}, "away_until"),
        ({"away_until": date(2025, 12, 24)}, "away_until"),
    ],
)
def test_impossible_habits_are_refused_at_their_field(wrong: dict[str, Any], field: str, world: World) -> None:
    with within(world.organization), pytest.raises(Refused) as refused:
        set_habits(actor=actor(world), **wrong)
    assert list(refused.value.message_dict) == [field]
    assert all(refused.value.messages)


def test_all_that_is_wrong_with_habits_is_said_at_once(world: World) -> None:
    visitor = Visitor(world.member, world.organization.slug).open("inbox/settings/")
    visitor.press("Save", quiet_from="20:00", away_from="2126-12-24", away_until="2126-12-01", status=422)
    visitor.sees("Quiet hours need a beginning and an end.", "The last day away must not come before the first.")


def test_days_away_that_are_over_keep_nothing_from_being_saved(world: World) -> None:
    with within(world.organization):
        Habits.objects.create(member=world.member, away_from=date(2025, 7, 1), away_until=date(2025, 7, 9))
    Visitor(world.member, world.organization.slug).open("inbox/settings/").press("Save", reminder_hour="10:00")
    with within(world.organization):
        assert Habits.objects.get(member=world.member).reminder_hour == 10


def test_one_can_have_no_quiet_hours_where_the_organization_has_some(world: World) -> None:
    with within(world.organization):
        Habits.objects.create(member=None, quiet_from=18, quiet_until=8)
    visitor = Visitor(world.member, world.organization.slug).open("inbox/settings/")
    visitor.press("Save", quiet_from="No quiet hours")
    night = datetime(2026, 3, 3, 22, tzinfo=UTC)
    with within(world.organization):
        clock = readers([world.member.pk])[world.member.pk].clock
        assert clock.out_of_quiet(night) == night
    page = visitor.open("inbox/settings/").page
    (field,) = (one for one in page.all("select") if one.attrs["name"] == "quiet_from")
    assert [one.text for one in field.all("option") if "selected" in one.attrs] == ["No quiet hours"]
    visitor.press("Save", reminder_hour="10:00")
    with within(world.organization):
        assert readers([world.member.pk])[world.member.pk].clock.quiet_from == 0
    visitor.open("inbox/settings/").press("Save", quiet_from="As the organization: 18:00")
    with within(world.organization):
        assert readers([world.member.pk])[world.member.pk].clock.out_of_quiet(night) > night


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"reminder_hour": 10}, {"okrs.reminders"}),
        ({"digest_hour": 10}, {"okrs.digests"}),
        ({"away_until": date(2126, 1, 1)}, {"okrs.reminders", "okrs.digests"}),
        ({}, set()),
        ({"reminder_hour": None}, set()),
    ],
)
def test_what_follows_the_hours_is_looked_at_again(change: dict[str, Any], kinds: set[str], world: World) -> None:
    """Else somebody would be reminded at the hour they had before, or not at all that day."""
    with within(world.organization):
        far = timezone.now() + timedelta(hours=6)
        Dispatch.objects.filter(organization_id=world.organization.pk).delete()
        for kind in ("okrs.reminders", "okrs.digests"):
            schedule(kind=kind, due_at=far)
        set_habits(actor=actor(world), **change)
    soon = Dispatch.objects.filter(organization_id=world.organization.pk, due_at__lt=far)
    assert set(soon.values_list("kind", flat=True)) == kinds


def test_the_page_saves_habits_and_choices_together(world: World) -> None:
    client = client_of(world.member)
    answer = client.post(url(world, "preferences"), form(pace="daily", digest_hour="7", **{"check_in_due:email": "on"}))
    assert answer.status_code == 302
    with within(world.organization):
        habits = Habits.objects.get(member=world.member)
        assert (habits.pace, habits.digest_hour, habits.reminder_hour) == ("daily", 7, None)
        chosen = choices_of(world.member)
        assert chosen[DUE] is True
        assert chosen["check_in_missed", "email"] is False
    page = client.get(url(world, "preferences")).content.decode()
    assert "As the organization: 09:00" in page


def test_two_windows_keep_what_the_other_changed(world: World) -> None:
    """A mail, too, changes what an open page shows."""
    one, other = (Visitor(world.member, world.organization.slug).open("inbox/settings/") for _window in range(2))
    one.press("Save", digest_hour="07:00", **{"check_in_due:email": False})
    other.press("Save", reminder_hour="10:00", quiet_from="20:00", status=422)
    other.press("Save", quiet_until="06:00", **{"check_in_missed:email": False})
    with within(world.organization):
        habits = Habits.objects.get(member=world.member)
        assert (habits.digest_hour, habits.reminder_hour, habits.quiet_until) == (7, 10, 6)
        chosen = choices_of(world.member)
        assert not chosen[DUE]
        assert not chosen["check_in_missed", "email"]


def test_two_windows_of_the_organization_keep_what_the_other_changed(world: World) -> None:
    one, other = (Visitor(world.plo, world.organization.slug).open("settings/notifications/") for _window in range(2))
    one.press("Save", digest_hour="07:00", **{"check_in_due:email": False})
    other.press("Save", reminder_hour="10:00")
    with within(world.organization):
        habits = Habits.objects.get(member=None)
        assert (habits.digest_hour, habits.reminder_hour) == (7, 10)
        assert not usual_choices()[DUE]


def test_wrong_input_keeps_what_was_typed_and_saves_nothing(world: World) -> None:
    client = client_of(world.member)
    answer = client.post(url(world, "preferences"), form(quiet_from="20"))
    assert answer.status_code == 422
    assert "Quiet hours need a beginning and an end." in answer.content.decode()
    with within(world.organization):
        assert not Habits.objects.filter(member=world.member).exists()


def test_days_away_are_shown_so_that_a_browser_of_any_language_keeps_them(world: World) -> None:
    with within(world.organization):
        world.member.user.language = "de"
        world.member.user.save()
        set_habits(actor=actor(world), away_from=date(2026, 12, 24), away_until=date(2027, 1, 3))
    page = client_of(world.member).get(url(world, "preferences")).content.decode()
    assert 'lang="de"' in page
    for shown in ("2026-12-24", "2027-01-03"):
        assert re.search(f'<input type="date"[^>]* value="{shown}"', page)


def test_the_organization_has_no_days_away(world: World) -> None:
    client = client_of(world.plo)
    assert "away_from" not in client.get(url(world, "defaults")).content.decode()
    answer = client.post(url(world, "defaults"), form(reminder_hour="10"))
    assert answer.status_code == 302, answer.context["habits"].errors
    with within(world.organization):
        assert Habits.objects.get(member=None).reminder_hour == 10


def test_what_one_is_told_is_found_from_everywhere(world: World) -> None:
    visitor = Visitor(world.member, world.organization.slug).open("people/")
    visitor.follow("What I am told").sees("All hours are in your time zone.", "Remind me at")
    visitor = Visitor(world.plo, world.organization.slug).open("settings/notifications/")
    visitor.misses("your time zone", "your profile", "Remind me at").follow("What I am told", beside="Everybody can")
    assert visitor.url == url(world, "preferences")


def test_who_may_not_change_them_reads_what_is_usual(world: World) -> None:
    page = client_of(world.member).get(url(world, "defaults")).content.decode()
    assert "Only the Program Lead Office changes how OKRs work here." in page
    assert "data-primary" not in page
    assert 'name="check_in_due:email" aria-label="A check-in is due: E-mail" checked disabled' in page


def test_a_test_message_reaches_oneself(world: World, django_capture_on_commit_callbacks: Any) -> None:
    with within(world.organization):
        Delivery.objects.all().delete()
    answer = client_of(world.member).post(url(world, "test_message"), {"channel": "email"})
    assert answer.status_code == 302
    assert send_due(world.organization.pk) == 1
    (message,) = mail.outbox
    assert world.member.email in message.to[0]
    assert client_of(world.member).post(url(world, "test_message"), {"channel": "none"}).status_code == 404


def test_a_mail_says_where_to_stop_it(world: World) -> None:
    with within(world.organization):
        Delivery.objects.all().delete()
        world.member.user.language = "de"
        world.member.user.save()
        facts = {"title": "A <b>title</b>", "key_result": str(world.key_result.pk)}
        told = NotificationFactory.create(recipient=world.member, kind="check_in_missed", facts=facts, path="x/")
        delivery = Delivery.objects.create(notification=told, channel="email", attempts=1)
    send_due(world.organization.pk)
    (message,) = mail.outbox
    with within(world.organization):
        delivery.refresh_from_db()
    assert message.extra_headers["Message-ID"].startswith(f"<{delivery.envelope}@")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.startswith(settings.OKRAPP_URL)
    assert address in message.body
    assert f"/o/{world.organization.slug}/inbox/settings/" in message.body
    (html, _kind) = message.alternatives[0]
    assert 'lang="de"' in html
    # A mail program sends this by itself, without a cookie.
    answer = Client(enforce_csrf_checks=True).post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with within(world.organization):
        now = choices_of(world.member)
        assert [key for key, is_on in usual_choices().items() if is_on and not now[key]] == [
            ("check_in_missed", "email")
        ]


def test_opening_the_address_of_a_mail_changes_nothing(world: World) -> None:
    token = UNSUBSCRIBE.sign_object([str(world.member.pk), "check_in_due"])
    stranger = Client()
    page = stranger.get(url(world, "unsubscribe", token))
    assert page.status_code == 200
    with within(world.organization):
        assert choices_of(world.member)[DUE] is True
    stranger.post(url(world, "unsubscribe", token))
    with within(world.organization):
        assert choices_of(world.member)[DUE] is False
        assert choices_of(world.member)["check_in_missed", "email"] is True


def test_a_changed_address_of_a_mail_is_of_no_use(world: World, other_world: World) -> None:
    token = UNSUBSCRIBE.sign_object([str(other_world.member.pk), ""])
    for wrong in (token, "nonsense", UNSUBSCRIBE.sign_object([str(world.member.pk), ""])[:-1]):
        assert Client().get(url(world, "unsubscribe", wrong)).status_code == 404


@override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend")
def test_without_a_mail_server_the_page_says_so(world: World) -> None:
    client = client_of(world.member)
    assert "no mail server yet" in client.get(url(world, "preferences")).content.decode()
    client.post(url(world, "test_message"), {"channel": "email"})
    with within(world.organization):
        assert not Notification.objects.filter(kind="test").exists()
