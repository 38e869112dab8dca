"""How it is decided who may do what: rules that list the ways to a right, and one function that reads them.

The rules themselves stand in the `policy.py` of each app, as a table. The functions of `permissions.py` say which rule
is about a thing, and where it stands; browser, API, the page "What may I do here" and the command
`explain_permission` all ask these functions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okrapp.web.decisions import Allowed, Decision, Denied, WhoCould
from organizations.enums import Role
from organizations.models import Membership
from organizations.queries.removal import remover_of
from organizations.registry import LAST, LEADS, THEIRS, Near, registry

if TYPE_CHECKING:
    from organizations.actor import Actor

P = ParamSpec("P")

# How many names a refusal gives at most.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as far as rights depend on it: whose team, whose work.

    `about` is the thing itself, for standings that only the app it belongs to understands.
    """

    team_id: UUID | None = None
    lead_id: UUID | None = None
    owner_id: UUID | None = None
    # Others that it names: its author, who can help, who moderates.
    named: tuple[UUID | None, ...] = ()
    about: Any = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody can be to a thing. `because` is what they are told when that gives them a right."""

    code: str
    label: str | Promise
    because: str | Promise
    holds: "Callable[[Actor, Place], bool]"
    # Some who are that, for refusals that say who could; it may ask the database, as often for many as for one.
    people: Callable[[Place], Iterable[Near]] = lambda place: ()
    # What those are called, where the label says more than holds for each.
    called: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: who may do something, and what all others are told."""

    label: str | Promise
    ways: tuple[Standing, ...]
    refusal: str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """Rules about one thing, in the order of the page that shows them."""

    title: str | Promise
    rules: tuple[Rule, ...]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Action:
    """Something that may be done to a thing of a type, or, without a type, in the organization."""

    code: str
    label: str | Promise
    about: type[Model] | None
    ask: Callable[..., Decision]
    # Whether it is about seeing the thing at all: without it, nothing is said about the rest.
    is_sight: bool = False


@dataclass(slots=True)
class Directory:
    """Every action and every rule there is; filled when the apps' modules are imported."""

    actions: dict[str, Action] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)

    def about(self, model: type[Model] | None) -> list[Action]:
        """Return the actions about things of a type."""
        return [action for action in self.actions.values() if action.about is model]

    def sight_of(self, model: type[Model]) -> Action | None:
        """Return what says whether somebody sees a thing of a type; None where everybody does."""
        return next((action for action in self.about(model) if action.is_sight), None)

    def types(self) -> dict[str, type[Model]]:
        """Return the types of things there are actions about, by their names."""
        return {action.about._meta.model_name or "": action.about for action in self.actions.values() if action.about}


directory = Directory()


def permission(
    label: str | Promise, *, about: type[Model] | None = None, is_sight: bool = False
) -> Callable[[Callable[P, Decision]], Callable[P, Decision]]:
    """Enter a function of an app's permissions into the directory, as `<app>.<function>`. Returns it unchanged."""

    def enter(ask: Callable[P, Decision]) -> Callable[P, Decision]:
        code = f"{ask.__module__.removeprefix('okrapp.').split('.', 1)[0]}.{ask.__name__}"
        directory.actions[code] = Action(code, label, about, ask, is_sight)
        return ask

    return enter


def decide(actor: "Actor", rule: Rule, place: Place = NOWHERE) -> Decision:
    """Return whether an actor may do what a rule is about, because of what, or why not.

    The ways are tried in their order, so that those that cost no query come first. The system may do everything.
    """
    if actor.is_system:
        return Allowed(_("The installation itself may do everything."))
    if actor.membership is not None and not actor.membership.is_active:
        return Denied(_("This membership has ended."))
    for way in rule.ways:
        if way.holds(actor, place):
            return Allowed(way.because)
    return Denied(rule.refusal, people=partial(who_could, rule, place))


def once_seen(sight: Decision, decision: Decision) -> Decision:
    """Return a decision about what must be seen first: the sight says why not, and those are named who could do it."""
    if isinstance(sight, Denied) and isinstance(decision, Denied):
        return Denied(sight.reason, people=decision.people)
    return sight and decision


def who_could(rule: Rule, place: Place) -> list[WhoCould]:
    """Return some who may do what a rule is about, each with what they are, those nearest to the thing first.

    Up to four queries for each way, however many people there are.
    """
    near = [(one, way.called or way.label) for way in rule.ways for one in way.people(place)]
    found: dict[UUID, WhoCould] = {}
    for (member, _distance), called in sorted(near, key=lambda pair: pair[0].distance):
        found.setdefault(member.pk, WhoCould(member.pk, member.display_name, called))
    return list(found.values())[:NAMED]


