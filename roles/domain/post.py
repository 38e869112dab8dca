"""What coaches share: insights, articles, templates and resistance they meet."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import F, TextField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from organizations.models import Membership, Team
from organizations.names import sort_key
from organizations.queries.team import with_descendants
from roles.domain.sent_again import lock_sender, sent_before
from roles.enums import PostKind
from roles.models import Post, PostUseful

EDITABLE = ("title", "text", "link", "team", "group")
LONGEST = 20_000
LONGEST_TITLE = 200
LONGEST_LINK = 500
LONGEST_GROUP = 120
# Fewer people than this in a team, with all below it, are persons and not a group.
SMALLEST_GROUP = 3
_is_link = URLValidator(schemes=["http", "https"])


def write_post(
    *,
    actor: Actor,
    kind: str,
    title: str,
    text: str = "",
    link: str = "",
    team: Team | None = None,
    group: str = "",
) -> Post:
    """Share something with the coaches and the Program Lead Office. Returns the post; sent twice, it is the same.

    Raises Refused at the field that makes no sense: an article without its link, a template without text, resistance
    of nobody or of a person. Side effects: one audit entry.
    """
    with transaction.atomic():
        lock_sender(actor)
        post = Post(
            kind=kind,
            title=title.strip(),
            text=text.strip(),
            link=link.strip(),
            team=team,
            group=group.strip(),
            author=actor.membership,
        )
        _validate(post)
        theirs = Post.objects.standing().filter(author=actor.membership)
        same = {name: post.serializable_value(name) for name in ("kind", *EDITABLE)}
        if (sent := sent_before(theirs, actor, **same)) is not None:
            return sent
        post.save()
        audit.record(actor=actor, verb="shared", subject=post, after=audit.snapshot(post, ["kind", *EDITABLE]))
        return post


def edit_post(*, actor: Actor, post: Post, changes: dict[str, Any], seen: datetime | None = None) -> Post:
    """Change fields of EDITABLE of a post; it says that it was edited. Returns it as it now stands.

    `seen` is when the form was opened: what changed elsewhere since is refused once. Raises Refused as write_post
    does, and for a removed post. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_post(post)
        changes = {name: value for name, value in changes.items() if name in EDITABLE}
        changes = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
        refuse_if_changed_since(locked, actor=actor, seen=seen, fields=changes)
        before, after = audit.apply_changes(locked, changes)
        if not after:
            return locked
        _validate(locked)
        locked.edited_at = timezone.now()
        locked.save(update_fields=[*after, "edited_at"])
        audit.record(actor=actor, verb="changed", subject=locked, before=before, after=after)
        return locked


def remove_post(*, actor: Actor, post: Post) -> Post:
    """Take a post away, with what was said to it. Can be undone. Side effects: one audit entry."""
    with transaction.atomic():
        locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="removed", subject=locked)
        return locked


def restore_post(*, actor: Actor, post: Post) -> Post:
    """Bring a post back that was removed moments ago; Refused when it is too late. Side effects: one audit entry."""
    with transaction.atomic():
        locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked


def find_useful(*, actor: Actor, post: Post) -> bool:
    """Say that a post is useful; twice is once. Returns whether it is new. Refused for a removed post."""
    with transaction.atomic():
        locked = lock_post(post)
        _row, created = PostUseful.objects.get_or_create(post=locked, membership=_person(actor))
        return created


def find_useful_no_more(*, actor: Actor, post: Post) -> bool:
    """Take back that a post is useful. Returns whether it had been said. Refused for a removed post."""
    with transaction.atomic():
        locked = lock_post(post)
        deleted, _rows = PostUseful.objects.filter(post=locked, membership=_person(actor)).delete()
        return deleted > 0


def adopt_post(*, actor: Actor, post: Post) -> Post:
    """Mark an insight as taken over into the playbook; once it is, it stays by whom and when it was first.

    Raises Refused for anything but an insight, and for a removed one. Side effects: one audit entry.
    """
    with transaction.atomic():
        locked = lock_post(post)
        if locked.kind != PostKind.INSIGHT:
            raise Refused(_("Only insights are adopted into the playbook."))
        if locked.adopted_at is None:
            locked.adopted_at, locked.adopted_by = timezone.now(), actor.membership
            locked.save(update_fields=["adopted_at", "adopted_by"])
            audit.record(actor=actor, verb="adopted", subject=locked)
        return locked


