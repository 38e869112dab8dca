"""Key results in the browser: the typed line, every metric, two people, milestones; with and without htmx."""

import json
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrs.enums import MetricType
from okrs.forms.reading import FIELDS
from okrs.models import KeyResult, Milestone
from organizations.domain import removed
from tests.factories.okrs import KeyResultFactory, ObjectiveFactory
from tests.factories.worlds import World, client_of, within
from tests.queries import exactly

HX = {"HX-Request": "true"}
LINE = "Raise activation from 41 to 70 %"


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def read(client: Client, world: World, **typed: str) -> tuple[str, dict[str, str]]:
    """Ask what a line means; return the fragment and the texts of the fields it fills."""
    answer = client.get(address("key_result_reading", world, world.objective.pk), typed, headers=HX)
    assert answer.status_code == 200
    form = answer.context["form"]
    return unescape(answer.content.decode()), {name: form[name].value() for name in FIELDS}


def newest(world: World) -> KeyResult:
    with within(world.organization):
        return KeyResult.objects.filter(objective=world.objective).latest("created_at")


def test_a_typed_line_fills_the_fields_and_shows_what_was_understood(world: World) -> None:
    html, values = read(client_of(world.member), world, title=LINE)
    assert values == {"metric": "increase", "start": "41", "target": "70", "lower": "", "upper": "", "unit": "%"}
    assert "Increase from start to target: from 41% to 70%" in html
    for piece in ("41", "70", "%"):
        assert f">{piece}</mark>" in html


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("de", "Aktivierung von 41,5 auf 70 % steigern", {"metric": "increase", "start": "41,5", "target": "70"}),
        ("sv", "Minska svarstiden från 9 till 2,5 timmar", {"metric": "decrease", "start": "9", "target": "2,5"}),
        ("en", "Keep availability above 99.9 %", {"metric": "stay_above", "target": "99.9", "unit": "%"}),
        ("en", "Find out how many buyers know our name", {"metric": "baseline"}),
    ],
)
def test_lines_in_three_languages(world: World, language: str, line: str, expected: dict[str, str]) -> None:
    world.member.user.language = language
    world.member.user.save()
    _html, values = read(client_of(world.member), world, title=line)
    assert {name: values[name] for name in expected} == expected


def test_what_somebody_set_by_hand_stays_while_the_line_goes_on(world: World) -> None:
    client = client_of(world.member)
    _html, first = read(client, world, title="Raise activation from 41 to 70 %")
    by_hand = {**first, "target": "75", "understood": json.dumps(first)}
    by_hand["title"] = "Raise activation from 42 to 70 % by spring"
    _html, values = read(client, world, **by_hand)
    assert (values["start"], values["target"]) == ("42", "75")


def test_what_somebody_set_by_hand_goes_when_the_line_says_something_new(world: World) -> None:
    client = client_of(world.member)
    _html, first = read(client, world, title="Lower churn from 9 to 5 %")
    by_hand = {**first, "start": "8", "target": "4", "understood": json.dumps(first)}
    by_hand["title"] = "Raise activation from 41 to 5 %"
    _html, values = read(client, world, **by_hand)
    # The line still says 5 of the target.
    assert (values["start"], values["target"]) == ("41", "4")
    emptied = {**values, "title": "", "understood": json.dumps({**first, "start": "41"})}
    _html, values = read(client, world, **emptied)
    assert (values["start"], values["target"]) == ("", "")


def test_doubts_are_said(world: World) -> None:
    html, _values = read(client_of(world.member), world, title="Raise activation by 20 %")
    assert "the target follows from it" in html


@pytest.mark.parametrize("way", [{"quick": "1"}, {}])
def test_enter_before_the_reading_is_back_saves_what_the_line_says(world: World, way: dict[str, str]) -> None:
    """The fields still hold what the line before this one meant; what was set by hand is kept where it still fits."""
    client, url = client_of(world.member), address("key_result_create", world, world.objective.pk)
    _html, first = read(client, world, title="Raise visits from 10 to 20")
    client.post(
        url, {**way, **first, "understood": json.dumps(first), "title": "Decide on the price model"}, headers=HX
    )
    created = newest(world)
    assert (created.metric, created.start, created.target) == ("done", None, None)
    _html, first = read(client, world, title="Improve quality")
    client.post(url, {**way, **first, "understood": json.dumps(first), "title": LINE}, headers=HX)
    created = newest(world)
    assert (created.metric, created.start, created.target) == ("increase", 41, 70)


@pytest.mark.parametrize("understood", ["", "no json", "[1]", '{"start": {}}'])
def test_nonsense_in_the_hidden_field_does_no_harm(world: World, understood: str) -> None:
    _html, values = read(client_of(world.member), world, title=LINE, understood=understood)
    assert values["target"] == "70"


