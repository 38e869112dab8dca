"""One's own profile, the language of the screen, and the first steps."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrapp.notifications.registry import registry as notifications
from organizations.actor import Actor
from organizations.domain.profile import update_profile
from organizations.enums import Via
from organizations.models import AuditEntry, Dispatch, Membership, User
from organizations.queries.first_steps import first_steps
from organizations.registry import Step, registry
from tests.factories.organizations import MembershipFactory
from tests.factories.worlds import World, within
from tests.scheduled import scheduled

AsUser = Callable[..., Client]
FORM = {"name": "Max Mustermann", "language": "de", "time_zone": "Europe/Berlin", "theme": "dark"}


def test_it_applies_at_once_and_everywhere(world: World, other_world: World, as_user: AsUser) -> None:
    with within(other_world.organization):
        elsewhere = MembershipFactory(user=world.member.user, display_name="Max elsewhere")
    client = as_user(world.member)
    answer = client.post(reverse("profile"), FORM, follow=True)
    assert answer.redirect_chain == [(reverse("profile"), 302)]
    page = answer.content.decode()
    assert '<html lang="de" data-theme="dark" data-shortcuts="off">' in page
    assert client.cookies["theme"].value == "dark"
    assert client.cookies["django_language"].value == "de"
    user = User.objects.get(pk=world.member.user_id)
    assert (user.name, user.language, user.time_zone, user.theme) == tuple(FORM.values())
    assert user.single_key_shortcuts is False
    for organization, member in ((world.organization, world.member), (other_world.organization, elsewhere)):
        with within(organization):
            assert Membership.objects.get(pk=member.pk).display_name == "Max Mustermann"
            entry = AuditEntry.objects.get(object_id=str(member.pk), verb="changed")
            assert entry.after == {"display_name": "Max Mustermann"}
            assert entry.actor_id == member.pk


def test_what_one_is_told_is_chosen_for_each_organization(world: World, other_world: World, as_user: AsUser) -> None:
    client = as_user(world.member)
    mine, theirs = (reverse("notifications:preferences", args=[one.organization.slug]) for one in (world, other_world))
    page = client.get(reverse("profile")).content.decode()
    assert mine in page
    assert theirs not in page
    with within(other_world.organization):
        MembershipFactory(user=world.member.user, display_name="Max elsewhere")
    page = client.get(reverse("profile")).content.decode()
    assert mine in page
    assert theirs in page


def test_the_theme_of_the_device_is_no_cookie(world: World, as_user: AsUser) -> None:
    client = as_user(world.member)
    client.post(reverse("profile"), FORM)
    client.post(reverse("profile"), FORM | {"theme": "", "language": ""})
    assert client.cookies["theme"].value == ""
    assert "data-theme" not in client.get(reverse("profile")).content.decode().partition(">\n<head>")[0]


@pytest.mark.parametrize("bad", [{"name": "  "}, {"language": "xx"}, {"time_zone": "Moon/Base"}, {"theme": "pink"}])
def test_bad_input_changes_nothing(world: World, as_user: AsUser, bad: dict[str, str]) -> None:
    client = as_user(world.member)
    answer = client.post(reverse("profile"), FORM | bad)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(bad)
    user = User.objects.get(pk=world.member.user_id)
    assert (user.name, user.language) == (world.member.display_name, "")
    # The page still shows who one is, not what one typed.
    assert world.member.user.email in answer.content.decode()


def test_what_comes_at_an_hour_follows_a_new_clock_everywhere(world: World, other_world: World) -> None:
    with within(other_world.organization):
        MembershipFactory(user=world.member.user, display_name="Max elsewhere")
    update_profile(user=world.member.user, changes={"time_zone": "America/New_York"})
    everywhere = [one.organization for one in (world, other_world)]
    kinds = sorted(notifications.followed_habits)
    assert kinds == ["okrs.digests", "okrs.reminders"]
    before = [scheduled(organization, kind) for organization in everywhere for kind in kinds]
    assert all(due_at is not None and due_at <= timezone.now() for due_at in before)
    # The same clock again is nothing new.
    Dispatch.objects.all().delete()
    update_profile(user=world.member.user, changes={"time_zone": "America/New_York"})
    assert [scheduled(organization, kind) for organization in everywhere for kind in kinds] == [None] * 4


def test_only_what_belongs_to_the_profile(world: World) -> None:
    with pytest.raises(ValueError):
        update_profile(user=world.member.user, changes={"is_superuser": True})


def test_strangers_sign_in_first(client: Client, db: None) -> None:
    assert client.get(reverse("profile")).status_code == 302


def test_the_language_of_a_stranger_is_a_cookie(client: Client, db: None) -> None:
    answer = client.post(reverse("set_language"), {"language": "sv", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert '<html lang="sv"' in client.get("/accounts/login/").content.decode()


def test_the_language_of_a_person_is_their_own_setting(world: World, as_user: AsUser) -> None:
    client = as_user(world.member)
    client.post(reverse("profile"), FORM)
    client.post(reverse("set_language"), {"language": "sv", "next": "/profile/"})
    assert User.objects.get(pk=world.member.user_id).language == "sv"
    assert '<html lang="sv"' in client.get(reverse("profile")).content.decode()
    client.post(reverse("set_language"), {"language": "xx", "next": "/profile/"})
    assert User.objects.get(pk=world.member.user_id).language == "sv"


def acting(world: World, member: Membership) -> Actor:
    member.organization = world.organization
    return Actor(member, via=Via.WEB)


def test_first_steps_know_what_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "first_steps", [lambda actor: Step("Make a cycle", "/cycle/", False, order=10)])
    with within(world.organization):
        found = first_steps(acting(world, world.administrator))
        assert found is not None
        assert [(step.url, step.done) for step in found.steps] == [
            ("/cycle/", False),
            (reverse("organizations:invite", args=["acme"]), True),
            (reverse("organizations:teams", args=["acme"]), True),
            (reverse("profile"), True),
        ]
        assert found.done == 3
        # What one may not do is no step.
        mine = first_steps(acting(world, world.member))
        assert mine is not None
        assert [step.url for step in mine.steps] == ["/cycle/", reverse("profile")]


def test_first_steps_end_when_all_are_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "first_steps", [])
    with within(world.organization):
        actor = acting(world, world.member)
        world.member.user.name = ""
        assert first_steps(actor) is not None
        # A time zone need not be chosen: without one that of the organization counts.
        world.member.user.name = "Max"
        assert first_steps(actor) is None


def test_no_more_than_five_steps(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [lambda actor, number=number: Step(f"{number}", "/", False, order=number) for number in range(9)]
    monkeypatch.setattr(registry, "first_steps", many)
    with within(world.organization):
        found = first_steps(acting(world, world.administrator))
        assert found is not None
        assert [step.label for step in found.steps] == ["0", "1", "2", "3", "4"]


def test_hiding_the_first_steps_and_taking_it_back(world: World, as_user: AsUser) -> None:
    client = as_user(world.member)
    hidden = client.post(reverse("organizations:first_steps_dismiss", args=["acme"]), headers={"HX-Request": "true"})
    assert 'hx-target="#first-steps" hx-swap="delete"' in hidden.content.decode()
    assert reverse("organizations:first_steps_restore", args=["acme"]) in hidden.content.decode()
    with within(world.organization):
        assert Membership.objects.get(pk=world.member.pk).first_steps_dismissed
        assert first_steps(acting(world, Membership.objects.get(pk=world.member.pk))) is None
    back = client.post(reverse("organizations:first_steps_restore", args=["acme"]))
    assert back["Location"] == reverse("okrs:week", args=["acme"])
    with within(world.organization):
        assert not Membership.objects.get(pk=world.member.pk).first_steps_dismissed
