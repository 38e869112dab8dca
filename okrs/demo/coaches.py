"""The coaches of the invented company: what they say of themselves, their certificates, and an exception."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from okrs.demo.objectives import ObjectiveMaker
from organizations.domain import audit
from organizations.enums import Role
from roles.domain.certificate import expiry_of
from roles.models import (
    Certificate,
    CoachingNote,
    CoachProfile,
    ConflictException,
    Qualification,
    RoleAssignment,
)

OFFICE = "yara"
COURSE, MODERATION = "course", "moderation"
VALID = {COURSE: 24, MODERATION: None}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a coach can carry; the texts are by key."""

    key: str
    languages: tuple[str, ...]
    teams: int
    hours: str
    at_change: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate somebody has, that counts as `expected` and runs out so many days from now (None: never)."""

    key: str
    expected: str
    expires_in: int | None = None
    days: int = 0


PROFILES = (
    Profile("nora", ("en", "de", "sv"), 5, "6", "10"),
    Profile("emre", ("en", "de", "tr"), 3, "4", "8", is_open=False),
    Profile("signe", ("en", "sv", "da"), 2, "3"),
    Profile("sofia", ("en", "sv"), 1, "2", is_open=False),
)
CERTIFICATES = (
    Held("nora", COURSE, expires_in=34),
    Held("nora", MODERATION, days=400),
    Held("emre", COURSE, expires_in=-75),
    Held("signe", COURSE, expires_in=690),
    Held("mira", MODERATION, days=120),
)
# Sofia coaches the team she leads until Signe takes over; Elif came to lead the team that she coaches.
EXCEPTED, EXCEPTED_TEAM, EXCEPTED_FOR = "sofia", "success", 45
IN_CONFLICT, CONFLICT_TEAM = "elif", "marketing"
COACH, COACHED = "nora", "jonas"


def add_coaches(maker: ObjectiveMaker) -> None:
    """Add what belongs to coaches to the journal."""
    expected = _expect(maker)
    for profile in PROFILES:
        _write_profile(maker, profile)
    for held in CERTIFICATES:
        _certify(maker, held, expected[held.expected])
    _make_exception(maker)
    _assign(maker, IN_CONFLICT, 150, team=CONFLICT_TEAM)
    _coach_a_person(maker)


def _expect(maker: ObjectiveMaker) -> dict[str, Qualification]:
    at = maker.moment(maker.year.year.starts_on - timedelta(days=30), 11)
    expected = {}
    for position, (key, months) in enumerate(VALID.items()):
        title, description = maker.wording.coaches.expected[key]
        row = Qualification(
            role=Role.COACH, title=title, description=description, valid_months=months, position=position
        )
        expected[key] = maker.journal.add(row, at)
        after = audit.snapshot(row, ["role", "title", "description", "valid_months"])
        maker.journal.note(maker.cast.members[OFFICE], "created", row, at, after=after)
    return expected


def _write_profile(maker: ObjectiveMaker, profile: Profile) -> None:
    about, experience = maker.wording.coaches.profiles[profile.key]
    at = past(maker, 120, 14)
    row = maker.journal.add(
        CoachProfile(
            membership=maker.cast.members[profile.key],
            about=about,
            experience=experience,
            languages=list(profile.languages),
            teams_wanted=profile.teams,
            hours_a_week=Decimal(profile.hours),
            hours_at_change=Decimal(profile.at_change) if profile.at_change else None,
            takes_teams=profile.is_open,
        ),
        at,
    )
    after = audit.snapshot(row, ["languages", "teams_wanted", "hours_a_week", "takes_teams"])
    maker.journal.note(row.membership, "created", row, at, after=after)


def _certify(maker: ObjectiveMaker, held: Held, counts_as: Qualification) -> None:
    today = maker.now.date()
    if held.expires_in is None:
        issued, expires = today - timedelta(days=held.days), None
    else:
        # Looking back from the day on which it runs out.
        issued = _months_before(today + timedelta(days=held.expires_in), counts_as.valid_months or 0)
        expires = expiry_of(counts_as, issued)
    at = past(maker, 110, 15)
    row = maker.journal.add(
        Certificate(
            membership=maker.cast.members[held.key],
            qualification=counts_as,
            title=counts_as.title,
            issuer=maker.wording.coaches.issuers[held.expected],
            issued_on=issued,
            expires_on=expires,
        ),
        at,
    )
    after = audit.snapshot(row, ["membership", "title", "issuer", "issued_on", "expires_on", "qualification"])
    maker.journal.note(row.membership, "created", row, at, after=after)


def _make_exception(maker: ObjectiveMaker) -> None:
    today = maker.now.date()
    office, at = maker.cast.members[OFFICE], past(maker, 20, 10)
    row = maker.journal.add(
        ConflictException(
            membership=maker.cast.members[EXCEPTED],
            team=maker.cast.teams[EXCEPTED_TEAM],
            reason=maker.wording.coaches.exception,
            starts_on=at.date(),
            ends_on=today + timedelta(days=EXCEPTED_FOR),
            granted_by=office,
        ),
        at,
    )
    after = {"membership": row.membership_id, "team": row.team_id, "ends_on": row.ends_on.isoformat()}
    maker.journal.note(office, "granted", row, at, after=after)
    _assign(maker, EXCEPTED, 20, team=EXCEPTED_TEAM, ends_on=row.ends_on)


def _coach_a_person(maker: ObjectiveMaker) -> None:
    assignment = _assign(maker, COACH, 60, person=COACHED)
    for days, text, is_shared in (
        (48, maker.wording.coaches.shared_note, True),
        (13, maker.wording.coaches.own_note, False),
    ):
        maker.journal.add(CoachingNote(assignment=assignment, text=text, is_shared=is_shared), past(maker, days, 16))


def _assign(
    maker: ObjectiveMaker, key: str, days: int, *, team: str = "", person: str = "", ends_on: date | None = None
) -> RoleAssignment:
    office, at = maker.cast.members[OFFICE], past(maker, days, 11)
    row = maker.journal.add(
        RoleAssignment(
            membership=maker.cast.members[key],
            role=Role.COACH,
            team=maker.cast.teams.get(team),
            person=maker.cast.members.get(person),
            starts_on=at.date(),
            ends_on=ends_on,
            proposed_by=office,
        ),
        at,
    )
    after = {
        "membership": row.membership_id,
        "role": row.role,
        "team": row.team_id,
        "person": row.person_id,
        "starts_on": row.starts_on.isoformat(),
    }
    maker.journal.note(office, "assigned", row, at, after=after)
    return row


def past(maker: ObjectiveMaker, days: int, hour: int) -> datetime:
    """An hour of a day so many days ago, since the company was founded."""
    founded = maker.year.year.starts_on - timedelta(days=30)
    at = maker.moment(max(maker.now.date() - timedelta(days=days), founded), hour)
    return min(at, maker.now - timedelta(minutes=5))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))