def test_a_line_and_enter_add_a_key_result_and_offer_the_next_line(world: World) -> None:
    answer = client_of(world.member).post(
        address("key_result_create", world, world.objective.pk), {"quick": "1", "title": LINE}, headers=HX
    )
    written = newest(world)
    assert (written.metric, written.start, written.target, written.unit, written.unit_kind) == (
        "increase",
        Decimal(41),
        Decimal(70),
        "%",
        "percent",
    )
    assert written.owner_id == world.objective.owner_id
    html = unescape(answer.content.decode())
    # The line is empty again and has the focus; the list, the count and the numbers above follow.
    assert 'id="kr-add"' in html.split("<hx-partial")[0]
    assert "autofocus" in html.split("<hx-partial")[0]
    assert f'value="{LINE}"' not in html.split("<hx-partial")[0]
    for part in ("rows", "count", "summary", "details"):
        assert f'hx-target="#objective-{part}-{world.objective.pk}"' in html
    assert f'id="kr-{written.pk}"' in html


def test_without_script_the_line_is_read_when_it_is_sent(world: World) -> None:
    answer = client_of(world.member).post(
        address("key_result_create", world, world.objective.pk), {"quick": "1", "title": LINE}
    )
    assert answer.headers["Location"] == address("objective", world, world.objective.pk)
    assert newest(world).target == Decimal(70)


def test_a_line_that_leaves_something_out_asks_for_it_at_its_field(world: World) -> None:
    client, url = client_of(world.member), address("key_result_create", world, world.objective.pk)
    answer = client.post(url, {"quick": "1", "title": "Raise activation to 70 %"}, headers=HX)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["start"]
    assert 'value="Raise activation to 70 %"' in html
    # What the line did say stands in the fields, and the missing one has the focus.
    form = answer.context["form"]
    assert (form["metric"].value(), form["target"].value(), form["unit"].value()) == ("increase", "70", "%")
    assert form.focus["start"]
    assert newest(world).title != "Raise activation to 70 %"
    answer = client.post(url, {"quick": "1", "title": "Raise activation to 70 %", "metric": "increase", "start": "41",
                               "target": "70", "unit": "%"}, headers=HX)  # fmt: skip
    assert answer.status_code == 200
    assert newest(world).start == Decimal(41)


def test_a_change_in_per_cent_needs_only_the_start(world: World) -> None:
    client_of(world.member).post(
        address("key_result_create", world, world.objective.pk),
        {"title": "Raise signups by 20 %", "metric": "increase", "start": "50", "target": ""},
    )
    assert newest(world).target == Decimal(60)


@pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])
def test_start_equal_to_target_is_refused_at_its_field(world: World, headers: dict[str, str]) -> None:
    answer = client_of(world.member).post(
        address("key_result_create", world, world.objective.pk),
        {"title": "Stand still", "metric": "increase", "start": "5", "target": "5", "weight": "2"},
        headers=headers,
    )
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Start and target are the same, so there is nothing to move." in html
    assert 'aria-describedby="id_target_error"' in html
    assert newest(world).title != "Stand still"


@pytest.mark.parametrize(
    ("metric", "values", "kept"),
    [
        (MetricType.INCREASE, {"start": "1", "target": "2", "unit": "€"}, {"unit_kind": "currency"}),
        (MetricType.DECREASE, {"start": "2", "target": "1"}, {"unit_kind": "number"}),
        (MetricType.STAY_ABOVE, {"target": "99.9", "unit": "%"}, {"unit_kind": "percent"}),
        (MetricType.STAY_BELOW, {"target": "3"}, {"lower": None}),
        (MetricType.STAY_WITHIN, {"lower": "1", "upper": "2", "target": "9"}, {"target": None}),
        (MetricType.DONE, {"start": "1", "target": "1", "unit": "x"}, {"start": None, "target": None, "unit": ""}),
        (MetricType.MILESTONES, {}, {"target": None}),
        (MetricType.BASELINE, {"unit": "days"}, {"unit": "days"}),
        (MetricType.ALIGNED, {}, {"current": None}),
    ],
)
def test_every_metric_keeps_its_own_fields_only(
    world: World, metric: MetricType, values: dict[str, str], kept: dict[str, object]
) -> None:
    answer = client_of(world.member).post(
        address("key_result_create", world, world.objective.pk), {"title": "Measured", "metric": metric, **values}
    )
    assert answer.status_code == 302
    written = newest(world)
    assert written.metric == metric
    assert {name: getattr(written, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"start": "many"}, "start"),
        ({"start": "1" * 30}, "start"),
        ({"metric": "guess"}, "metric"),
        ({"weight": "-1"}, "weight"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on"),
        ({"check_in_hour": "25"}, "check_in_hour"),
        ({"owner": "Nobody Known"}, "owner"),
        ({"metric": "decrease"}, "target"),
    ],
)
def test_wrong_input_is_said_at_its_field(world: World, values: dict[str, str], field: str) -> None:
    data = {"title": "Measured", "metric": "increase", "start": "1", "target": "2", **values}
    answer = client_of(world.member).post(address("key_result_create", world, world.objective.pk), data, headers=HX)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert newest(world).title != "Measured"


