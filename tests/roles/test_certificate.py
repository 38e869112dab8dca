"""Certificates: until when they count, who reads and keeps them, and taking a removal back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from organizations.actor import Actor
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from roles import profile_permissions
from roles.domain import certificate as domain
from roles.models import Certificate, Qualification
from roles.queries.certificate import certificates_of, readable_certificates
from tests.factories.organizations import TeamFactory, TeamMembershipFactory
from tests.factories.roles import CertificateFactory, QualificationFactory, RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly

DAY = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("issued", "months", "expires"),
    [
        (DAY, 1, date(2024, 2, 29)),
        (DAY, 12, date(2025, 1, 31)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (DAY, None, None),
    ],
)
def test_it_counts_as_long_as_is_expected(issued: date, months: int | None, expires: date | None) -> None:
    assert domain.expiry_of(Qualification(valid_months=months), issued) == expires


def test_the_expiry_is_proposed_and_can_be_another(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.member, via=Via.WEB)
        expected = QualificationFactory.create(valid_months=24)
        made = domain.add_certificate(
            actor=actor, membership=world.member, title=" OKR  Coach ", issued_on=DAY, qualification=expected
        )
        assert (made.title, made.expires_on) == ("OKR Coach", date(2026, 1, 31))
        longer = domain.update_certificate(actor=actor, certificate=made, changes={"expires_on": date(2030, 1, 1)})
        assert longer.expires_on == date(2030, 1, 1)
        again = domain.update_certificate(actor=actor, certificate=made, changes={"expires_on": None})
        assert again.expires_on == date(2026, 1, 31)
        free = domain.update_certificate(
            actor=actor, certificate=made, changes={"expires_on": None, "qualification": None}
        )
        assert free.expires_on is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"issued_on": date(2999, 1, 1)}, "issued_on"),
        ({"issued_on": DAY, "expires_on": date(2023, 1, 1)}, "expires_on"),
        ({"issued_on": date(1969, 12, 31)}, "issued_on"),
        ({"expires_on": date(9999, 1, 1)}, "expires_on"),
    ],
)
def test_nonsense_is_refused_at_its_field(changes: dict[str, object], field: str, world: World) -> None:
    with within(world.organization), pytest.raises(Refused) as refused:
        domain.update_certificate(
            actor=Actor(world.member, via=Via.WEB), certificate=world.certificate, changes=changes
        )
    assert list(refused.value.message_dict) == [field]


def test_a_removal_is_taken_back_once(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.member, via=Via.WEB)
        kept = world.certificate.pk
        before = Certificate.objects.values().get(pk=kept)
        domain.remove_certificate(actor=actor, certificate=world.certificate)
        assert not Certificate.objects.filter(pk=kept).exists()
        domain.restore_certificate(actor=actor, certificate_id=kept)
        domain.restore_certificate(actor=actor, certificate_id=kept)
        assert Certificate.objects.values().get(pk=kept) == before
        entries = AuditEntry.objects.filter(object_id=str(kept)).order_by("at").values_list("verb", flat=True)
        assert list(entries) == ["removed", "restored"]


def test_who_reads_and_keeps_them(world: World) -> None:
    """The same for one and for many: oneself, and the Program Lead Office where somebody holds a role."""
    with within(world.organization):
        other = TeamFactory.create(name="Elsewhere")
        scoped = make_member("Stella Scoped", "stella@acme")
        RoleAssignmentFactory.create(membership=scoped, role=Role.PLO, team=other)
        sponsor = make_member("Sven Sponsor", "sven@acme")
        RoleAssignmentFactory.create(membership=sponsor, role=Role.SPONSOR, team=other)
        CertificateFactory.create(membership=sponsor)
        nobody = make_member("Nina Nobody", "nina@acme")
        CertificateFactory.create(membership=nobody)
        # Coaches one person, who works there.
        coach = make_member("Cora Coach", "cora@acme")
        CertificateFactory.create(membership=coach)
        TeamMembershipFactory.create(team=other, membership=world.lead)
        RoleAssignmentFactory.create(membership=coach, role=Role.COACH, person=world.lead)
        holders = [world.member, sponsor, nobody, coach]
        expected = {
            world.plo: {world.member, sponsor, coach},
            scoped: {sponsor, coach},
            sponsor: {sponsor},
            world.administrator: set(),
            nobody: {nobody},
        }
        for reader, readable in expected.items():
            actor = Actor(reader, via=Via.WEB)
            assert {one for one in holders if profile_permissions.see_certificates(actor, one)} == readable, reader
            assert {one for one in holders if profile_permissions.edit_certificates(actor, one)} == readable, reader
            assert {row.membership for row in readable_certificates(actor)} == readable, reader


def test_expiry_is_told_in_time(world: World) -> None:
    today = timezone.localdate()
    with within(world.organization):
        for days in (-1, 0, 60, 61):
            CertificateFactory.create(membership=world.plo, expires_on=today + timedelta(days=days))
        with exactly(1):
            shown = certificates_of(world.plo, today)
        told = {one.certificate.expires_on: (one.has_expired, one.expires_soon) for one in shown}
        assert list(told.values()).count((False, False)) == 1
        assert told[today - timedelta(days=1)] == (True, False)
        assert told[today] == told[today + timedelta(days=60)] == (False, True)


def test_the_trail_tells_administrators_nothing_of_them(world: World) -> None:
    with within(world.organization):
        actor = Actor(world.member, via=Via.WEB)
        domain.update_certificate(actor=actor, certificate=world.certificate, changes={"title": "Secretly trained"})
    page = client_of(world.administrator).get(f"/o/{world.organization.slug}/settings/audit/")
    assert page.status_code == 200
    assert "Secretly trained" not in page.content.decode()


def test_the_pages(world: World) -> None:
    client, base = client_of(world.member), f"/o/{world.organization.slug}/roles/certificates/"
    today = timezone.localdate()
    new = f"{base}of/{world.member.pk}/new/"
    wrong = client.post(new, {"title": "Basics", "issued_on": "2999-01-01"})
    assert (wrong.status_code, "issued_on" in wrong.context["form"].errors) == (422, True)
    soon = (today + timedelta(days=5)).isoformat()
    added = client.post(new, {"title": "Basics", "issued_on": "2024-01-31", "expires_on": soon})
    assert added["Location"].startswith(f"{base}#certificate-")
    page = client.get(base).content.decode()
    assert "Expires soon" in page
    removed = client.post(f"{base}{world.certificate.pk}/remove/", headers={"hx-request": "true"})
    assert removed["HX-Redirect"] == base
    after = client.get(base).content.decode()
    assert f"{base}{world.certificate.pk}/restore/" in after
    client.post(f"{base}{world.certificate.pk}/restore/")
    assert f"certificate-{world.certificate.pk}" in client.get(base).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_removal_back_at_once_bring_one_back() -> None:
    world = make_organization("acme")
    actor, kept = Actor(world.member, via=Via.WEB), world.certificate.pk
    with within(world.organization):
        domain.remove_certificate(actor=actor, certificate=world.certificate)
    with within(world.organization):
        domain.restore_certificate(actor=actor, certificate_id=kept)
        other = Other(world.organization, lambda: domain.restore_certificate(actor=actor, certificate_id=kept))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert Certificate.objects.filter(pk=kept).count() == 1
        verbs = AuditEntry.objects.filter(object_id=str(kept)).order_by("at").values_list("verb", flat=True)
        assert list(verbs) == ["removed", "restored"]
