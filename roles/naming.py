"""What roles are called in the organization in context: by its own names where it has some, else by ours."""

import re
from functools import cache

from django.utils.translation import get_language

from okrapp.tenancy.context import current_organization_id, tenant_memo
from organizations.enums import Role
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


def role_label(role: str) -> str:
    """Return what a role is called here, in the reader's language unless the organization named it itself.

    At most one query in a request or task, however many roles are shown.
    """
    return own_names().get(role) or str(Role(role).label)


def own_names() -> dict[str, str]:
    """Return the names an organization gave to roles, by role; empty outside of any. One query in a context."""
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


def in_own_words(text: object) -> str:
    """Return a sentence of ours with the organization's own names for the roles it has renamed.

    Plain text in and out. A sentence that names no role costs no query.
    """
    sentence = str(text)
    language = (get_language() or "en").partition("-")[0]
    pattern, role_of = _pattern(language if language in _FORMS else "en")
    if pattern.search(sentence) is None:
        return sentence
    names = own_names()

    def named(match: re.Match[str]) -> str:
        return names.get(role_of[match[0].casefold()], match[0])

    return pattern.sub(named, sentence) if names else sentence


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the names of roles in a language's sentences, and the role that each form stands for."""
    role_of = {form.casefold(): str(role) for role, forms in _FORMS[language].items() for form in forms}
    forms = sorted(role_of, key=len, reverse=True)
    # Not within a longer word, also one with a hyphen: "Sponsor-Runde" is no sponsor.
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE), role_of
