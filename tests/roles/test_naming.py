"""What roles are called in an organization, and in our sentences there."""

import re
from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from okrapp.web.wording import in_own_label, in_own_words
from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.models import OrganizationSettings
from roles import naming
from roles.domain.profile import update_profile
from roles.enums import Desk
from roles.models import RoleProfile
from tests.factories.organizations import MembershipFactory
from tests.factories.roles import CoachQuestionFactory, RoleAssignmentFactory, RoleProfileFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly


@pytest.fixture
def renamed(world: World) -> Iterator[World]:
    with within(world.organization):
        RoleProfileFactory.create(role=Role.PLO, name="OKR & Strategy")
        RoleProfileFactory.create(role=Role.COACH, name="Champion")
    return world


def test_a_role_is_called_what_the_organization_calls_it(renamed: World) -> None:
    with within(renamed.organization):
        assert naming.role_label(Role.COACH) == "Champion"
        assert naming.role_label("sponsor") == "Sponsor"
        with translation.override("de"):
            assert [naming.role_label(Role.COACH), naming.role_label(Role.LEADERSHIP)] == ["Champion", "Führung"]
        shown = Template("{% load roles %}{{ role|role_label }}").render(Context({"role": Role.PLO}))
        assert shown == "OKR &amp; Strategy"


def test_names_are_read_once_in_a_context_and_not_kept_beyond(renamed: World, other_world: World) -> None:
    with within(renamed.organization):
        with exactly(1):
            assert [naming.role_label(role) for role in Role.values * 3].count("Champion") == 3
            assert "Champion" in in_own_words("Ask an OKR Coach.")
        with exactly(0):
            assert in_own_words("Only its owner does.") == "Only its owner does."
        with within(other_world.organization):
            assert naming.role_label(Role.COACH) == "OKR Coach"
    assert naming.role_label(Role.COACH) == "OKR Coach"


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The Program Lead Office and OKR Coaches do.", "The OKR & Strategy and Champion do."),
        ("en", "Leadership and the Sponsor do.", "Leadership and the Sponsor do."),
        ("de", "Das Program Lead Office und OKR-Coaches.", "Das OKR & Strategy und Champion."),
        ("de", "Die OKR-Coach-Runde bleibt.", "Die OKR-Coach-Runde bleibt."),
        ("sv", "Bara programkontoret och OKR-coacher läser.", "Bara OKR & Strategy och Champion läser."),
    ],
)
def test_sentences_use_the_own_names(renamed: World, language: str, sentence: str, expected: str) -> None:
    with within(renamed.organization), translation.override(language):
        assert in_own_words(sentence) == expected


@pytest.mark.parametrize("language", ["en", "de", "sv"])
@pytest.mark.parametrize("role", Role.values)
def test_what_we_call_a_role_is_found_in_sentences(world: World, language: str, role: str) -> None:
    with within(world.organization), translation.override(language):
        label = naming.role_label(role)
        RoleProfile.objects.update_or_create(role=role, defaults={"name": "Owner"})
        naming.forget_names()
        assert in_own_words(f"({label})") == "(Owner)"


def test_refusals_speak_of_roles_as_the_organization_does(renamed: World) -> None:
    slug = renamed.organization.slug
    with within(renamed.organization):
        outside = MembershipFactory.create(display_name="Nobody in particular")
    client = client_of(outside)
    page = client.get(f"/o/{slug}/cycles/new/")
    assert page.status_code == 403
    assert "Only the OKR &amp; Strategy creates and moves cycles." in page.content.decode()
    problem = client.post(f"/api/v1/o/{slug}/cycles/", {}, content_type="application/json")
    assert (problem.status_code, problem.json()["detail"]) == (
        403,
        "Only the OKR & Strategy creates and moves cycles.",
    )


