"""Exceptions from the conflict of interest, conflicts that come up later, and what a team's page says of both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import Membership, Team
from organizations.queries.team import line_to
from roles.enums import AssignmentState
from roles.models import ConflictException, RoleAssignment
from roles.queries.conflict import flagged_conflicts
from roles.queries.team_coaches import team_coaching
from tests.factories.organizations import MembershipFactory, TeamFactory
from tests.factories.roles import ConflictExceptionFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

TODAY = timezone.localdate


def coach(member: Membership, team: Team | None = None, **fields: object) -> RoleAssignment:
    return RoleAssignmentFactory.create(membership=member, role=Role.COACH, team=team, **fields)


def plo_of(world: World) -> Actor:
    return Actor(world.plo, via=Via.WEB)


def flagged(actor: Actor) -> list[tuple[str, str]]:
    return [(one.assignment.membership.display_name, one.reason) for one in flagged_conflicts(actor, TODAY())]


def test_what_changes_later_is_flagged(world: World) -> None:
    """Cora coaches Sales; then she comes to lead it, to lead the team above, to be the manager of its lead."""
    with within(world.organization):
        cora = make_member("Cora Coach", "cora@acme")
        coach(cora, world.team)
        assert flagged(plo_of(world)) == []
        for change, restore, reason in (
            ((world.team, "lead", cora), world.lead, "leads Sales"),
            ((world.root_team, "lead", cora), world.administrator, "which Sales"),
            ((world.lead, "manager", cora), world.administrator, "reports to Cora"),
        ):
            thing, name, value = change
            setattr(thing, name, value)
            thing.save()
            ((who, sentence),) = flagged(plo_of(world))
            assert who == "Cora Coach"
            assert reason in sentence
            setattr(thing, name, restore)
            thing.save()
        assert flagged(plo_of(world)) == []


def test_a_person_one_has_come_to_lead_is_flagged(world: World) -> None:
    with within(world.organization):
        world.member.manager = world.plo
        world.member.save()
        ((who, sentence),) = flagged(plo_of(world))
        assert (who, "reports to" in sentence) == (world.plo.display_name, True)


def test_who_is_not_flagged(world: World) -> None:
    """Excepted, proposed, ended, of the whole organization (the own line is carved out), of an archived team."""
    with within(world.organization):
        coach(world.administrator, world.team)  # the world has an exception for it
        assert flagged(plo_of(world)) == []
        coach(world.lead, world.team, state=AssignmentState.PROPOSED)
        coach(world.lead, world.team, ends_on=TODAY() - timedelta(days=1))
        coach(world.lead, None)
        gone = TeamFactory.create(lead=world.lead, archived_at=timezone.now())
        coach(world.lead, gone)
        assert flagged(plo_of(world)) == []
        ConflictException.objects.update(withdrawn_at=timezone.now())
        assert [who for who, _reason in flagged(plo_of(world))] == [world.administrator.display_name]


def test_a_unit_s_office_sees_its_own(world: World) -> None:
    with within(world.organization):
        elsewhere = TeamFactory.create(name="Elsewhere", lead=world.member)
        coach(world.member, elsewhere)
        coach(world.lead, world.team)
        scoped = make_member("Stella Scoped", "stella@acme")
        RoleAssignmentFactory.create(membership=scoped, role=Role.PLO, team=elsewhere)
        assert [who for who, _reason in flagged(Actor(scoped, via=Via.WEB))] == [world.member.display_name]
        assert len(flagged(plo_of(world))) == 2
        administrator = flagged_conflicts(Actor(world.administrator, via=Via.WEB), TODAY())
        assert [(one.may_end, one.may_except) for one in administrator] == [(False, False)] * 2


@pytest.mark.parametrize("many", [1, 150])
def test_flagging_takes_as_many_queries_for_many(many: int, world: World) -> None:
    with within(world.organization):
        teams = [TeamFactory.create(parent=world.root_team, lead=world.lead) for _number in range(many)]
        RoleAssignment.objects.bulk_create(
            RoleAssignment(membership=world.lead, role=Role.COACH, team=team, starts_on=TODAY()) for team in teams
        )
        actor = plo_of(world)
        assert actor.roles
        # One for the person whom the world's coach coaches.
        with exactly(5):
            assert len(flagged_conflicts(actor, TODAY())) == many


def test_granting_withdrawing_and_restoring(world: World) -> None:
    client, base = client_of(world.plo), f"/o/{world.organization.slug}/roles"
    with within(world.organization):
        assignment = coach(world.lead, world.team)
    page = client.get(f"{base}/conflicts/").content.decode()
    link = f"{base}/exceptions/new/?coach={world.lead.pk}&amp;team={world.team.pk}"
    assert link in page
    assert f"{base}/assignments/{assignment.pk}/end/" in page
    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form["membership"].value() == f"{world.lead.display_name} <{world.lead.email}>"
    data = {"membership": world.lead.email, "team": str(world.team.pk), "reason": " ", "ends_on": "2999-01-01"}
    assert "reason" in client.post(f"{base}/exceptions/new/", data).context["form"].errors
    data["reason"] = "Nobody else is trained."
    wrong = client.post(f"{base}/exceptions/new/", data)
    assert (wrong.status_code, "ends_on" in wrong.context["form"].errors) == (422, True)
    data["ends_on"] = (TODAY() + timedelta(days=30)).isoformat()
    assert client.post(f"{base}/exceptions/new/", data)["Location"] == f"{base}/conflicts/"
    with within(world.organization):
        granted = ConflictException.objects.get(membership=world.lead)
        assert flagged(plo_of(world)) == []
    client.post(f"{base}/exceptions/{granted.pk}/withdraw/")
    after = client.get(f"{base}/conflicts/").content.decode()
    assert f"{base}/exceptions/{granted.pk}/restore/" in after
    assert f"conflict-{assignment.pk}" in after
    client.post(f"{base}/exceptions/{granted.pk}/restore/")
    assert f"conflict-{assignment.pk}" not in client.get(f"{base}/conflicts/").content.decode()


def test_nobody_grants_it_to_themselves(world: World) -> None:
    with within(world.organization):
        world.team.lead = world.plo
        world.team.save()
    data = {
        "membership": world.plo.email,
        "team": str(world.team.pk),
        "reason": "I can.",
        "ends_on": (TODAY() + timedelta(days=30)).isoformat(),
    }
    answer = client_of(world.plo).post(f"/o/{world.organization.slug}/roles/exceptions/new/", data)
    assert answer.status_code == 403
    assert "Nobody grants themselves" in answer.content.decode()


def test_a_team_has_its_coaches_and_those_above_else_everybody_s(world: World) -> None:
    with within(world.organization):
        own, above, everywhere = (MembershipFactory.create(display_name=name) for name in ("Own", "Above", "All"))
        line = line_to(world.team.slug)

        def found() -> list[tuple[str, bool]]:
            with exactly(2):
                coaching = team_coaching(line, TODAY())
            return [(one.member.display_name, one.is_own) for one in coaching.coaches]

        assert found() == []
        coach(everywhere)
        assert found() == [("All", False)]
        coach(above, world.root_team)
        coach(own, world.team)
        coach(own, world.root_team)
        assert found() == [("Own", True), ("Above", False)]
        # Lena leads the team, Anna is her manager: in the line, Anna with an exception.
        coach(world.lead, world.root_team)
        coach(world.administrator, world.team)
        assert found() == [(world.administrator.display_name, True), ("Own", True), ("Above", False)]
        exceptions = team_coaching(line, TODAY()).exceptions
        assert [one.membership for one in exceptions] == [world.administrator]
        ConflictException.objects.update(ends_on=TODAY() - timedelta(days=1))
        assert found() == [("Own", True), ("Above", False)]


@pytest.mark.parametrize("many", [1, 30])
def test_the_team_s_page_takes_two_queries_more(many: int, world: World) -> None:
    client, url = client_of(world.member), f"/o/{world.organization.slug}/teams/{world.team.slug}/"
    with within(world.organization):
        for number in range(many):
            coach(MembershipFactory.create(display_name=f"Coach {number}"), world.team)
            if number:
                ConflictExceptionFactory.create(membership=world.administrator, team=world.team)
    client.get(url)
    with exactly(13):
        assert "Nobody else is trained yet." not in client.get(url).content.decode()
    with within(world.organization):
        world.settings.coaching = True
        world.settings.save()
    with exactly(15):
        answer = client.get(url).content.decode()
    assert "Nobody else is trained yet." in answer
    assert "Coach 0" in answer
