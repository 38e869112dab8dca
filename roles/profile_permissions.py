"""Who may change what is said about roles, and about those who hold them; the rules stand in roles.policy."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Decision
from organizations.actor import Actor
from organizations.models import Membership
from organizations.rights import Place, decide, permission
from roles import policy


@permission(_("Change role profiles"))
def edit_profiles(actor: Actor) -> Decision:
    """Change texts, names and seats of roles, and what is expected of their holders."""
    return decide(actor, policy.PROFILES)


@permission(_("Read their certificates"), about=Membership)
def see_certificates(actor: Actor, member: Membership) -> Decision:
    """Read the certificates of somebody outside of a coach profile."""
    return decide(actor, policy.SEE_CERTIFICATES, _place_of(member))


@permission(_("Keep their certificates"), about=Membership)
def edit_certificates(actor: Actor, member: Membership) -> Decision:
    """Add, change and remove the certificates of somebody."""
    return decide(actor, policy.EDIT_CERTIFICATES, _place_of(member))


@permission(_("Write their coach profile"), about=Membership)
def edit_coach_profile(actor: Actor, member: Membership) -> Decision:
    """Write what a coach says about themselves; at most two queries."""
    return decide(actor, policy.COACH_PROFILE, _place_of(member))


def _place_of(member: Membership) -> Place:
    return Place(owner_id=member.pk, about=member)
