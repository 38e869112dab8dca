"""The life of an import, and the screens along it; with the importer of people."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from okrapp.tenancy.context import tenant_context
from organizations.actor import Actor
from organizations.domain import clean_up, imports
from organizations.enums import Agreement, ImportState, Via
from organizations.errors import Refused
from organizations.models import AuditEntry, Dispatch, IdempotentRequest, ImportRun, Membership, OrganizationSettings
from organizations.registry import registry
from organizations.tasks import take_up_imports, work_on_import
from tests.factories.organizations import ImportRunFactory
from tests.factories.worlds import World, client_of, make_organization, within
from tests.organizations.pages import form_with
from tests.queries import exactly

PEOPLE = b"Name,E-mail,Team\nAda Berg,ada@new.example.com,Sales Acme\nBen Lund,,Company Acme / Support\n"


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.administrator, via=Via.WEB)


def page(name: str, world: World, *args: object) -> str:
    return reverse(f"organizations:{name}", args=[world.organization.slug, *args])


def upload(client: Client, world: World, content: bytes = PEOPLE, name: str = "people.csv") -> HttpResponseBase:
    return client.post(page("import_upload", world, "people"), {"file": SimpleUploadedFile(name, content)})


def run_of(world: World) -> ImportRun:
    with within(world.organization):
        return ImportRun.objects.filter(kind="people").latest("created_at")


def work(world: World, run: ImportRun) -> bool:
    """Do what the worker does."""
    return work_on_import(organization_id=world.organization.pk, import_id=str(run.pk))


def test_from_upload_to_result(world: World) -> None:
    client = client_of(world.administrator)
    uploaded = upload(client, world)
    run = run_of(world)
    columns = page("import_mapping", world, run.pk)
    assert uploaded["Location"] == columns
    fields = form_with(client.get(columns), "column-name")
    assert (fields["column-name"], fields["column-email"], fields["column-manager"]) == ("Name", "E-mail", "")
    preview = page("import_preview", world, run.pk)
    assert client.post(columns, fields)["Location"] == preview
    html = client.get(preview).content.decode()
    assert "Ada Berg" in html
    with within(world.organization):
        assert not Membership.objects.filter(display_name="Ada Berg").exists()
    progress = page("import_run", world, run.pk)
    assert client.post(progress)["Location"] == progress
    assert f'hx-get="{progress}"' in client.get(progress).content.decode()
    assert work(world, run)
    done = client.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert page("people", world) in done
    assert "hx-trigger" not in done
    assert run.file_name in client.get(page("import_list", world)).content.decode()
    with within(world.organization):
        assert Membership.objects.get(display_name="Ada Berg").is_placeholder
        entry = AuditEntry.objects.get(object_id=str(run.pk), verb="imported")
        assert (entry.actor, entry.via) == (world.administrator, Via.IMPORT)
        assert entry.after == {"created": 2, "updated": 0, "unchanged": 0, "members": 2, "teams": 1}


def test_work_is_done_once(world: World, actor: Actor) -> None:
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        imports.check(actor=actor, run=run)
        imports.start(actor=actor, run=run)
        with pytest.raises(Refused, match="running already"):
            imports.start(actor=actor, run=run)
    assert work(world, run)
    assert not work(world, run)
    with within(world.organization):
        with pytest.raises(Refused, match="imported already"):
            imports.start(actor=actor, run=run)
        with pytest.raises(Refused, match="imported already"):
            imports.check(actor=actor, run=run)
        assert Membership.objects.filter(display_name="Ada Berg").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_press_the_button_and_two_workers_import_once() -> None:
    """Real connections: one of two starts wins, and one of two workers gets the row."""
    world = make_organization("acme")
    actor = Actor(world.administrator, via=Via.WEB)
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        imports.check(actor=actor, run=run)
    barrier = threading.Barrier(2, timeout=20)
    started: list[str] = []
    worked: list[bool] = []

    def start() -> None:
        try:
            with tenant_context(world.organization.pk):
                barrier.wait()
                imports.start(actor=actor, run=run)
            started.append("started")
        except Refused:
            started.append("refused")
        finally:
            connection.close()

    def do() -> None:
        try:
            barrier.wait()
            worked.append(work(world, run))
        finally:
            connection.close()

    for target in (start, do):
        threads = [threading.Thread(target=target) for _index in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert sorted(started) == ["refused", "started"]
    assert sorted(worked) == [False, True]
    with within(world.organization):
        assert Membership.objects.filter(display_name="Ada Berg").count() == 1


def test_a_lost_task_is_taken_up_again(world: World, actor: Actor) -> None:
    Dispatch.objects.all().delete()
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        imports.check(actor=actor, run=run)
        imports.start(actor=actor, run=run)
    row = Dispatch.objects.get(organization=world.organization, kind=imports.DISPATCH_KIND)
    assert timezone.now() < row.due_at < timezone.now() + timedelta(minutes=3)
    assert registry.dispatch_tasks[row.kind] == take_up_imports.name
    row.delete()
    assert take_up_imports(organization_id=world.organization.pk) == 1
    assert Dispatch.objects.filter(kind=imports.DISPATCH_KIND).exists()
    assert work(world, run)
    Dispatch.objects.all().delete()
    assert take_up_imports(organization_id=world.organization.pk) == 0
    assert not Dispatch.objects.exists()


def test_large_files_are_checked_in_the_background(world: World, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "AT_ONCE_ROWS", 1)
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        run = imports.check(actor=actor, run=run)
        assert run.state == ImportState.CHECKING
        assert imports.progress_of(run) == 0
    client = client_of(world.administrator)
    assert client.get(page("import_preview", world, run.pk))["Location"] == page("import_run", world, run.pk)
    assert work(world, run)
    moved_on = client.get(page("import_run", world, run.pk), headers={"HX-Request": "true"})
    assert moved_on["HX-Redirect"] == page("import_preview", world, run.pk)
    with within(world.organization):
        assert imports.progress_of(run) is None


def test_progress_is_seen_from_outside_the_transaction(world: World, actor: Actor) -> None:
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        report = imports._reporter(run)
        report(0.425)
        assert cache.get(f"import:{world.organization.pk}:{run.pk}") == 42
        assert imports.progress_of(run) == 0.42


def test_all_or_nothing(world: World, actor: Actor) -> None:
    """What was right when it was checked can be wrong when it runs; then nothing stays."""
    content = b"Name,Manager\nAda Berg,\nBen Lund,Lena Acme\n"
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=content)
        imports.check(actor=actor, run=run)
        imports.start(actor=actor, run=run)
        Membership.objects.filter(pk=world.lead.pk).update(deactivated_at=timezone.now())
    work(world, run)
    with within(world.organization):
        run = ImportRun.objects.get(pk=run.pk)
        outcome = imports.outcome_of(run)
        assert run.state == ImportState.FAILED
        assert outcome is not None
        assert [(problem.row, problem.column) for problem in outcome.problems] == [(3, "Manager")]
        assert not Membership.objects.filter(display_name="Ada Berg").exists()
    html = client_of(world.administrator).get(page("import_run", world, run.pk)).content.decode()
    assert "Lena Acme" in html
    assert page("import_check_again", world, run.pk) in html


def test_a_failure_of_ours_is_said_and_nothing_stays(
    world: World, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        imports.check(actor=actor, run=run)
        imports.start(actor=actor, run=run)
    importer = registry.importers["people"]

    def fails_late(**arguments: object) -> None:
        Membership.objects.create(display_name="Half done")
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(importer, "run", fails_late, raising=False)
    work(world, run)
    with within(world.organization):
        run = ImportRun.objects.get(pk=run.pk)
        assert run.state == ImportState.FAILED
        assert "lights" not in str(run.result)
        assert not Membership.objects.filter(display_name="Half done").exists()


def test_rights_are_asked_again_when_it_runs(world: World, actor: Actor) -> None:
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=PEOPLE)
        imports.check(actor=actor, run=run)
        imports.start(actor=actor, run=run)
        Membership.objects.filter(pk=world.administrator.pk).update(is_administrator=False)
    work(world, run)
    with within(world.organization):
        assert ImportRun.objects.get(pk=run.pk).state == ImportState.FAILED
        assert not Membership.objects.filter(display_name="Ada Berg").exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\x89PNG\r\n\x1a\n....", "people.csv", "PNG"),
        (b"Name\n", "people.csv", "no rows"),
        (b"", "people.csv", "empty"),
    ],
)
def test_bad_uploads_say_what_to_do(world: World, content: bytes, name: str, says: str) -> None:
    response = upload(client_of(world.administrator), world, content, name)
    assert response.status_code == 422
    assert says in response.content.decode()
    with within(world.organization):
        assert not ImportRun.objects.filter(kind="people").exists()


def test_columns_must_be_chosen(world: World, actor: Actor) -> None:
    with within(world.organization):
        run = imports.upload(actor=actor, kind="people", file_name="p.csv", content=b"Wer,Was\nAda,x\n")
        with pytest.raises(Refused, match="chosen for something else"):
            imports.set_mapping(actor=actor, run=run, mapping={"name": "Wer", "team": "Wer"}, options={})
        with pytest.raises(Refused, match="no column"):
            imports.set_mapping(actor=actor, run=run, mapping={"name": "Gone"}, options={})
    client = client_of(world.administrator)
    missing = client.post(page("import_mapping", world, run.pk), {"column-team": "Was"})
    assert missing.status_code == 422
    assert set(missing.context["form"].errors) == {"name"}


def test_problems_stand_by_row_and_stop_the_import(world: World) -> None:
    client = client_of(world.administrator)
    upload(client, world, b"Name,E-mail\nAda,not-an-address\n,x@example.com\n")
    run = run_of(world)
    columns = page("import_mapping", world, run.pk)
    client.post(columns, form_with(client.get(columns), "column-name"))
    html = client.get(page("import_preview", world, run.pk)).content.decode()
    assert "not-an-address" in html
    assert f'action="{page("import_run", world, run.pk)}"' not in html
    client.post(page("import_run", world, run.pk))
    assert run_of(world).state == ImportState.CHECKED


@pytest.mark.parametrize("who", ["member", "plo", "lead"])
def test_only_administrators_import_people(world: World, who: str) -> None:
    client = client_of(getattr(world, who))
    assert client.get(page("import_upload", world, "people")).status_code == 403
    with within(world.organization):
        run = ImportRunFactory(kind="people")
    for name in ("import_mapping", "import_preview", "import_run"):
        assert client.get(page(name, world, run.pk)).status_code == 403
    assert client.get(page("import_list", world)).status_code == 200


def test_templates_can_be_imported_themselves(world: World) -> None:
    client = client_of(world.administrator)
    for file_format in ("csv", "xlsx"):
        template = client.get(page("import_template", world, "people", file_format))
        assert f'filename="people.{file_format}"' in template["Content-Disposition"]
        upload(client, world, template.content, f"people.{file_format}")
        run = run_of(world)
        with within(world.organization):
            actor = Actor(world.administrator, via=Via.WEB)
            outcome = imports.outcome_of(imports.check(actor=actor, run=run))
        assert outcome is not None
        assert (outcome.problems, outcome.created) == ([], 3)
    assert client.get(page("import_upload", world, "nonsense")).status_code == 404


@pytest.fixture(autouse=True)
def _nobody_agrees(request: pytest.FixtureRequest) -> None:
    """From thirty people on drafts are agreed on, and every page counts what waits: not what is counted here."""
    if request.node.name.startswith("test_queries"):
        with within(request.getfixturevalue("world").organization):
            OrganizationSettings.objects.update(agreement=Agreement.NEVER)


@pytest.mark.parametrize("number", [1, 50])
def test_queries_of_the_list(world: World, number: int) -> None:
    with within(world.organization):
        for _index in range(number):
            ImportRunFactory(kind="people", result={"rows": 1})
    client = client_of(world.administrator)
    client.get(page("import_list", world))
    with exactly(8):
        assert client.get(page("import_list", world)).status_code == 200


def test_what_is_old_is_thrown_away(world: World) -> None:
    with within(world.organization):
        run = ImportRun.objects.get(pk=world.import_run.pk)
        IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(days=2))
        assert clean_up.clean_up() == (1, 0)
        ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=31))
        assert clean_up.clean_up() == (0, 1)
        assert clean_up.clean_up() == (0, 0)
        assert bytes(ImportRun.objects.get(pk=run.pk).content) == b""
    row = Dispatch.objects.get(organization=world.organization, kind=clean_up.DISPATCH_KIND)
    assert row.due_at > timezone.now() + timedelta(hours=23)
