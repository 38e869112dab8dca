"""The tree of teams and who is in which."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.actor import Actor
from organizations.domain import audit
from organizations.domain.editing import refuse_if_changed_since
from organizations.errors import Refused
from organizations.models import Membership, OrganizationSettings, Team, TeamMembership
from organizations.models.team import HUES
from organizations.names import free_slug
from organizations.queries.team import line_to, with_descendants

EDITABLE = (
    "name",
    "lead",
    "vision",
    "mission",
    "expectations",
    "check_in_frequency",
    "check_in_weekday",
    "check_in_hour",
)


def create_team(
    *,
    actor: Actor,
    name: str,
    parent: Team | None = None,
    lead: Membership | None = None,
    vision: str = "",
    mission: str = "",
    expectations: str = "",
    check_in_frequency: str = "",
    check_in_weekday: int | None = None,
    check_in_hour: int | None = None,
) -> Team:
    """Create a team below `parent` (None: a root) and return it.

    Raises Refused for an empty name, an archived parent, and a name that a team beside it has already. Side effects:
    an audit entry; serialized with every other change of the tree.
    """
    with transaction.atomic():
        lock_tree()
        name = _clean_name(name)
        if parent is not None and Team.objects.get(pk=parent.pk).archived_at is not None:
            raise Refused({"parent": _("“{team}” is archived. Choose another team.").format(team=parent.name)})
        _refuse_same_name(name, parent)
        team = Team.objects.create(
            name=name,
            slug=free_slug(name, taken=lambda slug: Team.objects.filter(slug=slug).exists(), fallback="team"),
            parent=parent,
            lead=lead,
            vision=vision,
            mission=mission,
            expectations=expectations,
            check_in_frequency=check_in_frequency,
            check_in_weekday=check_in_weekday,
            check_in_hour=check_in_hour,
            hue=Team.objects.count() % HUES,
        )
        given = audit.snapshot(team, ["name", "parent", *EDITABLE[1:]])
        audit.record(
            actor=actor,
            verb="created",
            subject=team,
            after={key: value for key, value in given.items() if value not in ("", None)},
        )
    return team


def update_team(*, actor: Actor, team: Team, changes: dict[str, Any], seen: datetime | None = None) -> Team:
    """Change fields of EDITABLE and return the team; the address of its page stays.

    `seen`: when the form was opened; raises Refused when somebody else changed one of these fields since, and for a
    name that a team beside it has. Side effects: an audit entry if anything changed.
    """
    with transaction.atomic():
        team = Team.objects.select_for_update().get(pk=team.pk)
        refuse_if_changed_since(team, actor=actor, seen=seen, fields=changes)
        if "name" in changes:
            changes = {**changes, "name": _clean_name(changes["name"])}
        before, after = audit.apply_changes(team, {name: changes[name] for name in EDITABLE if name in changes})
        if not after:
            return team
        if "name" in after:
            _refuse_same_name(team.name, team.parent, itself=team)
        team.save()
        audit.record(actor=actor, verb="edited", subject=team, before=before, after=after)
    return team


def move_team(*, actor: Actor, team: Team, parent: Team | None) -> Team:
    """Put a team, with everything below it, below another one (None: to the top), and return it.

    Raises Refused, naming the circle, when `parent` is the team itself or stands below it, and when it is archived
    or has a team of that name. Side effects: an audit entry; two moves at once cannot make a circle.
    """
    with transaction.atomic():
        lock_tree()
        team = Team.objects.select_for_update().get(pk=team.pk)
        if parent is not None:
            parent = Team.objects.get(pk=parent.pk)
            _refuse_circle(team, parent)
            if parent.archived_at is not None:
                raise Refused({"parent": _("“{team}” is archived. Choose another team.").format(team=parent.name)})
        before, after = audit.apply_changes(team, {"parent": parent})
        if after:
            _refuse_same_name(team.name, parent, itself=team)
            team.save(update_fields=["parent"])
            audit.record(actor=actor, verb="moved", subject=team, before=before, after=after)
    return team


def archive_team(*, actor: Actor, team: Team, with_teams_below: bool = False) -> list[Team]:
    """Take a team out of every current list, keeping its history; returns the teams archived, it first.

    Raises Refused when it has teams below it, unless these are to go along. Side effects: an audit entry per team.
    """
    with transaction.atomic():
        lock_tree()
        branch = list(Team.objects.current().filter(pk__in=with_descendants(team.pk)).select_for_update())
        below = [member for member in branch if member.pk != team.pk]
        if below and not with_teams_below:
            raise Refused(
                ngettext(
                    "“{team}” has a team below it: {names}. Move it first, or archive both.",
                    "“{team}” has {count} teams below it: {names}. Move them first, or archive them all.",
                    len(below),
                ).format(team=team.name, count=len(below), names=_some([member.name for member in below]))
            )
        itself = [member for member in branch if member.pk == team.pk]
        return _set_archived(actor, [*itself, *below], timezone.now(), verb="archived")


def unarchive_team(*, actor: Actor, team: Team) -> list[Team]:
    """Bring a team back, with those that were archived together with it; returns them.

    Raises Refused when the team above it is archived. Side effects: an audit entry per team.
    """
    with transaction.atomic():
        lock_tree()
        team = Team.objects.select_for_update(of=("self",)).select_related("parent").get(pk=team.pk)
        if team.archived_at is None:
            return []
        if team.parent is not None and team.parent.archived_at is not None:
            raise Refused(
                _("“{parent}”, the team above it, is archived. Bring that one back first.").format(
                    parent=team.parent.name
                )
            )
        together = Team.objects.filter(pk__in=with_descendants(team.pk), archived_at=team.archived_at)
        return _set_archived(actor, list(together.select_for_update()), None, verb="unarchived")


def add_team_members(*, actor: Actor, team: Team, members: Iterable[Membership]) -> list[Membership]:
    """Put people into a team and return those who were not in it before. Side effects: an audit entry for each."""
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        there = set(TeamMembership.objects.filter(team=team).values_list("membership_id", flat=True))
        new = [member for member in members if member.pk not in there]
        TeamMembership.objects.bulk_create(TeamMembership(team=team, membership=member) for member in new)
        for member in new:
            audit.record(actor=actor, verb="member_added", subject=team, after={"membership": member.pk})
    return new


def remove_team_member(*, actor: Actor, team: Team, member: Membership) -> bool:
    """Take somebody out of a team; returns whether they were in it. Side effects: an audit entry."""
    with transaction.atomic():
        removed, _by_table = TeamMembership.objects.filter(team=team, membership=member).delete()
        if removed:
            audit.record(actor=actor, verb="member_removed", subject=team, before={"membership": member.pk})
    return bool(removed)


def lock_tree() -> None:
    """Let one change of the tree's shape happen at a time: holds the organization's settings row until commit."""
    OrganizationSettings.objects.select_for_update().only("pk").get()


def _set_archived(actor: Actor, teams: list[Team], moment: datetime | None, *, verb: str) -> list[Team]:
    for team in teams:
        team.archived_at = moment
    Team.objects.bulk_update(teams, ["archived_at"])
    for team in teams:
        audit.record(actor=actor, verb=verb, subject=team)
    return teams


def _refuse_circle(team: Team, parent: Team) -> None:
    line = line_to(parent.slug)
    places = [index for index, above in enumerate(line) if above.pk == team.pk]
    if not places:
        return
    if parent.pk == team.pk:
        raise Refused({"parent": _("A team cannot stand below itself.")})
    # Read from the top: the team to be moved, what is below it, and it once more.
    circle = " › ".join([above.name for above in line[places[0] :]] + [team.name])
    raise Refused(
        {
            "parent": _("“{parent}” stands below “{team}”. That would be a circle: {circle}.").format(
                parent=parent.name, team=team.name, circle=circle
            )
        }
    )


def _refuse_same_name(name: str, parent: Team | None, itself: Team | None = None) -> None:
    beside = Team.objects.current().filter(parent=parent, name__iexact=name)
    if itself is not None:
        beside = beside.exclude(pk=itself.pk)
    if beside.exists():
        raise Refused({"name": _("There is a team of this name in the same place already.")})


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused({"name": _("Give the team a name.")})
    return name


def _some(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