@pytest.mark.parametrize(
    ("language", "label", "expected"),
    [
        ("en", "Coaches", "Champion"),
        ("en", "Coaching", "Champion"),
        ("en", "Find a coach", "Find a Champion"),
        ("en", "With the Program Lead Office", "With the OKR & Strategy"),
        ("en", "Time for coaching", "Time for coaching"),
        ("en", "Sponsor", "Sponsor"),
        ("de", "Coaching", "Champion"),
        ("de", "Einen Coach finden", "Einen Champion finden"),
        ("de", "Coach-Community", "Champion-Community"),
        ("sv", "Coachning", "Champion"),
        ("sv", "Hos coachen", "Hos Champion"),
        ("sv", "Coachprofil", "Coachprofil"),
    ],
)
def test_labels_use_the_own_names_also_for_short(renamed: World, language: str, label: str, expected: str) -> None:
    with within(renamed.organization), translation.override(language):
        assert in_own_label(label) == expected
        # What is a sentence leaves the short form alone.
        assert in_own_words("Coach, coacher, Coaching") == "Coach, coacher, Coaching"


@pytest.mark.parametrize(
    "shown",
    [
        '{{ _("Coaches of the Program Lead Office")|own_label }}',
        '{% filter own_label %}{% translate "Coaches of the Program Lead Office" %}{% endfilter %}',
        '{% translate "Coaches of the Program Lead Office" as ours %}{{ ours|own_label }}',
    ],
)
@pytest.mark.parametrize("kept", ["own_label", "own_words"])
def test_a_name_is_no_markup(world: World, shown: str, kept: str) -> None:
    with within(world.organization):
        RoleProfileFactory.create(role=Role.PLO, name="<i>A & B</i>")
        html = Template("{% load ui %}" + shown.replace("own_label", kept)).render(Context())
    assert html == "Coaches of the &lt;i&gt;A &amp; B&lt;/i&gt;"


def test_names_come_with_the_settings_and_cost_no_query(renamed: World) -> None:
    with within(renamed.organization):
        actor = Actor(renamed.member, via=Via.WEB)
        with exactly(1):
            assert actor.settings.coaching is False
        with exactly(0):
            assert in_own_label("Coaches") == naming.role_label(Role.COACH) == "Champion"
        # What is renamed now counts at once.
        plo = Actor(renamed.plo, via=Via.WEB)
        update_profile(actor=plo, role=Role.COACH, changes={"name": "Guide"})
        assert in_own_label("Coaches") == "Guide"


@pytest.mark.parametrize("has_name", [False, True])
def test_menu_tabs_headings_and_the_team_follow(world: World, has_name: bool) -> None:
    name = "A & B" if has_name else ""
    with within(world.organization):
        OrganizationSettings.objects.update(coaching=True)
        RoleProfileFactory.create(role=Role.COACH, name=name)
        member = make_member("Cora Coach", "cora@acme")
        RoleAssignmentFactory.create(membership=member, role=Role.COACH, team=world.team)
        CoachQuestionFactory.create(team=world.team, asked_by=world.member, desk=Desk.COACH)
    client = client_of(world.plo)

    def html(place: str, *keys: object) -> str:
        return client.get(reverse(place, args=["acme", *keys])).content.decode()

    def said(ours: str) -> str:
        return "A &amp; B" if has_name else ours

    coaches = html("roles:coaches")
    menu = re.findall(r"<a[^>]*>(.*?)</a>", coaches, re.DOTALL)
    assert any(said("Coaching") in link for link in menu)
    assert f'<h1 class="page-title">{said("Coaches")}</h1>' in coaches
    assert f">{said('Coaches')}</a>" in coaches
    assert ("Coaching" in coaches) is not has_name
    assert f'<h1 class="page-title">{said("Coaching")}</h1>' in html("okrs:coach_home")
    assert f'<h1 class="page-title">{said("Coach")} community</h1>' in html("roles:community")
    assert f"With the {said('coach')}" in html("roles:questions")
    assert f"Without a {said('coach')}" in html("roles:coverage")
    team = html("okrs:team", world.team.slug)
    assert f"{said('Coach')}</h2>" in team
    assert f"Find a {said('coach')}" in team
