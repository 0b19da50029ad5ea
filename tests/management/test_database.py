import pytest
from django.core.management import CommandError
from django.db.utils import OperationalError
from pytest_django import Settings

from clickcall.management import database


@pytest.mark.django_db
def test_a_database_with_all_its_tables_is_ready() -> None:
    database.require_ready()


@pytest.mark.django_db
def test_a_database_without_our_tables_is_told_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.MigrationExecutor, "migration_plan", lambda *args: [("a migration", False)])
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        database.require_ready()


@pytest.mark.parametrize("step", [database.prepare, database.require_ready])
def test_a_database_that_cannot_be_opened_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path_factory: pytest.TempPathFactory, step: object
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("no route to the database")

    settings.DATA_DIR = settings.STATIC_ROOT = tmp_path_factory.mktemp("data") / "new"
    monkeypatch.setattr(database, "call_command", refuse)
    monkeypatch.setattr(database, "MigrationExecutor", refuse)
    with pytest.raises(CommandError, match="no route to the database"):
        step()  # type: ignore[operator]