def withdraw_adoption(*, actor: Actor, post: Post) -> Post:
    """Take an insight out of the playbook again. Refused for a removed post. Side effects: one audit entry."""
    with transaction.atomic():
        locked = lock_post(post)
        if locked.adopted_at is not None:
            before = audit.snapshot(locked, ["adopted_at", "adopted_by"])
            locked.adopted_at = locked.adopted_by = None
            locked.save(update_fields=["adopted_at", "adopted_by"])
            audit.record(
                actor=actor,
                verb="withdrew_adoption",
                subject=locked,
                before={**before, "adopted_at": str(before["adopted_at"])},
            )
        return locked


def lock_post(post: Post) -> Post:
    """Return a post locked, as it stands now; raises Refused when it was removed."""
    locked: Post = Post.objects.select_for_update(of=("self",)).select_related("team").get(pk=post.pk)
    if locked.removed_at is not None:
        raise Refused(_("This post was removed."))
    return locked


def _person(actor: Actor) -> Membership:
    if actor.membership is None:
        raise Refused(_("Only members find something useful."))
    return actor.membership


def _validate(post: Post) -> None:
    """Raise Refused for what a post of its kind cannot be."""
    errors: dict[str, str] = {}
    if post.kind not in PostKind.values:
        errors["kind"] = _("Choose what you share.")
    if not post.title:
        errors["title"] = _("Give it a title.")
    most = {"title": LONGEST_TITLE, "text": LONGEST, "link": LONGEST_LINK, "group": LONGEST_GROUP}
    for name, longest in most.items():
        if len(getattr(post, name)) > longest:
            errors[name] = _("At most %(count)d letters.") % {"count": longest}
    if post.link and "link" not in errors and not _leads_somewhere(post.link):
        errors["link"] = _("Enter a whole address, such as https://example.com/article.")
    if post.kind == PostKind.ARTICLE and not post.link:
        errors["link"] = _("Where can the article be read?")
    if post.kind == PostKind.TEMPLATE and not post.text:
        errors["text"] = _("Write what others can copy.")
    if post.kind == PostKind.INSIGHT and not post.text:
        errors["text"] = _("Say what you learnt.")
    if errors:
        raise Refused(errors)
    if post.kind == PostKind.RESISTANCE:
        _refuse_persons(post)
    elif post.team_id is not None or post.group:
        raise Refused({"team" if post.team_id else "group": _("Only a reported resistance names a group.")})


def _leads_somewhere(link: str) -> bool:
    try:
        _is_link(link)
    except ValidationError:
        return False
    return True


def _refuse_persons(post: Post) -> None:
    """Resistance is of groups: raise Refused without one, and for one that is a person by another name."""
    if post.team is None and not post.group:
        raise Refused({"group": _("Say of which group: name a team, or describe it in words.")})
    if post.group:
        name = sort_key(post.group)
        people = Membership.objects.filter(sort_key=name) | Membership.objects.filter(email__iexact=post.group)
        if people.exists():
            raise Refused({"group": _("This is a person. Resistance is reported of groups, never of persons.")})
    for field in ("group", "title", "text"):
        if named := _named_in(getattr(post, field)):
            told = _("This names %(name)s. Resistance is reported of groups, never of persons.") % {"name": named}
            raise Refused({field: told})
    if post.team is not None:
        below = with_descendants(post.team.pk)
        members = Membership.objects.active().filter(team_memberships__team__in=below)
        leads = Membership.objects.active().filter(leads__in=below)
        if len({*members.values_list("pk", flat=True)[:50], *leads.values_list("pk", flat=True)[:50]}) < SMALLEST_GROUP:
            raise Refused(
                {
                    "team": _(
                        "Fewer than %(count)d people are in this team: that would be of persons. "
                        "Name the team above it, or a larger group."
                    )
                    % {"count": SMALLEST_GROUP}
                }
            )


def _named_in(text: str) -> str:
    """Return somebody whose full name a text contains, however it is written, empty if nobody; one query."""
    written = Value(sort_key(text), output_field=TextField())
    people = Membership.objects.alias(written=written).filter(sort_key__contains=" ", written__contains=F("sort_key"))
    return people.values_list("display_name", flat=True).first() or "" if text else ""
