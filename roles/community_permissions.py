"""Who may read, write and ask in the coach community, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role
from organizations.queries.removal import remover_of
from roles.models import Post, PostComment


def read_community(actor: Actor) -> Decision:
    """Read the feed, write into it, comment, and say what was useful."""
    if actor.holds_somewhere(Role.COACH, Role.PLO):
        return ALLOWED
    return Denied(
        _(
            "Only coaches and the Program Lead Office read and write here, so that they can speak freely. "
            "Ask your coach what concerns your team."
        )
    )


def see_post(actor: Actor, post: Post) -> Decision:
    """Read a post; as PostQuerySet.visible_to() says."""
    return read_community(actor)


def edit_post(actor: Actor, post: Post) -> Decision:
    """Change a post: only its author does, who must still be of the community."""
    if actor.is_system:
        return ALLOWED
    if not actor.is_(post.author_id):
        return Denied(_("Only whoever wrote a post changes it."))
    return see_post(actor, post)


def remove_post(actor: Actor, post: Post) -> Decision:
    """Take a post away: its author, and those who keep order for the whole organization."""
    decision = see_post(actor, post)
    if not decision:
        return decision
    if actor.is_(post.author_id) or actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only whoever wrote a post and the Program Lead Office of the organization remove it."))


def restore_post(actor: Actor, post: Post) -> Decision:
    """Bring a removed post back: whoever removed it, and those who keep order; at most one query."""
    decision = see_post(actor, post)
    if not decision:
        return decision
    if actor.holds(Role.PLO) or (actor.membership is not None and remover_of(post) == actor.membership.pk):
        return ALLOWED
    return Denied(_("Only whoever removed it and the Program Lead Office of the organization bring it back."))


def adopt_post(actor: Actor) -> Decision:
    """Take an insight over into the playbook, and out of it again: it is the whole organization's."""
    decision = read_community(actor)
    if not decision:
        return decision
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the organization adopts insights into the playbook."))


def remove_post_comment(actor: Actor, comment: PostComment) -> Decision:
    """Take a comment away: its author, and those who keep order for the whole organization."""
    decision = read_community(actor)
    if not decision:
        return decision
    if actor.is_(comment.author_id) or actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only whoever wrote a comment and the Program Lead Office of the organization remove it."))


def restore_post_comment(actor: Actor, comment: PostComment) -> Decision:
    """Bring a removed comment back: whoever removed it, and those who keep order; at most one query."""
    decision = read_community(actor)
    if not decision:
        return decision
    if actor.holds(Role.PLO) or (actor.membership is not None and remover_of(comment) == actor.membership.pk):
        return ALLOWED
    return Denied(_("Only whoever removed it and the Program Lead Office of the organization bring it back."))
