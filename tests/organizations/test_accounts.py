"""Signing in and up, passwords, and what the pages of allauth look like here."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from organizations import tasks
from organizations.models import User
from tests.organizations.test_invitation import queued

PASSWORD = "korall-tegel-91"
SIGN_UP = {"name": "Maja Lind", "email": "Maja@Example.com", "password1": PASSWORD}


@pytest.fixture
def maja(db: None) -> User:
    return User.objects.create_user("maja@example.com", PASSWORD, name="Maja Lind")


def mails_sent() -> None:
    for arguments in queued("organizations.tasks.send_mail"):
        tasks.send_mail(**arguments)


def test_signing_up_and_what_is_kept(client: Client, db: None) -> None:
    answer = client.post(reverse("account_signup"), SIGN_UP | {"next": "/profile/"}, headers={"Accept-Language": "sv"})
    assert answer["Location"] == "/profile/"
    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("maja@example.com", "Maja Lind", "sv")
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("email", "maja"), ("password1", "12345678"), ("password1", "maja@example.com")]
)
def test_bad_input_at_sign_up(client: Client, db: None, field: str, value: str) -> None:
    answer = client.post(reverse("account_signup"), SIGN_UP | {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.exists()


def test_an_address_signs_up_once(client: Client, maja: User) -> None:
    answer = client.post(reverse("account_signup"), SIGN_UP)
    assert "already" in str(answer.context["form"].errors["email"])
    assert User.objects.count() == 1


@pytest.mark.parametrize("typed", ["maja@example.com", " MAJA@Example.com "])
def test_signing_in_goes_on_where_one_was(client: Client, maja: User, typed: str) -> None:
    page = client.get(reverse("account_login"), {"next": "/o/acme/teams/?x=1"})
    assert 'value="/o/acme/teams/?x=1"' in page.content.decode()
    assert reverse("account_signup") + "?next=%2Fo%2Facme%2Fteams%2F%3Fx%3D1" in page.content.decode()
    answer = client.post(reverse("account_login"), {"login": typed, "password": PASSWORD, "next": "/o/acme/teams/?x=1"})
    assert answer["Location"] == "/o/acme/teams/?x=1"


def test_signing_in_never_leaves_the_site(client: Client, maja: User) -> None:
    form = {"login": maja.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(reverse("account_login"), form)["Location"] == "/"


def test_the_same_answer_for_a_wrong_password_and_an_unknown_address(client: Client, maja: User) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": address, "password": "wrong"})
        for address in (maja.email, "nobody@example.com")
    ]
    assert answers[0].context["form"].non_field_errors() == answers[1].context["form"].non_field_errors()
    assert answers[0].context["form"].non_field_errors()
    assert [answer.status_code for answer in answers] == [422, 422]


def test_guessing_passwords_is_slowed_down(client: Client, maja: User) -> None:
    form = {"login": maja.email, "password": "wrong"}
    for _attempt in range(5):
        client.post(reverse("account_login"), form)
    answer = client.post(reverse("account_login"), form | {"password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert "Too many attempts" in answer.content.decode()


def test_too_many_requests_look_like_the_product(client: Client, db: None) -> None:
    answers = [client.post(reverse("account_login"), {"login": f"a{n}@x.example"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "data-error-reason" in answers[-1].content.decode()


@pytest.mark.parametrize(("language", "subject"), [("en", "Choose a new password"), ("de", None), ("sv", None)])
def test_a_forgotten_password(
    client: Client,
    maja: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    language: str,
    subject: str | None,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    queued("organizations.tasks.send_mail")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("account_reset_password"), {"email": maja.email}, headers={"Accept-Language": language}
        )
    assert answer["Location"] == reverse("account_reset_password_done")
    mails_sent()
    (message,) = mail.outbox
    assert message.to == [maja.email]
    assert subject is None or message.subject == subject
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body)
    assert link
    form_page = client.get(link[1], follow=True)
    address = form_page.redirect_chain[-1][0]
    too_short = client.post(address, {"password1": "short", "password2": "short"})
    assert too_short.context["form"].errors
    client.post(address, {"password1": "ny-korall-92", "password2": "ny-korall-92"})
    maja.refresh_from_db()
    assert maja.check_password("ny-korall-92")
    assert client.get(link[1], follow=True).context["token_fail"]


def test_nobody_learns_who_has_an_account(
    client: Client,
    maja: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    queued("organizations.tasks.send_mail")
    answers = []
    with django_capture_on_commit_callbacks(execute=True):
        for address in (maja.email, "nobody@example.com"):
            answers.append(client.post(reverse("account_reset_password"), {"email": address}))
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_reset_password_done"))
    ] * 2
    mails_sent()
    assert sorted(message.to[0] for message in mail.outbox) == ["maja@example.com", "nobody@example.com"]


def test_without_a_mail_server_nothing_is_promised(client: Client, db: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "no mail server" in page
    assert 'name="email"' not in page


def test_changing_the_password(client: Client, maja: User) -> None:
    client.force_login(maja)
    form = {"oldpassword": "wrong", "password1": "ny-korall-92", "password2": "ny-korall-92"}
    assert "oldpassword" in client.post(reverse("account_change_password"), form).context["form"].errors
    answer = client.post(reverse("account_change_password"), form | {"oldpassword": PASSWORD})
    assert answer["Location"] == reverse("profile")
    assert client.get(reverse("profile")).status_code == 200


def test_signing_out_takes_a_click(client: Client, maja: User) -> None:
    client.force_login(maja)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_who_is_switched_off_is_told(client: Client, maja: User) -> None:
    User.objects.update(is_active=False)
    answer = client.post(reverse("account_login"), {"login": maja.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_inactive")
    assert "switched off" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive",
        "account_reset_password_from_key_done", "account_email_verification_sent",
    ],
)  # fmt: skip
def test_pages_for_strangers_have_the_layout(client: Client, db: None, name: str) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="plain-card' in page.content.decode()


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_email", "account_reauthenticate", "account_logout"]
)
def test_pages_for_people_have_the_layout(client: Client, maja: User, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    client.post(reverse("account_login"), {"login": maja.email, "password": PASSWORD})
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert 'class="plain-card' in page.content.decode()


def test_the_operator_uses_the_admin(client: Client, maja: User) -> None:
    assert client.get(reverse("admin:index")).status_code == 302
    client.force_login(maja)
    assert client.get(reverse("admin:index")).status_code == 302
    User.objects.create_superuser("root@example.com", PASSWORD, name="Root")
    answer = client.post(
        reverse("admin:login"), {"username": "root@example.com", "password": PASSWORD, "next": "/admin/"}
    )
    assert answer["Location"] == "/admin/"
    for page in ("organizations_user_changelist", "organizations_organization_changelist", "organizations_user_add"):
        assert client.get(reverse(f"admin:{page}")).status_code == 200
    added = client.post(
        reverse("admin:organizations_user_add"),
        {
            "email": "New@Example.com",
            "name": "New",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert added.status_code == 302
    new = User.objects.get(name="New")
    assert new.email == "new@example.com"
    assert client.get(reverse("admin:organizations_user_change", args=[new.pk])).status_code == 200
    assert client.get(reverse("admin:organizations_user_delete", args=[new.pk])).status_code == 403
    assert client.get(reverse("admin:organizations_organization_add")).status_code == 403


def test_the_admin_shows_global_tables_only() -> None:
    from django.contrib import admin

    from okrapp.tenancy.catalogue import GLOBAL_TABLES

    shown = {model._meta.db_table for model in admin.site._registry}
    assert shown
    assert shown <= set(GLOBAL_TABLES)
