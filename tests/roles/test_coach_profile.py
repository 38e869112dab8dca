"""What coaches say about themselves, and the list of them."""

from decimal import Decimal

import pytest

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from roles import profile_permissions
from roles.domain.coach_profile import write_coach_profile
from roles.models import CoachProfile
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import CertificateFactory, CoachProfileFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.meanwhile import Other
from tests.organizations.pages import form_with
from tests.queries import exactly


def list_of(world: World) -> str:
    return f"/o/{world.organization.slug}/coaching/coaches/"


def test_a_profile_is_made_once_and_then_changed(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.member, via=Via.WEB)
        changes = {"languages": ["sv", "de", "sv"], "experience": " Two years. ", "teams_wanted": 2}
        made = write_coach_profile(actor=actor, membership=world.member, changes=changes)
        assert (made.languages, made.experience, made.takes_teams) == (["de", "sv"], "Two years.", True)
        write_coach_profile(actor=actor, membership=world.member, changes={"takes_teams": False})
        write_coach_profile(actor=actor, membership=world.member, changes={"takes_teams": False})
        entries = AuditEntry.objects.filter(object_type="roles.coachprofile", object_id=str(made.pk)).order_by("at")
        assert [(entry.verb, entry.object_label) for entry in entries] == [
            ("created", world.member.display_name),
            ("edited", world.member.display_name),
        ]


@pytest.mark.parametrize(
    ("name", "value"), [("languages", ["tlh"]), ("teams_wanted", 201), ("hours_a_week", Decimal(61))]
)
def test_nonsense_is_refused_at_its_field(name: str, value: object, world: World) -> None:
    with within(world.organization), pytest.raises(Refused) as refused:
        write_coach_profile(actor=Actor(world.lead, via=Via.WEB), membership=world.lead, changes={name: value})
    assert list(refused.value.message_dict) == [name]


def test_who_writes_it(world: World) -> None:
    with within(world.organization):
        other = TeamFactory.create(name="Elsewhere")
        scoped = make_member("Stella Scoped", "stella@acme")
        RoleAssignmentFactory.create(membership=scoped, role=Role.PLO, team=other)
        coach = make_member("Cora Coach", "cora@acme")
        assert not profile_permissions.edit_coach_profile(Actor(coach, via=Via.WEB), coach)
        coaching = RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
        assert profile_permissions.edit_coach_profile(Actor(coach, via=Via.WEB), coach)
        assert profile_permissions.edit_coach_profile(Actor(world.plo, via=Via.WEB), coach)
        assert not profile_permissions.edit_coach_profile(Actor(scoped, via=Via.WEB), coach)
        coaching.team = other
        coaching.save()
        assert profile_permissions.edit_coach_profile(Actor(scoped, via=Via.WEB), coach)
        assert not profile_permissions.edit_coach_profile(Actor(world.administrator, via=Via.WEB), coach)


def test_writing_it_on_the_page(world: World) -> None:
    client, url = client_of(world.lead), f"{list_of(world)}{world.lead.pk}/"
    data = form_with(client.get(f"{url}edit/"), "about")
    assert data["about"] == f"Coach of {world.organization.name}"
    wrong = client.post(f"{url}edit/", {**data, "hours_a_week": "61"})
    assert wrong.status_code == 422
    sent = {**data, "hours_a_week": "6.5", "languages": ["de", "en", "de"], "takes_teams": ""}
    assert client.post(f"{url}edit/", sent)["Location"] == url
    with within(world.organization):
        profile = CoachProfile.objects.get(membership=world.lead)
        assert (profile.languages, profile.hours_a_week, profile.takes_teams) == (["en", "de"], Decimal("6.5"), False)
    page = client_of(world.member).get(url).content.decode()
    assert "English and German" in page
    assert "No new teams" in page
    assert f"{url}edit/" not in page


def test_whoever_is_only_asked_is_shown_to_nobody_else(world: World) -> None:
    """Max was proposed and has not agreed; his certificates are for him and the Program Lead Office."""
    url = f"{list_of(world)}{world.member.pk}/"
    assert client_of(world.lead).get(url).status_code == 404
    for asked in (world.member, world.plo):
        answer = client_of(asked).get(url)
        assert answer.status_code == 200
        assert world.certificate.title in answer.content.decode()
    assert world.member.display_name not in client_of(world.lead).get(list_of(world)).content.decode()


def test_certificates_come_with_a_profile(world: World) -> None:
    """Whoever coaches and has written none shows everybody no certificates."""
    with within(world.organization):
        coach = MembershipFactory.create(display_name="Cilla")
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, team=world.team)
        CertificateFactory.create(membership=coach, title="Secretly trained")
    client, own = client_of(world.lead), f"{list_of(world)}{coach.pk}/"
    assert all("Secretly trained" not in client.get(url).content.decode() for url in (list_of(world), own))
    assert "Secretly trained" in client_of(world.plo).get(own).content.decode()
    with within(world.organization):
        CoachProfileFactory.create(membership=coach)
    assert all("Secretly trained" in client.get(url).content.decode() for url in (list_of(world), own))


def test_the_list_is_filtered(world: World) -> None:
    with within(world.organization):
        for name, languages, is_open in (("Anke", ["de"], True), ("Beate", ["de", "sv"], False)):
            member = MembershipFactory.create(display_name=name)
            CoachProfileFactory.create(membership=member, languages=languages, takes_teams=is_open)
        silent = MembershipFactory.create(display_name="Cilla")
        RoleAssignmentFactory.create(membership=silent, role=Role.COACH, team=world.team)
    client = client_of(world.member)

    def names(query: str) -> list[str]:
        answer = client.get(list_of(world) + query)
        return [coach.member.display_name for coach in answer.context["page"].coaches]

    lead = world.lead.display_name
    assert names("") == ["Anke", "Beate", "Cilla", lead]
    assert names("?language=de") == ["Anke", "Beate"]
    assert names("?language=de&open=1") == ["Anke"]
    assert names("?open=1") == ["Anke", lead]
    assert names("?language=nonsense") == ["Anke", "Beate", "Cilla", lead]


@pytest.mark.parametrize("many", [1, 60])
def test_the_list_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        # Always as many people: in a larger organization drafts are agreed on, which is asked on each page.
        members = [MembershipFactory.create(display_name=f"A {number:03}") for number in range(60)]
        for member in members[:many]:
            CoachProfileFactory.create(membership=member)
            CertificateFactory.create(membership=member)
            RoleAssignmentFactory.create(membership=member, role=Role.COACH, team=world.team)
    client = client_of(world.member)
    client.get(list_of(world))
    with exactly(19):
        answer = client.get(list_of(world))
    assert len(answer.context["page"].coaches) == min(many + 1, 50)
    assert answer.context["page"].has_next == (many > 49)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_first_profile_at_once_make_one() -> None:
    world = make_organization("acme")
    with within(world.organization):
        office, coach = Actor(world.plo, via=Via.WEB), Actor(world.member, via=Via.WEB)
        write_coach_profile(actor=office, membership=world.member, changes={"teams_wanted": 2})
        changes = {"about": "I ask."}
        other = Other(
            world.organization, lambda: write_coach_profile(actor=coach, membership=world.member, changes=changes)
        )
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        profile = CoachProfile.objects.get(membership=world.member)
        assert (profile.teams_wanted, profile.about) == (2, "I ask.")
