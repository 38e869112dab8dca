"""The OKRs a company published, as it published them: the measure of the import."""

import time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okrs.domain.check_in import check_in
from okrs.importers.structure import alike
from okrs.models import Alignment, CheckIn, Cycle, ImportedRow, KeyResult, Objective
from organizations.actor import Actor
from organizations.enums import Via
from organizations.models import AuditEntry, Membership, Team
from tests.factories.worlds import World, within
from tests.okrs.importers.running import as_xlsx, counts, real_file, run_import

COUNTS = {"objectives": 153, "key_results": 218, "alignments": 150, "teams": 64, "members": 63, "cycles": 1}
CPU_SECONDS = 5


def test_everything_arrives_within_the_time(world: World) -> None:
    """371 rows, as many objects, in less than 5 s of CPU time; the numbers of the check are those of the run."""
    content = real_file()
    checked = run_import(world, content, dry_run=True)
    with within(world.organization):
        before = (Objective.objects.count(), Team.objects.count(), Membership.objects.count())
    started = time.process_time()
    outcome = run_import(world, content)
    assert time.process_time() - started < CPU_SECONDS
    assert counts(outcome) == counts(checked) == (371, 0, 0)
    assert outcome.counts == checked.counts == COUNTS
    with within(world.organization):
        cycle = Cycle.objects.get(name="FY20-Q4")
        assert (str(cycle.starts_on), str(cycle.ends_on), cycle.phase) == ("2019-11-01", "2020-01-31", "running")
        mine = Objective.objects.filter(cycle=cycle)
        assert mine.count() == 153
        assert KeyResult.objects.filter(objective__cycle=cycle).count() == 218
        assert Alignment.objects.filter(objective__cycle=cycle).count() == 150
        assert Alignment.objects.filter(objective__cycle=cycle).exclude(target_key_result=None).count() == 15
        after = (Objective.objects.count(), Team.objects.count(), Membership.objects.count())
        assert [new - old for new, old in zip(after, before, strict=True)] == [153, 64, 63]
        assert ImportedRow.objects.filter(cycle=cycle).count() == 371
        assert not Membership.objects.filter(display_name="CEO").exclude(user=None, email="").exists()
        for kind, number in (("okrs.objective", 153), ("okrs.keyresult", 218), ("organizations.team", 64)):
            assert AuditEntry.objects.filter(object_type=kind, verb="created", via=Via.IMPORT).count() == number
        assert AuditEntry.objects.filter(verb="checked_in", via=Via.IMPORT).count() == 76
        assert CheckIn.objects.filter(key_result__objective__cycle=cycle).count() == 76


def test_the_same_file_again_writes_nothing(world: World) -> None:
    """All rows are unchanged, and not one statement writes."""
    content = real_file()
    run_import(world, content)
    with CaptureQueriesContext(connection) as captured:
        outcome = run_import(world, content)
    assert counts(outcome) == (0, 0, 371)
    assert outcome.counts == COUNTS
    assert outcome.questions == []
    writing = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writing == []


def test_seven_levels_and_raw_values(world: World) -> None:
    """The deepest row has six above it; progress over 100 is kept; notes without a value leave it unchanged."""
    run_import(world, real_file())
    with within(world.organization):
        cycle = Cycle.objects.get(name="FY20-Q4")
        key_results = KeyResult.objects.filter(objective__cycle=cycle)
        above: dict[object, object] = {}
        for alignment in Alignment.objects.filter(objective__cycle=cycle).select_related("target_key_result"):
            above[alignment.objective_id] = alignment.target_objective_id or alignment.target_key_result_id
        above.update(key_results.values_list("pk", "objective"))
        assert max(_height(pk, above) for pk in key_results.values_list("pk", flat=True)) == 7
        assert set(key_results.values_list("metric", "unit", "start", "target")) == {
            ("increase", "%", Decimal(0), Decimal(100))
        }
        over = key_results.filter(progress__gt=1).order_by("current").values_list("current", "progress")
        assert list(over) == [(Decimal(200), 2.0), (Decimal(500), 5.0)]
        only_notes = CheckIn.objects.filter(key_result__objective__cycle=cycle, value=None)
        assert only_notes.count() == 21
        assert not only_notes.filter(note="").exists()
        assert not key_results.exclude(last_check_in_at__isnull=True).filter(last_check_in_at__date__gt="2020-01-31")


