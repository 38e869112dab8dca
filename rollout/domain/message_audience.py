"""Whom a planned message is for: its lines, compared, checked and kept."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from organizations.enums import Role
from organizations.errors import Refused
from rollout.enums import AudienceKind
from rollout.models import MessageAudience, PlannedMessage, RolloutPlan

MOST = 200


def audience_of(message: PlannedMessage) -> list[MessageAudience]:
    """Return whom a message is for, with what each line names; one query."""
    return list(MessageAudience.objects.filter(message=message).select_related("wave", "team", "member"))


def is_same(some: Iterable[MessageAudience], others: Iterable[MessageAudience]) -> bool:
    """Return whether two audiences name the same."""
    return {_key(one) for one in some} == {_key(one) for one in others}


def each_once(audience: Iterable[MessageAudience]) -> list[MessageAudience]:
    """Return the lines, each thing once: of a team that comes twice the last counts."""
    found = {(one.kind, one.role, one.wave_id, one.team_id, one.member_id): one for one in audience}
    return list(found.values())


def set_audience(message: PlannedMessage, lines: Iterable[MessageAudience]) -> None:
    """Replace whom a locked message is for."""
    MessageAudience.objects.filter(message=message).delete()
    MessageAudience.objects.bulk_create(
        MessageAudience(
            message=message,
            kind=one.kind,
            role=one.role,
            wave=one.wave,
            team=one.team,
            with_below=one.with_below,
            member=one.member,
        )
        for one in lines
    )


def refuse_nonsense(plan: RolloutPlan, lines: Sequence[MessageAudience]) -> None:
    """Raise Refused for lines that name nothing, too much, or a wave of another plan."""
    if len(lines) > MOST:
        raise Refused({"audience": _("An audience has at most %(count)d lines.") % {"count": MOST}})
    for line in lines:
        named = {
            AudienceKind.ROLE: line.role if line.role in Role.values else "",
            AudienceKind.WAVE: line.wave_id,
            AudienceKind.TEAM: line.team_id,
            AudienceKind.MEMBER: line.member_id,
        }
        filled = [kind for kind, value in named.items() if value]
        if line.kind not in AudienceKind.values or filled != [one for one in named if one == line.kind]:
            raise Refused({"audience": _("Name a role, a wave, a team or a person, as the kind says.")})
        if line.wave is not None and line.wave.plan_id != plan.pk:
            raise Refused({"audience": _("Choose waves of this plan.")})


def _key(line: MessageAudience) -> tuple[Any, ...]:
    below = line.with_below if line.kind == AudienceKind.TEAM else True
    return line.kind, line.role, line.wave_id, line.team_id, below, line.member_id
