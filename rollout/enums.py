"""Choices of the rollout app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.enums import Role


class PlanState(models.TextChoices):
    """Where a rollout plan stands."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    RUNNING = "running", pgettext_lazy("plan", "Running")
    COMPLETED = "completed", pgettext_lazy("plan", "Completed")
    STOPPED = "stopped", pgettext_lazy("plan", "Stopped")


class VersionState(models.TextChoices):
    """What the sponsor said to a version of a plan."""

    WAITING = "waiting", pgettext_lazy("version", "Waiting for the sponsor")
    APPROVED = "approved", pgettext_lazy("version", "Approved")
    RETURNED = "returned", pgettext_lazy("version", "Returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("version", "Taken back")


class VersionSubject(models.TextChoices):
    """What a version lays before the sponsor: the whole plan, or more money for one that was approved."""

    PLAN = "plan", pgettext_lazy("version", "The plan")
    BUDGET = "budget", pgettext_lazy("version", "Its budget")


class PhaseKind(models.TextChoices):
    """What a phase of a rollout is for."""

    PREPARE = "prepare", pgettext_lazy("rollout phase", "Prepare")
    PILOT = "pilot", pgettext_lazy("rollout phase", "Pilot")
    EXPAND = "expand", pgettext_lazy("rollout phase", "Expand")
    EMBED = "embed", pgettext_lazy("rollout phase", "Embed")
    OWN = "own", pgettext_lazy("rollout phase", "Own")


class Gate(models.TextChoices):
    """When a criterion has to be met."""

    ENTRY = "entry", _("Before the phase begins")
    EXIT = "exit", _("Before the phase ends")


class Measure(models.TextChoices):
    """How it is found out whether a criterion is met."""

    JUDGED = "judged", _("Somebody judges it")
    AGREED = "agreed", _("Teams with agreed OKRs")
    CHECK_INS = "check_ins", _("Teams that check in, week after week")
    COACHED = "coached", _("Teams with a coach")
    TRAINED = "trained", _("Teams that have the courses they need")


class TaskStatus(models.TextChoices):
    """Where a task of a plan stands."""

    OPEN = "open", pgettext_lazy("task", "Open")
    DOING = "doing", pgettext_lazy("task", "Doing")
    DONE = "done", pgettext_lazy("task", "Done")
    DROPPED = "dropped", pgettext_lazy("task", "Dropped")


class Grade(models.IntegerChoices):
    """How likely a risk is, and how much it would hurt."""

    LOW = 1, pgettext_lazy("grade", "Low")
    MEDIUM = 2, pgettext_lazy("grade", "Medium")
    HIGH = 3, pgettext_lazy("grade", "High")


class RiskState(models.TextChoices):
    """What became of a risk."""

    OPEN = "open", pgettext_lazy("risk", "Open")
    HAPPENED = "happened", pgettext_lazy("risk", "It happened")
    CLOSED = "closed", pgettext_lazy("risk", "No longer a risk")


class BarrierGroup(models.TextChoices):
    """From whom a barrier comes."""

    SPONSOR = "sponsor", Role.SPONSOR.label
    LEADERS = "leaders", pgettext_lazy("barrier", "Leaders")
    COACHES = "coaches", pgettext_lazy("barrier", "Coaches")
    TEAMS = "teams", pgettext_lazy("barrier", "Teams")
    OTHER = "other", pgettext_lazy("barrier", "Others")


class BarrierState(models.TextChoices):
    """What became of a barrier."""

    OPEN = "open", pgettext_lazy("barrier", "Open")
    ANSWERED = "answered", pgettext_lazy("barrier", "Answered")
    SOLVED = "solved", pgettext_lazy("barrier", "Solved")
    ACCEPTED = "accepted", pgettext_lazy("barrier", "Accepted as it is")


class Verdict(models.TextChoices):
    """What is decided about a pilot."""

    GO = "go", pgettext_lazy("verdict", "Go")
    ADJUST = "adjust", pgettext_lazy("verdict", "Adjust")
    STOP = "stop", pgettext_lazy("verdict", "Stop")


class Attitude(models.TextChoices):
    """How somebody stands towards the rollout."""

    CHAMPION = "champion", pgettext_lazy("attitude", "Champion")
    SUPPORTER = "supporter", pgettext_lazy("attitude", "Supporter")
    NEUTRAL = "neutral", pgettext_lazy("attitude", "Neutral")
    SCEPTIC = "sceptic", pgettext_lazy("attitude", "Sceptic")
    OPPONENT = "opponent", pgettext_lazy("attitude", "Opponent")


class ConcernKind(models.TextChoices):
    """What a stakeholder worries about."""

    CHANGE = "change", pgettext_lazy("concern", "Fear of change")
    BUDGET = "budget", pgettext_lazy("concern", "Budget")
    TIME = "time", pgettext_lazy("concern", "Time")
    FAILURE = "failure", pgettext_lazy("concern", "Fear of failure")
    EFFECT = "effect", pgettext_lazy("concern", "Doubts about the effect")
    OWN = "own", pgettext_lazy("concern", "Something else")


class ConcernState(models.TextChoices):
    """Whether a concern has been answered."""

    OPEN = "open", pgettext_lazy("concern", "Open")
    ANSWERED = "answered", pgettext_lazy("concern", "Answered")


class CommitmentKind(models.TextChoices):
    """What a leader does for the rollout."""

    OWN_OKRS = "own_okrs", pgettext_lazy("commitment", "I have OKRs of my own")
    REVIEWS = "reviews", pgettext_lazy("commitment", "I come to the reviews")
    SPEAKS = "speaks", pgettext_lazy("commitment", "I speak about OKRs at events")
    COACHED = "coached", pgettext_lazy("commitment", "I am coached")
    OWN = "own", pgettext_lazy("commitment", "Something else")


class CommitmentState(models.TextChoices):
    """What became of a commitment, as the leader says."""

    OPEN = "open", pgettext_lazy("commitment", "Open")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    NOT_KEPT = "not_kept", pgettext_lazy("commitment", "Not kept")


class BudgetCategory(models.TextChoices):
    """What money is for."""

    TRAINING = "training", pgettext_lazy("budget", "Training")
    TOOLS = "tools", pgettext_lazy("budget", "Tools")
    PEOPLE = "people", pgettext_lazy("budget", "People and their time")
    ADVICE = "advice", pgettext_lazy("budget", "External advice")
    EVENTS = "events", pgettext_lazy("budget", "Events")
    OTHER = "other", pgettext_lazy("budget", "Other")


class EscalationState(models.TextChoices):
    """What became of a difficulty that was brought before the sponsor."""

    OPEN = "open", pgettext_lazy("escalation", "Waiting for the Sponsor")
    ANSWERED = "answered", pgettext_lazy("escalation", "Answered")
    CLOSED = "closed", pgettext_lazy("escalation", "Closed")


class MessageChannel(models.TextChoices):
    """How a message reaches people: through okrapp, or by people who then tick it off."""

    APP = "app", pgettext_lazy("message", "Through this app")
    MEETING = "meeting", pgettext_lazy("message", "In a meeting")
    INTRANET = "intranet", pgettext_lazy("message", "On the intranet")
    MAIL_BY_HAND = "mail_by_hand", pgettext_lazy("message", "By mail, written by hand")
    OTHER = "other", pgettext_lazy("message", "In another way")


class MessageFormat(models.TextChoices):
    """What sort of message it is."""

    ANNOUNCEMENT = "announcement", pgettext_lazy("message", "Announcement")
    INVITATION = "invitation", pgettext_lazy("message", "Invitation")
    STORY = "story", pgettext_lazy("message", "Story")
    QUESTIONS_AND_ANSWERS = "questions_and_answers", pgettext_lazy("message", "Questions and answers")
    VIDEO = "video", pgettext_lazy("message", "Video")
    TALK = "talk", pgettext_lazy("message", "Talk")
    OTHER = "other", pgettext_lazy("message", "Something else")


class MessageState(models.TextChoices):
    """Where a planned message stands."""

    DRAFT = "draft", pgettext_lazy("message", "Draft")
    ASKED = "asked", pgettext_lazy("message", "Waiting for the sender")
    SCHEDULED = "scheduled", pgettext_lazy("message", "Scheduled")
    SENT = "sent", pgettext_lazy("message", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("message", "Cancelled")


class AudienceKind(models.TextChoices):
    """Whom one line of an audience names."""

    EVERYBODY = "everybody", pgettext_lazy("audience", "Everybody")
    ROLE = "role", pgettext_lazy("audience", "Who holds a role")
    WAVE = "wave", pgettext_lazy("audience", "The teams of a wave")
    TEAM = "team", pgettext_lazy("audience", "A team")
    MEMBER = "member", pgettext_lazy("audience", "A person")


class NeededBy(models.TextChoices):
    """What somebody is who needs a course: holds a role, leads a team that starts, or is in one."""

    STARTING = "starting", _("Everybody in a team that starts")
    LEADS = "leads", _("Leads of teams that start")
    PLO = Role.PLO.value, Role.PLO.label
    COACH = Role.COACH.value, Role.COACH.label
    SPONSOR = Role.SPONSOR.value, Role.SPONSOR.label
    LEADERSHIP = Role.LEADERSHIP.value, Role.LEADERSHIP.label


class SessionState(models.TextChoices):
    """What became of a session of a course."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    HELD = "held", pgettext_lazy("session", "Held")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class EnrolmentState(models.TextChoices):
    """Where somebody stands in a course."""

    ENROLLED = "enrolled", pgettext_lazy("course", "Enrolled")
    WAITING = "waiting", pgettext_lazy("course", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("course", "Not taking part")
    ATTENDED = "attended", pgettext_lazy("course", "Attended")
    MISSED = "missed", pgettext_lazy("course", "Missed")


class EnrolmentSource(models.TextChoices):
    """Who enrolled somebody."""

    SELF = "self", pgettext_lazy("enrolled by", "Themself")
    OFFICE = "office", pgettext_lazy("enrolled by", "The Program Lead Office")
    ITSELF = "itself", pgettext_lazy("enrolled by", "Because they need it")


class CancelledBy(models.TextChoices):
    """Who ended an enrolment before the course."""

    SELF = "self", pgettext_lazy("cancelled by", "Themself")
    OFFICE = "office", pgettext_lazy("cancelled by", "The Program Lead Office")
    GONE = "gone", pgettext_lazy("cancelled by", "Because they no longer need it")
