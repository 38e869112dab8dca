"""The parts of the container set-up that need no container engine."""

import os
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest
import yaml

from okrapp.local import health, services, wheels
from okrapp.local.checkout import ROOT, Checkout, read_json

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_the_same_image_serves_web_worker_and_beat_and_each_has_a_health_check() -> None:
    assert set(COMPOSE) == {"web", "worker", "beat", "migrate", "postgres", "pgbouncer", "valkey"}
    assert {COMPOSE[name]["image"] for name in ("web", "worker", "beat", "migrate")} == {"okrapp"}
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert dockerfile.index("USER okrapp") < dockerfile.index('"okrapp.local.health", "web"')
    assert COMPOSE["worker"]["healthcheck"]["test"][-1] == "worker"
    assert COMPOSE["beat"]["healthcheck"]["test"][-1] == "beat"


def test_only_migrate_knows_the_owner_and_only_web_is_published_on_this_machine() -> None:
    for name in ("web", "worker", "beat"):
        assert "OKRAPP_OWNER_PASSWORD" not in str(COMPOSE[name]["environment"])
        assert "@pgbouncer:6432/" in COMPOSE[name]["environment"]["DATABASE_URL"]
    assert "OKRAPP_OWNER_PASSWORD" in COMPOSE["migrate"]["environment"]["DATABASE_OWNER_URL"]
    published = {name: service["ports"] for name, service in COMPOSE.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_every_secret_of_the_compose_file_is_made() -> None:
    made = subprocess.run([ROOT / "docker" / "make-env", "okr.example.org"], capture_output=True, text=True).stdout
    values = dict(line.split("=", 1) for line in made.splitlines() if line and not line.startswith("#"))
    text = (ROOT / "docker-compose.yml").read_text()
    for name in (
        "OKRAPP_SECRET_KEY",
        "POSTGRES_PASSWORD",
        "OKRAPP_OWNER_PASSWORD",
        "OKRAPP_APP_PASSWORD",
        "VALKEY_PASSWORD",
    ):
        assert f"${{{name}:?" in text
        assert len(values[name]) == 40
        assert values[name].replace("-", "").replace("_", "").isalnum()  # it goes into addresses as it is
    assert len({values[name] for name in values if "PASSWORD" in name}) == 4
    assert values["OKRAPP_HOSTS"] == "okr.example.org"


def test_the_roles_of_the_postgres_image_are_made_by_the_same_statements(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "a copy", machine=tmp_path / "machine")
    checkout.root.mkdir()
    try:
        services.start(checkout, ["postgres"])
        state = read_json(checkout.state)["postgres"]
        superuser = read_json(Path(state["folder"]) / "passwords.json")["superuser"]
        environment = {
            "PATH": f"{wheels.postgres_files().programmes}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(state["port"]),
            "PGPASSWORD": superuser,
            "POSTGRES_USER": "postgres",
            "POSTGRES_DB": "okrapp",
            "ROLES_SQL": str(ROOT / "okrapp" / "local" / "roles.sql"),
            "OKRAPP_OWNER_PASSWORD": "o'wn \"er",
            "OKRAPP_APP_PASSWORD": "app",
        }
        for _ in range(2):
            done = subprocess.run([ROOT / "docker" / "postgres-roles"], env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        for user, password in (("okrapp_owner", "o'wn \"er"), ("okrapp_app", "app")):
            psycopg2.connect(
                host="127.0.0.1", port=state["port"], user=user, password=password, dbname="okrapp"
            ).close()
    finally:
        services.stop(checkout)


def test_beat_is_well_while_it_writes_its_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "BEAT_SCHEDULE", tmp_path / "beat-schedule")
    assert not health.beat()
    file = tmp_path / "beat-schedule.db"
    file.touch()
    assert health.beat()
    long_ago = time.time() - health.BEAT_PATIENCE - 1
    os.utime(file, (long_ago, long_ago))
    assert not health.beat()


def test_web_is_not_well_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert not health.web()
