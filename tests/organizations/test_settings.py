"""Settings, priorities and pauses: who may, what is checked, two people at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry, Organization, OrganizationSettings, PausePeriod, StrategicPriority
from tests.factories.organizations import PausePeriodFactory, StrategicPriorityFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, within
from tests.organizations.pages import form_with
from tests.queries import exactly


def page(name: str, world: World, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[world.organization.slug, *args])


@pytest.mark.parametrize(
    ("name", "who_may", "field"),
    [
        ("settings", "administrator", "name"),
        ("settings_direction", "plo", "vision"),
        ("settings_process", "plo", "band_green"),
    ],
)
def test_everybody_sees_and_few_change(world: World, name: str, who_may: str, field: str) -> None:
    url = page(name, world)
    assert field in form_with(client_of(getattr(world, who_may)).get(url), "opened_at")
    others = client_of(world.member)
    shown = others.get(url)
    assert shown.status_code == 200
    assert "Only" in shown.content.decode()
    refused = others.post(url, {field: "x"})
    assert refused.status_code == 403


def test_general_changes_name_and_calendar(world: World) -> None:
    client, url = client_of(world.administrator), page("settings", world)
    fields = form_with(client.get(url), "name")
    saved = client.post(url, fields | {"name": "Acme Europe", "time_zone": "Europe/Berlin", "fiscal_year_start": "4"})
    assert saved.status_code == 302, saved.context["form"].errors
    organization = Organization.objects.get(pk=world.organization.pk)
    assert (organization.name, organization.slug) == ("Acme Europe", "acme")
    with within(world.organization):
        settings = OrganizationSettings.objects.get()
        assert (settings.time_zone, settings.fiscal_year_start) == ("Europe/Berlin", 4)
        entry = AuditEntry.objects.filter(object_type="organizations.organizationsettings").latest("at")
        assert entry.before == {"time_zone": "UTC", "fiscal_year_start": 1}
    wrong = client.post(url, fields | {"name": " ", "time_zone": "Mars/Olympus"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"name", "time_zone"}


def test_process_checks_the_order_of_bands(world: World) -> None:
    client, url = client_of(world.plo), page("settings_process", world)
    fields = form_with(client.get(url), "band_green")
    wrong = client.post(url, fields | {"band_green": "0.3", "pace_behind": "0.5", "guidance_objectives": "0"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"band_yellow", "pace_far_behind", "guidance_objectives"}
    saved = client.post(
        url, fields | {"band_green": "0,8", "check_in_weekday": "0", "individual_okrs": "on", "coaching": "on"}
    )
    assert saved.status_code == 302, saved.context["form"].errors
    with within(world.organization):
        settings = OrganizationSettings.objects.get()
        assert (str(settings.band_green), settings.check_in_weekday, settings.individual_okrs) == ("0.80", 0, True)
        assert settings.coaching
    # What it turns on is offered to everybody.
    assert "Roles" in {entry.label for entry in client_of(world.member).get(url).context["navigation"].pages}


def test_two_people_in_the_same_settings_lose_nothing(world: World) -> None:
    url = page("settings_direction", world)
    with within(world.organization):
        RoleAssignmentFactory(membership=world.lead, role="leadership")
    first, second = client_of(world.plo), client_of(world.lead)
    opened = form_with(second.get(url), "vision")
    first.post(url, form_with(first.get(url), "vision") | {"vision": "From the office", "mission": "M"})
    assert second.post(url, opened | {"values": "Honesty"}).status_code == 302
    told = second.post(url, opened | {"vision": "From leadership"})
    assert told.status_code == 422
    assert "From the office" in told.content.decode()
    assert second.post(url, form_with(told, "vision")).status_code == 302
    with within(world.organization):
        settings = OrganizationSettings.objects.get()
        assert (settings.vision, settings.mission, settings.values) == ("From leadership", "M", "Honesty")


def test_priorities_in_their_order(world: World) -> None:
    client = client_of(world.plo)
    with within(world.organization):
        world.priority.delete()
    for title in ("A", "B", "C"):
        assert client.post(page("priority_create", world), {"title": title}).status_code == 302
    assert client.post(page("priority_create", world), {"title": ""}).status_code == 422

    def titles() -> list[str]:
        with within(world.organization):
            return [row.title for row in StrategicPriority.objects.current()]

    with within(world.organization):
        third = StrategicPriority.objects.get(title="C")
    client.post(page("priority_move", world, third.pk), {"to": "up"})
    assert titles() == ["A", "C", "B"]
    client.post(page("priority_move", world, third.pk), {"to": "up"})
    client.post(page("priority_move", world, third.pk), {"to": "up"})
    assert titles() == ["C", "A", "B"]
    client.post(page("priority_move", world, third.pk), {"to": "down"})
    assert titles() == ["A", "C", "B"]
    client.post(page("priority_archive", world, third.pk))
    assert titles() == ["A", "B"]
    assert "C" in client.get(page("settings_priorities", world)).content.decode()
    client.post(page("priority_unarchive", world, third.pk))
    assert titles() == ["A", "C", "B"]
    edit = page("priority_edit", world, third.pk)
    client.post(edit, form_with(client.get(edit), "title") | {"title": "Third"})
    assert titles() == ["A", "Third", "B"]
    member = client_of(world.member)
    for name in ("priority_move", "priority_archive", "priority_unarchive"):
        assert member.post(page(name, world, third.pk)).status_code == 403
    assert member.get(page("priority_create", world)).status_code == 403


def test_pauses(world: World) -> None:
    client = client_of(world.plo)
    create = page("pause_create", world)
    backwards = client.post(create, {"name": "Summer", "starts_on": "2030-07-20", "ends_on": "2030-07-01"})
    assert backwards.status_code == 422
    assert "before it begins" in backwards.content.decode()
    client.post(create, {"name": "Summer", "starts_on": "2030-07-01", "ends_on": "2030-07-20"})
    with within(world.organization):
        pause = PausePeriod.objects.get(name="Summer")
        assert pause.ends_on == date(2030, 7, 20)
    edit = page("pause_edit", world, pause.pk)
    client.post(edit, form_with(client.get(edit), "name") | {"ends_on": "2030-07-31"})
    client.post(page("pause_delete", world, pause.pk))
    listed = client.get(page("settings_pauses", world))
    undo = f"{page('pause_restore', world)}?name=Summer&starts_on=2030-07-01&ends_on=2030-07-31"
    assert undo.replace("&", "&amp;") in listed.content.decode()
    client.post(undo)
    with within(world.organization):
        assert PausePeriod.objects.get(name="Summer").ends_on == date(2030, 7, 31)
    assert client_of(world.member).post(create, {}).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
@pytest.mark.parametrize(
    "name", ["settings", "settings_direction", "settings_process", "settings_priorities", "settings_pauses"]
)
def test_queries(world: World, name: str, number: int) -> None:
    with within(world.organization):
        for index in range(number):
            StrategicPriorityFactory()
            PausePeriodFactory(starts_on=timezone.localdate() + timedelta(days=index))
    client = client_of(world.plo)
    client.get(page(name, world))
    with exactly(8):
        assert client.get(page(name, world)).status_code == 200
