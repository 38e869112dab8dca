"""A private objective is found by nobody but its owner and those it is shared with, and counts in no number."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from okrs.domain.alignment import align, remove_alignment
from okrs.domain.check_in import check_in
from okrs.domain.dependency import add_dependency, remove_dependency
from okrs.domain.initiative import create_initiative
from okrs.domain.objective import archive_objective, edit_objective, restore_objective
from okrs.domain.sharing import share_objective, stop_sharing
from okrs.enums import ShareLevel, Visibility
from okrs.models import Alignment, Dependency, KeyResult, Objective
from okrs.queries.sharing import level_of
from okrs.queries.team_page import Filters, team_page
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import Membership
from tests.contracts.addresses import filled, tenant_addresses
from tests.contracts.report import nothing_wrong
from tests.factories.okrs import AlignmentFactory
from tests.factories.worlds import World, client_of, within

pytestmark = pytest.mark.django_db

SECRETS = ("Private of", "Private result of")
# What shows more of an address than it does by itself.
QUERIES = {
    "okrs:palette": ("?q=private",),
    "okrs:alignment": ("?q=private", "?view=orphans", "?view=gaps"),
    "okrs:alignment_search": ("?q=private",),
    "okrs:team": ("?view=collapsed", "?status=active"),
    "okrs_api:objective-list": ("?expand=key_results",),
}


def actor_of(member: Membership) -> Actor:
    """Return a member as an actor with nothing remembered."""
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def told_secrets(client: Client, name: str, path: str) -> list[str]:
    """Return what a page gives away, by path."""
    found = []
    for query in ("", *QUERIES.get(name, ())):
        answer = client.get(path + query)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found += [f"{path}{query}: {secret}" for secret in SECRETS if secret.encode() in text]
    return found


@pytest.mark.parametrize("who", ["member", "administrator"])
def test_no_address_tells_others_of_it(world: World, who: str, covered: Callable[[str, int], None]) -> None:
    client = client_of(getattr(world, who))
    problems, tried = [], 0
    for address in tenant_addresses():
        if "GET" not in address.methods:
            continue
        problems += told_secrets(client, address.name, filled(address, world))
        tried += 1
    slug = world.organization.slug
    for name, pk in (("objective", world.private_objective.pk), ("check_in", world.private_key_result.pk)):
        assert client.get(reverse(f"okrs:{name}", args=[slug, pk])).status_code == 404
    for kind, pk in (("objectives", world.private_objective.pk), ("key-results", world.private_key_result.pk)):
        assert client.get(f"/api/v1/o/{slug}/{kind}/{pk}/").status_code == 404
    nothing_wrong(problems)
    covered("addresses that tell others nothing of a private objective", tried)


@pytest.mark.parametrize("who", ["lead", "plo"])
def test_those_who_may_see_it_do(world: World, who: str) -> None:
    client = client_of(getattr(world, who))
    slug = world.organization.slug
    page = client.get(reverse("okrs:objective", args=[slug, world.private_objective.pk]))
    assert SECRETS[0] in page.content.decode()
    assert SECRETS[0] in client.get(reverse("okrs:team", args=[slug, world.team.slug])).content.decode()
    listed = client.get(f"/api/v1/o/{slug}/objectives/").json()
    assert str(world.private_objective.pk) in {row["id"] for row in listed["results"]}


def test_it_cannot_be_referred_to_by_others(world: World) -> None:
    slug, client = world.organization.slug, client_of(world.member)
    body = {"objective": str(world.objective.pk), "target_objective": str(world.private_objective.pk)}
    answer = client.post(f"/api/v1/o/{slug}/alignments/", body, content_type="application/json")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["target_objective"]
    answer = client.post(
        reverse("okrs:alignment_create", args=[slug, world.objective.pk]), {"target": str(world.private_objective.pk)}
    )
    assert answer.status_code == 422


def test_no_number_depends_on_who_looks(world: World) -> None:
    with within(world.organization):
        summaries = []
        for who in (world.member, world.lead, world.plo, world.administrator):
            page = team_page(actor_of(who), world.team.slug, slug="x", cycle_id=world.cycle.pk, filters=Filters())
            assert page is not None
            # May this person check in is no number.
            summaries.append(
                (page.summary.progress, page.summary.objectives, page.summary.key_results, page.summary.due)
            )
        assert len(set(summaries)) == 1
        assert summaries[0][1] == 1


def test_it_feeds_no_other_number(world: World) -> None:
    with within(world.organization):
        above = world.organization_objective
        edit_objective(actor=actor_of(world.plo), objective=above, changes={"counts_supporting": True})
        AlignmentFactory.create(objective=world.private_objective, target_objective=above)
        check_in(actor=actor_of(world.lead), key_result=world.private_key_result, value=Decimal(90))
        assert KeyResult.objects.get(pk=world.private_key_result.pk).progress == pytest.approx(0.9)
        check_in(actor=actor_of(world.member), key_result=world.key_result, value=Decimal(50))
        above.refresh_from_db()
        before = above.progress
        assert before == Objective.objects.get(pk=world.objective.pk).progress
        assert before is not None
        # Opened, it counts; made private again, it no longer does.
        private = Objective.objects.get(pk=world.private_objective.pk)
        edit_objective(actor=actor_of(world.lead), objective=private, changes={"visibility": Visibility.OPEN})
        above.refresh_from_db()
        assert above.progress == pytest.approx((before + 0.9) / 2)
        edit_objective(actor=actor_of(world.lead), objective=private, changes={"visibility": Visibility.PRIVATE})
        above.refresh_from_db()
        assert above.progress == before


def test_what_open_objectives_refer_to_does_not_become_private(world: World) -> None:
    with within(world.organization):
        lead = actor_of(world.lead)
        private = Objective.objects.get(pk=world.private_objective.pk)
        private = edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.OPEN})
        align(actor=lead, objective=world.objective, target=private)
        with pytest.raises(Refused, match="Objective of"):
            edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.PRIVATE})
        Objective.objects.filter(pk=private.pk).update(visibility=Visibility.PRIVATE)
        private.refresh_from_db()
        with pytest.raises(Refused, match="is private"):
            align(actor=lead, objective=world.organization_objective, target=private)


def test_what_became_private_is_told_by_no_entry_about_others(world: World) -> None:
    with within(world.organization):
        lead = actor_of(world.lead)
        private = Objective.objects.get(pk=world.private_objective.pk)
        private = edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.OPEN})
        remove_alignment(actor=lead, alignment=align(actor=lead, objective=world.objective, target=private))
        need = add_dependency(actor=lead, objective=world.objective, needs=private)
        remove_dependency(actor=lead, dependency=need)
    page = reverse("organizations:audit", args=[world.organization.slug])
    client = client_of(world.administrator)
    assert "Private of" in client.get(page).content.decode()
    with within(world.organization):
        edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.PRIVATE})
    assert told_secrets(client, "organizations:audit", page) == []
    assert told_secrets(client, "", reverse("organizations_api:audit-list", args=[world.organization.slug])) == []


def test_what_comes_back_refers_to_nothing_that_became_private(world: World) -> None:
    with within(world.organization):
        lead = actor_of(world.lead)
        private = Objective.objects.get(pk=world.private_objective.pk)
        private = edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.OPEN})
        align(actor=lead, objective=world.objective, target=private)
        add_dependency(actor=lead, objective=world.objective, needs=private)
        archive_objective(actor=lead, objective=world.objective)
        private = edit_objective(actor=lead, objective=private, changes={"visibility": Visibility.PRIVATE})
        restore_objective(actor=lead, objective=Objective.objects.get(pk=world.objective.pk))
        assert not Alignment.objects.filter(objective=world.objective, target_objective=private).exists()
        assert not Dependency.objects.filter(objective=world.objective, needs=private).exists()


def test_nobody_is_named_who_would_never_see_it(world: World) -> None:
    """Neither as the one who helps nor as the one who does it."""
    with within(world.organization):
        private = Objective.objects.get(pk=world.private_objective.pk)
        owner = actor_of(Membership.objects.get(pk=private.owner_id))
        key_result = KeyResult.objects.filter(objective=private)[0]
        stranger = Membership.objects.get(pk=world.administrator.pk)
        with pytest.raises(Refused, match="Share it first") as refused:
            check_in(actor=owner, key_result=key_result, blocker="Stuck", helper=stranger)
        assert list(refused.value.error_dict) == ["helper"]
        with pytest.raises(Refused, match="Share it first") as refused:
            create_initiative(actor=owner, objective=private, title="Call them", owner=stranger)
        assert list(refused.value.error_dict) == ["owner"]
        share_objective(actor=owner, objective=private, member=stranger, level=ShareLevel.VIEW)
        assert check_in(actor=owner, key_result=key_result, blocker="Stuck", helper=stranger).helper == stranger


def test_visible_to_and_the_levels_agree(world: World) -> None:
    """Whoever holds a level sees it, whoever sees it without owning it holds a level; deactivated, nobody does."""
    with within(world.organization):
        private = Objective.objects.get(pk=world.private_objective.pk)
        for level in (None, *ShareLevel):
            if level is not None:
                share_objective(actor=actor_of(world.lead), objective=private, member=world.member, level=level)
            reader = actor_of(world.member)
            assert level_of(reader, private) == level
            assert Objective.objects.visible_to(reader).filter(pk=private.pk).exists() == (level is not None)
        stop_sharing(actor=actor_of(world.lead), objective=private, member=world.member)
        assert level_of(actor_of(world.member), private) is None


def test_sharing_lets_somebody_in_by_level(world: World) -> None:
    slug, lead, member = world.organization.slug, client_of(world.lead), client_of(world.member)
    share = reverse("okrs:objective_share", args=[slug, world.private_objective.pk])
    edit = reverse("okrs:objective_edit", args=[slug, world.private_objective.pk])
    assert member.get(share).status_code == 404
    assert lead.post(share, {"member": world.member.email, "level": ShareLevel.VIEW}).status_code == 302
    assert member.get(reverse("okrs:objective", args=[slug, world.private_objective.pk])).status_code == 200
    assert member.get(edit).status_code == 403
    assert member.get(share).status_code == 403
    assert lead.post(share, {"member": world.member.email, "level": ShareLevel.EDIT}).status_code == 302
    assert member.get(edit).status_code == 200
    remove = reverse("okrs:objective_unshare", args=[slug, world.private_objective.pk, world.member.pk])
    assert lead.post(remove).status_code == 302
    assert member.get(edit).status_code == 404


def test_sharing_through_the_api(world: World) -> None:
    slug, lead = world.organization.slug, client_of(world.lead)
    shares = f"/api/v1/o/{slug}/objectives/{world.private_objective.pk}/shares/"
    answer = lead.post(shares, {"member": str(world.member.pk)}, content_type="application/json")
    assert answer.status_code == 201
    assert {row["member"]: row["level"] for row in lead.get(shares).json()} == {
        str(world.member.pk): "view_objective",
        str(world.plo.pk): "view_objective",
    }
    assert client_of(world.member).get(shares).status_code == 403
    assert lead.delete(f"{shares}{world.member.pk}/").status_code == 204
    assert client_of(world.member).get(shares).status_code == 404
