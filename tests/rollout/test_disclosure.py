"""What a plan holds about somebody: they may ask, are told nothing by asking, and read what is disclosed to them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.models import Delivery, Endpoint, Event, Notification
from okrapp.notifications.registry import registry as notifications
from organizations.domain.clean_up import clean_up
from organizations.enums import Role
from organizations.errors import Refused
from organizations.models import AuditEntry
from organizations.queries.audit import visible_entries
from rollout.domain import disclosure as domain
from rollout.domain import stakeholder as stakeholders
from rollout.domain.plan import archive_plan
from rollout.domain.plan_state import complete_plan, stop_plan
from rollout.domain.stakeholder_data import KEPT, delete_stakeholder_data, throw_away
from rollout.domain.telling_of_people import (
    CONTACT_OVERDUE,
    DISCLOSURE_ANSWERED,
    DISCLOSURE_ASKED,
    tell_of_overdue_contacts,
)
from rollout.enums import PlanState
from rollout.models import (
    DisclosureRequest,
    RolloutPlan,
    Stakeholder,
    StakeholderAttitude,
    StakeholderConcern,
)
from rollout.notices.people import KINDS
from tests.factories.notifications import EndpointFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.rollout import DisclosureRequestFactory, PlanOfficerFactory, RolloutPlanFactory, StakeholderFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly
from tests.told import acting, still_true, told


def address(name: str, *keys: object) -> str:
    return reverse(f"rollout:{name}", args=["acme", *keys])


@pytest.fixture
def fresh(world: World) -> World:
    """Nobody has asked yet."""
    with within(world.organization):
        DisclosureRequest.objects.all().delete()
    return world


def test_asking_tells_nothing(fresh: World) -> None:
    """The page and the answer of somebody with an entry are those of somebody without, to the letter."""
    world, pages = fresh, []
    with within(world.organization):
        other = make_member("Max Acme", "another@acme")
    for member in (world.member, other):
        client = client_of(member)
        pages.append(_plain(client.get(address("about_me")).content.decode()))
        answer = client.post(address("ask_about_me"))
        assert answer.status_code == 302
        pages.append(_plain(client.get(address("about_me")).content.decode()))
    assert pages[0] == pages[2]
    assert pages[1] == pages[3]
    assert "You asked on" in pages[1]
    assert world.plan.name not in "".join(pages)


def _plain(page: str) -> str:
    """Return what the page says in its middle."""
    middle = page[page.index("page-body") : page.index("</main>")]
    return middle.split("csrfmiddlewaretoken")[0] + middle.split("csrfmiddlewaretoken")[1].split(">", 1)[1]


def test_every_office_is_asked_whether_it_holds_anything_or_not(fresh: World) -> None:
    world = fresh
    with within(world.organization):
        officer = make_member("Olga Officer", "olga@acme")
        draft = RolloutPlanFactory.create(name="Secret draft", state=PlanState.DRAFT)
        PlanOfficerFactory.create(plan=draft, membership=officer)
        domain.ask_about_oneself(actor=acting(world.member))
        domain.ask_about_oneself(actor=acting(world.member))
        assert DisclosureRequest.objects.filter(membership=world.member).count() == 2
        assert told(DISCLOSURE_ASKED) == still_true(DISCLOSURE_ASKED) == {world.plo.pk, officer.pk}
        for one in Notification.objects.filter(kind=DISCLOSURE_ASKED):
            sentence = notifications.kinds[DISCLOSURE_ASKED].sentence(one.facts)
            assert sentence == f"Max Acme asks what “{one.facts['plan']}” holds about them"
        # Whoever reads it anyway asks nobody: the sponsor of the plan, and the office of the organization.
        DisclosureRequest.objects.all().delete()
        domain.ask_about_oneself(actor=acting(world.lead))
        domain.ask_about_oneself(actor=acting(world.plo))
        assert [(one.membership, one.plan) for one in DisclosureRequest.objects.all()] == [(world.lead, draft)]
    assert "Secret draft" not in client_of(world.lead).get(address("about_me")).content.decode()


def test_the_office_sees_who_asks_and_nobody_else(world: World) -> None:
    said = client_of(world.plo).get(address("stakeholders", world.plan.pk)).content.decode()
    assert "Who asks what stands here about them" in said
    assert address("stakeholder_disclose", world.stakeholder.pk) in said
    with within(world.organization):
        for member, expected in ((world.plo, 1), (world.member, 1), (world.lead, 0), (world.administrator, 0)):
            assert DisclosureRequest.objects.visible_to(acting(member)).count() == expected
        domain.answer_nothing(
            actor=acting(world.plo), asked=DisclosureRequestFactory.create(plan=world.plan, membership=world.lead)
        )
        trail = visible_entries(acting(world.administrator)).filter(object_type="rollout.disclosurerequest")
        assert not trail.exists()


def test_disclosed_it_is_read_by_the_person_and_by_no_other(world: World) -> None:
    client, office = client_of(world.member), client_of(world.plo)
    before = client.get(address("about_me")).content.decode()
    assert "Attitude noted in Acme" not in before
    assert office.post(address("stakeholder_disclose", world.stakeholder.pk)).status_code == 302
    said = client.get(address("about_me")).content.decode()
    for part in ("Attitude noted in Acme", "Concern of Acme", world.plan.name, "Sceptic", "Petra Acme"):
        assert part in said
    for link in ("edit", "remove", "disclose", "attitudes", "concerns"):
        assert f"/rollout/stakeholders/{world.stakeholder.pk}/{link}/" not in said
    # They read it there alone, and change nothing.
    assert client.get(address("stakeholder", world.stakeholder.pk)).status_code == 403
    assert client.get(address("stakeholders", world.plan.pk)).status_code == 403
    for other in (world.administrator, world.lead):
        assert "Attitude noted in Acme" not in client_of(other).get(address("about_me")).content.decode()
    with within(world.organization):
        assert told(DISCLOSURE_ANSWERED) == still_true(DISCLOSURE_ANSWERED) == {world.member.pk}
        facts = Notification.objects.get(kind=DISCLOSURE_ANSWERED).facts
        assert facts == {"found": True}
        request = DisclosureRequest.objects.get(pk=world.disclosure.pk)
        assert request.found is True
        with pytest.raises(Refused, match="Take the disclosure back before"):
            stakeholders.edit_stakeholder(
                actor=acting(world.plo), stakeholder=world.stakeholder, changes={"membership": world.administrator}
            )
    office.post(address("stakeholder_conceal", world.stakeholder.pk))
    assert "Attitude noted in Acme" not in client.get(address("about_me")).content.decode()
    with within(world.organization):
        assert told(DISCLOSURE_ANSWERED) == set()


def test_removed_it_is_read_no_more(world: World) -> None:
    with within(world.organization):
        domain.disclose_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder)
        stakeholders.remove_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder)
    assert "Attitude noted in Acme" not in client_of(world.member).get(address("about_me")).content.decode()


def test_nothing_is_answered_only_where_there_is_nothing(world: World) -> None:
    with within(world.organization):
        with pytest.raises(Refused, match="Disclose the entry"):
            domain.answer_nothing(actor=acting(world.plo), asked=world.disclosure)
        group = StakeholderFactory.create(plan=world.plan, membership=None, group="Leads")
        with pytest.raises(Refused, match="A group cannot ask"):
            domain.disclose_stakeholder(actor=acting(world.plo), stakeholder=group)
        other = DisclosureRequestFactory.create(plan=world.plan, membership=world.administrator)
    assert client_of(world.plo).post(address("disclosure_nothing", other.pk)).status_code == 302
    said = client_of(world.administrator).get(address("about_me")).content.decode()
    assert "a plan holds nothing about you" in said
    assert world.plan.name not in said
    with within(world.organization):
        assert told(DISCLOSURE_ANSWERED) == still_true(DISCLOSURE_ANSWERED) == {world.administrator.pk}
        with pytest.raises(Refused, match="answered already"):
            domain.answer_nothing(actor=acting(world.plo), asked=other)


def _everything() -> list[int]:
    models = (Stakeholder, StakeholderAttitude, StakeholderConcern, DisclosureRequest)
    return [model.objects.count() for model in models]


def test_the_office_deletes_it_once_the_plan_is_over(world: World) -> None:
    client, page = client_of(world.plo), address("stakeholders", world.plan.pk)
    assert "Delete stakeholder data" not in client.get(page).content.decode()
    with within(world.organization):
        with pytest.raises(Refused, match="This plan goes on"):
            delete_stakeholder_data(actor=acting(world.plo), plan=world.plan)
        tell_of_overdue_contacts(acting(world.plo), timezone.localdate())
        domain.ask_about_oneself(actor=acting(world.administrator))
        elsewhere = StakeholderFactory.create()
        stakeholders.remove_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder)
        complete_plan(actor=acting(world.plo), plan=world.plan)
        archive_plan(actor=acting(world.plo), plan=world.plan)
    assert "Delete stakeholder data" in client.get(page).content.decode()
    assert "Delete stakeholder data" not in client_of(world.lead).get(page).content.decode()
    delete = address("stakeholders_delete", world.plan.pk)
    for other in (world.lead, world.administrator, world.member):
        assert client_of(other).post(delete).status_code == 403
    assert client.post(delete).status_code == 302
    with within(world.organization):
        assert _everything() == [1, 0, 0, DisclosureRequest.objects.filter(plan=elsewhere.plan).count()]
        assert not told(DISCLOSURE_ASKED)
        entry = AuditEntry.objects.get(verb="deleted_stakeholders")
        assert (entry.object_type, entry.before, entry.after) == ("rollout.rolloutplan", None, None)
        # What is left in the trail is read by nobody, whatever they may.
        trail = visible_entries(acting(world.plo)).filter(object_id=str(world.stakeholder.pk))
        assert not trail.exists()


@pytest.mark.parametrize("ending", ["completed", "stopped", "runs", "draft"])
def test_it_goes_by_itself_ninety_days_after_the_end(
    ending: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = timezone.now()
    with within(world.organization):
        if ending == "completed":
            complete_plan(actor=acting(world.plo), plan=world.plan)
        elif ending == "stopped":
            stop_plan(actor=acting(world.plo), plan=world.plan, reason="No money")
        elif ending == "draft":
            RolloutPlan.objects.filter(pk=world.plan.pk).update(state=PlanState.DRAFT)
        kept = _everything()
        assert min(kept) == 1
        for passed, is_there in ((KEPT - timedelta(hours=1), True), (KEPT + timedelta(hours=1), False)):
            monkeypatch.setattr(timezone, "now", lambda passed=passed: ended + passed)
            clean_up()
            is_over = ending in ("completed", "stopped")
            assert _everything() == ([0, 0, 0, 0] if is_over and not is_there else kept)
        clean_up()
        assert AuditEntry.objects.filter(verb="deleted_stakeholders", actor=None).count() == int(is_over)


def test_what_was_removed_is_gone_a_day_later(world: World) -> None:
    with within(world.organization):
        stakeholders.remove_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder)
        throw_away()
        assert Stakeholder.objects.exists()
        Stakeholder.objects.update(removed_at=timezone.now() - timedelta(minutes=11))
        with pytest.raises(Refused, match="too late"):
            stakeholders.restore_stakeholder(actor=acting(world.plo), stakeholder=world.stakeholder)
        Stakeholder.objects.update(removed_at=timezone.now() - timedelta(hours=25))
        throw_away()
        assert not Stakeholder.objects.exists()
        assert not StakeholderConcern.objects.exists()


def test_owners_are_reminded_once_and_only_those_who_read_it(world: World) -> None:
    with within(world.organization):
        today = timezone.localdate()
        officer = make_member("Olga Officer", "olga@acme")
        PlanOfficerFactory.create(plan=world.plan, membership=officer)
        Stakeholder.objects.filter(pk=world.stakeholder.pk).update(next_contact_on=today - timedelta(days=1))
        for owner, days in ((officer, 3), (world.lead, 0), (world.administrator, 2), (officer, 40)):
            StakeholderFactory.create(plan=world.plan, owner=owner, next_contact_on=today - timedelta(days=days))
        over = RolloutPlanFactory.create(state=PlanState.COMPLETED)
        StakeholderFactory.create(plan=over, owner=world.plo, next_contact_on=today - timedelta(days=1))
        for _time in range(2):
            tell_of_overdue_contacts(acting(world.plo), today)
        assert sorted(Notification.objects.filter(kind=CONTACT_OVERDUE).values_list("recipient", flat=True)) == sorted(
            [world.plo.pk, officer.pk]
        )
        assert still_true(CONTACT_OVERDUE) == {world.plo.pk, officer.pk}
        for one in Notification.objects.filter(kind=CONTACT_OVERDUE):
            told_of = f"{one.facts} {notifications.kinds[CONTACT_OVERDUE].sentence(one.facts)}"
            assert world.member.display_name not in told_of
        # Once they have talked, and planned to talk again, it is not sent any more.
        Stakeholder.objects.filter(pk=world.stakeholder.pk).update(next_contact_on=today + timedelta(days=9))
        assert still_true(CONTACT_OVERDUE) == {officer.pk}
        tell_of_overdue_contacts(acting(world.plo), today + timedelta(days=10))
        assert Notification.objects.filter(kind=CONTACT_OVERDUE, recipient=world.plo).count() == 2


@pytest.mark.parametrize("many", [1, 50])
def test_reminding_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        day = timezone.localdate() - timedelta(days=1)
        for _number in range(many):
            StakeholderFactory.create(plan=world.plan, owner=world.plo, next_contact_on=day)
        with exactly(9):
            tell_of_overdue_contacts(acting(world.plo), timezone.localdate())
        assert Notification.objects.filter(kind=CONTACT_OVERDUE).count() == many


def test_programs_are_told_nothing(world: World) -> None:
    """Of all topics that somebody can listen to."""
    with within(world.organization):
        EndpointFactory.create(topics=[*notifications.topics])
        assert not [one for one in notifications.topics.values() if "stakeholder" in one.object_type]
        before = Event.objects.count(), Delivery.objects.filter(event__isnull=False).count()
        actor = acting(world.plo)
        row = stakeholders.add_stakeholder(actor=actor, plan=world.plan, group="Night shift", attitude="sceptic")
        stakeholders.edit_stakeholder(actor=actor, stakeholder=row, changes={"influence": 3})
        domain.disclose_stakeholder(actor=actor, stakeholder=world.stakeholder)
        assert (Event.objects.count(), Delivery.objects.filter(event__isnull=False).count()) == before
        assert Endpoint.objects.exists()


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_about_me_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        for _number in range(many):
            StakeholderFactory.create(membership=world.member, disclosed_at=timezone.now())
    client = client_of(world.member)
    client.get(address("about_me"))
    with exactly(12):
        answer = client.get(address("about_me"))
    assert len(answer.context["entries"]) == many


def test_an_unanswered_request_waits_with_a_new_office_too(world: World) -> None:
    """Whoever comes into the office later sees who has asked."""
    with within(world.organization):
        later = make_member("Lotta Later", "lotta@acme")
        RoleAssignmentFactory.create(membership=later, role=Role.PLO)
        assert DisclosureRequest.objects.visible_to(acting(later)).count() == 1


def test_every_kind_has_its_words() -> None:
    facts = {"who": "Max", "plan": "Rollout", "day": "2026-11-27", "found": False}
    assert all(kind.sentence(facts) for kind in KINDS)
