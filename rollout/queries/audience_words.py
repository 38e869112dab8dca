"""Whom a message is for, in words, and as it is kept in the archive."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from okrapp.web.wording import in_own_label
from organizations.enums import Role
from rollout.enums import AudienceKind
from rollout.models import MessageAudience, RolloutPlan


def kept_audience(audience: MessageAudience, plan: RolloutPlan) -> dict[str, Any]:
    """Return a line of an audience as the archive keeps it: ids, and names as they are now.

    Its wave, team or member must be loaded, and the team of the plan.
    """
    kind = AudienceKind(audience.kind)
    kept: dict[str, Any] = {"kind": kind.value}
    if kind == AudienceKind.EVERYBODY:
        return kept | {"name": plan.team.name if plan.team is not None else ""}
    if kind == AudienceKind.ROLE:
        return kept | {"role": audience.role}
    target = {
        AudienceKind.WAVE: audience.wave,
        AudienceKind.TEAM: audience.team,
        AudienceKind.MEMBER: audience.member,
    }[kind]
    assert target is not None, "the table holds no line that names nothing"
    kept |= {"id": str(target.pk), "name": str(target)}
    return kept | {"with_below": audience.with_below} if kind == AudienceKind.TEAM else kept


def kept_words(kept: Mapping[str, Any]) -> str:
    """Return a line of an audience in words, of what `kept_audience` returned."""
    kind, name = kept["kind"], kept.get("name", "")
    if kind == AudienceKind.EVERYBODY:
        return _("Everybody in %(team)s") % {"team": name} if name else _("Everybody")
    if kind == AudienceKind.ROLE:
        return in_own_label(Role(kept["role"]).label)
    if kind == AudienceKind.TEAM and kept.get("with_below"):
        return _("%(team)s and below") % {"team": name}
    return str(name)


def words_of(audiences: Iterable[MessageAudience], plan: RolloutPlan) -> list[str]:
    """Return the lines of an audience in words; what they name must be loaded."""
    return [kept_words(kept_audience(one, plan)) for one in audiences]
