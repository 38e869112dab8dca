"""Role profiles in the organization's own words, and what is expected of those who hold a role."""

import pytest
from django.utils import translation

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from roles.domain import profile as domain
from roles.domain import qualification as qualifications
from roles.models import RoleProfile
from roles.naming import role_label
from roles.queries.profile import profile_of, profiles
from tests.factories.roles import QualificationFactory
from tests.factories.worlds import World, client_of, within
from tests.organizations.pages import form_with
from tests.queries import exactly


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


def test_texts_are_ours_until_they_are_changed(world: World, actor: Actor) -> None:
    with within(world.organization):
        ours = profile_of(Role.COACH)
        assert (ours.is_own, ours.seats, len(ours.tasks)) == (False, None, 5)
        same = {"mission": ours.mission, "tasks": "\r\n".join(ours.tasks)}
        domain.update_profile(actor=actor, role=Role.COACH, changes=same)
        assert not profile_of(Role.COACH).is_own
        changes = {"name": " Champion ", "tasks": "Ask\n\nListen", "seats": 4}
        domain.update_profile(actor=actor, role=Role.COACH, changes=changes)
        own = profile_of(Role.COACH)
        assert (own.label, own.tasks, own.seats, own.is_own) == ("Champion", ["Ask", "Listen"], 4, True)
        assert own.mission == ours.mission


def test_back_to_our_text_and_back_again(world: World, actor: Actor) -> None:
    with within(world.organization):
        with pytest.raises(Refused, match="nothing to take back"):
            domain.restore_profile(actor=actor, role=Role.COACH)
        domain.update_profile(actor=actor, role=Role.COACH, changes={"mission": "Ours.", "name": "Champion"})
        domain.reset_profile(actor=actor, role=Role.COACH)
        assert (profile_of(Role.COACH).is_own, profile_of(Role.COACH).label) == (False, "Champion")
        assert domain.restore_profile(actor=actor, role=Role.COACH).mission == "Ours."
        with pytest.raises(Refused, match="nothing to take back"):
            domain.restore_profile(actor=actor, role=Role.COACH)


def test_no_two_roles_have_one_name(world: World, actor: Actor) -> None:
    with within(world.organization):
        domain.update_profile(actor=actor, role=Role.PLO, changes={"name": "OKR Office"})
        for name in ("okr office", "Sponsor"):
            with pytest.raises(Refused, match="Another role"):
                domain.update_profile(actor=actor, role=Role.COACH, changes={"name": name})
        domain.update_profile(actor=actor, role=Role.PLO, changes={"name": "Program Lead Office"})
        with translation.override("sv"):
            assert role_label(Role.PLO) != "OKR Office"


def test_what_is_expected_can_be_put_away(world: World, actor: Actor) -> None:
    with within(world.organization):
        with pytest.raises(Refused, match="called"):
            qualifications.create_qualification(actor=actor, role=Role.COACH, title=" ")
        made = qualifications.create_qualification(actor=actor, role=Role.COACH, title="Basics", valid_months=24)
        assert made.position == world.qualification.position + 1
        qualifications.archive_qualification(actor=actor, qualification=made)
        shown = profile_of(Role.COACH)
        assert [one.title for one in shown.archived] == ["Basics"]
        qualifications.archive_qualification(actor=actor, qualification=made, archived=False)
        assert len(profile_of(Role.COACH).qualifications) == len(shown.qualifications) + 1


def test_the_pages(world: World) -> None:
    client, base = client_of(world.plo), f"/o/{world.organization.slug}/roles"
    edit = client.get(f"{base}/profiles/coach/")
    data = form_with(edit, "mission")
    assert data["mission"].startswith("Helps teams")
    assert client.post(f"{base}/profiles/coach/", {**data, "name": "Champion"}).status_code == 302
    with within(world.organization):
        row = RoleProfile.objects.get(role=Role.COACH)
        assert (row.name, row.mission) == ("Champion", "")
    assert client.post(f"{base}/profiles/coach/", {**data, "name": "Sponsor"}).status_code == 422
    added = client.post(f"{base}/profiles/coach/qualifications/", {"title": "Basics", "valid_months": "12"})
    assert added.status_code == 302
    page = client.get(f"{base}/profiles/").content.decode()
    assert "Champion" in page
    assert "valid 12 months" in page
    assert client.post(f"{base}/profiles/coach/qualifications/", {"title": "B", "valid_months": "0"}).status_code == 422


@pytest.mark.parametrize("many", [1, 30])
def test_reading_them_takes_three_queries(many: int, world: World) -> None:
    with within(world.organization):
        for _number in range(many):
            QualificationFactory.create(role=Role.PLO)
        with exactly(3):
            assert len(profiles()[0].qualifications) == many
