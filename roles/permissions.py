"""Who may do what with roles and what belongs to them, and why not."""

from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import ALLOWED, Decision, Denied
from organizations.actor import Actor
from organizations.enums import Role


def edit_raci(actor: Actor) -> Decision:
    """Change the RACI matrix of the organization, which everybody in it may read."""
    if actor.holds(Role.PLO):
        return ALLOWED
    return Denied(_("Only the Program Lead Office of the whole organization changes who does what."))
