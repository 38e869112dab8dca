"""An objective's life on screen: steps on its page, in My week, on the team page; locked key results; the coach."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from okrs.enums import ObjectiveStatus, Phase
from okrs.models import Cycle, KeyResult, Objective
from organizations.enums import Agreement, Role
from organizations.models import Membership
from tests.factories.okrs import CycleFactory, KeyResultFactory, ObjectiveFactory
from tests.factories.roles import RoleAssignmentFactory
from tests.factories.worlds import World, client_of, make_member, within
from tests.queries import exactly

Status = ObjectiveStatus
HX = {"HX-Request": "true"}
BOTH = pytest.mark.parametrize("headers", [{}, HX], ids=["browser", "htmx"])


@pytest.fixture
def agreeing(world: World) -> World:
    """A world in which drafts are agreed on, with a draft of Max's for the next cycle."""
    with within(world.organization):
        world.settings.agreement = Agreement.ALWAYS
        world.settings.save()
        world.cycle = CycleFactory.create(name="Next", phase=Phase.DRAFTING)
        world.objective = ObjectiveFactory.create(
            cycle=world.cycle, team=world.team, owner=world.member, title="Max's draft", status=Status.DRAFT
        )
        world.key_result = KeyResultFactory.create(objective=world.objective)
    return world


@pytest.fixture
def coach(world: World) -> Membership:
    with within(world.organization):
        member = make_member("Carla Coach", "carla@acme")
        RoleAssignmentFactory.create(membership=member, role=Role.COACH, team=world.root_team)
    return member


def address(name: str, world: World, *args: object) -> str:
    return reverse(f"okrs:{name}", args=[world.organization.slug, *args])


def post(member: Membership, name: str, world: World, headers: dict[str, str] | None = None, **body: Any) -> Any:
    return client_of(member).post(address(name, world, world.objective.pk), body, headers=headers or {})


def shown(member: Membership, world: World) -> str:
    answer = client_of(member).get(address("objective", world, world.objective.pk))
    assert answer.status_code == 200
    return unescape(answer.content.decode()).split("<main", 1)[1]


def now(world: World) -> Objective:
    with within(world.organization):
        return Objective.objects.get(pk=world.objective.pk)


def set_status(world: World, status: str, **fields: Any) -> None:
    with within(world.organization):
        Objective.objects.filter(pk=world.objective.pk).update(status=status, **fields)


def locked(world: World) -> None:
    """Let the cycle of the world have begun so long ago that its measures are locked."""
    today = timezone.localdate()
    with within(world.organization):
        Cycle.objects.filter(pk=world.cycle.pk).update(
            starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=60)
        )
        Objective.objects.update(activated_at=timezone.now() - timedelta(days=30))


@BOTH
def test_a_draft_goes_from_its_writer_to_its_agreement(
    agreeing: World, coach: Membership, headers: dict[str, str]
) -> None:
    world = agreeing
    assert "Submit" in shown(world.member, world)
    assert "waits for Lena Acme to agree" in shown(world.member, world)
    assert post(world.member, "objective_submit", world, headers).status_code in (200, 302)
    page = shown(world.member, world)
    assert "Waits for Lena Acme to agree." in page
    assert "Take back to draft" in page
    assert ">Agree<" not in page
    assert "Recommend…" in shown(coach, world)
    post(coach, "objective_recommend", world, headers, reason="Measured well")
    page = shown(world.lead, world)
    assert "Recommended by Carla Coach" in page
    assert "Measured well" in page
    answer = post(world.lead, "objective_return_to_draft", world, headers, reason="")
    assert answer.status_code == 422
    assert 'aria-describedby="id_reason' in answer.content.decode()
    post(world.lead, "objective_return_to_draft", world, headers, reason="Which customers?")
    assert "Which customers?" in shown(world.member, world)
    post(world.member, "objective_submit", world, headers)
    post(world.lead, "objective_agree", world, headers)
    assert now(world).status == Status.AGREED
    assert "Agreed by Lena Acme" in shown(world.member, world)


def test_each_step_redraws_the_page_and_can_be_taken_back(agreeing: World) -> None:
    text = post(agreeing.member, "objective_submit", agreeing, HX).content.decode()
    pk = agreeing.objective.pk
    for part in ("objective-life", "d-objective-life", "objective-header", "objective-summary"):
        assert f'hx-target="#{part}-{pk}"' in text
    assert f'hx-target="#objective-{pk}-head"' in text
    assert address("objective_take_back", agreeing, pk) in text
    text = post(agreeing.member, "objective_take_back", agreeing, HX).content.decode()
    assert "Taken back" in text
    assert now(agreeing).status == Status.DRAFT


