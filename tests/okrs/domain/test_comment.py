"""Comments, whom they name, and reactions."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from okrs import talk_permissions as permissions
from okrs.domain.comment import edit_comment, remove_comment, restore_comment, write_comment
from okrs.domain.mention import MOST, people_in, read_mention
from okrs.domain.reaction import react, withdraw_reaction
from okrs.domain.sharing import share_objective
from okrs.enums import Phase, ReactionKind, ShareLevel
from okrs.models import Comment, Mention, Objective, Reaction
from okrs.queries.mention import unread_mentions
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Membership
from organizations.queries.audit import visible_entries
from tests.factories.okrs import CycleFactory, ObjectiveFactory
from tests.factories.organizations import MembershipFactory
from tests.factories.worlds import World, within
from tests.queries import exactly


@pytest.fixture(autouse=True)
def _inside(world: World) -> Iterator[None]:
    with within(world.organization):
        yield


def acting(member: Membership) -> Actor:
    return Actor(Membership.objects.get(pk=member.pk), via=Via.WEB)


def private(world: World) -> Objective:
    return Objective.objects.select_related("cycle").get(pk=world.private_objective.pk)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Lena Acme, can you help?", ["Lena Acme"]),
        ("Ask @lena acme.", ["Lena Acme"]),
        ("Thanks (@Lena Acme)!", ["Lena Acme"]),
        ("That is @Lena Acme's idea", ["Lena Acme"]),
        ("@lena@acme.example.com and @Max Acme", ["Lena Acme", "Max Acme"]),
        ("@Lena Acme @Lena Acme", ["Lena Acme"]),
        ("Jörg: @JÖRG", ["Jörg"]),
        # The longest name that is somebody's.
        ("@Jörg Muster says so", ["Jörg Muster"]),
        ("Meet @ 5 pm, write to lena@acme.example.com, ask @everyone", []),
        ("no@Lena Acme", []),
    ],
)
def test_whom_a_text_names(world: World, text: str, names: list[str]) -> None:
    MembershipFactory(display_name="Jörg"), MembershipFactory(display_name="Jörg Muster")
    assert sorted(member.display_name for member in people_in(text)) == sorted(names)


def test_names_take_one_query_and_texts_without_one_none(world: World) -> None:
    with exactly(1):
        people_in("@Lena Acme @Max Acme @Petra Acme and @nobody else")
    with exactly(0):
        people_in("Nothing to see here")


def test_a_name_that_several_have_needs_the_address(world: World) -> None:
    twin = MembershipFactory(display_name="Max Acme", email="other@acme.example.com")
    with pytest.raises(Refused, match="Several people are called Max Acme"):
        people_in("@Max Acme")
    assert people_in("@other@acme.example.com") == [twin]


def test_there_is_an_end_to_names(world: World) -> None:
    with pytest.raises(Refused, match="At most 20 people"):
        people_in("@Lena Acme " * (MOST + 1))


def test_a_mention_waits_until_it_is_read_or_answered(world: World) -> None:
    lead = acting(world.lead)
    Mention.objects.all().delete()
    for text in ("@Lena Acme, look", "@Lena Acme, again"):
        write_comment(actor=acting(world.member), objective=world.objective, text=text)
    first, second = unread_mentions(lead)
    assert first.comment.text == "@Lena Acme, again"
    read_mention(actor=lead, mention=first)
    assert [one.pk for one in unread_mentions(lead)] == [second.pk]
    with pytest.raises(Refused):
        read_mention(actor=acting(world.member), mention=second)
    write_comment(actor=lead, objective=world.objective, text="I did, and I say so @Lena Acme")
    assert list(unread_mentions(lead)) == []


def test_editing_tells_only_those_named_now(world: World) -> None:
    comment = write_comment(actor=acting(world.member), objective=world.objective, text="@Lena Acme @Petra Acme")
    read_mention(actor=acting(world.lead), mention=comment.mentions.get(membership=world.lead))
    edit_comment(actor=acting(world.member), comment=comment, text="@Lena Acme @Anna Acme")
    waiting = dict(comment.mentions.values_list("membership__display_name", "read_at"))
    assert set(waiting) == {"Lena Acme", "Anna Acme"}
    assert waiting["Lena Acme"] is not None
    assert waiting["Anna Acme"] is None
    fresh = Comment.objects.get(pk=comment.pk)
    assert fresh.edited_at is not None
    entry = AuditEntry.objects.get(object_id=str(comment.pk), verb="changed")
    assert (entry.before or {})["text"] == "@Lena Acme @Petra Acme"


def test_nobody_is_told_of_what_they_may_not_read(world: World) -> None:
    lead = acting(world.lead)
    with pytest.raises(Refused, match="Max Acme and Anna Acme cannot see"):
        write_comment(actor=lead, objective=private(world), text="@Petra Acme @Max Acme @Anna Acme")
    share_objective(actor=lead, objective=private(world), member=world.member, level=ShareLevel.VIEW)
    comment = write_comment(actor=lead, objective=private(world), text="@Petra Acme @Max Acme")
    assert {one.comment_id for one in unread_mentions(acting(world.member))} == {comment.pk}
    # No longer shared: it waits no longer, and the trail does not tell.
    share_objective_ended = private(world).grants.filter(user=world.member.user_id)
    share_objective_ended.delete()
    assert list(unread_mentions(acting(world.member))) == []
    entries = AuditEntry.objects.filter(object_type="okrs.comment", object_id=str(comment.pk))
    assert entries.count() == 1
    assert not visible_entries(acting(world.administrator)).filter(pk__in=entries).exists()
    assert visible_entries(lead).filter(pk__in=entries).exists()


def test_who_talks_about_a_private_objective(world: World) -> None:
    assert permissions.comment_on(acting(world.lead), private(world))
    # Petra holds it to read.
    assert not permissions.comment_on(acting(world.plo), private(world))
    share_objective(actor=acting(world.lead), objective=private(world), member=world.plo, level=ShareLevel.COMMENT)
    assert permissions.comment_on(acting(world.plo), private(world))
    comment = write_comment(actor=acting(world.lead), objective=private(world), text="Just us")
    assert not permissions.remove_comment(acting(world.plo), comment)
    assert Comment.objects.visible_to(acting(world.member)).filter(pk=comment.pk).count() == 0


def test_what_is_removed_comes_back_by_the_same_hand(world: World) -> None:
    author, moderator = acting(world.member), acting(world.plo)
    comment = write_comment(actor=author, objective=world.objective, text="Well @Lena Acme")
    remove_comment(actor=moderator, comment=comment)
    assert comment.pk not in {one.comment_id for one in unread_mentions(acting(world.lead))}
    assert not permissions.restore_comment(author, comment)
    assert permissions.restore_comment(moderator, comment)
    restore_comment(actor=moderator, comment=comment)
    assert comment.pk in {one.comment_id for one in unread_mentions(acting(world.lead))}
    removed = remove_comment(actor=author, comment=comment)
    assert permissions.restore_comment(author, comment)
    Comment.objects.filter(pk=removed.pk).update(removed_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="too late"):
        restore_comment(actor=author, comment=comment)


def test_what_is_refused(world: World) -> None:
    actor = acting(world.member)
    with pytest.raises(Refused, match="Write something"):
        write_comment(actor=actor, objective=world.objective, text=" \n ")
    with pytest.raises(Refused, match="another objective"):
        write_comment(actor=actor, objective=world.organization_objective, text="Hm", key_result=world.key_result)
    closed = ObjectiveFactory.create(cycle=CycleFactory.create(phase=Phase.CLOSED))
    with pytest.raises(Refused, match="closed"):
        write_comment(actor=actor, objective=closed, text="Late")
    assert not permissions.comment_on(actor, closed)


def test_a_word_counts_once_and_is_taken_back(world: World) -> None:
    actor = acting(world.member)
    for _time in range(2):
        react(actor=actor, thing=world.comment, kind=ReactionKind.CELEBRATE)
        react(actor=actor, thing=world.check_in, kind=ReactionKind.CELEBRATE)
    assert Reaction.objects.filter(membership=world.member).count() == 2
    assert AuditEntry.objects.filter(verb="reacted").count() == 2
    withdraw_reaction(actor=actor, thing=world.comment, kind=ReactionKind.CELEBRATE)
    withdraw_reaction(actor=actor, thing=world.comment, kind=ReactionKind.CELEBRATE)
    assert list(Reaction.objects.filter(membership=world.member).values_list("check_in", flat=True)) == [
        world.check_in.pk
    ]
    with pytest.raises(Refused):
        react(actor=actor, thing=world.comment, kind="hate")
