"""Naming people in a text: who is meant, and that they have read it."""

import re
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from okrapp.notifications.domain.inbox import read_of_kind
from okrapp.web.templatetags.ui import join_words
from okrs.domain.telling import MENTIONED
from okrs.models import Comment, Mention, Objective, ObjectiveGrant
from organizations.actor import Actor
from organizations.errors import Refused
from organizations.models import Membership
from organizations.names import sort_key

# More names than this in one text are a mailing list.
MOST = 20
# So many words a name may have.
_WORDS = 6
_AT = re.compile(r"(?<![\w@.])@(?=\S)")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"\S+")


def people_in(text: str) -> list[Membership]:
    """Return the active members a text names, as `@Lena Muster` or `@lena@example.com`; one query, none without an @.

    Of several names that begin alike the longest counts; what is nobody's name is only text. Raises Refused at "text"
    for a name that several people have, and for more than MOST of them.
    """
    places = [_candidates(text[at.end() :]) for at in _AT.finditer(text)]
    if not places:
        return []
    if len(places) > MOST:
        raise Refused({"text": _("At most %(count)d people can be mentioned in one text.") % {"count": MOST}})
    wanted = {candidate for place in places for candidate in place}
    rows = (
        Membership.objects.active()
        .alias(address=Lower("email"))
        .filter(Q(sort_key__in=wanted) | Q(address__in=[one for one in wanted if "@" in one]))
    )
    members = list(rows)
    named = Counter(member.sort_key for member in members)
    of_key = {member.sort_key: member for member in members} | {
        member.email.lower(): member for member in members if member.email
    }
    found: dict[UUID, Membership] = {}
    for place in places:
        key = next((candidate for candidate in place if candidate in of_key), None)
        if key is None:
            continue
        member = of_key[key]
        if named[key] > 1:
            raise Refused(
                {
                    "text": _("Several people are called %(name)s. Write the e-mail address after the @.")
                    % {"name": member.display_name}
                }
            )
        found[member.pk] = member
    return list(found.values())


def refuse_those_kept_out(objective: Objective, people: Iterable[Membership], *, field: str = "text") -> None:
    """Raise Refused at `field` for people who may not read a private objective; a query only for a private one."""
    if not objective.is_private:
        return
    allowed = set(ObjectiveGrant.objects.filter(content_object=objective).values_list("user_id", flat=True))
    kept_out = [one for one in people if one.pk != objective.owner_id and one.user_id not in allowed]
    if kept_out:
        names = join_words([one.display_name for one in kept_out])
        raise Refused(
            {
                field: _("%(people)s cannot see this private objective and would not learn of it. Share it first.")
                % {"people": names}
            }
        )


def write_mentions(comment: Comment, people: Iterable[Membership]) -> set[UUID]:
    """Let a comment mention exactly these people, without its author; what somebody has read stays read.

    Returns the members it mentions no more.
    """
    wanted = {one.pk for one in people if one.pk != comment.author_id}
    present = set(comment.mentions.values_list("membership", flat=True))
    gone = present - wanted
    if gone:
        comment.mentions.filter(membership__in=gone).delete()
    Mention.objects.bulk_create([Mention(comment=comment, membership_id=pk) for pk in sorted(wanted - present)])
    return gone


def read_mention(*, actor: Actor, mention: Mention) -> Mention:
    """Say that the actor has read where they are mentioned. Not in the audit trail: nobody else's business."""
    return _set_read(actor, mention, is_read=True)


def unread_mention(*, actor: Actor, mention: Mention) -> Mention:
    """Let it wait in their week again."""
    return _set_read(actor, mention, is_read=False)


def read_mentions_in(*, actor: Actor, objective: Objective | None = None, proposal_id: UUID | None = None) -> None:
    """Say that the actor has read all that mentions them in one talk: whoever answers has read it."""
    if actor.membership is None:
        return
    mine = Mention.objects.filter(membership=actor.membership, read_at=None)
    here = {"comment__objective": objective} if objective is not None else {"comment__proposal": proposal_id}
    found = dict(mine.filter(**here).values_list("pk", "comment_id"))
    if found:
        # By id, since an update cannot join.
        mine.filter(pk__in=found).update(read_at=timezone.now())
        read_of_kind(actor=actor, kind=MENTIONED, periods=map(str, found.values()))


def _set_read(actor: Actor, mention: Mention, *, is_read: bool) -> Mention:
    if not actor.is_(mention.membership_id):
        raise Refused(_("Only whoever is mentioned says that they have read it."))
    mention.read_at = timezone.now() if is_read else None
    mention.save(update_fields=["read_at"])
    if is_read:
        read_of_kind(actor=actor, kind=MENTIONED, periods=[str(mention.comment_id)])
    return mention


def _candidates(rest: str) -> list[str]:
    """Return what the text after an @ may name, the longest first, as sort keys and addresses in small letters."""
    found: list[str] = []
    address = _ADDRESS.match(rest)
    if address:
        found.append(address[0].lower())
    line = rest.split("\n", 1)[0][:200]
    for word in list(_WORD.finditer(line))[:_WORDS]:
        name = line[: word.end()]
        found += [sort_key(name), sort_key(name.rstrip(".,;:!?)]}\"'”’*_"))]
        if name.endswith(("'s", "’s")):
            found.append(sort_key(name[:-2]))
    return sorted(dict.fromkeys(found), key=len, reverse=True)
