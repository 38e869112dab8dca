"""A session as an entry for calendars (RFC 5545)."""

from datetime import UTC

from rollout.models import CourseSession


def calendar_entry(session: CourseSession, *, page: str) -> bytes:
    """Return a session, whose course must be loaded, as a calendar with one entry; `page` is its address here."""
    # Only here: every process would load what few of them ever need.
    from icalendar import Calendar, Event

    entry = Event()
    entry.add("uid", f"{session.pk}@okrapp")
    entry.add("dtstamp", session.updated_at.astimezone(UTC))
    entry.add("dtstart", session.starts_at.astimezone(UTC))
    entry.add("dtend", session.ends_at.astimezone(UTC))
    entry.add("summary", session.course.title)
    entry.add("description", page)
    entry.add("url", page)
    if where := session.place or session.link:
        entry.add("location", where)
    entry.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", "-//okrapp//courses//EN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add_component(entry)
    found: bytes = calendar.to_ical()
    return found