def test_numbers_are_read_in_the_readers_language(world: World) -> None:
    world.member.user.language = "de"
    world.member.user.save()
    client_of(world.member).post(
        address("key_result_create", world, world.objective.pk),
        {"title": "Umsatz", "metric": "increase", "start": "1.234,5", "target": "2000", "unit": "€"},
    )
    assert newest(world).start == Decimal("1234.5")


def test_then_the_next_one_stays_in_the_drawer(world: World) -> None:
    answer = client_of(world.member).post(
        address("key_result_create", world, world.objective.pk),
        {"title": LINE, "another": "1"},
        headers=HX,
    )
    first = unescape(answer.content.decode()).split("<hx-partial")[0]
    assert "New key result" in first
    assert f'value="{LINE}"' not in first
    assert "HX-Trigger" not in answer.headers


def opened(client: Client, world: World) -> dict[str, str]:
    """What the edit form of the world's key result holds, with its hidden fields."""
    form = client.get(address("key_result_edit", world, world.key_result.pk)).context["form"]
    values = {name: "" if (value := form[name].value()) is None else str(value) for name in form.fields}
    shown = {f"initial-{name}": value for name, value in values.items()}
    return {**values, **shown, "opened_at": timezone.now().isoformat()}


def test_two_people_who_edit_the_same_target(world: World) -> None:
    lena, max_ = client_of(world.lead), client_of(world.member)
    url = address("key_result_edit", world, world.key_result.pk)
    first, second = opened(lena, world), opened(max_, world)
    assert lena.post(url, first | {"target": "120"}).status_code == 302
    answer = max_.post(url, second | {"target": "150"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["target"]
    assert world.lead.display_name in unescape(answer.content.decode())
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).target == Decimal(120)


def test_saving_what_nobody_touched_changes_nothing_of_the_others(world: World) -> None:
    lena, max_ = client_of(world.lead), client_of(world.member)
    url = address("key_result_edit", world, world.key_result.pk)
    first, second = opened(lena, world), opened(max_, world)
    assert lena.post(url, first | {"target": "120"}).status_code == 302
    assert max_.post(url, second | {"title": "Max's words"}).status_code == 302
    with within(world.organization):
        now = KeyResult.objects.get(pk=world.key_result.pk)
        assert (now.target, now.title) == (Decimal(120), "Max's words")


def test_another_metric_empties_what_it_does_not_have(world: World) -> None:
    client = client_of(world.lead)
    url = address("key_result_edit", world, world.key_result.pk)
    assert client.post(url, opened(client, world) | {"metric": "done"}).status_code == 302
    with within(world.organization):
        now = KeyResult.objects.get(pk=world.key_result.pk)
        assert (now.metric, now.start, now.target) == ("done", None, None)


def test_saving_in_the_drawer_updates_the_row_wherever_it_stands(world: World) -> None:
    client = client_of(world.lead)
    values = opened(client, world) | {"title": "New words"}
    answer = client.post(address("key_result_edit", world, world.key_result.pk), values, headers=HX)
    html = unescape(answer.content.decode())
    assert f'hx-target="#kr-{world.key_result.pk}"' in html
    assert "New words" in html
    trigger = json.loads(answer.headers["HX-Trigger"])
    assert trigger == {"drawer:close": {"focus": f"#kr-{world.key_result.pk}"}}


def test_archiving_and_undo(world: World) -> None:
    client = client_of(world.lead)
    page = {"HX-Current-URL": f"http://testserver{address('objective', world, world.objective.pk)}"}
    answer = client.post(address("key_result_archive", world, world.key_result.pk), headers=HX | page)
    restore = address("key_result_restore", world, world.key_result.pk)
    assert restore in answer.content.decode()
    assert f'id="kr-{world.key_result.pk}"' not in answer.content.decode()
    answer = client.post(restore, headers=HX | page)
    assert f'id="kr-{world.key_result.pk}"' in answer.content.decode()


def test_archiving_over_another_page_takes_the_row_away(world: World) -> None:
    answer = client_of(world.lead).post(address("key_result_archive", world, world.key_result.pk), headers=HX)
    assert f'hx-target="#kr-{world.key_result.pk}" hx-swap="delete"' in answer.content.decode()


def test_others_may_not_and_are_told_why(world: World) -> None:
    with within(world.organization):
        other = KeyResultFactory.create(
            objective=ObjectiveFactory.create(cycle=world.cycle, team=world.root_team, owner=world.plo)
        )
    client = client_of(world.member)
    for name, key in (
        ("key_result_edit", other.pk),
        ("key_result_archive", other.pk),
        ("key_result_create", other.objective_id),
        ("milestone_create", other.pk),
    ):
        answer = client.post(address(name, world, key), {"title": "Mine now"})
        assert answer.status_code == 403
        assert "Only members of the team" in unescape(answer.content.decode())


def test_an_unknown_one_is_not_there(world: World, other_world: World) -> None:
    client = client_of(world.plo)
    for name, key in (
        ("key_result_edit", other_world.key_result.pk),
        ("key_result_create", other_world.objective.pk),
        ("milestone_edit", other_world.milestone.pk),
        ("initiative_edit", other_world.initiative.pk),
        ("objective", other_world.objective.pk),
    ):
        assert client.get(address(name, world, key)).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_the_form_costs_the_same_with_one_and_with_fifty(world: World, count: int) -> None:
    with within(world.organization):
        for _number in range(count):
            KeyResultFactory.create(objective=world.objective)
    client = client_of(world.member)
    with exactly(QUERIES_OF_FORM):
        client.get(address("key_result_create", world, world.objective.pk), headers=HX)


def test_reading_a_line_is_cheap(world: World) -> None:
    client = client_of(world.member)
    with exactly(QUERIES_OF_READING):
        read(client, world, title=LINE)


# Sharing gives the right to change before any role does, so the person's shares are read.
QUERIES_OF_FORM = 8
# The last one counts the key results there are, for the advice beside the line.
QUERIES_OF_READING = 9


def test_milestones_are_added_one_after_the_other(world: World) -> None:
    client, url = client_of(world.lead), address("milestone_create", world, world.milestone_key_result.pk)
    answer = client.post(url, {"title": "Second step", "due_on": "2026-12-01"}, headers=HX)
    html = unescape(answer.content.decode())
    assert "Second step" in html
    assert f"milestone-add-{world.milestone_key_result.pk} input" in answer.headers["HX-Trigger"]
    assert client.post(url, {"title": "Third step"}).status_code == 302
    assert client.post(url, {"title": " "}, headers=HX).status_code == 422
    assert client.post(url, {"title": " "}).status_code == 422
    with within(world.organization):
        assert world.milestone_key_result.milestones.count() == 3


def test_milestones_are_changed_moved_removed_and_brought_back(world: World) -> None:
    client = client_of(world.lead)
    client.post(address("milestone_create", world, world.milestone_key_result.pk), {"title": "Second step"})
    url = address("milestone_edit", world, world.milestone.pk)
    assert client.get(url, headers=HX).status_code == 200
    answer = client.post(url, {"title": "First step", "weight": "2"}, headers=HX)
    assert "drawer:close" in answer.headers["HX-Trigger"]
    client.post(address("milestone_move", world, world.milestone.pk), {"steps": "1"}, headers=HX)
    with within(world.organization):
        assert list(world.milestone_key_result.milestones.values_list("title", flat=True)) == [
            "Second step",
            "First step",
        ]
    answer = client.post(address("milestone_remove", world, world.milestone.pk), headers=HX)
    restore = address("milestone_restore", world, world.milestone.pk)
    assert restore in answer.content.decode()
    with within(world.organization):
        assert not Milestone.objects.filter(pk=world.milestone.pk).exists()
    assert client.post(restore, headers=HX).status_code == 200
    with within(world.organization):
        assert Milestone.objects.get(pk=world.milestone.pk).weight == 2


def test_undoing_too_late_is_told_gently(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(world.lead)
    monkeypatch.setattr(removed, "UNDO_WITHIN", timedelta(0))
    for name, row in (("milestone", world.milestone), ("initiative", world.initiative)):
        # Nothing of this id was removed so far.
        assert client.post(address(f"{name}_restore", world, row.pk), headers=HX).status_code == 404
        client.post(address(f"{name}_remove", world, row.pk), headers=HX)
        answer = client.post(address(f"{name}_restore", world, row.pk), headers=HX)
        assert answer.status_code == 200
        assert "It is too late to take this back." in answer.content.decode()