def _key_results() -> list[tuple[object, ...]]:
    found = KeyResult.objects.filter(objective__cycle__name="FY20-Q4")
    return sorted(found.values_list("title", "current", "progress", "owner__display_name"), key=str)


def _height(pk: object, above: dict[object, object]) -> int:
    return 1 if pk not in above else 1 + _height(above[pk], above)


def test_reported_progress_counts_only_while_nothing_is_counted(world: World) -> None:
    """An objective's own word stands where it has no key result, and gives way where it has some."""
    run_import(world, real_file())
    with within(world.organization):
        rows = ImportedRow.objects.exclude(objective=None).select_related("objective")
        objectives = [row.objective for row in rows if row.objective and row.objective.reported_progress is not None]
        measured = set(KeyResult.objects.values_list("objective_id", flat=True))
        alone = [one for one in objectives if one.pk not in measured]
        assert len(alone) >= 5
        assert all(one.progress == one.reported_progress for one in alone)
        counted = [one for one in objectives if one.pk in measured]
        assert len(counted) >= 5
        for one in counted:
            results = [progress or 0.0 for progress in one.key_results.values_list("progress", flat=True)]
            assert one.progress == pytest.approx(sum(results) / len(results))


def test_its_key_results_can_be_checked_in_on(world: World) -> None:
    """The cycle runs, although its days are long over, and a check-in counts at once."""
    run_import(world, real_file())
    with within(world.organization):
        key_result = KeyResult.objects.filter(objective__cycle__name="FY20-Q4").order_by("pk")[0]
        entry = check_in(
            actor=Actor(world.administrator, via=Via.WEB), key_result=key_result, value=Decimal(77), note="Found out."
        )
        key_result.refresh_from_db()
        assert (key_result.current, key_result.progress) == (Decimal(77), 0.77)
        assert entry.on_behalf_of_id == key_result.owner_id
        assert timezone.now() - entry.at < timezone.timedelta(minutes=1)


def test_names_that_differ_by_punctuation_are_asked_about(world: World) -> None:
    """The two spellings of one team stay apart until somebody says that they are one."""
    content = real_file()
    apart = run_import(world, content, dry_run=True)
    teams = [question["names"] for question in apart.questions if question["kind"] == "teams"]
    assert ["VP Field Ops", "VP, Field Ops"] in teams
    assert apart.counts["teams"] == 64
    merged = run_import(world, content, {"merge_teams": {"VP Field Ops": "VP, Field Ops"}})
    assert counts(merged) == (371, 0, 0)
    assert merged.counts["teams"] == 63
    with within(world.organization):
        names = set(Team.objects.values_list("name", flat=True))
        assert "VP, Field Ops" in names
        assert "VP Field Ops" not in names
        assert [group for group in alike(names) if "VP, Field Ops" in group] == []


def test_a_workbook_gives_the_same(world: World, other_world: World) -> None:
    """The table as XLSX creates the same, and after the CSV it changes nothing."""
    content = real_file()
    run_import(world, content)
    again = run_import(world, as_xlsx(content), name="okrs.xlsx")
    assert counts(again) == (0, 0, 371)
    first = run_import(other_world, as_xlsx(content), name="okrs.xlsx")
    assert counts(first) == (371, 0, 0)
    assert first.counts == COUNTS
    with within(other_world.organization):
        theirs = _key_results()
    with within(world.organization):
        own = _key_results()
    assert len(own) == 218
    assert own == theirs
