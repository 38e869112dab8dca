"""Who may read, write and ask in the coach community, and why not; the rules stand in roles.policy."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.rights import Place, decide, once_seen, permission
from roles import policy
from roles.models import Post, PostComment


@permission(_("Read and write in the coach community"))
def read_community(actor: Actor) -> Decision:
    """Read the feed, write into it, comment, and say what was useful."""
    return decide(actor, policy.READ_COMMUNITY)


@permission(_("Read it"), about=Post, is_sight=True)
def see_post(actor: Actor, post: Post) -> Decision:
    """Read a post; as PostQuerySet.visible_to() says."""
    return read_community(actor)


@permission(_("Change it"), about=Post)
def edit_post(actor: Actor, post: Post) -> Decision:
    """Change a post: only its author does, who must still be of the community."""
    own = decide(actor, policy.EDIT_POST, Place(owner_id=post.author_id))
    return own and see_post(actor, post)


@permission(_("Remove it"), about=Post)
def remove_post(actor: Actor, post: Post) -> Decision:
    """Take a post away: its author, and those who keep order for the whole organization."""
    return see_post(actor, post) and decide(actor, policy.REMOVE_POST, Place(owner_id=post.author_id))


@permission(_("Bring it back after it was removed"), about=Post)
def restore_post(actor: Actor, post: Post) -> Decision:
    """Bring a removed post back: whoever removed it, and those who keep order; at most one query."""
    return see_post(actor, post) and decide(actor, policy.RESTORE_POST, Place(about=post))


@permission(_("Adopt insights into the playbook"))
def adopt_post(actor: Actor) -> Decision:
    """Take an insight over into the playbook, and out of it again: it is the whole organization's."""
    return once_seen(read_community(actor), decide(actor, policy.ADOPT_POST))


@permission(_("Remove it"), about=PostComment)
def remove_post_comment(actor: Actor, comment: PostComment) -> Decision:
    """Take a comment away: its author, and those who keep order for the whole organization."""
    place = Place(owner_id=comment.author_id)
    return read_community(actor) and decide(actor, policy.REMOVE_POST_COMMENT, place)


@permission(_("Bring it back after it was removed"), about=PostComment)
def restore_post_comment(actor: Actor, comment: PostComment) -> Decision:
    """Bring a removed comment back: whoever removed it, and those who keep order; at most one query."""
    return read_community(actor) and decide(actor, policy.RESTORE_POST, Place(about=comment))
