"""The invented company with a clock that moves: its people at their browsers, and the worker that sweeps for it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone
from kombu.message import Message
from kombu.simple import SimpleQueue

from okrapp.celery import app
from okrs.demo.build import build_demo
from okrs.models import Cycle, KeyResult, Objective
from organizations.models import AuditEntry, Dispatch, Membership, Organization
from organizations.registry import registry
from organizations.tasks import sweep
from tests.factories.worlds import within
from tests.visitor import Visitor

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """A moment by the clock on the company's wall."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def _next_of(queue: SimpleQueue) -> Message | None:
    """The next message that waits in the broker."""
    try:
        return queue.get(block=False)
    except SimpleQueue.Empty:
        return None


class Company:
    """The invented company as of a moment, the clock, and whoever sits down at a browser."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        """Make it for the moment the clock shows."""
        self.clock = clock
        app.loader.import_default_modules()  # as a worker does when it starts
        self.organization: Organization = build_demo(slug="nordkamm", language="en")
        with within(self.organization):
            members = Membership.objects.exclude(user=None).select_related("user")
            self.members = {member.display_name.split()[0].lower(): member for member in members}

    def sign_in(self, name: str, address: str = "", status: int = 200) -> Visitor:
        """Somebody signs in, by their first name, and looks at a page; without an address at My week."""
        return Visitor(self.members[name], self.organization.slug).open(address, status)

    def live_until(self, text: str) -> None:
        """Let time pass while the worker is up: at each moment at which work is due, it is done."""
        target = at(text)
        while (due := self._next_due()) is not None and due <= target:
            self.clock.move_to(max(due, timezone.now()))
            assert self.sweep()
        self.clock.move_to(target)
        assert self.sweep() == []

    def jump_to(self, text: str) -> None:
        """Let time pass while the worker is down."""
        self.clock.move_to(at(text))

    def sweep(self) -> list[str]:
        """Sweep once, and do what then waits in the broker, as the worker does. Returns the tasks that were done."""
        handed_out = sweep()
        done: list[str] = []
        with app.connection_for_read() as connection, connection.SimpleQueue(app.conf.task_default_queue) as queue:
            while (message := _next_of(queue)) is not None:
                args, kwargs, _embedded = message.payload
                app.tasks[message.headers["task"]](*args, **kwargs)
                message.ack()
                done.append(message.headers["task"])
        assert len(done) >= handed_out
        return done

    def _next_due(self) -> datetime | None:
        rows = Dispatch.objects.filter(organization=self.organization, kind__in=registry.dispatch_tasks)
        return rows.order_by("due_at").values_list("due_at", flat=True).first()

    def phase(self, name: str) -> str:
        """The phase a cycle is in."""
        with within(self.organization):
            return Cycle.objects.get(name=name).phase

    def objective(self, title: str, cycle: str) -> Objective:
        """An objective as it stands in the database."""
        with within(self.organization):
            return Objective.objects.get(title=title, cycle__name=cycle)

    def key_result(self, title: str, cycle: str) -> KeyResult:
        """A key result as it stands in the database."""
        with within(self.organization):
            return KeyResult.objects.get(title=title, objective__cycle__name=cycle)

    def moves(self, name: str) -> list[str]:
        """The phases a cycle was moved to, in order, each of them by the system."""
        with within(self.organization):
            moved = AuditEntry.objects.filter(verb="moved", object_id=str(Cycle.objects.get(name=name).pk))
            return [entry.after["phase"] for entry in moved.filter(actor=None).order_by("at", "id")]

    def check_in(
        self, name: str, key_result: str, value: str, confidence: str = "On track", team: str = "", **more: str
    ) -> Visitor:
        """Somebody says how a key result stands, from My week or from the page of their team."""
        visitor = self.sign_in(name, f"teams/{team}/" if team else "").follow(key_result)
        visitor.press("Save", value=value, confidence=confidence, **more).told("Checked in")
        return visitor

    def write(self, visitor: Visitor, title: str, place: str, cycle: str, *key_results: str) -> None:
        """Somebody writes an objective from the page of a team, and its key results as lines."""
        visitor.follow("New objective")
        visitor.press("Save and add key results", title=title, place=place, cycle=cycle)
        for line in key_results:
            visitor.press("Add", title=line, quick="1")
        visitor.sees(title, "Draft", f"Key results {len(key_results)}")
