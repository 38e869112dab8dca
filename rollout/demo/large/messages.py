"""What a large rollout has told its people, some of it to all of them, and what it tells next."""

from datetime import datetime, time

from okrs.demo.journal import id_of
from okrs.demo.large.rows import insert_all
from organizations.enums import Role
from rollout.demo.large import wording
from rollout.demo.large.programme import Programme
from rollout.enums import AudienceKind, MessageChannel, MessageFormat, MessageState
from rollout.models import MessageAudience, MessageRecipient, PlannedMessage, SentMessage
from rollout.queries.audience_words import kept_audience
from rollout.queries.reach import reached_by

MESSAGES = 60
# Days from one to the next; half of them are past.
APART = 8
# What becomes of those ahead, in turn; what is said by people is not sent by the app.
AHEAD = (MessageState.DRAFT, MessageState.SCHEDULED, MessageState.ASKED, MessageState.DRAFT, MessageState.CANCELLED)
CHANNELS = (MessageChannel.APP, MessageChannel.APP, MessageChannel.APP, MessageChannel.MEETING, MessageChannel.INTRANET)
ROLES = (Role.COACH, Role.LEADERSHIP, Role.PLO)


def add_messages(programme: Programme) -> None:
    """Write what was told, with who got it, and what is planned. Nobody is told anything now, nor by itself later."""
    journal, count = programme.company.journal, programme.company.share_of(MESSAGES, 6)
    formats = list(MessageFormat)
    sent: list[tuple[PlannedMessage, list[MessageAudience]]] = []
    for number in range(count):
        past = number < count // 2
        days = (number - count // 2) * APART - 1 if past else (number - count // 2) * APART + 3
        written = programme.at(min(days, 0) - 20)
        message = PlannedMessage(plan=programme.plan, text=wording.MESSAGE_TEXT, sends_on=programme.day(days))
        message.title = wording.MESSAGES[number % len(wording.MESSAGES)]
        message.channel, message.format = CHANNELS[number % len(CHANNELS)], formats[number % len(formats)]
        message.sender = programme.sponsor if number % 3 == 0 else programme.office
        message.state = MessageState.SENT if past else AHEAD[(number - count // 2) % len(AHEAD)]
        if message.state in (MessageState.SENT, MessageState.SCHEDULED):
            message.agreed_at, message.version = written, 1
        elif message.state == MessageState.CANCELLED:
            message.cancelled_at = written
        elif message.state == MessageState.ASKED:
            message.version, message.asked_by = 1, programme.office
        journal.add(message, written)
        lines = [_line(programme, number - count // 2)]
        for line in lines:
            line.message = message
            journal.add(line, written)
        if past:
            sent.append((message, lines))
    journal.write()
    for message, lines in sent:
        _told(programme, message, lines)


def _line(programme: Programme, number: int) -> MessageAudience:
    """Everybody, a wave, who holds a role, or a part of the organization, in turn."""
    turn = number // 4
    match number % 4:
        case 0:
            return MessageAudience(kind=AudienceKind.EVERYBODY)
        case 1:
            return MessageAudience(kind=AudienceKind.WAVE, wave=programme.waves[turn % len(programme.waves)])
        case 2:
            return MessageAudience(kind=AudienceKind.ROLE, role=ROLES[turn % len(ROLES)])
        case _:
            teams = programme.company.staff.teams
            return MessageAudience(kind=AudienceKind.TEAM, team=teams[min(1 + turn % 9, len(teams) - 1)])


def _told(programme: Programme, message: PlannedMessage, lines: list[MessageAudience]) -> None:
    at = datetime.combine(message.sends_on, time(message.sends_hour), programme.company.zone)
    people = list(reached_by(programme.plan, lines).values_list("pk", flat=True)) if message.by_app else []
    row = SentMessage(plan=programme.plan, message=message, title=message.title, text=message.text)
    row.channel, row.format, row.sender = message.channel, message.format, message.sender
    row.sender_name = message.sender.display_name if message.sender is not None else ""
    row.audiences = [kept_audience(line, programme.plan) for line in lines]
    row.recipient_count = len(people) if message.by_app else None
    row.sent_on, row.sent_at = message.sends_on, at
    programme.company.journal.add(row, at)
    programme.company.journal.write()
    names = ("id", "sent_id", "membership_id")
    insert_all(MessageRecipient, names, ((str(id_of(at)), str(row.pk), str(pk)) for pk in people))
