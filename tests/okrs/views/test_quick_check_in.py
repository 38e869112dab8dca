"""The link in the mail of a due check-in: saves for one person what the mail named, and opens nothing else."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from okrapp.notifications.domain.outbox import send_due
from okrapp.notifications.models import Delivery, Notification
from okrapp.notifications.registry import registry
from okrs.domain.check_in import check_in, withdraw_check_in
from okrs.domain.quick_check_in import check_in_once
from okrs.enums import MetricType, Phase
from okrs.models import CheckIn, Cycle, KeyResult, Objective
from okrs.queries.reminder import facts_of
from okrs.quick_link import VALID_FOR, quick_path, quick_token
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.notifications import DeliveryFactory, NotificationFactory
from tests.factories.okrs import KeyResultFactory, MilestoneFactory
from tests.factories.worlds import World, client_of, within
from tests.organizations.pages import form_with
from tests.queries import exactly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_checked_in(world: World) -> None:
    with within(world.organization):
        CheckIn.objects.all().delete()
        KeyResult.objects.update(last_check_in_at=None, confidence="", owner=None, current=None)
        KeyResult.objects.filter(pk=world.key_result.pk).update(owner=world.member, current=10, confidence="on_track")


def another(world: World, title: str = "Another one", **changes: Any) -> KeyResult:
    return KeyResultFactory.create(objective=world.objective, owner=world.member, title=title, **changes)


def reminded(world: World, *key_results: KeyResult) -> Notification:
    with within(world.organization):
        found = key_results or (world.key_result,)
        return NotificationFactory.create(
            recipient=world.member, kind="check_in_due", facts=facts_of(found, timezone.now()), path="check-in/"
        )


def url_of(world: World, notification: Notification) -> str:
    return f"/o/{world.organization.slug}/{quick_path(notification)}"


def filled(client: Client, url: str, key_result: KeyResult, **changes: str) -> dict[str, str]:
    """What the browser sends when the form is sent with some fields of a key result changed."""
    form = form_with(client.get(url), f"{key_result.pk}-now")
    return form | {f"{key_result.pk}-{name}": value for name, value in changes.items()}


def check_ins(world: World) -> list[CheckIn]:
    with within(world.organization):
        return list(CheckIn.objects.select_related("author", "key_result").order_by("at"))


def state(world: World) -> list[int]:
    with within(world.organization):
        counted = (CheckIn.objects, AuditEntry.objects, Notification.objects.filter(read_at=None))
        return [rows.count() for rows in counted]


def test_looking_changes_nothing_and_needs_nobody_signed_in(world: World) -> None:
    url, scanner, before = url_of(world, reminded(world)), Client(), state(world)
    page = scanner.get(url)
    text = page.content.decode()
    assert page.status_code == 200
    assert scanner.head(url).status_code == 200
    assert scanner.get(url, HTTP_REFERER="https://mail.example/", HTTP_USER_AGENT="scanner").status_code == 200
    assert state(world) == before
    assert world.member.display_name in text
    assert 'value="10"' in text
    assert re.search(r'value="on_track"[^>]* checked', text)
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "sessionid" not in scanner.cookies


def test_it_shows_nothing_else_of_the_organization(world: World) -> None:
    with within(world.organization):
        another(world, "Not in this mail")
    text = Client().get(url_of(world, reminded(world))).content.decode()
    assert "Not in this mail" not in text
    assert world.objective.title not in text
    assert {world.lead.display_name, world.plo.display_name, world.team.name}.isdisjoint(re.split(r"[<>]", text))
    slug = world.organization.slug
    assert set(re.findall(rf'"(/o/{slug}/[^"]*)"', text)) - {f"/o/{slug}/check-in/"} == set(
        re.findall(rf'"(/o/{slug}/quick/[^"]*)"', text)
    )


def test_saving_is_a_check_in_of_whoever_the_mail_was_sent_to(world: World) -> None:
    notification = reminded(world)
    url, stranger = url_of(world, notification), Client(enforce_csrf_checks=True)
    assert stranger.post(url, {f"{world.key_result.pk}-now": "on"}).status_code == 403
    data = filled(stranger, url, world.key_result, value="42.5", confidence="at_risk", note="A word")
    answer = stranger.post(url, data)
    assert (answer.status_code, answer["Location"]) == (302, url)
    (entry,) = check_ins(world)
    assert (entry.value, entry.confidence, entry.note) == (Decimal("42.5"), "at_risk", "A word")
    assert (entry.author, entry.on_behalf_of_id, entry.via) == (world.member, None, Via.WEB)
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).current == Decimal("42.5")
        assert AuditEntry.objects.order_by("-at")[0].actor_id == world.member.pk
        notification.refresh_from_db()
        assert notification.read_at is not None
    page = stranger.get(url).content.decode()
    assert "42.5" in page
    assert "All done" in page
    assert '<form method="post" class="mt-5' not in page
    assert stranger.get(f"/o/{world.organization.slug}/").status_code == 302


def test_sent_twice_it_is_saved_once(world: World) -> None:
    url, stranger = url_of(world, reminded(world)), Client()
    data = filled(stranger, url, world.key_result, value="20")
    assert [stranger.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert [one.value for one in check_ins(world)] == [20]


def test_a_second_mail_asks_again_and_the_first_does_not(world: World) -> None:
    first, stranger = url_of(world, reminded(world)), Client()
    stranger.post(first, filled(stranger, first, world.key_result, value="20"))
    second = url_of(world, reminded(world))
    assert "All done" in stranger.get(first).content.decode()
    stranger.post(second, filled(stranger, second, world.key_result, value="30"))
    assert [one.value for one in check_ins(world)] == [20, 30]


def test_what_somebody_else_said_meanwhile_is_shown_and_not_turned_back(world: World) -> None:
    url, stranger = url_of(world, reminded(world)), Client()
    data = filled(stranger, url, world.key_result, value="20")
    with within(world.organization):
        entry = check_in(actor=Actor(world.lead, via=Via.WEB), key_result=world.key_result, value=Decimal(33))
    answer = stranger.post(url, data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"{world.lead.display_name} checked in meanwhile, so this was not saved" in text
    assert "Not saved</h1>" in text
    assert typed(text) == {"Where is it now?": "20"}
    assert [one.value for one in check_ins(world)] == [33]
    assert world.lead.display_name in stranger.get(url).content.decode()
    with within(world.organization):
        withdraw_check_in(actor=Actor(world.lead, via=Via.WEB), check_in=entry)
    assert "Not you?" in stranger.get(url).content.decode()


def typed(text: str) -> dict[str, str]:
    return dict(re.findall(r"<dt[^>]*>([^<]*)</dt>\s<dd[^>]*>([^<]*)</dd>", text))


def test_what_was_typed_in_a_second_window_is_shown_as_not_saved(world: World) -> None:
    with within(world.organization):
        steps = another(world, metric=MetricType.MILESTONES, start=None, target=None)
        step = MilestoneFactory.create(key_result=steps, title="Signed & sent")
        done_or_not = another(world, metric=MetricType.DONE, start=None, target=None)
        untouched = another(world)
    url, stranger = url_of(world, reminded(world, world.key_result, steps, done_or_not, untouched)), Client()
    first = filled(stranger, url, world.key_result, value="30")
    second = filled(stranger, url, world.key_result, value="many", confidence="at_risk", note="A word")
    second |= {f"{steps.pk}-milestones_done": str(step.pk), f"{done_or_not.pk}-is_done": "on"}
    assert stranger.post(url, first).status_code == 302
    answer = stranger.post(url, second)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("so this was not saved") == 3
    assert typed(text) == {
        "Where is it now?": "many",
        "How confident are you?": "At risk",
        "What changed?": "A word",
        "Which milestones are done?": "Signed &amp; sent",
        "Done": "yes",
    }
    assert len(check_ins(world)) == 4


def test_of_two_windows_what_still_waits_is_saved(world: World) -> None:
    with within(world.organization):
        other = another(world)
    url, stranger = url_of(world, reminded(world, world.key_result, other)), Client()
    data = filled(stranger, url, world.key_result, value="28")
    with within(world.organization):
        check_in(actor=Actor(world.lead, via=Via.WEB), key_result=world.key_result, value=Decimal(30))
    answer = stranger.post(url, data)
    assert answer.status_code == 422
    assert typed(answer.content.decode()) == {"Where is it now?": "28"}
    assert {(one.key_result_id, one.value) for one in check_ins(world)} == {
        (world.key_result.pk, Decimal(30)),
        (other.pk, other.start),
    }


def test_somebody_who_is_faster_by_a_moment_is_shown_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url, stranger = url_of(world, reminded(world)), Client()
    data = filled(stranger, url, world.key_result, value="28")

    def late(*, key_result: KeyResult, **said: Any) -> CheckIn | None:
        check_in(actor=Actor(world.lead, via=Via.WEB), key_result=key_result, value=Decimal(30))
        return check_in_once(key_result=key_result, **said)

    monkeypatch.setattr("okrs.domain.quick_check_in.check_in_once", late)
    answer = stranger.post(url, data)
    assert (answer.status_code, typed(answer.content.decode())) == (422, {"Where is it now?": "28"})


def test_forwarded_to_somebody_signed_in_it_is_the_addressees(world: World) -> None:
    url, client = url_of(world, reminded(world)), client_of(world.lead)
    page = client.get(url).content.decode()
    assert "You are signed in as somebody else" in page
    client.post(url, filled(client, url, world.key_result, value="20"))
    assert check_ins(world)[0].author == world.member
    assert "somebody else" not in client_of(world.member).get(url).content.decode()


def test_what_is_not_ticked_is_left_for_later(world: World) -> None:
    with within(world.organization):
        done_or_not = another(world, metric=MetricType.DONE, start=None, target=None)
        steps = another(world, metric=MetricType.MILESTONES, start=None, target=None)
        step = MilestoneFactory.create(key_result=steps)
        left = another(world)
    url, stranger = url_of(world, reminded(world, world.key_result, done_or_not, steps, left)), Client()
    data = filled(stranger, url, world.key_result)
    data |= {f"{done_or_not.pk}-is_done": "on", f"{steps.pk}-milestones_done": str(step.pk)}
    data |= {f"{left.pk}-value": "nonsense"}
    del data[f"{left.pk}-now"]
    assert stranger.post(url, data).status_code == 302
    said = {one.key_result_id: one.value for one in check_ins(world)}
    assert said == {world.key_result.pk: 10, done_or_not.pk: 1, steps.pk: 1}
    assert str(left.pk) in form_names(stranger, url)


def form_names(client: Client, url: str) -> str:
    return " ".join(re.findall(r'name="([^"]+)-now"', client.get(url).content.decode()))


def test_wrong_numbers_save_nothing_and_keep_what_was_typed(world: World) -> None:
    with within(world.organization):
        other = another(world)
    url, stranger = url_of(world, reminded(world, world.key_result, other)), Client()
    data = filled(stranger, url, world.key_result, value="many", note="Kept words") | {f"{other.pk}-value": "5"}
    answer = stranger.post(url, data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a number, such as 41.5." in text
    assert 'value="many"' in text
    assert "Kept words" in text
    assert check_ins(world) == []
    answer = stranger.post(url, {})
    assert answer.status_code == 422
    assert "tick what you want to check in on" in answer.content.decode()


def test_one_that_is_refused_keeps_no_other_from_being_saved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with within(world.organization):
        other = another(world, "Another one")
    url, stranger = url_of(world, reminded(world, world.key_result, other)), Client()
    data = filled(stranger, url, world.key_result, value="20") | {f"{other.pk}-value": "5"}

    def refusing(*, key_result: KeyResult, **said: Any) -> CheckIn | None:
        if key_result.pk == other.pk:
            raise Refused({"value": "Not this number."})
        return check_in_once(key_result=key_result, **said)

    monkeypatch.setattr("okrs.domain.quick_check_in.check_in_once", refusing)
    answer = stranger.post(url, data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Not this number." in text
    assert [one.value for one in check_ins(world)] == [20]
    assert f'name="{other.pk}-value"' in text
    assert f'name="{world.key_result.pk}-value"' not in text


def test_a_blocker_stays_in_the_way(world: World) -> None:
    with within(world.organization):
        check_in(actor=Actor(world.member, via=Via.WEB), key_result=world.key_result, blocker="The supplier is late")
    url, stranger = url_of(world, reminded(world)), Client()
    page = stranger.get(url).content.decode()
    assert "supplier" not in page
    stranger.post(url, filled(stranger, url, world.key_result, value="20"))
    assert check_ins(world)[-1].blocker == "The supplier is late"


def handed_over(world: World) -> None:
    KeyResult.objects.filter(pk=world.key_result.pk).update(owner=world.lead)


def made_private(world: World) -> None:
    Objective.objects.filter(pk=world.objective.pk).update(
        visibility="private", level="individual", team=None, owner=world.lead
    )


def closed(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(phase=Phase.CLOSED)


def paused(world: World) -> None:
    Objective.objects.filter(pk=world.objective.pk).update(status="paused")


@pytest.mark.parametrize("happens", [handed_over, made_private, closed, paused])
def test_what_no_longer_waits_for_them_is_neither_shown_nor_saved(happens: Any, world: World) -> None:
    url, stranger = url_of(world, reminded(world)), Client()
    data = filled(stranger, url, world.key_result, value="20")
    with within(world.organization):
        if happens is made_private:
            KeyResult.objects.filter(pk=world.key_result.pk).update(owner=None)
        happens(world)
    answers = [stranger.get(url), stranger.post(url, data)]
    if answers[1].status_code == 302:
        answers[1] = stranger.get(url)
    for answer in answers:
        text = answer.content.decode()
        assert world.key_result.title not in text
        assert "no longer waits for you" in text
    assert check_ins(world) == []


def test_who_left_finds_nothing(world: World) -> None:
    url = url_of(world, reminded(world))
    with within(world.organization):
        Membership.objects.filter(pk=world.member.pk).update(deactivated_at=timezone.now())
    assert Client().get(url).status_code == 404
    assert Client().post(url, {}).status_code == 404


def test_other_secrets_open_nothing(world: World, other_world: World) -> None:
    token, slug = quick_token(reminded(world)), world.organization.slug
    payload, stamp, signature = token.split(":")
    missed = quick_token(world.notification)
    for wrong in (f"{payload}:{stamp}:{signature[::-1]}", f"{payload}:zzzz:{signature}", "nonsense", missed):
        assert Client().get(f"/o/{slug}/quick/{wrong}/").status_code == 404
    assert Client().get(f"/o/{other_world.organization.slug}/quick/{token}/").status_code == 404


@pytest.mark.parametrize(("late", "status"), [(timedelta(seconds=-5), 200), (timedelta(seconds=5), 410)])
def test_it_is_good_for_some_days(late: timedelta, status: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url, now = url_of(world, reminded(world)), time.time()
    moment = now + (VALID_FOR + late).total_seconds()
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: moment))
    answer = Client().get(url)
    text = answer.content.decode()
    assert answer.status_code == status
    assert (world.key_result.title in text) == (status == 200)
    if status == 410:
        assert f"/o/{world.organization.slug}/check-in/" in text
        assert world.organization.name not in text
        assert Client().post(url, {f"{world.key_result.pk}-now": "on"}).status_code == 410
        assert check_ins(world) == []


def test_it_speaks_as_the_mail_did(world: World) -> None:
    with within(world.organization):
        world.member.user.language = "de"
        world.member.user.save()
    url, stranger = url_of(world, reminded(world)), Client()
    page = stranger.get(url, HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="de"' in page.content.decode()
    stranger.post(url, filled(stranger, url, world.key_result, value="1.234,5"))
    assert check_ins(world)[0].value == Decimal("1234.5")
    stranger.cookies["django_language"] = "sv"
    assert '<html lang="sv"' in stranger.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_it_asks_the_database_as_often_for_one_as_for_many(count: int, world: World) -> None:
    with within(world.organization):
        rows = [another(world, f"Number {number}") for number in range(count)]
    url, stranger = url_of(world, reminded(world, *rows)), Client()
    stranger.get(url)
    with exactly(8):
        stranger.get(url)


def test_the_mail_leads_to_it_and_the_inbox_does_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    always = replace(registry.kinds["check_in_due"], still_true=None)  # whichever day it is
    monkeypatch.setitem(registry.kinds, "check_in_due", always)
    notification = reminded(world)
    with within(world.organization):
        Delivery.objects.all().delete()
        DeliveryFactory.create(notification=notification)
    assert send_due(world.organization.pk) == 1
    (message,) = mail.outbox
    (link,) = set(re.findall(rf"/o/{world.organization.slug}/quick/[^\s\"<]+/", str(message.body)))
    assert link in str(message.alternatives[0][0])
    assert "Check in</a>" in str(message.alternatives[0][0])
    assert Client().get(link).status_code == 200
    opened = client_of(world.member).get(f"/o/{world.organization.slug}/inbox/{notification.pk}/")
    assert opened["Location"].endswith("/check-in/")