@BOTH
def test_who_comes_too_late_is_told(agreeing: World, headers: dict[str, str]) -> None:
    set_status(agreeing, Status.SUBMITTED)
    with within(agreeing.organization):
        RoleAssignmentFactory.create(membership=agreeing.administrator, role=Role.COACH)
    post(agreeing.lead, "objective_return_to_draft", agreeing, reason="Too vague")
    client = client_of(agreeing.lead)
    answer = client.post(address("objective_agree", agreeing, agreeing.objective.pk), headers=headers, follow=True)
    assert "the objective is “Draft” by now (Lena Acme)" in unescape(answer.content.decode())
    answer = client.post(
        address("objective_return_to_draft", agreeing, agreeing.objective.pk), {"reason": "Again"}, headers=headers
    )
    # The same step once more is no second return.
    assert answer.status_code in (200, 302)
    post(agreeing.member, "objective_submit", agreeing)
    answer = post(agreeing.lead, "objective_take_back", agreeing, headers)
    assert answer.status_code in (200, 302)
    assert now(agreeing).status == Status.SUBMITTED


def test_without_agreement_nobody_sees_any_of_it(agreeing: World) -> None:
    with within(agreeing.organization):
        agreeing.settings.agreement = Agreement.NEVER
        agreeing.settings.save()
    page = shown(agreeing.member, agreeing)
    assert "Submit" not in page
    assert "it counts from the moment the cycle Next is running" in page
    with within(agreeing.organization):
        Cycle.objects.filter(pk=agreeing.cycle.pk).update(phase=Phase.RUNNING)
    assert ">Start<" in shown(agreeing.member, agreeing).replace("</svg>", ">")
    post(agreeing.member, "objective_activate", agreeing)
    assert now(agreeing).status == Status.ACTIVE


@BOTH
def test_pausing_and_stopping(world: World, headers: dict[str, str]) -> None:
    assert "Pause…" in shown(world.lead, world)
    assert "Pause…" not in shown(world.member, world)
    assert (
        "Why does it rest?"
        in client_of(world.lead)
        .get(address("objective_pause", world, world.objective.pk), headers=headers)
        .content.decode()
    )
    post(world.lead, "objective_pause", world, headers, reason="Legal is slow")
    page = shown(world.member, world)
    assert "Legal is slow" in page
    assert "nobody is asked for check-ins" in page
    assert "Resume" not in page
    assert "Resume" in shown(world.lead, world)
    refused = client_of(world.member).post(address("check_in", world, world.key_result.pk), {"value": "5"})
    assert "This objective is paused" in unescape(refused.content.decode())
    post(world.lead, "objective_stop", world, headers, reason="Overtaken")
    post(world.lead, "objective_resume", world, headers)
    assert now(world).status == Status.ACTIVE


def test_steps_without_words_take_no_get(world: World) -> None:
    answer = client_of(world.lead).get(address("objective_resume", world, world.objective.pk))
    assert answer.status_code == 405


@pytest.mark.parametrize(
    ("who", "name", "reason"),
    [
        ("plo", "objective_submit", "Only the owner and members of the team submit this objective."),
        ("member", "objective_agree", "Only Lena Acme can agree on this objective."),
        ("plo", "objective_return_to_draft", "Only Lena Acme can agree on this objective."),
        ("lead", "objective_recommend", "Only the team's coach recommends its drafts."),
        ("administrator", "objective_pause", "Only the owner, the team's lead and the Program Lead Office pause"),
    ],
)
def test_who_may_not_reads_who_could(agreeing: World, who: str, name: str, reason: str) -> None:
    answer = post(getattr(agreeing, who), name, agreeing, reason="No")
    assert answer.status_code == 403
    said = unescape(answer.content.decode())
    assert reason in said
    # Whom the sentence names is not named twice.
    assert "Agrees on it" not in said


def test_the_team_page_shows_where_each_stands_and_what_rests_last(world: World) -> None:
    with within(world.organization):
        Objective.objects.exclude(pk=world.objective.pk).update(archived_at=timezone.now())
        for place, status in enumerate(("paused", "stopped", "draft", "submitted", "agreed")):
            ObjectiveFactory.create(
                cycle=world.cycle, team=world.team, title=f"The {status} one", status=status, position=place - 9 + 10
            )
        Objective.objects.filter(pk=world.objective.pk).update(position=99)
    html = unescape(client_of(world.member).get(address("team", world, world.team.slug)).content.decode())
    cards = html.split('<article class="card-box')[1:]
    titles = [f"The {status} one" for status in ("paused", "stopped", "draft", "submitted", "agreed")]
    order = [next(title for title in (*titles, world.objective.title) if title in card) for card in cards]
    assert order == [*titles[2:], world.objective.title, *titles[:2]]
    for card, word in zip(cards[-2:], ("Paused", "Stopped"), strict=True):
        assert card.startswith(" is-resting")
        assert word in card
    for card, word in zip(cards[:3], ("Draft", "Submitted", "Agreed"), strict=True):
        assert word in card


