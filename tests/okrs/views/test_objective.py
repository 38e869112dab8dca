"""The page of an objective, and writing one: by browser, by htmx, by two people, and by those who may not."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrs.domain.check_in import check_in
from okrs.domain.objective import archive_objective, edit_objective
from okrs.enums import Level, MetricType, ObjectiveStatus, Phase
from okrs.models import Alignment, CheckIn, Cycle, Objective
from okrs.queries import objective_page
from organizations.actor import Actor
from organizations.enums import Agreement, Via
from organizations.models import Membership, OrganizationSettings
from tests.factories.okrs import (
    AlignmentFactory,
    CheckInFactory,
    CycleFactory,
    InitiativeFactory,
    KeyResultFactory,
    MilestoneFactory,
    ObjectiveFactory,
)
from tests.factories.organizations import TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def page_of(client: Client, world: World, objective: Objective | None = None, **query: str) -> str:
    answer = client.get(address("objective", world, (objective or world.objective).pk), query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def fields(world: World, **changed: object) -> dict[str, object]:
    return {
        "title": "Customers stay",
        "place": f"team:{world.team.pk}",
        "cycle": str(world.cycle.pk),
        "owner": "",
        **changed,
    }


def test_the_page_shows_everything_around_it(world: World) -> None:
    with within(world.organization):
        world.objective.why = "It **matters**"
        world.objective.save()
    html = page_of(client_of(world.member), world)
    for text in (
        world.objective.title,
        "It <strong>matters</strong>",
        world.key_result.title,
        world.milestone.title,
        world.initiative.title,
        world.organization_objective.title,
        world.check_in.note,
        world.lead.display_name,
    ):
        assert text in html
    assert address("check_in", world, world.key_result.pk) in html


def test_the_drawer_shows_the_same_without_the_frame(world: World) -> None:
    answer = client_of(world.member).get(address("objective", world, world.objective.pk), headers=HX)
    html = unescape(answer.content.decode())
    assert "<!doctype" not in html
    assert world.key_result.title in html
    assert "HX-Request" in answer["Vary"]
    # Ids in the drawer differ from those of the page below it.
    assert f'id="d-objective-details-{world.objective.pk}"' in html


def test_a_check_in_for_somebody_else_names_both(world: World) -> None:
    with within(world.organization):
        check_in(actor=Actor(world.lead, via=Via.WEB), key_result=world.key_result, value=None, note="Still moving")
    html = page_of(client_of(world.member), world)
    assert f"{world.lead.display_name} for {world.member.display_name}" in html


def test_changes_are_told_from_and_to(world: World) -> None:
    with within(world.organization):
        edit_objective(
            actor=Actor(world.lead, via=Via.WEB),
            objective=world.objective,
            changes={"owner": world.member, "kind": "learning"},
        )
    html = page_of(client_of(world.member), world, view="changes")
    assert world.lead.display_name in html
    assert world.member.display_name in html
    assert "Learning" in html
    assert str(world.member.pk) not in html.split('id="objective-history')[1].split("</section>")[0]


@pytest.mark.parametrize("loaded", [400, 22])
def test_every_check_in_can_be_reached(world: World, monkeypatch: pytest.MonkeyPatch, loaded: int) -> None:
    """Those that are not loaded for the charts, too."""
    monkeypatch.setattr(objective_page, "CHECK_INS", loaded)
    with within(world.organization):
        for number in range(45):
            at = timezone.now() - timedelta(hours=number)
            CheckInFactory.create(key_result=world.key_result, at=at, note=f"Note {number:02}.")
        CheckIn.objects.filter(pk=world.check_in.pk).update(at=timezone.now() - timedelta(days=90))
    client, seen = client_of(world.member), []
    html = page_of(client, world)
    while True:
        seen += re.findall(r"Note \d\d\.|Check-in of Acme", html)
        older = re.search(r'rel="next" href="[^"]*\?history=(\d+)#objective-history-', html)
        if older is None:
            break
        html = page_of(client, world, history=older[1])
        assert f"?history={int(older[1]) - 1}#" in html
    assert seen == [*(f"Note {number:02}." for number in range(45)), "Check-in of Acme"]
    for nonsense in ("99", "0", "-1", "x", "٣"):
        page_of(client, world, history=nonsense)


def fill(world: World, objective: Objective, count: int) -> None:
    """Add `count` of everything that a page lists."""
    for number in range(count):
        metric = MetricType.MILESTONES if number % 2 else MetricType.INCREASE
        key_result = KeyResultFactory.create(objective=objective, metric=metric)
        if metric == MetricType.MILESTONES:
            MilestoneFactory.create(key_result=key_result)
        CheckInFactory.create(key_result=key_result, author=world.member)
        InitiativeFactory.create(objective=objective, owner=world.member)
        above = ObjectiveFactory.create(cycle=world.cycle, team=world.team)
        AlignmentFactory.create(objective=objective, target_objective=above)
        AlignmentFactory.create(
            objective=ObjectiveFactory.create(cycle=world.cycle, team=world.team), target_objective=objective
        )


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_the_same_with_one_and_with_fifty(world: World, count: int) -> None:
    with within(world.organization):
        fill(world, world.objective, count)
    client = client_of(world.member)
    with exactly(QUERIES_OF_PAGE):
        page_of(client, world)


@pytest.mark.parametrize("count", [1, 50])
def test_the_changes_cost_the_same_with_one_and_with_fifty(world: World, count: int) -> None:
    with within(world.organization):
        fill(world, world.objective, count)
        for number in range(count):
            edit_objective(
                actor=Actor(world.lead, via=Via.WEB), objective=world.objective, changes={"title": f"Title {number}"}
            )
    client = client_of(world.member)
    with exactly(QUERIES_OF_CHANGES):
        page_of(client, world, view="changes")


QUERIES_OF_PAGE = 19
QUERIES_OF_CHANGES = 20


@pytest.mark.parametrize(
    ("phase", "status", "agreement", "told"),
    [
        (Phase.DRAFTING, ObjectiveStatus.DRAFT, Agreement.ALWAYS, "They begin when the cycle runs"),
        (Phase.RUNNING, ObjectiveStatus.DRAFT, Agreement.ALWAYS, "They begin when it is agreed on"),
        (Phase.RUNNING, ObjectiveStatus.SUBMITTED, Agreement.ALWAYS, "They begin when it is agreed on"),
        (Phase.RUNNING, ObjectiveStatus.DRAFT, Agreement.NEVER, "They begin when it is started"),
        (Phase.RUNNING, ObjectiveStatus.ACTIVE, Agreement.NEVER, "Say where it stands, once a week"),
        (Phase.REVIEWING, ObjectiveStatus.ACTIVE, Agreement.NEVER, "Under review: a last reading may be taken"),
    ],
)
def test_it_says_when_check_ins_begin(world: World, phase: str, status: str, agreement: str, told: str) -> None:
    with within(world.organization):
        OrganizationSettings.objects.update(agreement=agreement)
        Cycle.objects.filter(pk=world.cycle.pk).update(phase=phase)
        fresh = ObjectiveFactory.create(cycle=world.cycle, team=world.team, owner=world.member, status=status)
    assert told in page_of(client_of(world.member), world, fresh)


def test_who_may_not_change_it_sees_why_and_no_buttons(world: World) -> None:
    with within(world.organization):
        other = ObjectiveFactory.create(cycle=world.cycle, team=world.root_team, owner=world.plo)
    html = page_of(client_of(world.member), world, other)
    assert "Only members of the team, the owner and the Program Lead Office" in html
    assert address("objective_edit", world, other.pk) not in html
    answer = client_of(world.member).get(address("objective_edit", world, other.pk))
    assert answer.status_code == 403
    assert "Only members of the team" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_writing_one_leads_to_its_page(world: World, headers: dict[str, str]) -> None:
    client = client_of(world.member)
    url = address("objective_create", world)
    assert client.get(url, {"team": world.team.slug}, headers=headers).status_code == 200
    supports = [str(world.priority.pk), str(world.organization_objective.pk)]
    answer = client.post(
        url, fields(world, why="Because", tags="growth, nordics, growth", supports=supports), headers=headers
    )
    with within(world.organization):
        written = Objective.objects.get(title="Customers stay")
        assert (written.team, written.status, written.tags) == (
            world.team,
            ObjectiveStatus.ACTIVE,
            ["growth", "nordics"],
        )
        links = Alignment.objects.filter(objective=written)
        assert {link.target_objective_id or link.target_priority_id for link in links} == {
            world.priority.pk,
            world.organization_objective.pk,
        }
    # It has no key result yet, so the way leads into the line of its first one.
    target = address("objective", world, written.pk) + "?add=key-result"
    assert (answer.headers.get("HX-Redirect") or answer.headers.get("Location")) == target


def test_the_owner_is_oneself_unless_said_otherwise(world: World) -> None:
    html = unescape(client_of(world.member).get(address("objective_create", world)).content.decode())
    assert f'value="{world.member.display_name} <{world.member.email}>"' in html
    client_of(world.member).post(address("objective_create", world), fields(world, owner=world.lead.display_name))
    with within(world.organization):
        assert Objective.objects.get(title="Customers stay").owner == world.lead


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": " "}, "This field is required"),
        ({"title": "x" * 501}, "at most 500 characters"),
        ({"owner": "Nobody Known"}, "Nobody here has this name"),
        ({"tags": ",".join(f"tag {number}" for number in range(11))}, "At most 10 tags"),
        ({"cycle": "01a2083f-42b5-763c-a8f0-3ec2794be7e0"}, "Select a valid choice"),
    ],
)
def test_wrong_input_is_said_and_kept(world: World, changed: dict[str, str], message: str) -> None:
    answer = client_of(world.member).post(
        address("objective_create", world), fields(world, why="Kept words", **changed), headers=HX
    )
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert message in html
    assert "Kept words" in html
    with within(world.organization):
        assert not Objective.objects.filter(why="Kept words").exists()


def test_a_place_that_is_not_offered_is_refused(world: World) -> None:
    client = client_of(world.member)
    for place in ("organization", "individual", f"team:{world.root_team.pk}"):
        answer = client.post(address("objective_create", world), fields(world, place=place))
        assert answer.status_code == 422
    with within(world.organization):
        assert not Objective.objects.filter(title="Customers stay").exists()


def test_individual_objectives_are_offered_only_when_they_are_on(world: World) -> None:
    client, url = client_of(world.member), address("objective_create", world)
    assert 'value="individual"' not in client.get(url).content.decode()
    with within(world.organization):
        world.settings.individual_okrs = True
        world.settings.save()
    assert 'value="individual"' in client.get(url).content.decode()
    client.post(url, fields(world, place="individual", owner=world.member.display_name))
    with within(world.organization):
        assert Objective.objects.get(title="Customers stay").level == Level.INDIVIDUAL


def test_many_objectives_are_a_warning_and_no_wall(world: World) -> None:
    client, url = client_of(world.member), address("objective_create", world)
    sentence = "at most are recommended"
    assert sentence not in client.get(url, {"team": world.team.slug}).content.decode()
    with within(world.organization):
        for _number in range(3):
            ObjectiveFactory.create(cycle=world.cycle, team=world.team)
    assert sentence in client.get(url, {"team": world.team.slug}).content.decode()
    assert client.post(url, fields(world)).status_code == 302


def test_surroundings_follow_team_and_cycle(world: World) -> None:
    url = address("objective_surroundings", world)
    query = {"place": f"team:{world.team.pk}", "cycle": str(world.cycle.pk)}
    html = client_of(world.plo).get(url, query, headers=HX).content.decode()
    assert world.organization_objective.title in html
    html = client_of(world.plo).get(url, query | {"place": "organization"}, headers=HX).content.decode()
    assert world.organization_objective.title not in html
    assert world.priority.title in html


@pytest.mark.parametrize("number", [1, 50])
def test_surroundings_read_one_team_of_however_many(world: World, number: int) -> None:
    """Asked while somebody chooses a team: the form with all of them is there already."""
    with within(world.organization):
        for _index in range(number):
            TeamFactory(parent=world.root_team)
    client, url = client_of(world.plo), address("objective_surroundings", world)
    query = {"place": f"team:{world.team.pk}", "cycle": str(world.cycle.pk)}
    client.get(url, query, headers=HX)
    with exactly(10):
        assert client.get(url, query, headers=HX).status_code == 200


def test_without_a_cycle_there_is_nothing_to_write_into(world: World) -> None:
    with within(world.organization):
        world.cycle.phase = Phase.CLOSED
        world.cycle.save()
        for cycle in type(world.cycle).objects.all():
            cycle.phase = Phase.CLOSED
            cycle.save()
    answer = client_of(world.plo).get(address("objective_create", world))
    assert answer.headers["Location"] == address("cycles", world)
    assert "The Program Lead Office creates the first one" in (
        client_of(world.member).get(address("objective_create", world)).content.decode()
    )


def opened(client: Client, world: World) -> dict[str, str]:
    """What the edit form of the world's objective holds, with its hidden fields."""
    form = client.get(address("objective_edit", world, world.objective.pk)).context["form"]
    values = {name: str(form[name].value() or "") for name in form.fields if name != "counts_supporting"}
    shown = {f"initial-{name}": value for name, value in values.items()}
    return {**values, **shown, "opened_at": timezone.now().isoformat()}


