"""The first five minutes, from a founded organization to its first key result."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from okrapp.tenancy.context import tenant_context
from okrs.enums import Visibility
from okrs.examples import first_of_each
from okrs.models import Cycle, KeyResult, Objective
from organizations.actor import Actor
from organizations.domain.founding import found_organization
from organizations.enums import Via
from organizations.models import Membership, Organization, User
from organizations.queries.first_steps import first_steps
from tests.factories.organizations import UserFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def founded(db: None) -> Organization:
    founder = UserFactory.create(name="Frida Founder", email="frida@example.com")
    return found_organization(user=founder, name="Fresh AB", fiscal_year_start=2)


@pytest.fixture
def founder(founded: Organization) -> Client:
    with tenant_context(founded.pk):
        return client_of(Membership.objects.get())


def address(name: str, organization: Organization) -> str:
    return reverse(f"okrs:{name}", args=[organization.slug])


def test_from_nothing_to_a_key_result_in_three_answers(founded: Organization, founder: Client) -> None:
    answer = founder.get(address("welcome", founded))
    assert answer.headers["Location"] == address("welcome_cycle", founded)
    page = founder.get(answer.headers["Location"])
    form = page.context["form"]
    assert form["length"].value() == "quarter"
    answer = founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    with tenant_context(founded.pk):
        cycle = Cycle.objects.get()
        assert (cycle.phase, cycle.length) == ("running", "quarter")
        assert cycle.name.split()[1].startswith("FY")
    assert answer.headers["Location"] == address("welcome_objective", founded)
    answer = founder.post(answer.headers["Location"], {"title": "Customers stay with us", "place": "organization"})
    with tenant_context(founded.pk):
        objective = Objective.objects.get()
        assert (objective.level, objective.status, objective.cycle) == ("organization", "active", cycle)
        assert objective.owner == Membership.objects.get()
    key_results = answer.headers["Location"]
    assert str(objective.pk) in key_results
    answer = founder.post(key_results, {"quick": "1", "title": "Raise renewals from 41 to 70 %"})
    assert answer.headers["Location"] == key_results
    with tenant_context(founded.pk):
        assert KeyResult.objects.get().target == 70
    page = unescape(founder.get(key_results).content.decode())
    assert "Raise renewals from 41 to 70 %" in page
    assert address("welcome_people", founded) in page
    page = founder.get(address("welcome_people", founded)).content.decode()
    assert reverse("organizations:invite", args=[founded.slug]) in page
    assert address("week", founded) in page


def test_every_step_can_be_skipped(founded: Organization, founder: Client) -> None:
    founder.post(address("welcome_cycle", founded), {"length": "year"})
    for name, following in (("cycle", "welcome_objective"), ("objective", "welcome_key_result")):
        page = founder.get(address(f"welcome_{name}", founded))
        assert page.context["skip_url"] == address(following, founded)
    # Without an objective there is nothing to measure yet.
    answer = founder.get(address("welcome_key_result", founded))
    assert answer.headers["Location"] == address("welcome_objective", founded)


def test_a_file_can_bring_the_cycle(founded: Organization, founder: Client) -> None:
    page = founder.get(address("welcome_cycle", founded)).content.decode()
    assert f'href="{address("okr_import", founded)}"' in page


def test_an_example_fills_the_line_and_offers_its_key_results(founded: Organization, founder: Client) -> None:
    founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    example = first_of_each("en")[1]
    page = founder.get(address("welcome_objective", founded), {"example": example.key})
    assert page.context["form"]["title"].value() == example.title
    answer = founder.post(
        address("welcome_objective", founded),
        {"title": example.title, "place": "organization", "example": example.key},
    )
    with tenant_context(founded.pk):
        assert Objective.objects.get().why == example.why
    page = unescape(founder.get(answer.headers["Location"]).content.decode())
    for line in example.key_results:
        assert line in page
    founder.post(answer.headers["Location"], {"quick": "1", "title": example.key_results[0]})
    with tenant_context(founded.pk):
        assert KeyResult.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_key_results_of_examples_can_be_added_as_they_are(
    founded: Organization, founder: Client, language: str
) -> None:
    founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    answer = founder.post(address("welcome_objective", founded), {"title": "Objective", "place": "organization"})
    User.objects.filter(email="frida@example.com").update(language=language)
    lines = [line for example in first_of_each(language) for line in example.key_results]
    for line in lines:
        assert founder.post(answer.headers["Location"], {"quick": "1", "title": line}).status_code == 302, line
    with tenant_context(founded.pk):
        assert set(KeyResult.objects.values_list("title", flat=True)) == set(lines)
        assert not KeyResult.objects.filter(target=None).exists()


def test_wrong_answers_are_said_and_kept(founded: Organization, founder: Client) -> None:
    assert founder.post(address("welcome_cycle", founded), {"length": "decade"}).status_code == 422
    founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    answer = founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    assert answer.status_code == 422
    assert "There is a cycle of this name already." in answer.content.decode()
    assert founder.post(address("welcome_objective", founded), {"title": " "}).status_code == 422
    answer = founder.post(address("welcome_objective", founded), {"title": "Grow", "place": "organization"})
    answer = founder.post(answer.headers["Location"], {"quick": "1", "title": "Raise renewals to 70 %"})
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'value="Raise renewals to 70 %"' in html
    assert "Without a start there is no progress" in html


def test_a_member_does_not_start_cycles(world: World) -> None:
    client = client_of(world.member)
    assert client.get(address("welcome_cycle", world.organization)).status_code == 403
    with within(world.organization):
        Cycle.objects.update(archived_at="2026-01-01T00:00Z")
    html = client.get(address("welcome_objective", world.organization)).content.decode()
    assert "The Program Lead Office creates the first one" in html


def test_what_is_done_already_is_passed_over(world: World) -> None:
    answer = client_of(world.member).get(address("welcome", world.organization))
    assert answer.headers["Location"] == address("week", world.organization)


def test_my_week_lists_the_steps_until_they_are_done(founded: Organization, founder: Client) -> None:
    with tenant_context(founded.pk):
        actor = Actor(Membership.objects.select_related("user", "organization").get(), via=Via.WEB)
        steps = first_steps(actor).steps
    done = {str(step.label): step.done for step in steps}
    assert done["Start a cycle"] is False
    assert len(steps) == 5
    founder.post(address("welcome_cycle", founded), {"length": "quarter"})
    with tenant_context(founded.pk):
        steps = first_steps(actor).steps
    assert {str(step.label): step.done for step in steps}["Start a cycle"] is True


@pytest.mark.parametrize("name", ["welcome_cycle", "welcome_objective", "welcome_key_result", "welcome_people"])
def test_the_steps_are_cheap(world: World, name: str) -> None:
    client = client_of(world.plo)
    with within(world.organization):
        Objective.objects.filter(visibility=Visibility.OPEN).update(created_by=world.plo)
    # Whether one may change the objective asks for shares before roles.
    number = {"welcome_cycle": 10, "welcome_objective": 11, "welcome_key_result": 12, "welcome_people": 8}[name]
    with exactly(number):
        client.get(address(name, world.organization))
