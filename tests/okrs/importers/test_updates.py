"""The next file: each changed cell is written, and nothing else; what people did since stays."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okrs.domain.check_in import check_in
from okrs.domain.key_result import edit_key_result
from okrs.domain.objective import edit_objective
from okrs.enums import Level, ObjectiveStatus
from okrs.models import Alignment, CheckIn, Cycle, ImportedRow, KeyResult, Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership, Team, TeamMembership
from tests.factories.worlds import World, within
from tests.okrs.importers.running import HEADINGS, as_csv, changed, counts, kr, row, run_import, small_file

CYCLE = "2031-Q2"


def _objective(ref: str) -> Objective:
    found = ImportedRow.objects.get(ref=ref, cycle__name=CYCLE).objective
    assert found is not None
    return Objective.objects.select_related("team", "owner", "cycle").get(pk=found.pk)


def _key_result(ref: str) -> KeyResult:
    found = ImportedRow.objects.get(ref=ref, cycle__name=CYCLE).key_result
    assert found is not None
    return KeyResult.objects.select_related("objective", "owner").get(pk=found.pk)


def _values(ref: str) -> dict[str, object]:
    return dict(Objective.objects.filter(pk=_objective(ref).pk).values()[0])


def _entries() -> int:
    return AuditEntry.objects.count()


def _first(world: World) -> None:
    assert counts(run_import(world, as_csv(small_file()))) == (10, 0, 0)


def test_the_first_file(world: World) -> None:
    """Objectives, key results, teams, people, alignment and check-ins as the rows say."""
    outcome = run_import(world, as_csv(small_file()))
    assert outcome.counts == {
        "objectives": 6, "key_results": 4, "alignments": 5, "teams": 5, "members": 4, "cycles": 1
    }  # fmt: skip
    with within(world.organization):
        top, second = _objective("1"), _objective("2")
        assert (top.level, top.team, top.status) == (Level.ORGANIZATION, None, ObjectiveStatus.ACTIVE)
        assert (second.level, second.team.name, second.owner.display_name) == (Level.TEAM, "Harbour", "Pilot")  # type: ignore[union-attr]
        assert second.supports.get().target_objective == top
        assert _objective("5").supports.get().target_key_result == _key_result("3")
        # Titles repeat: references tell them apart.
        assert {top.title, _objective("10").title} == {"A calm sea"}
        assert second.reported_progress == 0.4
        assert second.progress == (2.5 + 0) / 2
        assert _objective("10").progress == 0.7
        assert _objective("8").progress == 0
        assert _key_result("3").progress == 2.5
        noted = CheckIn.objects.get(key_result=_key_result("4"))
        assert (noted.value, noted.note, noted.via) == (None, "Nothing counted yet.", Via.IMPORT)
        assert (noted.author, noted.on_behalf_of) == (None, None)
        # It was decided elsewhere, when its cycle began: pace does not begin with the import.
        assert second.activated_at is not None
        assert second.activated_at <= timezone.now()
        assert not CheckIn.objects.filter(key_result=_key_result("9")).exists()
        # Everybody who owns something of a team is in it, and new teams stand below the only root.
        assert TeamMembership.objects.filter(team__name="Ropes", membership__display_name="Rigger").count() == 1
        assert Team.objects.get(name="Ropes").parent == world.root_team


def test_the_same_file_again(world: World) -> None:
    _first(world)
    with within(world.organization):
        before = _entries()
    with CaptureQueriesContext(connection) as captured:
        assert counts(run_import(world, as_csv(small_file()))) == (0, 0, 10)
    assert [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    with within(world.organization):
        assert _entries() == before


def test_a_changed_cell_changes_that_field_only(world: World) -> None:
    """One row is updated, one field of it, one audit entry says so."""
    _first(world)
    with within(world.organization):
        before, entries = _values("2"), _entries()
    assert counts(run_import(world, as_csv(changed(small_file(), "2", Title="Two berths free")))) == (0, 1, 9)
    with within(world.organization):
        after = _values("2")
        assert after["title"] == "Two berths free"
        assert {name for name in after if after[name] != before[name]} == {"title", "updated_at"}
        assert _entries() == entries + 1
        entry = AuditEntry.objects.order_by("-at", "-id")[0]
        assert (entry.verb, entry.before, entry.after, entry.via) == (
            "changed", {"title": "Objective 2"}, {"title": "Two berths free"}, Via.IMPORT
        )  # fmt: skip


def test_changed_progress_and_note_add_a_check_in(world: World) -> None:
    """The value moves, history grows by one, progress is carried up."""
    _first(world)
    rows = changed(small_file(), "7", Progress="60", Note="The crane works.")
    assert counts(run_import(world, as_csv(rows))) == (0, 1, 9)
    with within(world.organization):
        newest = CheckIn.objects.filter(key_result=_key_result("7")).newest_first()
        assert {(one.author, one.on_behalf_of) for one in newest} == {(None, None)}
        assert [(one.value, one.previous_value, one.note) for one in newest] == [
            (Decimal(60), Decimal("12.5"), "The crane works."), (Decimal("12.5"), None, "")
        ]  # fmt: skip
        assert (_key_result("7").progress, _objective("6").progress) == (0.6, 0.6)


def test_a_changed_note_alone_leaves_the_value(world: World) -> None:
    _first(world)
    assert counts(run_import(world, as_csv(changed(small_file(), "3", Note="Still too many.")))) == (0, 1, 9)
    with within(world.organization):
        newest = CheckIn.objects.filter(key_result=_key_result("3")).newest_first()[0]
        assert (newest.value, newest.note) == (Decimal(250), "Still too many.")


def test_an_emptied_cell_is_no_check_in(world: World) -> None:
    """A file that says less than the last one takes nothing back."""
    _first(world)
    assert counts(run_import(world, as_csv(changed(small_file(), "3", Note="", Progress="")))) == (0, 1, 9)
    with within(world.organization):
        assert CheckIn.objects.filter(key_result=_key_result("3")).count() == 1
        assert _key_result("3").current == Decimal(250)


def test_what_people_changed_is_kept_where_the_cell_did_not(world: World) -> None:
    """Their title, owner and value stay, also when another cell of the same row changes."""
    _first(world)
    actor = Actor(world.administrator, via=Via.WEB)
    with within(world.organization):
        edit_objective(actor=actor, objective=_objective("2"), changes={"title": "By hand", "owner": world.lead})
        edit_key_result(actor=actor, key_result=_key_result("3"), changes={"title": "By hand too"})
        check_in(actor=actor, key_result=_key_result("3"), value=Decimal(90))
    assert counts(run_import(world, as_csv(small_file()))) == (0, 0, 10)
    rows = changed(changed(small_file(), "2", Note="Three quarters."), "3", Note="Counted again.")
    assert counts(run_import(world, as_csv(rows))) == (0, 2, 8)
    with within(world.organization):
        second, third = _objective("2"), _key_result("3")
        assert (second.title, second.owner, second.reported_note) == ("By hand", world.lead, "Three quarters.")
        assert (third.title, third.current) == ("By hand too", Decimal(90))
    assert counts(run_import(world, as_csv(rows))) == (0, 0, 10)


def test_an_objectives_report_changes_without_a_check_in(world: World) -> None:
    _first(world)
    assert counts(run_import(world, as_csv(changed(small_file(), "10", Progress="85")))) == (0, 1, 9)
    with within(world.organization):
        tenth = _objective("10")
        assert (tenth.reported_progress, tenth.progress, tenth.reported_note) == (0.85, 0.85, "By word.")


def test_another_parent_team_owner_and_level(world: World) -> None:
    """Alignment moves, what people added stays; key results move between objectives; new names are made."""
    _first(world)
    with within(world.organization):
        Alignment.objects.create(objective=_objective("10"), target_priority=world.priority)
    rows = changed(small_file(), "10", Parent="4", Team="Sails", Owner="Sailmaker")
    rows = changed(rows, "4", Parent="10")
    # A key result that moves below an objective which would then support it makes a circle.
    circle = run_import(world, as_csv(rows))
    assert {problem.row for problem in circle.problems} == {5, 11}
    rows = changed(small_file(), "10", Parent="2", Team="Sails", Owner="Sailmaker")
    rows = changed(rows, "4", Parent="1")
    assert counts(run_import(world, as_csv(rows))) == (0, 2, 8)
    with within(world.organization):
        tenth = _objective("10")
        assert (tenth.team.name, tenth.owner.display_name) == ("Sails", "Sailmaker")  # type: ignore[union-attr]
        targets = {(one.target_objective_id, one.target_priority_id) for one in tenth.supports.all()}
        assert targets == {(_objective("2").pk, None), (None, world.priority.pk)}
        assert _key_result("4").objective == _objective("1")
        assert (_objective("1").progress, _objective("2").progress) == (0, 2.5)
    rows = changed(rows, "1", Level="Team")
    assert counts(run_import(world, as_csv(rows))) == (0, 1, 9)
    with within(world.organization):
        first = _objective("1")
        assert (first.level, first.team and first.team.name) == (Level.TEAM, "Fleet")


def test_a_new_row_below_old_ones(world: World) -> None:
    """A row alone finds its parent among those of earlier files."""
    _first(world)
    outcome = run_import(world, as_csv([kr("11", "10", "30"), row("12", "4", Owner="Pilot")]))
    assert counts(outcome) == (2, 0, 0)
    with within(world.organization):
        assert _key_result("11").objective == _objective("10")
        # Counted from now on, so the report no longer stands in.
        assert _objective("10").progress == 0.3
        assert _objective("12").supports.get().target_key_result == _key_result("4")
        assert Membership.objects.filter(display_name="Pilot").count() == 1


def test_moved_days_move_the_cycle(world: World) -> None:
    _first(world)
    rows = [one | {"End date": "2020-07-31"} for one in small_file()]
    assert counts(run_import(world, as_csv(rows))) == (0, 10, 0)
    with within(world.organization):
        assert str(Cycle.objects.get(name=CYCLE).ends_on) == "2020-07-31"
        assert AuditEntry.objects.filter(object_type="okrs.cycle", verb="changed").count() == 1


def test_the_same_reference_in_another_cycle_is_another_row(world: World) -> None:
    _first(world)
    rows = [one | {"Cycle": "2031-Q3", "Start date": "2020-07-01", "End date": "2020-09-30"} for one in small_file()]
    assert counts(run_import(world, as_csv(rows))) == (10, 0, 0)
    with within(world.organization):
        assert ImportedRow.objects.filter(ref="1").count() == 2


def test_a_file_with_numbers_of_its_own(world: World) -> None:
    """Start, target, current and unit make a metric; downwards is a decrease; the check-in is in that unit."""
    headings = [*HEADINGS, "Start value", "Target value", "Current value", "Unit"]
    rows = [
        row("1"),
        kr("2", "1", **{"Start value": "41", "Target value": "70", "Current value": "55,5", "Unit": "%"}),
        kr("3", "1", **{"Start value": "9", "Target value": "3", "Current value": "6", "Unit": "days"}),
    ]
    assert counts(run_import(world, as_csv(rows, headings))) == (3, 0, 0)
    with within(world.organization):
        second, third = _key_result("2"), _key_result("3")
        assert (second.metric, second.unit_kind, second.current, second.progress) == (
            "increase", "percent", Decimal("55.5"), 0.5
        )  # fmt: skip
        assert (third.metric, third.unit, third.progress) == ("decrease", "days", 0.5)
    rows = changed(rows, "3", Target_value="5")
    assert counts(run_import(world, as_csv(rows, headings))) == (0, 1, 2)
    with within(world.organization):
        assert _key_result("3").progress == 0.75


def test_look_alikes_are_asked_about_once(world: World) -> None:
    """New names are asked about, also against what exists; names that stand apart already are not asked again."""
    first = run_import(world, as_csv(small_file()))
    assert [(one["kind"], one["names"], one["existing"]) for one in first.questions] == [
        ("teams", ["VP Docks", "VP, Docks"], [])
    ]
    again = run_import(world, as_csv([*small_file(), row("11", Team="VP Docks")]))
    assert (counts(again), again.questions) == ((1, 0, 10), [])
    third = run_import(world, as_csv([row("12", Team="V.P. Docks", Owner="pilot")]), dry_run=True)
    assert [(one["kind"], one["names"], one["existing"]) for one in third.questions] == [
        ("teams", ["V.P. Docks", "VP Docks", "VP, Docks"], ["VP Docks", "VP, Docks"]),
        ("members", ["Pilot", "pilot"], ["Pilot"]),
    ]


def test_what_was_merged_goes_to_one_team(world: World) -> None:
    """Teams and people under the chosen name only; the file stays what it is, so the next time nothing has changed."""
    options = {"merge_teams": {"VP Docks": "VP, Docks"}, "merge_members": {"Rigger": "Pilot"}}
    outcome = run_import(world, as_csv(small_file()), options)
    assert (outcome.counts["teams"], outcome.counts["members"]) == (4, 3)
    with within(world.organization):
        assert not Team.objects.filter(name="VP Docks").exists()
        assert {_objective("5").team, _objective("6").team} == {Team.objects.get(name="VP, Docks")}
        assert _objective("8").owner == Membership.objects.get(display_name="Pilot")
    assert counts(run_import(world, as_csv(small_file()))) == (0, 0, 10)
