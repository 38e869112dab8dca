"""Who somebody can be to an objective besides what organizations.rights knows: shared with, sponsor of a draft, …"""

from django.utils.translation import gettext_lazy as _

from okrs.models import CheckIn, KeyResult, Objective
from okrs.queries.sharing import level_of, may_comment_by_grant, may_edit_by_grant
from organizations.actor import Actor
from organizations.enums import Role
from organizations.rights import MEMBER, NAMED_IN_IT, PLO, SPONSOR, Place, Standing


def _objective(place: Place) -> Objective:
    about = place.about
    if isinstance(about, CheckIn):
        about = about.key_result
    if isinstance(about, KeyResult):
        about = about.objective
    if not isinstance(about, Objective):
        raise TypeError(f"{about!r} is no objective, nor part of one")
    return about


def _nobody_reports(place: Place) -> bool:
    """Whether the owner cannot sign in (yet): it would stand still if nobody else could."""
    about = place.about
    owner = about.owner or about.objective.owner if isinstance(about, KeyResult) else about.owner
    return owner is None or owner.is_placeholder


SHARED = Standing(
    "shared",
    _("With whom it is shared"),
    _("It is shared with you."),
    lambda actor, place: level_of(actor, _objective(place)) is not None,
)
SHARED_FOR_EDITING = Standing(
    "shared_for_editing",
    _("With whom it is shared for editing"),
    _("It is shared with you for editing."),
    lambda actor, place: may_edit_by_grant(actor, _objective(place)),
)
SHARED_FOR_COMMENTS = Standing(
    "shared_for_comments",
    _("With whom it is shared for comments"),
    _("It is shared with you for comments."),
    lambda actor, place: may_comment_by_grant(actor, _objective(place)),
)
SPONSOR_OF_DRAFT = Standing(
    "sponsor_of_draft",
    _("Sponsor, while it is a draft"),
    _("You are the Sponsor, and it is a draft."),
    lambda actor, place: _objective(place).is_draft and actor.holds(Role.SPONSOR),
    lambda place: SPONSOR.people(place) if _objective(place).is_draft else (),
    SPONSOR.label,
)
PLO_FOR_NOBODY = Standing(
    "plo_for_nobody",
    _("Program Lead Office, while the owner cannot sign in"),
    _("You are in the Program Lead Office here, and its owner cannot sign in."),
    lambda actor, place: _nobody_reports(place) and PLO.holds(actor, place),
    lambda place: PLO.people(place) if _nobody_reports(place) else (),
    PLO.label,
)
MEMBER_FOR_NOBODY = Standing(
    "member_for_nobody",
    _("Members of the team, while nobody owns it"),
    _("You are in this team, and nobody owns it."),
    lambda actor, place: _objective(place).owner_id is None and MEMBER.holds(actor, place),
    lambda place: MEMBER.people(place) if _objective(place).owner_id is None else (),
    MEMBER.called,
)
AGREER = Standing(
    "agreer",
    _("Who agrees on it: the lead above, or Leadership"),
    _("You are asked to agree on it."),
    NAMED_IN_IT.holds,
    NAMED_IN_IT.people,
    _("Agrees on it"),
)
IN_A_TEAM = Standing(
    "in_a_team",
    _("Members of any team"),
    _("You are in a team."),
    lambda actor, place: bool(actor.teams),
)


def _has_individual_okrs(actor: Actor, place: Place) -> bool:
    return actor.settings.individual_okrs


INDIVIDUAL_OKRS_ARE_ON = Standing(
    "individual_okrs_are_on",
    _("Everybody, while individual OKRs are turned on"),
    _("Individual OKRs are turned on here."),
    _has_individual_okrs,
)