def has_perm(actor: "Actor", action: str, about: Model | None = None) -> Decision:
    """Return the decision on an action by its code, about a thing of its type. Raises KeyError for unknown actions."""
    ask = directory.actions[action].ask
    return ask(actor) if about is None else ask(actor, about)


def members(distance: int, **which: Any) -> list[Near]:
    """Return members who can sign in, by name, as people of a standing."""
    found = Membership.objects.active().filter(user__isnull=False, **which).order_by("sort_key", "pk")
    return [Near(member, distance) for member in found[:NAMED]]


def _theirs(*ids: UUID | None) -> list[Near]:
    wanted = [one for one in ids if one is not None]
    return members(THEIRS, pk__in=wanted) if wanted else []


def _lead(place: Place) -> list[Near]:
    if place.lead_id is not None:
        return members(LEADS, pk=place.lead_id)
    return members(LEADS, leads=place.team_id) if place.team_id is not None else []


def _holders(role: str) -> Callable[[Place], Iterable[Near]]:
    return lambda place: registry.role_holders(role, place.team_id)


def _holders_for_all(role: str) -> Callable[[Place], Iterable[Near]]:
    return lambda place: registry.role_holders(role, None)


def _holders_anywhere(role: str) -> Callable[[Place], Iterable[Near]]:
    return lambda place: registry.role_holders_anywhere(role)


ADMINISTRATOR = Standing(
    "administrator",
    _("Administrator"),
    _("You are an administrator."),
    lambda actor, place: actor.is_administrator,
    lambda place: members(LAST, is_administrator=True),
)
PLO = Standing(
    "plo",
    Role.PLO.label,
    _("You are in the Program Lead Office here."),
    lambda actor, place: actor.holds(Role.PLO, place.team_id),
    _holders(Role.PLO),
)
PLO_SOMEWHERE = Standing(
    "plo_somewhere",
    _("Program Lead Office, also of a part of the organization"),
    _("You are in a Program Lead Office."),
    lambda actor, place: actor.holds_somewhere(Role.PLO),
    _holders_anywhere(Role.PLO),
    Role.PLO.label,
)
COACH = Standing(
    "coach",
    Role.COACH.label,
    _("You coach this team."),
    lambda actor, place: place.team_id is not None and actor.holds(Role.COACH, place.team_id),
    lambda place: registry.role_holders(Role.COACH, place.team_id) if place.team_id is not None else (),
)
COACH_SOMEWHERE = Standing(
    "coach_somewhere",
    _("OKR Coach of any team"),
    _("You are an OKR Coach."),
    lambda actor, place: actor.holds_somewhere(Role.COACH),
    _holders_anywhere(Role.COACH),
    Role.COACH.label,
)
SPONSOR = Standing(
    "sponsor",
    Role.SPONSOR.label,
    _("You are the Sponsor."),
    lambda actor, place: actor.holds(Role.SPONSOR),
    _holders_for_all(Role.SPONSOR),
)
LEADERSHIP = Standing(
    "leadership",
    Role.LEADERSHIP.label,
    _("You are in Leadership."),
    lambda actor, place: actor.holds(Role.LEADERSHIP),
    _holders_for_all(Role.LEADERSHIP),
)
LEAD = Standing(
    "lead",
    _("Team lead"),
    _("You lead this team."),
    lambda actor, place: actor.is_(place.lead_id),
    _lead,
)
MEMBER = Standing(
    "member",
    _("Members of the team"),
    _("You are in this team."),
    lambda actor, place: place.team_id is not None and place.team_id in actor.team_ids,
    # One of many is named: whoever speaks for them.
    _lead,
    LEAD.label,
)
OWNER = Standing(
    "owner",
    _("Owner"),
    _("It is yours."),
    lambda actor, place: actor.is_(place.owner_id),
    lambda place: _theirs(place.owner_id),
)
NAMED_IN_IT = Standing(
    "named",
    _("Who is named in it"),
    _("It names you."),
    lambda actor, place: any(actor.is_(one) for one in place.named),
    lambda place: _theirs(*place.named),
)
REMOVER = Standing(
    "remover",
    _("Who removed it"),
    _("You removed it."),
    lambda actor, place: actor.membership is not None and remover_of(place.about) == actor.membership.pk,
)
EVERYBODY = Standing("everybody", _("Everybody"), _("Everybody may."), lambda actor, place: True)
