"""The employee representative: who names them, who can be one."""

import pytest

from organizations.actor import Actor
from organizations.domain import membership as domain
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from tests.factories.worlds import World, client_of, within


def test_only_somebody_who_signs_in_can_be_one(world: World) -> None:
    actor = Actor(world.administrator, via=Via.WEB)
    with within(world.organization):
        with pytest.raises(Refused, match="signs in"):
            domain.set_employee_representative(actor=actor, member=world.placeholder, is_employee_representative=True)
        domain.set_employee_representative(actor=actor, member=world.member, is_employee_representative=True)
        entry = AuditEntry.objects.filter(object_id=str(world.member.pk)).latest("at")
        assert (entry.before, entry.after) == (
            {"is_employee_representative": False},
            {"is_employee_representative": True},
        )


def test_administrators_name_one_on_the_page_and_in_the_api(world: World) -> None:
    slug, person = world.organization.slug, world.member
    client = client_of(world.administrator)
    page = f"/o/{slug}/people/{person.pk}/"
    assert b"Name employee representative" in client.get(page).content
    assert client.post(f"{page}representative/", {"on": "1"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "No longer employee representative" in shown
    assert "Employee representative" in shown
    # What the toast undoes.
    assert client.post(f"{page}representative/?on=0").status_code == 302
    api = f"/api/v1/o/{slug}/members/{person.pk}/"
    body = {"is_employee_representative": True}
    assert client_of(world.member).patch(api, body, content_type="application/json").status_code == 403
    assert client.patch(api, body, content_type="application/json").json()["is_employee_representative"] is True
    with within(world.organization):
        assert Membership.objects.get(pk=person.pk).is_employee_representative
