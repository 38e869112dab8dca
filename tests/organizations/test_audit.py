"""The audit trail as people read it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from okrs.domain.check_in import check_in
from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.membership import update_member
from organizations.domain.organization_settings import PROCESS, update_settings
from organizations.domain.team import create_team, move_team, update_team
from organizations.enums import Via
from organizations.models import AuditEntry, Team
from organizations.queries.audit import AuditFilter, audit_page
from organizations.queries.audit_words import FIELDS, KEYS, SENTENCES, VERBS
from tests.factories.organizations import AuditEntryFactory, TeamFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.administrator, via=Via.WEB)


def url(world: World) -> str:
    return reverse("organizations:audit", args=[world.organization.slug])


def test_entries_read_as_sentences_with_names(world: World, actor: Actor) -> None:
    with within(world.organization):
        team = create_team(actor=actor, name="North", parent=world.team, lead=world.lead)
        update_team(actor=actor, team=team, changes={"lead": world.member, "check_in_weekday": 0})
        move_team(actor=actor, team=team, parent=world.root_team)
        update_settings(actor=actor, changes={"individual_okrs": True, "band_green": Decimal("0.80")}, allowed=PROCESS)
        update_member(actor=actor, member=world.member, changes={"title": "Seller"})
        lines = audit_page(actor, AuditFilter()).lines
    sentences = [line.sentence for line in lines[:5]]
    assert sentences == [
        "Anna Acme edited member “Max Acme”",
        "Anna Acme edited the settings of the organization",
        "Anna Acme moved team “North”",
        "Anna Acme edited team “North”",
        "Anna Acme created team “North”",
    ]
    changes = {(change.label, change.before, change.after) for line in lines[:5] for change in line.changes}
    assert changes >= {
        ("Job title", "–", "Seller"),
        ("Individual OKRs", "no", "yes"),
        ("Above it", "Sales Acme", "Company Acme"),
        ("Lead", "Lena Acme", "Max Acme"),
        ("Check-in day", "–", "Monday"),
    }


def test_a_check_in_reads_without_what_only_programs_need(world: World) -> None:
    person = Actor(world.member, via=Via.WEB)

    def newest() -> list[tuple[str, str, str]]:
        (line, *_older) = audit_page(Actor(world.administrator, via=Via.WEB), AuditFilter(verb="checked_in")).lines
        return [(change.label, change.before, change.after) for change in line.changes]

    with within(world.organization):
        check_in(actor=person, key_result=world.key_result, value=Decimal("57.5"), confidence="at_risk")
        assert newest() == [("Value", "10", "57.5"), ("Confidence", "on track", "at risk")]
        check_in(actor=person, key_result=world.key_result)
        assert newest() == []
        check_in(actor=person, key_result=world.key_result, value=Decimal(60))
        with override("de"):
            assert newest() == [("Wert", "57,5", "60")]


def test_fields_without_a_name_are_called_by_what_they_point_at(world: World) -> None:
    with within(world.organization):
        AuditEntryFactory(
            verb="assigned",
            object_type="roles.roleassignment",
            before=None,
            after={"membership": str(world.member.pk), "invitation": str(world.invitation.pk), "user": 7},
        )
        (line, *_older) = audit_page(Actor(world.administrator, via=Via.WEB), AuditFilter(verb="assigned")).lines
        assert [(change.label, change.after) for change in line.changes] == [("Member", world.member.display_name)]


def test_unknown_verbs_and_things_are_shown_as_they_are(world: World, actor: Actor) -> None:
    with within(world.organization):
        AuditEntryFactory(
            actor=None, verb="teleported", object_type="gone.thing", object_label="X", after={"a": {"b": 1}}
        )
        line = audit_page(actor, AuditFilter()).lines[0]
        assert line.sentence == "The system: teleported – gone.thing “X”"
        assert line.changes[0].after == "b: 1"


def test_days_and_moments_read_as_such(world: World, actor: Actor) -> None:
    with within(world.organization):
        AuditEntryFactory(after={"starts_on": "2027-07-05", "expires_at": "2027-07-05T10:30:00Z", "name": "12:30"})
        changes = audit_page(actor, AuditFilter()).lines[0].changes
        assert [change.after for change in changes] == ["12:30", "07/05/2027", "07/05/2027 10:30 a.m."]


def test_every_verb_has_both_words() -> None:
    assert set(SENTENCES) == set(VERBS)
    assert all(str(sentence).format(who="A", what="B").count("A") for sentence in SENTENCES.values())


def test_what_stands_beside_fields_has_words_of_its_own() -> None:
    """Every key that the domain writes into the trail by hand is a field or has its words; none reads like code."""
    written: set[str] = set()
    for file in Path(settings.BASE_DIR).glob("*/domain/*.py"):
        for said in re.findall(r"(?:before|after)=\{([^}]*)\}", file.read_text()):
            written |= set(re.findall(r'"([a-z_]+)":', said))
        written |= set(re.findall(r'(?:before|after)\["([a-z_]+)"\]', file.read_text()))
    assert len(written) > 20
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert written - fields - set(FIELDS) - KEYS == set()


def test_filters_and_pages(world: World) -> None:
    with within(world.organization):
        for index in range(60):
            AuditEntryFactory(actor=world.lead, object_label=f"Entry {index}", verb="moved")
    client = client_of(world.administrator)
    first = client.get(url(world), {"actor": world.lead.display_name, "verb": "moved"})
    second = client.get(url(world) + first.context["next_url"])
    labels = [line.entry.object_label for page in (first, second) for line in page.context["page"].lines]
    assert labels == [f"Entry {index}" for index in reversed(range(60))]
    assert second.context["next_url"] == ""
    assert client.get(url(world), {"object_type": "organizations.team", "verb": "edited"}).context["page"].lines == []
    offered = dict(client.get(url(world)).context["form"].fields["object_type"].choices)
    assert offered["notifications.endpoint"] == "connection"
    assert client.get(url(world), {"until": "2020-01-01"}).context["page"].lines == []
    assert client.get(url(world), {"cursor": "nonsense"}).context["page"].lines
    wrong = client.get(url(world), {"since": "yesterday", "actor": "Nobody"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"since", "actor"}


@pytest.mark.parametrize("who", ["member", "lead", "plo"])
def test_only_administrators_read_it(world: World, who: str) -> None:
    assert client_of(getattr(world, who)).get(url(world)).status_code == 403


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, actor: Actor, number: int) -> None:
    with within(world.organization):
        for _index in range(number):
            team: Team = TeamFactory.create()
            audit.record(
                actor=actor,
                verb="moved",
                subject=team,
                before={"parent": world.team.pk, "lead": world.lead.pk},
                after={"parent": world.root_team.pk, "lead": world.member.pk},
            )
    client = client_of(world.administrator)
    client.get(url(world))
    with exactly(10):
        assert client.get(url(world)).status_code == 200


@pytest.mark.raw_sql
def test_entries_stay_as_they_are(world: World) -> None:
    with within(world.organization):
        for write in (
            lambda: AuditEntry.objects.update(verb="x"),
            lambda: AuditEntry.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                write()
