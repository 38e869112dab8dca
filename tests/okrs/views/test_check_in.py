"""Checking in through the browser: the drawer, the page without script, the queue, undo, and who may."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrs.domain.blocker import solve_blocker
from okrs.domain.check_in import check_in
from okrs.enums import MetricType, Phase
from okrs.models import CheckIn, KeyResult, Milestone
from okrs.queries.week import blockers_for
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import Membership
from tests.factories.okrs import KeyResultFactory, MilestoneFactory
from tests.factories.worlds import World, client_of, within
from tests.organizations.pages import form_with
from tests.queries import exactly

HTMX = {"HTTP_HX_REQUEST": "true"}


def url_of(world: World, key_result: KeyResult | None = None) -> str:
    return reverse("okrs:check_in", args=[world.organization.slug, (key_result or world.key_result).pk])


def queue_url(world: World, query: str = "") -> str:
    return reverse("okrs:check_in_queue", args=[world.organization.slug]) + query


def from_page(world: World, name: str, *arguments: object) -> dict[str, str]:
    """Headers of a request that htmx sends from a page of the organization."""
    path = reverse(name, args=[world.organization.slug, *arguments])
    return {**HTMX, "HTTP_HX_CURRENT_URL": f"http://testserver{path}"}


def value_of(world: World, key_result: KeyResult | None = None) -> Decimal | None:
    with within(world.organization):
        return KeyResult.objects.get(pk=(key_result or world.key_result).pk).current


def last_of(world: World, key_result: KeyResult | None = None) -> CheckIn:
    with within(world.organization):
        rows = CheckIn.objects.filter(key_result=key_result or world.key_result).select_related("author", "helper")
        return rows.newest_first()[0]


def make_due(world: World) -> None:
    """Nobody has ever checked in on the key result, so its owner is asked to."""
    with within(world.organization):
        CheckIn.objects.all().delete()
        KeyResult.objects.update(last_check_in_at=None, confidence="")


# What is shown


def test_the_drawer_and_the_page_show_the_same_form(world: World) -> None:
    client = client_of(world.member)
    page, drawer = client.get(url_of(world)), client.get(url_of(world), **HTMX)
    for answer in (page, drawer):
        text = answer.content.decode()
        assert answer.status_code == 200
        for shown in ("Key result of Acme", "Objective of Acme", "Where is it now?", "was 10, target 100", "Earlier"):
            assert shown in text, shown
    assert "<!doctype html" in page.content.decode()
    assert "<!doctype html" not in drawer.content.decode()
    assert form_with(page, "value") | {"value": "10", "confidence": "on_track"} == form_with(page, "value")


def test_numbers_are_shown_and_read_in_the_language_of_the_person(world: World) -> None:
    with within(world.organization):
        KeyResult.objects.filter(pk=world.key_result.pk).update(current=Decimal("1234.5"), target=Decimal(5000))
    user = world.member.user
    user.language = "de"
    user.save()
    client = client_of(world.member)
    form = form_with(client.get(url_of(world)), "value")
    assert form["value"] == "1234,5"
    assert client.post(url_of(world), form | {"value": "1.300,25"}).status_code == 302
    assert value_of(world) == Decimal("1300.25")


def test_the_question_depends_on_the_metric(world: World) -> None:
    client = client_of(world.lead)
    with within(world.organization):
        done = KeyResultFactory(objective=world.objective, metric=MetricType.DONE, start=None, target=None)
        band = KeyResultFactory(
            objective=world.objective,
            metric=MetricType.STAY_WITHIN,
            lower=Decimal(20),
            upper=Decimal(30),
            target=None,
            unit="days",
        )
        baseline = KeyResultFactory(objective=world.objective, metric=MetricType.BASELINE, start=None, target=None)
        fed = KeyResultFactory(objective=world.objective, metric=MetricType.ALIGNED, start=None, target=None)
    expected = {
        done: "Is it done?",
        band: "should be 20–30\u00a0days",
        baseline: "no target yet",
        fed: "The number comes from the objectives that support it.",
        world.milestone_key_result: "Step of Acme",
    }
    for key_result, words in expected.items():
        answer = client.get(url_of(world, key_result), **HTMX)
        assert words in answer.content.decode(), key_result.metric
        assert ('name="value"' in answer.content.decode()) == (key_result in (band, baseline))


def test_others_see_it_and_why_they_cannot(world: World) -> None:
    answer = client_of(world.plo).get(url_of(world))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Only the owner and members of the team check in on this key result." in text
    assert "Check-in of Acme" in text
    assert "How confident are you?" not in text


def test_a_cycle_that_does_not_run_says_so(world: World) -> None:
    with within(world.organization):
        world.cycle.phase = Phase.DRAFTING
        world.cycle.save()
    client = client_of(world.member)
    assert "Check-ins begin when the cycle “Cycle of Acme” is running." in client.get(url_of(world)).content.decode()
    answer = client.post(url_of(world), {"value": "5"})
    assert answer.status_code == 422
    assert value_of(world) == Decimal(10)


# Saving


def test_without_script_it_saves_and_goes_back(world: World) -> None:
    client = client_of(world.member)
    week = reverse("okrs:week", args=["acme"])
    form = form_with(client.get(url_of(world), HTTP_REFERER=f"http://testserver{week}"), "value")
    answer = client.post(url_of(world), form | {"value": "55", "confidence": "at_risk", "note": "Good week"})
    assert (answer.status_code, answer["Location"]) == (302, week)
    entry = last_of(world)
    assert (entry.value, entry.confidence, entry.note, entry.author) == (55, "at_risk", "Good week", world.member)
    assert "Checked in: 55" in client.get(week).content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/o/globex/", "javascript:alert(1)"])
def test_it_never_leads_away(world: World, back: str) -> None:
    answer = client_of(world.member).post(url_of(world), {"value": "55", "back": back})
    assert answer["Location"] == reverse("okrs:objective", args=["acme", world.objective.pk])


def test_one_answer_updates_everything_on_the_team_page(world: World) -> None:
    client = client_of(world.member)
    headers = from_page(world, "okrs:team", world.team.slug)
    answer = client.post(url_of(world), {"value": "80"}, **headers)
    text = answer.content.decode()
    assert answer.status_code == 200
    for target in (f"#kr-{world.key_result.pk}", f"#objective-{world.objective.pk}-head", "#team-summary"):
        assert f'hx-target="{target}"' in text, target
    assert "nav-badge-place" in text
    assert "#week-check-ins" not in text
    assert "Undo" in text
    assert f"#kr-{world.key_result.pk}" in answer["HX-Trigger"]
    assert "drawer:close" in answer["HX-Trigger"]


def test_on_the_objective_s_page_its_parts_are_drawn_anew(world: World) -> None:
    headers = from_page(world, "okrs:objective", world.objective.pk)
    text = client_of(world.member).post(url_of(world), {"value": "80"}, **headers).content.decode()
    for target in (f"kr-{world.key_result.pk}", f"objective-summary-{world.objective.pk}"):
        assert f'hx-target="#{target}"' in text, target
    assert "#team-summary" not in text


def test_on_my_week_the_queue_is_drawn_anew(world: World) -> None:
    answer = client_of(world.member).post(url_of(world), {"value": "80"}, **from_page(world, "okrs:week"))
    text = answer.content.decode()
    assert 'hx-target="#week-check-ins"' in text
    assert "#team-summary" not in text


def test_wrong_input_stays_and_nothing_is_written(world: World) -> None:
    client = client_of(world.member)
    form = form_with(client.get(url_of(world)), "value")
    for value, words in (("many", "Enter a number"), ("", "This field is required"), ("9" * 30, "digits")):
        answer = client.post(url_of(world), form | {"value": value, "note": "Kept"}, **HTMX)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert words in text
        assert f'value="{value}"' in text or not value
        assert "Kept" in text
    assert value_of(world) == Decimal(10)


def test_a_blocker_names_who_can_help(world: World) -> None:
    client = client_of(world.member)
    wrong = client.post(url_of(world), {"value": "11", "helper": "Nobody Known", "blocker": "Legal"}, **HTMX)
    assert wrong.status_code == 422
    assert "Nobody here has this name" in wrong.content.decode()
    without = client.post(url_of(world), {"value": "11", "helper": "Lena Acme"}, **HTMX)
    assert without.status_code == 422
    assert "Say what is in the way" in without.content.decode()
    client.post(url_of(world), {"value": "11", "helper": "lena acme", "blocker": "Legal"})
    assert (last_of(world).helper, last_of(world).blocker) == (world.lead, "Legal")


def test_done_or_not_and_milestones(world: World) -> None:
    client = client_of(world.lead)
    with within(world.organization):
        done = KeyResultFactory(
            objective=world.objective, metric=MetricType.DONE, start=None, target=None, current=None
        )
        other = MilestoneFactory(key_result=world.milestone_key_result)
    client.post(url_of(world, done), {"is_done": "on", "confidence": "on_track"})
    assert value_of(world, done) == 1
    client.post(url_of(world, done), {"confidence": "on_track"})
    assert value_of(world, done) == 0
    client.post(url_of(world, world.milestone_key_result), {"milestones_done": str(other.pk)})
    with within(world.organization):
        assert list(Milestone.objects.exclude(done_at=None)) == [other]
        other.delete()
    answer = client.post(url_of(world, world.milestone_key_result), {"milestones_done": str(other.pk)}, **HTMX)
    assert answer.status_code == 422
    assert "One of these milestones was removed" in answer.content.decode()


def test_nothing_changed_ignores_the_fields(world: World) -> None:
    client = client_of(world.member)
    client.post(url_of(world), {"action": "unchanged", "value": "nonsense", "confidence": "off_track", "note": "Same"})
    entry = last_of(world)
    assert (entry.value, entry.confidence, entry.note) == (Decimal(10), "on_track", "Same")


def test_nothing_changed_leaves_what_is_in_the_way_standing(world: World) -> None:
    """It goes on waiting in the week of whoever can help; once it is solved, it does not come back."""
    client, helper = client_of(world.member), Actor(world.lead, via=Via.WEB)
    client.post(url_of(world), {"value": "12", "blocker": "Legal is slow", "helper": world.lead.email})
    client.post(url_of(world), {"action": "unchanged"})
    entry = last_of(world)
    assert (entry.blocker, entry.helper_id) == ("Legal is slow", world.lead.pk)
    with within(world.organization):
        assert [one.pk for one in blockers_for(helper)] == [entry.pk]
        solve_blocker(actor=helper, check_in=entry)
    client.post(url_of(world), {"action": "unchanged"})
    assert last_of(world).blocker == ""


def test_nothing_changed_for_the_first_time_says_where_it_starts(world: World) -> None:
    with within(world.organization):
        KeyResult.objects.filter(pk=world.key_result.pk).update(current=None, start=Decimal(3))
    client_of(world.member).post(url_of(world), {"action": "unchanged"})
    assert last_of(world).value == 3


def test_one_for_another_is_told_and_marked(world: World) -> None:
    client = client_of(world.lead)
    assert "You check in for Max Acme" in client.get(url_of(world)).content.decode()
    client.post(url_of(world), {"value": "20"})
    answer = client.get(url_of(world), **HTMX).content.decode()
    assert "for Max Acme" in answer
    assert last_of(world).on_behalf_of_id == world.member.pk


def test_permission_is_asked_when_saving(world: World) -> None:
    answer = client_of(world.plo).post(url_of(world), {"value": "99"})
    assert answer.status_code == 403
    assert "Only the owner and members of the team" in answer.content.decode()
    assert value_of(world) == Decimal(10)


def test_the_program_lead_office_helps_out_for_placeholders(world: World) -> None:
    with within(world.organization):
        KeyResult.objects.filter(pk=world.key_result.pk).update(owner=world.placeholder)
    client_of(world.plo).post(url_of(world), {"value": "12"})
    assert value_of(world) == Decimal(12)


# Two people


def test_somebody_checked_in_meanwhile(world: World) -> None:
    client = client_of(world.member)
    form = form_with(client.get(url_of(world)), "value")
    with within(world.organization):
        check_in(actor=Actor(world.lead, via=Via.WEB), key_result=world.key_result, value=Decimal(30), note="Theirs")
    answer = client.post(url_of(world), form | {"value": "40"}, **HTMX)
    assert "Lena Acme checked in with 30 while you were writing" in answer.content.decode()
    with within(world.organization):
        values = list(
            CheckIn.objects.filter(key_result=world.key_result).newest_first().values_list("value", flat=True)
        )
    assert values[:2] == [40, 30]


def test_what_one_did_not_touch_is_not_turned_back(world: World) -> None:
    client = client_of(world.member)
    form = form_with(client.get(url_of(world)), "value")
    with within(world.organization):
        check_in(
            actor=Actor(world.lead, via=Via.WEB),
            key_result=world.key_result,
            value=Decimal(30),
            confidence="off_track",
        )
    client.post(url_of(world), form | {"note": "Only a word"})
    entry = last_of(world)
    assert (entry.value, entry.confidence, entry.note) == (Decimal(30), "off_track", "Only a word")


def test_milestones_two_people_tick_are_both_done(world: World) -> None:
    key_result = world.milestone_key_result
    with within(world.organization):
        other = MilestoneFactory(key_result=key_result)
    client = client_of(world.member)
    form = form_with(client.get(url_of(world, key_result)), "note")
    with within(world.organization):
        check_in(actor=Actor(world.lead, via=Via.WEB), key_result=key_result, milestones_done=[other.pk])
    client.post(url_of(world, key_result), form | {"milestones_done": str(world.milestone.pk)})
    with within(world.organization):
        assert Milestone.objects.exclude(done_at=None).count() == 2


# Undo


def test_undo_takes_it_back(world: World) -> None:
    client = client_of(world.member)
    client.post(url_of(world), {"value": "77"}, **HTMX)
    url = reverse("okrs:check_in_undo", args=["acme", last_of(world).pk])
    assert client.get(url).status_code == 405
    answer = client.post(url, **from_page(world, "okrs:team", world.team.slug))
    assert "Check-in taken back" in answer.content.decode()
    assert f'hx-target="#kr-{world.key_result.pk}"' in answer.content.decode()
    assert value_of(world) == Decimal(10)


def test_undo_of_somebody_else_s_says_why_not(world: World) -> None:
    client_of(world.member).post(url_of(world), {"value": "77"})
    url = reverse("okrs:check_in_undo", args=["acme", last_of(world).pk])
    answer = client_of(world.lead).post(url, **HTMX)
    assert "Only whoever made a check-in can take it back." in answer.content.decode()
    assert value_of(world) == Decimal(77)
    assert client_of(world.lead).post(url)["Location"] == reverse("okrs:objective", args=["acme", world.objective.pk])


# The queue


def due_of(world: World, *titles: str) -> list[KeyResult]:
    make_due(world)
    with within(world.organization):
        return [
            KeyResultFactory(objective=world.objective, owner=world.member, title=title, position=place + 5)
            for place, title in enumerate(titles)
        ]


def test_the_queue_goes_through_all_of_mine(world: World) -> None:
    due_of(world, "Second", "Third")
    client = client_of(world.member)
    seen = []
    answer = client.get(queue_url(world), **HTMX)
    for position in ("1 of 3", "2 of 3", "3 of 3"):
        text = answer.content.decode()
        assert position in text
        form = form_with(answer, "note")
        seen.append(text.split('id="drawer-title"', 1)[1].split(">", 1)[1].split("<", 1)[0])
        target = text.split('hx-post="', 1)[1].split('"', 1)[0]
        answer = client.post(target, form | {"action": "next"}, **from_page(world, "okrs:week"))
    assert seen == ["Key result of Acme", "Second", "Third"]
    assert "All 3 key results are up to date." in answer.content.decode()
    assert "All done" in answer.content.decode()


def test_the_last_of_the_queue_has_no_next(world: World) -> None:
    make_due(world)
    client = client_of(world.member)
    alone = client.get(queue_url(world), **HTMX).content.decode()
    assert "1 of 1" in alone
    assert "Save and next" not in alone
    with within(world.organization):
        KeyResultFactory.create(objective=world.objective, owner=world.member)
    assert "Save and next" in client.get(queue_url(world), **HTMX).content.decode()


def test_nothing_is_left_where_nothing_is_due(world: World) -> None:
    make_due(world)
    assert "1 left this week" in client_of(world.member).get(url_of(world), **HTMX).content.decode()
    with within(world.organization):
        KeyResult.objects.exclude(pk=world.key_result.pk).update(last_check_in_at=timezone.now())
    text = client_of(world.lead).get(url_of(world), **HTMX).content.decode()
    assert 'value="save"' in text
    assert "left this week" not in text


def test_the_queue_works_without_script_and_skips(world: World) -> None:
    due_of(world, "Second")
    client = client_of(world.member)
    first = client.get(queue_url(world))
    skip = queue_url(world, f"?skipped={world.key_result.pk}&total=2")
    assert f'href="{skip}"'.replace("&", "&amp;") in first.content.decode()
    second = client.get(skip)
    assert "2 of 2" in second.content.decode()
    form = form_with(second, "note")
    with within(world.organization):
        key_result = KeyResult.objects.get(title="Second")
    answer = client.post(url_of(world, key_result), form | {"action": "next"}, follow=True)
    assert "1 was skipped and still waits in My week." in answer.content.decode()


def test_the_queue_without_anything_due(world: World) -> None:
    answer = client_of(world.plo).get(queue_url(world))
    assert "Nothing waits for a check-in." in answer.content.decode()


def test_nonsense_in_the_address_of_the_queue(world: World) -> None:
    make_due(world)
    client = client_of(world.member)
    for query in ("?skipped=x,,y&total=-3", "?total=99999999", "?team=nowhere", f"?skipped={'a,' * 2000}"):
        assert client.get(queue_url(world, query)).status_code == 200


def test_the_queue_of_a_team_shows_only_what_one_may_check_in_on(world: World) -> None:
    make_due(world)
    lead = client_of(world.lead).get(queue_url(world, "?team=sales"), **HTMX)
    assert "1 of 3" in lead.content.decode(), "her private one too"
    plo = client_of(world.plo).get(queue_url(world, "?team=sales"), **HTMX)
    assert "Nothing waits for a check-in." in plo.content.decode()


def test_a_row_of_my_week_says_nothing_changed_in_place(world: World) -> None:
    make_due(world)
    client = client_of(world.member)
    answer = client.post(url_of(world), {"action": "unchanged", "row": "1"}, **from_page(world, "okrs:week"))
    assert "drawer:close" not in answer["HX-Trigger"]
    assert "row:changed" in answer["HX-Trigger"]
    assert last_of(world).value == Decimal(10)


# Walls and budgets


def test_another_organization_s_is_not_there(world: World, other_world: World) -> None:
    client = client_of(world.member)
    assert client.get(reverse("okrs:check_in", args=["acme", other_world.key_result.pk])).status_code == 404
    undo = reverse("okrs:check_in_undo", args=["acme", other_world.check_in.pk])
    assert client.post(undo).status_code == 404


def many(world: World, number: int) -> None:
    with within(world.organization):
        for place in range(number):
            key_result = KeyResultFactory(objective=world.objective, owner=world.member, position=place)
            check_in(actor=Actor(world.member, via=Via.WEB), key_result=key_result, value=Decimal(place))
            check_in(actor=Actor(world.lead, via=Via.WEB), key_result=world.key_result, value=Decimal(place))


@pytest.mark.parametrize("number", [1, 50])
def test_queries(world: World, number: int) -> None:
    many(world, number)
    client: Client = client_of(world.member)
    client.get(url_of(world), **HTMX)
    with exactly(10):
        client.get(url_of(world), **HTMX)
    make_due(world)
    client.get(queue_url(world), **HTMX)
    with exactly(10):
        client.get(queue_url(world), **HTMX)
    with exactly(12):
        client.get(url_of(world))


def test_words_of_pace_and_confidence_are_different(world: World) -> None:
    from okrs.templatetags.okrs import PACES, STATUSES

    pace = {word for _tone, _icon, text in PACES.values() for word in str(text).split()}
    said = {word for _tone, _icon, text in STATUSES.values() for word in str(text).split()}
    assert not pace & said
    assert not {icon for _tone, icon, _text in PACES.values()} & {icon for _tone, icon, _text in STATUSES.values()}


def test_somebody_without_a_user_is_named_as_they_are(world: World, member: Membership) -> None:
    with within(world.organization):
        check_in(actor=Actor(None, via=Via.TASK), key_result=world.key_result, value=Decimal(12))
    answer = client_of(member).get(url_of(world), **HTMX)
    assert "The system" in answer.content.decode()


# Corrections and blockers


def test_the_newest_is_corrected_in_the_same_form(world: World) -> None:
    client = client_of(world.member)
    client.post(url_of(world), {"value": "700", "confidence": "on_track", "note": "A slip", "action": "save"})
    wrong = last_of(world)
    address = f"{url_of(world)}?corrects={wrong.pk}"
    assert f"corrects={wrong.pk}" in client.get(url_of(world)).content.decode()
    form = form_with(client.get(address, **HTMX), "value")
    assert (form["note"], form["corrects"]) == ("A slip", str(wrong.pk))
    answer = client.post(url_of(world), form | {"value": "70", "action": "save"}, **HTMX)
    assert "Check-in corrected" in answer.content.decode()
    assert (last_of(world).corrects_id, value_of(world)) == (wrong.pk, Decimal(70))
    for page in (url_of(world), reverse("okrs:objective", args=[world.organization.slug, world.objective.pk])):
        shown = client.get(page).content.decode()
        assert "<del" in shown
        assert "corrected by the next one" in shown
    # What is no longer the newest cannot be corrected.
    late = client.post(url_of(world), form | {"value": "71", "action": "save"}, **HTMX)
    assert late.status_code == 422
    assert "Somebody has checked in since" in late.content.decode()


def test_a_blocker_is_solved_where_it_waits(world: World) -> None:
    with within(world.organization):
        entry = check_in(
            actor=Actor(world.member, via=Via.WEB),
            key_result=world.key_result,
            blocker="No budget",
            helper=world.administrator,
        )
    client, slug = client_of(world.administrator), world.organization.slug
    solve, reopen = (reverse(f"okrs:blocker_{verb}", args=[slug, entry.pk]) for verb in ("solve", "reopen"))
    assert solve in client.get(reverse("okrs:week", args=[slug])).content.decode()
    answer = client.post(solve, {"week": "1"}, **from_page(world, "okrs:week")).content.decode()
    assert "week-blockers" in answer
    assert "No budget" not in answer
    assert reopen in answer
    assert "No budget" in client.post(reopen, **from_page(world, "okrs:week")).content.decode()
    assert client.post(solve, {"week": "1"}).url == reverse("okrs:week", args=[slug])
    on_page = client_of(world.lead).get(reverse("okrs:objective", args=[slug, world.objective.pk])).content.decode()
    assert "Solved, says" in on_page
    refused = client_of(world.plo).post(solve)
    assert refused.status_code == 403