def week(member: Membership, world: World) -> str:
    return unescape(client_of(member).get(address("week", world)).content.decode())


def test_my_week_asks_for_agreement_and_takes_the_answer_in_place(agreeing: World) -> None:
    url = f"http://testserver{address('week', agreeing)}"
    post(agreeing.member, "objective_submit", agreeing)
    text = week(agreeing.lead, agreeing)
    section = text.split('id="week-agreement"', 1)[1].split("</section>", 1)[0]
    assert "Max's draft" in section
    assert "submitted by Max Acme" in section
    assert "Max's draft" not in week(agreeing.administrator, agreeing)
    answer = post(agreeing.lead, "objective_agree", agreeing, {**HX, "HX-Current-URL": url})
    text = answer.content.decode()
    assert 'hx-target="#week-agreement"' in text
    assert '<section id="week-agreement" hidden>' in " ".join(text.split())
    assert address("objective_take_back", agreeing, agreeing.objective.pk) in text
    answer = post(agreeing.lead, "objective_take_back", agreeing, {**HX, "HX-Current-URL": url})
    assert "Max&#x27;s draft" in answer.content.decode()
    # Without script the answer leads back to where the button was.
    answer = post(agreeing.lead, "objective_agree", agreeing, from_week="1")
    assert answer["Location"] == address("week", agreeing)


def test_the_number_beside_my_week_counts_drafts(agreeing: World) -> None:
    def badge(member: Membership) -> str:
        return week(member, agreeing).split('nav-badge-place contents">', 1)[1].split("</a>", 1)[0]

    with within(agreeing.organization):
        KeyResult.objects.update(last_check_in_at=timezone.now())
    assert "nav-badge" not in badge(agreeing.administrator)
    with within(agreeing.organization):
        ObjectiveFactory.create(cycle=agreeing.cycle, team=agreeing.root_team, owner=None, status=Status.SUBMITTED)
    assert '<span class="nav-badge">1</span>' in badge(agreeing.administrator)


def test_returned_drafts_wait_for_their_owner_with_the_reason(agreeing: World) -> None:
    post(agreeing.member, "objective_submit", agreeing)
    assert "Draft for Next" not in week(agreeing.member, agreeing)
    post(agreeing.lead, "objective_return_to_draft", agreeing, reason="Which customers?")
    assert "Draft for Next: Which customers?" in week(agreeing.member, agreeing)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_my_week(agreeing: World, number: int) -> None:
    with within(agreeing.organization):
        for _place in range(number):
            ObjectiveFactory.create(
                cycle=agreeing.cycle, team=agreeing.team, owner=agreeing.member, status=Status.SUBMITTED
            )
        Membership.objects.filter(pk=agreeing.lead.pk).update(first_steps_dismissed=True)
    client = client_of(agreeing.lead)
    client.get(address("week", agreeing))
    # Three more than without drafts to agree on: whose they are, the drafts, and the number in the sidebar.
    with exactly(21):
        client.get(address("week", agreeing))


@BOTH
def test_a_locked_measure_changes_with_a_reason_that_stays_visible(world: World, headers: dict[str, str]) -> None:
    locked(world)
    client = client_of(world.lead)
    url = address("key_result_edit", world, world.key_result.pk)
    form = client.get(url).context["form"]
    assert form.locked_since is not None
    body = filled(form, target="120", owner="")
    answer = client.post(url, body, headers=headers)
    assert answer.status_code == 422
    text = unescape(answer.content.decode())
    assert "Locked since" in text
    assert answer.context["form"].errors.keys() == {"reason"}
    answer = client.post(url, body | {"reason": "The market moved"}, headers=headers)
    assert answer.status_code in (200, 302)
    page = shown(world.member, world)
    assert "Changed after it was locked" in page
    assert page.count("because: The market moved") == 2
    drawer = client.get(address("check_in", world, world.key_result.pk), headers=HX).content.decode()
    assert "because: The market moved" in drawer
    team = unescape(client.get(address("team", world, world.team.slug)).content.decode())
    assert "because: The market moved" in team
    changes = client.get(f"{address('objective', world, world.objective.pk)}?view=changes").content.decode()
    assert "The market moved" in changes


