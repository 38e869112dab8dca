"""One-click sign-in as invented people."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organizations.demo_people import ADMINISTRATOR, DEMO_PEOPLE
from organizations.models import User
from tests.factories.organizations import UserFactory


@pytest.fixture
def people(settings: Settings, db: None) -> list[User]:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    return [UserFactory(name=person.name, email=person.email) for person in DEMO_PEOPLE]


def local(**extra: str) -> Client:
    return Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="127.0.0.1", **extra)


def test_the_invented_people_lead_nowhere() -> None:
    assert len({person.email for person in DEMO_PEOPLE}) == len({person.key for person in DEMO_PEOPLE}) == 7
    assert all(person.email.endswith("@example.com") for person in DEMO_PEOPLE)


@pytest.mark.parametrize("position", range(7))
def test_one_click(people: list[User], position: int) -> None:
    client = local()
    page = client.get(reverse("demo")).content.decode()
    assert DEMO_PEOPLE[position].name in page
    assert reverse("demo") in client.get("/").content.decode()
    answer = client.post(reverse("demo"), {"person": DEMO_PEOPLE[position].key})
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(people[position].pk)


def test_the_language_chosen_before_goes_along(people: list[User]) -> None:
    User.objects.update(language="en")
    client = local()
    client.post(reverse("demo"), {"person": ADMINISTRATOR.key})
    assert User.objects.get(email=ADMINISTRATOR.email).language == "en"
    client = local()
    client.post(reverse("set_language"), {"language": "de", "next": reverse("demo")})
    client.post(reverse("demo"), {"person": ADMINISTRATOR.key})
    assert User.objects.get(email=ADMINISTRATOR.email).language == "de"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_every_name_of_this_machine(people: list[User], name: str) -> None:
    client = Client(HTTP_HOST=f"{name}:8000", REMOTE_ADDR="::1")
    assert client.get(reverse("demo")).status_code == 200


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "okrs.example.com"},
        {"HTTP_HOST": "127.0.0.1.example.com"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
    ],
)
def test_nobody_from_elsewhere(people: list[User], extra: dict[str, str]) -> None:
    client = Client(**({"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"} | extra))
    assert client.get(reverse("demo")).status_code == 404
    assert client.post(reverse("demo"), {"person": ADMINISTRATOR.key}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_only_in_demo_mode(people: list[User], settings: Settings) -> None:
    settings.DEMO = False
    client = local()
    assert client.get(reverse("demo")).status_code == 404
    assert client.post(reverse("demo"), {"person": ADMINISTRATOR.key}).status_code == 404
    assert reverse("demo") not in client.get("/").content.decode()


def test_only_the_invented_people(people: list[User]) -> None:
    UserFactory(email="real@example.com")
    for key in ("real@example.com", "", "root"):
        assert local().post(reverse("demo"), {"person": key}).status_code == 404
    User.objects.filter(email=ADMINISTRATOR.email).update(is_active=False)
    assert local().post(reverse("demo"), {"person": ADMINISTRATOR.key}).status_code == 404


def test_without_demo_data_it_says_what_to_do(settings: Settings, db: None) -> None:
    settings.DEMO = True
    assert "bin/manage demo" in local().get(reverse("demo")).content.decode()
