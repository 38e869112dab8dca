"""What roles are called in the organization in context: by its own names where it has some, else by ours."""

import re
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.translation import get_language

from okrapp.tenancy.context import current_organization_id, tenant_memo
from organizations.enums import Role
from organizations.models import OrganizationSettings
from roles.models import RoleProfile

_MEMO = "roles.names"

# How our sentences write each role, per language; the longer form first. Whole words only, in whatever case.
_FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        Role.PLO: ("Program Lead Office",),
        Role.COACH: ("OKR Coaches", "OKR Coach"),
        Role.SPONSOR: ("Sponsors", "Sponsor"),
        Role.LEADERSHIP: ("Leadership",),
    },
    "de": {
        Role.PLO: ("Program Lead Office",),
        Role.COACH: ("OKR-Coaches", "OKR-Coachs", "OKR-Coach"),
        Role.SPONSOR: ("Sponsoren", "Sponsors", "Sponsor"),
        Role.LEADERSHIP: ("Führung",),
    },
    "sv": {
        Role.PLO: ("Programkontorets", "Programkontoret", "Programkontor"),
        Role.COACH: ("OKR-coacherna", "OKR-coacher", "OKR-coachen", "OKR-coach"),
        Role.SPONSOR: ("Sponsorerna", "Sponsorer", "Sponsorn", "Sponsor"),
        Role.LEADERSHIP: ("Ledningens", "Ledningen", "Ledning"),
    },
}

# In labels a role is also called by less, and coaching itself by its name. Compounds with a hyphen are exchanged too.
_LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {Role.COACH: ("Coaches", "Coach")},
    "de": {Role.COACH: ("Coaches", "Coachs", "Coach")},
    "sv": {Role.COACH: ("Coachernas", "Coacherna", "Coacher", "Coachen", "Coach")},
}
_COACHING = {"en": "Coaching", "de": "Coaching", "sv": "Coachning"}


def role_label(role: str) -> str:
    """Return what a role is called here, in the reader's language unless the organization named it itself.

    At most one query in a request or task, however many roles are shown; none once its settings have been read.
    """
    return own_names().get(role) or str(Role(role).label)


def own_names() -> dict[str, str]:
    """Return the names an organization gave to roles, by role; empty outside of any.

    One query in a context, none where an actor's settings have been read.
    """
    if current_organization_id() is None:
        return {}
    memo = tenant_memo()
    if _MEMO not in memo:
        memo[_MEMO] = dict(RoleProfile.objects.exclude(name="").values_list("role", "name"))
    names: dict[str, str] = memo[_MEMO]
    return names


def forget_names() -> None:
    """Read the names again when they are asked for next; called by what changes them."""
    tenant_memo().pop(_MEMO, None)


def read_with_settings() -> dict[str, Any]:
    """Return what is read along with an organization's settings, for keep_names(), so that names cost no query."""
    named = RoleProfile.objects.exclude(name="").order_by("role")
    return {"named_roles": ArraySubquery(named.values("role")), "names_of_roles": ArraySubquery(named.values("name"))}


def keep_names(settings: OrganizationSettings) -> None:
    """Keep the names that were read along with the settings, unless this context has them already."""
    read: Any = settings
    tenant_memo().setdefault(_MEMO, dict(zip(read.named_roles, read.names_of_roles, strict=True)))


def in_own_words(text: object) -> str:
    """Return a sentence of ours with the organization's own names for the roles it has renamed.

    Plain text in and out. A sentence that names no role costs no query.
    """
    return _exchanged(str(text), is_label=False)


def in_own_label(text: object) -> str:
    """Return a label of ours (a heading, a tab, a button) with the organization's own names for roles.

    Also where it only says "Coach", or nothing but "Coaching": that is called as the role. A name stands for one and
    for many. Plain text in and out, as above.
    """
    return _exchanged(str(text), is_label=True)


def _exchanged(sentence: str, *, is_label: bool) -> str:
    language = (get_language() or "en").partition("-")[0]
    language = language if language in _FORMS else "en"
    if is_label and sentence == _COACHING[language]:
        return own_names().get(Role.COACH, sentence)
    pattern, role_of = _pattern(language, is_label=is_label)
    if pattern.search(sentence) is None:
        return sentence
    names = own_names()

    def named(match: re.Match[str]) -> str:
        return names.get(role_of[match[0].casefold()], match[0])

    return pattern.sub(named, sentence) if names else sentence


@cache
def _pattern(language: str, *, is_label: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the names of roles in a language's sentences or labels, and the role that each form stands for."""
    known = [*_FORMS[language].items(), *(_LABELS[language].items() if is_label else ())]
    role_of = {form.casefold(): str(role) for role, forms in known for form in forms}
    forms = sorted(role_of, key=len, reverse=True)
    # Not within a longer word, in sentences also one with a hyphen: "Sponsor-Runde" is no sponsor.
    after = r"\w" if is_label else r"[\w-]"
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?!{after})", re.IGNORECASE), role_of
