"""A session as an entry for calendars (RFC 5545); pure, but for the texts."""

from datetime import UTC, datetime

from rollout.models import CourseSession

# Lines are folded at 75 octets.
_OCTETS = 75


def calendar_entry(session: CourseSession, *, page: str) -> str:
    """Return a session, whose course must be loaded, as a calendar with one entry; `page` is its address here."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//okrapp//courses//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{session.pk}@okrapp",
        f"DTSTAMP:{_moment(session.updated_at)}",
        f"DTSTART:{_moment(session.starts_at)}",
        f"DTEND:{_moment(session.ends_at)}",
        f"SUMMARY:{_text(session.course.title)}",
        f"DESCRIPTION:{_text(page)}",
        f"URL:{page}",
    ]
    where = session.place or session.link
    if where:
        lines.append(f"LOCATION:{_text(where)}")
    lines += [f"STATUS:{'CONFIRMED' if not session.cancelled_at else 'CANCELLED'}", "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    parts, octets = [""], 0
    for letter in line:
        size = len(letter.encode())
        # Every line but the first begins with a blank, which counts.
        if octets + size > _OCTETS - (len(parts) > 1):
            parts.append("")
            octets = 0
        parts[-1] += letter
        octets += size
    return "\r\n ".join(parts)
