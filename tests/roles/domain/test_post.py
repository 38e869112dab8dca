"""What coaches share: who reads it, what a post must say, and that resistance is never of persons."""

from collections.abc import Iterator
from typing import Any

import pytest

from organizations.actor import Actor, system_actor
from organizations.domain import removed
from organizations.enums import Role, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from organizations.queries.audit import visible_entries
from roles import community_permissions as permissions
from roles.domain import post as domain
from roles.domain.post_comment import remove_post_comment, restore_post_comment, write_post_comment
from roles.enums import PostKind
from roles.models import Post
from roles.queries.post import PAGE_SIZE, comments_of, feed, post_row
from tests.factories.organizations import TeamMembershipFactory
from tests.factories.roles import PostCommentFactory, PostFactory, PostUsefulFactory, RoleAssignmentFactory
from tests.factories.worlds import World, make_member, make_organization, within
from tests.meanwhile import Other
from tests.queries import exactly

INSIGHT = {"kind": PostKind.INSIGHT, "title": "Begin with the why", "text": "It took *half* the time."}


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        yield world


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def test_visible_to_and_the_decision_agree_about_everybody(inside: World) -> None:
    world = inside
    people = {
        "coach of a team": (Role.COACH, world.team),
        "coach everywhere": (Role.COACH, None),
        "program lead office of a unit": (Role.PLO, world.team),
        "sponsor": (Role.SPONSOR, None),
        "leadership": (Role.LEADERSHIP, None),
    }
    actors = {"system": system_actor(), "coach of a person": acting(world.plo)}
    for number, (name, (role, team)) in enumerate(people.items()):
        member = make_member(name, f"p{number}@acme")
        RoleAssignmentFactory(membership=member, role=role, team=team)
        actors[name] = acting(member)
    actors |= {name: acting(getattr(world, name)) for name in ("administrator", "lead", "member")}
    seen = {name for name, actor in actors.items() if permissions.see_post(actor, world.post)}
    assert seen == {name for name, actor in actors.items() if Post.objects.visible_to(actor).filter(pk=world.post.pk)}
    assert seen == set(actors) - {"sponsor", "leadership", "administrator", "lead", "member"}
    domain.edit_post(actor=system_actor(), post=world.post, changes={"title": "Told to nobody else", "text": "x"})
    told = {name for name, actor in actors.items() if visible_entries(actor).filter(object_type="roles.post").exists()}
    assert told == seen


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"text": ""}, "text"),
        ({"kind": "gossip"}, "kind"),
        ({"kind": PostKind.TEMPLATE, "text": " "}, "text"),
        ({"kind": PostKind.ARTICLE}, "link"),
        ({"kind": PostKind.ARTICLE, "link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://example.com/"}, "link"),
        ({"group": "Managers"}, "group"),
        ({"kind": PostKind.RESISTANCE}, "group"),
        ({"kind": PostKind.RESISTANCE, "group": "  máx ACME "}, "group"),
        ({"kind": PostKind.RESISTANCE, "group": "MAX@acme.example.com"}, "group"),
        ({"kind": PostKind.RESISTANCE, "group": "max acme and others"}, "group"),
        ({"kind": PostKind.RESISTANCE, "group": "Sales people", "title": "Max Acme refuses"}, "title"),
        ({"kind": PostKind.RESISTANCE, "group": "Sales people", "text": "It is Max Acme who blocks."}, "text"),
    ],
)
def test_what_is_refused_and_where(inside: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        domain.write_post(actor=acting(inside.plo), **{**INSIGHT, **changes})
    assert list(refused.value.error_dict) == [field]
    assert Post.objects.count() == 1


def test_a_team_of_two_is_no_group(inside: World) -> None:
    resistance = {"kind": PostKind.RESISTANCE, "title": "No time", "team": inside.team}
    actor = acting(inside.plo)
    with pytest.raises(Refused, match="Fewer than 3 people") as refused:
        domain.write_post(actor=actor, **resistance)
    assert list(refused.value.error_dict) == ["team"]
    # Administrator, who leads the team above, counts there; so do those below.
    assert domain.write_post(actor=actor, **{**resistance, "team": inside.root_team}).team == inside.root_team
    TeamMembershipFactory(team=inside.team, membership=inside.plo)
    written = domain.write_post(actor=actor, **resistance, group="Those who sell abroad")
    with pytest.raises(Refused, match="This is a person"):
        domain.edit_post(actor=actor, post=written, changes={"group": "Max Acme"})
    with pytest.raises(Refused, match="Say of which group"):
        domain.edit_post(actor=actor, post=written, changes={"group": "", "team": None})


def test_adopted_by_whom_and_when_first(inside: World) -> None:
    template = PostFactory(kind=PostKind.TEMPLATE)
    with pytest.raises(Refused, match="Only insights"):
        domain.adopt_post(actor=acting(inside.plo), post=template)
    first = domain.adopt_post(actor=acting(inside.plo), post=inside.post)
    again = domain.adopt_post(actor=system_actor(), post=inside.post)
    assert (again.adopted_at, again.adopted_by) == (first.adopted_at, inside.plo)
    row = post_row(acting(inside.plo), inside.post.pk, slug="acme")
    assert row is not None
    assert row.playbook_url is None
    assert domain.withdraw_adoption(actor=acting(inside.plo), post=inside.post).adopted_by is None
    assert list(
        AuditEntry.objects.filter(object_id=str(inside.post.pk)).order_by("at").values_list("verb", flat=True)
    ) == [
        "adopted",
        "withdrew_adoption",
    ]


def test_adoption_is_the_whole_organizations(inside: World) -> None:
    of_unit = make_member("Ute Unit", "ute@acme")
    RoleAssignmentFactory(membership=of_unit, role=Role.PLO, team=inside.team)
    assert permissions.read_community(acting(of_unit))
    assert not permissions.adopt_post(acting(of_unit))
    assert not permissions.remove_post(acting(of_unit), inside.post)


def test_removed_back_and_too_late(inside: World, monkeypatch: pytest.MonkeyPatch) -> None:
    plo, post = acting(inside.plo), inside.post
    comment = write_post_comment(actor=plo, post=post, text="So did we.")
    remove_post_comment(actor=plo, comment=comment)
    assert [one.comment.pk for one in comments_of(plo, post)] == [inside.post_comment.pk]
    restore_post_comment(actor=plo, comment=comment)
    assert len(comments_of(plo, post)) == 2
    domain.remove_post(actor=plo, post=post)
    assert feed(plo, slug="acme").rows == []
    writes = (
        lambda: write_post_comment(actor=plo, post=post, text="Late"),
        lambda: domain.find_useful(actor=plo, post=post),
        lambda: domain.adopt_post(actor=plo, post=post),
        lambda: domain.edit_post(actor=plo, post=post, changes={"title": "New"}),
    )
    for write in writes:
        with pytest.raises(Refused, match="was removed"):
            write()
    author = make_member("Cora Coach", "cora@acme")
    RoleAssignmentFactory(membership=author, role=Role.COACH, team=inside.team)
    Post.objects.filter(pk=post.pk).update(author=author)
    # What the Program Lead Office took away does not come back by its author's hand.
    assert not permissions.restore_post(acting(author), Post.objects.get(pk=post.pk))
    assert permissions.restore_post(plo, post)
    domain.restore_post(actor=plo, post=post)
    assert len(feed(plo, slug="acme").rows) == 1
    domain.remove_post(actor=plo, post=post)
    monkeypatch.setattr(domain, "UNDO_WITHIN", removed.UNDO_WITHIN * 0)
    with pytest.raises(Refused, match="too late"):
        domain.restore_post(actor=plo, post=post)


def test_found_by_kind_and_words_page_by_page(inside: World) -> None:
    actor = acting(inside.plo)
    for number in range(PAGE_SIZE + 5):
        PostFactory(title=f"Number {number:02d}", text="100 % sure" if number == 3 else "", author=inside.plo)
    first = feed(actor, slug="acme")
    second = feed(actor, slug="acme", before=first.older)
    titles = [row.post.title for row in (*first.rows, *second.rows)]
    assert titles[0] == f"Number {PAGE_SIZE + 4}"
    assert len(titles) == len(set(titles)) == PAGE_SIZE + 6
    assert second.older == ""
    assert [row.post.title for row in feed(actor, slug="acme", search="0 % S").rows] == ["Number 03"]
    assert feed(actor, slug="acme", kind=PostKind.ARTICLE).rows == []
    for nonsense in ("x", "2020-01-01_", "2020-01-01T00:00:00_x", "2020-01-01T00:00:00+00:00_1"):
        assert feed(actor, slug="acme", before=nonsense).rows == first.rows


@pytest.mark.parametrize("number", [1, 15])
def test_one_query_however_many(inside: World, number: int) -> None:
    for _one in range(number):
        post = PostFactory(author=inside.plo)
        PostCommentFactory(post=post, author=inside.lead)
        PostUsefulFactory(post=post, membership=inside.lead)
        PostUsefulFactory(post=post, membership=inside.plo)
    actor = acting(inside.plo)
    assert actor.roles
    with exactly(1):
        found = feed(actor, slug="acme").rows
    assert (found[0].comments, found[0].useful, found[0].is_useful_to_me) == (1, 2, True)


@pytest.mark.django_db(transaction=True)
def test_useful_twice_at_once_counts_once() -> None:
    world = make_organization("acme")
    with within(world.organization):
        lead = acting(world.lead)
        assert domain.find_useful(actor=lead, post=world.post)
        other = Other(world.organization, lambda: domain.find_useful(actor=acting(world.lead), post=world.post))
        assert other.waits()
    assert other.end() is None
    with within(world.organization):
        assert world.post.useful.filter(membership=world.lead).count() == 1