def test_two_people_who_edit_the_same_title(world: World) -> None:
    lena, max_ = client_of(world.lead), client_of(world.member)
    url = address("objective_edit", world, world.objective.pk)
    first, second = opened(lena, world), opened(max_, world)
    assert lena.post(url, first | {"title": "Lena's words"}).status_code == 302
    answer = max_.post(url, second | {"title": "Max's words"})
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Lena's words" in html
    assert 'value="Max\'s words"' in html
    again = second | {"title": "Max's words", "opened_at": answer.context["form"]._reopened.isoformat()}
    assert max_.post(url, again).status_code == 302
    with within(world.organization):
        assert Objective.objects.get(pk=world.objective.pk).title == "Max's words"


def test_two_people_who_edit_different_fields(world: World) -> None:
    lena, max_ = client_of(world.lead), client_of(world.member)
    url = address("objective_edit", world, world.objective.pk)
    first, second = opened(lena, world), opened(max_, world)
    assert lena.post(url, first | {"title": "Lena's words"}).status_code == 302
    assert max_.post(url, second | {"why": "Max's reason"}).status_code == 302
    with within(world.organization):
        now = Objective.objects.get(pk=world.objective.pk)
        assert (now.title, now.why) == ("Lena's words", "Max's reason")


def test_saving_in_a_drawer_over_another_page_updates_its_card(world: World) -> None:
    client = client_of(world.lead)
    values = opened(client, world) | {"title": "New words"}
    team_url = address("team", world, world.team.slug)
    answer = client.post(
        address("objective_edit", world, world.objective.pk),
        values,
        headers=HX | {"HX-Current-URL": f"http://testserver{team_url}"},
    )
    html = answer.content.decode()
    assert f'hx-target="#objective-{world.objective.pk}-head"' in html
    assert "New words" in html
    assert "drawer:close" in answer.headers["HX-Trigger"]


