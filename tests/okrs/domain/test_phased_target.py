"""Steps on the way to a target: what is refused, and what pace makes of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.domain.phased_target import Step, set_phased_targets
from okrs.enums import MetricType
from okrs.models import Cycle, KeyResult, PhasedTarget
from okrs.queries.phases import phases_of, way_of, with_phases
from okrs.queries.standing import Standings, key_results_of
from organizations.actor import Actor
from organizations.enums import Via
from organizations.errors import Refused
from organizations.models import AuditEntry
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(starts_on=day(-50), ends_on=day(50))
        world.key_result = KeyResult.objects.select_related("objective__cycle").get(pk=world.key_result.pk)
        yield world


def day(offset: int) -> date:
    return timezone.localdate() + timedelta(days=offset)


def write(world: World, *steps: tuple[int, int]) -> list[PhasedTarget]:
    wanted = [Step(day(offset), Decimal(value)) for offset, value in steps]
    return set_phased_targets(actor=Actor(world.member, via=Via.WEB), key_result=world.key_result, steps=wanted)


def test_pace_follows_the_step_last_due(inside: World) -> None:
    write(inside, (20, 70), (-10, 25))
    standings = Standings(Actor(inside.member, via=Via.WEB))
    key_results = key_results_of([inside.objective.pk])[inside.objective.pk]
    with exactly(0):
        standing = standings.of_objective(inside.objective, key_results, cycle=inside.key_result.objective.cycle)
    shown = next(one for one in standing.key_results if one.key_result.pk == inside.key_result.pk)
    assert shown.expected.value == 0.25
    assert way_of(shown.key_result, day(-50), day(50)) == [
        (day(-50), 0),
        (day(-10), 0),
        (day(-10), 25),
        (day(20), 25),
        (day(20), 70),
        (day(50), 70),
        (day(50), 100),
    ]


def test_they_are_replaced_and_the_trail_says_so(inside: World) -> None:
    write(inside, (10, 30))
    write(inside, (10, 30))
    write(inside, (12, 40), (30, 80))
    trail = AuditEntry.objects.filter(after__has_key="steps").order_by("at", "id")
    assert [entry.after["steps"].count(":") for entry in trail] == [1, 2]
    read = with_phases(KeyResult.objects.filter(pk=inside.key_result.pk)).get()
    assert [(one.due, one.value) for one in phases_of(read)] == [(day(12), 40), (day(30), 80)]
    assert phases_of(inside.key_result) == phases_of(read)
    assert write(inside) == []
    assert not PhasedTarget.objects.filter(key_result=inside.key_result).exists()


def test_what_somebody_else_wrote_meanwhile_is_not_lost(inside: World) -> None:
    """The second one is told, and replaces it only when they save again."""
    opened = timezone.now()
    write(inside, (10, 30))
    lead = Actor(inside.lead, via=Via.WEB)
    with pytest.raises(Refused, match="changed this") as refused:
        set_phased_targets(actor=lead, key_result=inside.key_result, steps=[Step(day(10), Decimal(40))], seen=opened)
    assert "30" in " ".join(refused.value.messages)
    steps = [Step(day(10), Decimal(40))]
    set_phased_targets(actor=lead, key_result=inside.key_result, steps=steps, seen=timezone.now())
    assert [one.value for one in PhasedTarget.objects.filter(key_result=inside.key_result)] == [40]


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (((60, 20),), "within the days"),
        (((10, 20), (10, 30)), "this day already"),
        (((10, 40), (20, 30)), "no step goes back"),
        (((10, 120),), "between start and target"),
        (((10, -5),), "between start and target"),
    ],
)
def test_what_leads_nowhere_is_refused(inside: World, steps: tuple[tuple[int, int], ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        write(inside, *steps)


def test_only_what_grows_has_steps(inside: World) -> None:
    KeyResult.objects.filter(pk=inside.key_result.pk).update(metric=MetricType.STAY_ABOVE)
    with pytest.raises(Refused, match="from a start to a target"):
        write(inside, (10, 30))


def test_lines_are_written_emptied_and_refused_at_their_field(world: World) -> None:
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(starts_on=day(-50), ends_on=day(50))
        PhasedTarget.objects.all().delete()
    client = client_of(world.member)
    url = reverse("okrs:phased_targets", args=[world.organization.slug, world.key_result.pk])
    assert (
        url
        in client.get(reverse("okrs:objective", args=[world.organization.slug, world.objective.pk])).content.decode()
    )
    assert "Steps on the way" in client.get(url).content.decode()
    lines = {"due_on_0": day(10).isoformat(), "value_0": "30", "due_on_1": day(20).isoformat(), "value_1": ""}
    refused = client.post(url, lines, **HTMX)
    assert refused.status_code == 422
    assert "Which number should be reached by then?" in refused.content.decode()
    assert client.post(url, lines | {"value_1": "60"}, **HTMX).status_code == 200
    assert client.post(url, lines | {"due_on_0": "", "value_0": "", "value_1": "60"}).status_code == 302
    with within(world.organization):
        assert [one.value for one in PhasedTarget.objects.all()] == [60]


def test_programs_replace_them(world: World) -> None:
    client = client_of(world.member)
    url = f"/api/v1/o/{world.organization.slug}/key-results/{world.key_result.pk}/phased-targets/"
    body = {"steps": [{"due_on": world.cycle.ends_on.isoformat(), "value": "55.5"}]}
    answer = client.put(url, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert client.get(url).json() == answer.json()
    assert Decimal(str(answer.json()[0]["value"])) == Decimal("55.5")
    wrong = client.put(url, {"steps": [{"due_on": "2001-01-01", "value": "1"}]}, content_type="application/json")
    assert wrong.status_code == 422
