"""What roles are called in an organization, and in our sentences there."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.utils import translation

from okrapp.web.wording import in_own_words
from organizations.enums import Role
from roles import naming
from roles.models import RoleProfile
from tests.factories.organizations import MembershipFactory
from tests.factories.roles import RoleProfileFactory
from tests.factories.worlds import World, client_of, within
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
