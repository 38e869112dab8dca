"""Who may let messages out of the organization: the rule, beside those of the apps below."""

from django.utils.translation import gettext_lazy as _

from organizations.policy import LEAD_OF_ANY
from organizations.rights import ADMINISTRATOR, PLO_SOMEWHERE, Rule, Section, directory

WEBHOOKS = Rule(
    _("Let programs listen to what happens"),
    (ADMINISTRATOR,),
    _("Only an administrator lets other programs listen. Ask one of them."),
)
ROOMS_SOMEWHERE = Rule(
    _("Connect a chat room, of some team"),
    (PLO_SOMEWHERE, ADMINISTRATOR, LEAD_OF_ANY),
    _("Only leads, administrators and the Program Lead Office connect chat rooms."),
)

directory.sections += [Section(_("Connections"), (WEBHOOKS, ROOMS_SOMEWHERE), order=90)]