def test_words_of_a_locked_key_result_change_freely(world: World) -> None:
    locked(world)
    client = client_of(world.lead)
    url = address("key_result_edit", world, world.key_result.pk)
    form = client.get(url).context["form"]
    body = filled(form, title="Clearer", owner="")
    answer = client.post(url, body)
    assert answer.status_code == 302, answer.context["form"].errors


@BOTH
def test_archiving_what_is_locked_asks_why(world: World, headers: dict[str, str]) -> None:
    locked(world)
    client = client_of(world.lead)
    url = address("key_result_archive", world, world.key_result.pk)
    assert "Why is it put away?" in client.get(url, headers=headers).content.decode()
    assert client.post(url, headers=headers).status_code == 422
    assert client.post(url, {"reason": "Measured elsewhere"}, headers=headers).status_code in (200, 302)
    with within(world.organization):
        assert KeyResult.objects.get(pk=world.key_result.pk).archived_at is not None


def filled(form: Any, **changes: str) -> dict[str, str]:
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None or value is False else str(value) for name, value in shown.items()} | changes


def test_a_coach_changes_words_and_never_progress(world: World, coach: Membership) -> None:
    client = client_of(coach)
    url = address("objective_edit", world, world.objective.pk)
    form = client.get(url).context["form"]
    assert set(form.fields) == {"title", "why", "description"}
    client.post(url, filled(form, title="Clearer words", kind="learning", place="organization"))
    assert (now(world).title, now(world).kind, now(world).team_id) == ("Clearer words", "committed", world.team.pk)
    url = address("key_result_edit", world, world.key_result.pk)
    form = client.get(url).context["form"]
    assert set(form.fields) == {"title", "description"}
    client.post(url, filled(form, title="Clearer result", target="5", weight="9"))
    with within(world.organization):
        key_result = KeyResult.objects.get(pk=world.key_result.pk)
    assert (key_result.title, key_result.target, key_result.weight) == ("Clearer result", 100, 1)
    refused: list[Callable[[], Any]] = [
        lambda: client.post(address("objective_confidence", world, world.objective.pk), {"confidence": "on_track"}),
        lambda: client.post(address("check_in", world, world.key_result.pk), {"value": "5"}),
        lambda: client.post(address("objective_archive", world, world.objective.pk)),
        lambda: client.post(address("key_result_create", world, world.objective.pk), {"title": "From 1 to 2"}),
    ]
    assert [ask().status_code for ask in refused] == [403] * 4


def test_a_sponsor_changes_drafts_of_the_organization_alone(agreeing: World) -> None:
    with within(agreeing.organization):
        sponsor = make_member("Sven Sponsor", "sven@acme")
        RoleAssignmentFactory.create(membership=sponsor, role=Role.SPONSOR)
        draft = ObjectiveFactory.create(
            cycle=agreeing.cycle, level="organization", team=None, owner=agreeing.plo, status=Status.DRAFT
        )
    client = client_of(sponsor)
    assert client.get(address("objective_edit", agreeing, draft.pk)).status_code == 200
    with within(agreeing.organization):
        Objective.objects.filter(pk=draft.pk).update(status=Status.ACTIVE)
    assert client.get(address("objective_edit", agreeing, draft.pk)).status_code == 403


def test_supporting_nothing_knowingly_is_no_gap(world: World) -> None:
    with within(world.organization):
        alone = ObjectiveFactory.create(cycle=world.cycle, team=world.team, owner=world.member)
    client = client_of(world.member)
    url = address("objective", world, alone.pk)
    assert client.get(url).context["page"].is_gap
    form_url = address("objective_edit", world, alone.pk)
    form = client.get(form_url).context["form"]
    client.post(form_url, filled(form, stands_alone="on", owner="", counts_supporting=""))
    answer = client.get(url)
    assert not answer.context["page"].is_gap
    assert "Nothing, and that is right" in answer.content.decode()


def test_the_settings_ask_for_agreement_and_days(world: World) -> None:
    client = client_of(world.plo)
    url = reverse("organizations:settings_process", args=[world.organization.slug])
    form = client.get(url).context["form"]
    assert {"agreement", "lock_after_days"} <= set(form.fields)
    body = filled(form, agreement="always", lock_after_days="7", individual_okrs="")
    assert client.post(url, body).status_code == 302
    with within(world.organization):
        world.settings.refresh_from_db()
    assert (world.settings.agreement, world.settings.lock_after_days) == ("always", 7)
