"""bin/manage import_okrs: one JSON object, dry runs that leave no trace, and two at once."""

import json
import threading
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from okrapp.tenancy.context import tenant_context
from okrs.models import CheckIn, Cycle, ImportedRow, Objective
from organizations.models import AuditEntry, Dispatch, Membership, Organization, Team
from tests.factories.worlds import World, within
from tests.okrs.importers.running import REAL_FILE, as_csv, real_file, row, small_file

KEYS = [
    "objectives", "key_results", "alignments", "teams", "members", "created", "updated", "unchanged", "problems",
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "okrs.csv"
    path.write_bytes(as_csv(small_file()))
    return path


def _run(path: Path, *arguments: str) -> tuple[str, str, int]:
    """Return standard output, standard error and the exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import_okrs", str(path), *arguments, stdout=out, stderr=err)
    except SystemExit as error:
        code = int(error.code or 0)
    return out.getvalue(), err.getvalue(), code


@pytest.mark.django_db
def test_the_real_file_as_json() -> None:
    """Exactly the object that was promised, and again with everything unchanged."""
    real_file()
    arguments = ("--organization", "handbook", "--create", "--json")
    out, err, code = _run(REAL_FILE, *arguments)
    assert (err, code, out.count("\n")) == ("", 0, 1)
    result = json.loads(out)
    assert list(result) == KEYS
    assert result == {
        "objectives": 153, "key_results": 218, "alignments": 150, "teams": 64, "members": 63,
        "created": 371, "updated": 0, "unchanged": 0, "problems": [],
    }  # fmt: skip
    again, err, code = _run(REAL_FILE, *arguments)
    assert json.loads(again) == result | {"created": 0, "unchanged": 371}
    organization = Organization.objects.get(slug="handbook")
    with within(organization):
        assert Membership.objects.filter(user=None).count() == Membership.objects.count() == 63
        assert AuditEntry.objects.exclude(via="command").exclude(verb="checked_in").count() == 0


@pytest.mark.django_db
def test_a_dry_run_leaves_no_trace(file: Path) -> None:
    """Not even the organization that it would found."""
    out, err, code = _run(file, "--organization", "new-shore", "--create", "--dry-run", "--json")
    assert (json.loads(out)["created"], err, code) == (10, "", 0)
    assert not Organization.objects.filter(slug="new-shore").exists()
    assert not Dispatch.objects.exists()


def test_a_dry_run_in_an_organization(world: World, file: Path) -> None:
    with within(world.organization):
        before = (Objective.objects.count(), Team.objects.count(), Cycle.objects.count(), AuditEntry.objects.count())
    out, _err, code = _run(file, "--organization", "acme", "--dry-run")
    assert "10 created, 0 updated, 0 unchanged. Nothing was written." in out
    assert "“VP Docks” / “VP, Docks”" in out
    assert code == 0
    with within(world.organization):
        after = (Objective.objects.count(), Team.objects.count(), Cycle.objects.count(), AuditEntry.objects.count())
    assert after == before


@pytest.mark.django_db
def test_problems_go_out_with_a_code(tmp_path: Path) -> None:
    """JSON says them on standard output; for people they stand on standard error. No organization is left behind."""
    path = tmp_path / "okrs.csv"
    path.write_bytes(as_csv([row("1"), row("2", "9")]))
    out, err, code = _run(path, "--organization", "new-shore", "--create", "--json")
    assert (err, code) == ("", 1)
    assert json.loads(out)["problems"] == [
        {"row": 3, "column": "Parent", "message": "There is no row with the reference 9 in this cycle."}
    ]
    out, err, code = _run(path, "--organization", "new-shore", "--create")
    assert err == "row 3: Parent: There is no row with the reference 9 in this cycle.\n"
    assert "Nothing was written" in out
    assert code == 1
    assert not Organization.objects.filter(slug="new-shore").exists()


@pytest.mark.django_db
def test_what_cannot_begin_says_so(file: Path, tmp_path: Path) -> None:
    """No such organization, no such file, a reserved name, a file that is none: in JSON an object all the same."""
    with pytest.raises(CommandError, match="Give --create"):
        _run(file, "--organization", "nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        _run(tmp_path / "missing.csv", "--organization", "nobody", "--create")
    with pytest.raises(CommandError, match="kept for the product"):
        _run(file, "--organization", "admin", "--create")
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for path, slug in ((file, "nobody"), (tmp_path / "missing.csv", "nobody"), (empty, "nobody")):
        out, err, code = _run(path, "--organization", slug, "--json")
        assert (list(json.loads(out)), err, code) == (KEYS, "", 1)
        assert len(json.loads(out)["problems"]) == 1
    assert not Organization.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_create_everything_once(file: Path) -> None:
    """Two operators found the organization and import the same file: one creates, the other finds it done."""
    results: list[dict[str, object]] = []
    together = threading.Barrier(2)

    def work() -> None:
        try:
            together.wait(timeout=30)
            out, _err, _code = _run(file, "--organization", "new-shore", "--create", "--json")
            results.append(json.loads(out))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted((one["created"], one["unchanged"]) for one in results) == [(0, 10), (10, 0)], results
    organization = Organization.objects.get(slug="new-shore")
    with tenant_context(organization.pk):
        assert ImportedRow.objects.count() == 10
        assert Objective.objects.count() == 6
        assert Team.objects.count() == 6
        assert Membership.objects.count() == 4
        assert CheckIn.objects.filter(value=Decimal(250)).count() == 1