@pytest.mark.parametrize("word", ["at_risk", ""])
def test_the_owner_says_a_word_or_takes_it_back(world: World, word: str) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(confidence="off_track")
    answer = client_of(world.lead).post(
        address("objective_confidence", world, world.objective.pk), {"confidence": word}, headers=HX
    )
    assert f'hx-target="#objective-summary-{world.objective.pk}"' in answer.content.decode()
    with within(world.organization):
        assert Objective.objects.get(pk=world.objective.pk).confidence == word


def test_archiving_offers_undo_and_undo_brings_it_back(world: World) -> None:
    client = client_of(world.lead)
    answer = client.post(address("objective_archive", world, world.objective.pk), follow=True)
    restore = address("objective_restore", world, world.objective.pk)
    assert restore in answer.content.decode()
    with within(world.organization):
        assert Objective.objects.get(pk=world.objective.pk).archived_at is not None
    assert "Bring it back" in page_of(client, world)
    client.post(restore)
    with within(world.organization):
        assert Objective.objects.get(pk=world.objective.pk).archived_at is None


def test_archiving_in_a_drawer_takes_the_card_away(world: World) -> None:
    answer = client_of(world.lead).post(
        address("objective_archive", world, world.objective.pk),
        headers=HX | {"HX-Current-URL": f"http://testserver{address('team', world, world.team.slug)}"},
    )
    assert f'hx-target="#objective-{world.objective.pk}" hx-swap="delete"' in answer.content.decode()


def test_a_closed_cycle_is_read_only(world: World) -> None:
    with within(world.organization):
        closed = ObjectiveFactory.create(
            cycle=CycleFactory.create(phase=Phase.CLOSED), team=world.team, owner=world.lead
        )
    client = client_of(world.lead)
    assert "its OKRs can be read, not changed" in page_of(client, world, closed)
    for name in ("objective_archive", "objective_confidence", "key_result_create", "initiative_create"):
        assert client.post(address(name, world, closed.pk), {"title": "Late"}).status_code == 403


def test_what_is_archived_offers_nothing_to_change(world: World) -> None:
    with within(world.organization):
        archive_objective(actor=Actor(world.lead, via=Via.WEB), objective=world.objective)
    html = page_of(client_of(world.lead), world)
    assert address("objective_archive", world, world.objective.pk) not in html
    assert 'id="kr-add"' not in html


def test_the_page_says_how_long_ago_and_how_it_is_computed(world: World, member: Membership) -> None:
    with within(world.organization):
        CheckInFactory.create(
            key_result=world.key_result, author=member, at=timezone.now() - timedelta(days=3), value=5
        )
    html = page_of(client_of(member), world)
    assert "How is this computed?" in html
    assert "3 d ago" in html
