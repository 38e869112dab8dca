"""What is stored about people is told completely, to everybody; changes of settings to those who watch over them."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from organizations.actor import Actor
from organizations.domain.membership import set_employee_representative
from organizations.domain.organization_settings import PROCESS, update_settings
from organizations.enums import Via
from organizations.models import Membership, User
from organizations.registry import registry
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

pytestmark = pytest.mark.django_db


def test_every_table_that_names_people_is_on_the_sheet() -> None:
    naming = {
        model._meta.label
        for model in apps.get_models()
        if any(
            field.concrete and field.remote_field and field.related_model in (Membership, User)
            for field in model._meta.get_fields()
            if hasattr(field, "remote_field")
        )
    }
    told = {model._meta.label for kept in registry.personal_data for model in kept.models}
    assert naming <= told


def sheet(world: World, client: Client, name: str = "data_sheet") -> str:
    answer = client.get(reverse(f"organizations:{name}", args=[world.organization.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["data_sheet", "data_sheet_print"])
def test_everybody_reads_it(world: World, name: str) -> None:
    said = sheet(world, client_of(world.member), name)
    for kept in registry.personal_data:
        assert str(kept.title) in said
    assert "Nobody is named." in said


def test_the_representative_reads_every_change_of_the_settings(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.administrator, via=Via.WEB)
        set_employee_representative(actor=actor, member=world.member, is_employee_representative=True)
        update_settings(actor=Actor(world.plo, via=Via.WEB), changes={"individual_okrs": True}, allowed=PROCESS)
    client = client_of(world.member)
    said = sheet(world, client, "data_sheet_changes")
    assert f"{world.plo.display_name} edited the settings of the organization" in said
    assert "Individual" in said
    assert "representative" in said
    # Names of people changed by the way are nobody's business here.
    assert world.objective.title not in said
    assert world.member.display_name in sheet(world, client)


def test_others_are_told_who_reads_the_changes(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.administrator, via=Via.WEB)
        set_employee_representative(actor=actor, member=world.member, is_employee_representative=True)
    answer = client_of(world.lead).get(reverse("organizations:data_sheet_changes", args=[world.organization.slug]))
    assert answer.status_code == 403
    assert f"{world.member.display_name} (Employee representative)" in answer.content.decode()


def test_its_queries(world: World) -> None:
    client = client_of(world.member)
    sheet(world, client)
    with exactly(8):
        sheet(world, client)
