"""What is said to a post of the coach community."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.removed import UNDO_WITHIN
from organizations.errors import Refused
from roles.domain.post import lock_post
from roles.domain.sent_again import sent_before
from roles.models import Post, PostComment

LONGEST = 5000


def write_post_comment(*, actor: Actor, post: Post, text: str) -> PostComment:
    """Say something to a post. Returns the comment; sent twice, it is the same.

    Raises Refused for an empty text and a removed post. Side effects: one audit entry.
    """
    text = text.strip()
    if not text:
        raise Refused({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise Refused({"text": _("A comment has at most %(count)d letters.") % {"count": LONGEST}})
    with transaction.atomic():
        locked = lock_post(post)
        said = PostComment.objects.standing().filter(post=locked)
        if (sent := sent_before(said, actor, text=text)) is not None:
            return sent
        comment = PostComment.objects.create(post=locked, author=actor.membership, text=text)
        audit.record(actor=actor, verb="commented", subject=comment, after=audit.snapshot(comment, ["post", "text"]))
        return comment


def remove_post_comment(*, actor: Actor, comment: PostComment) -> PostComment:
    """Take a comment away. Can be undone. Side effects: one audit entry."""
    with transaction.atomic():
        locked = PostComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if locked.removed_at is None:
            locked.removed_at = timezone.now()
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="removed", subject=locked, before=audit.snapshot(locked, ["post", "text"]))
        return locked


def restore_post_comment(*, actor: Actor, comment: PostComment) -> PostComment:
    """Bring a comment back that was removed moments ago; Refused when it is too late. Side effects: an audit entry."""
    with transaction.atomic():
        locked = PostComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        if locked.removed_at is not None:
            if locked.removed_at < timezone.now() - UNDO_WITHIN:
                raise Refused(_("It is too late to take this back."))
            locked.removed_at = None
            locked.save(update_fields=["removed_at"])
            audit.record(actor=actor, verb="restored", subject=locked)
        return locked
