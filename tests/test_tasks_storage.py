"""The database of tasks: migrations, what it promises of transactions, and the demonstration's content."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from tasks.accounts import Accounts, NewAccount, Operator
from tasks.demonstration import DemonstrationSignIn, add_demonstration
from tasks.model import Person, Role, TaskFilter, TaskState
from tasks.service import TaskService
from tasks.storage import AccountRow, Base, SessionRow, migrate, open_database, reading, writing

TODAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'tasks.db'}")
    migrate(engine)
    return engine


def _add_account(engine: Engine, created_at: datetime) -> None:
    with writing(engine) as session:
        session.add(
            AccountRow(
                sign_in_name="lawyer",
                display_name="张律师",
                role="lawyer",
                password_hash="-",
                active=True,
                created_at=created_at,
            )
        )


def test_the_migrated_schema_equals_the_declared_one(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_comparison_of_schemas_notices_a_missing_column(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE notes DROP COLUMN text"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def test_migrating_twice_changes_nothing_and_keeps_the_rows(engine: Engine) -> None:
    def schema() -> list[str]:
        with engine.connect() as connection:
            return list(connection.scalars(text("SELECT sql FROM sqlite_master ORDER BY name")))

    _add_account(engine, TODAY)
    before = schema()
    migrate(engine)
    assert schema() == before
    with reading(engine) as session:
        assert session.scalars(select(AccountRow.sign_in_name)).all() == ["lawyer"]


def test_the_constraints_in_the_file_are_named_as_declared(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in Base.metadata.tables.values():
        declared = {str(key.name) for key in table.foreign_key_constraints}
        assert {key["name"] for key in inspector.get_foreign_keys(table.name)} == declared
        assert inspector.get_pk_constraint(table.name)["name"] == table.primary_key.name


def test_migration_works_from_any_working_directory(tmp_path: Path) -> None:
    program = (
        "from tasks.storage import migrate, open_database\nmigrate(open_database('sqlite:///elsewhere.db'))"
    )
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(root)}, check=True)
    assert "tasks" in inspect(open_database(f"sqlite:///{tmp_path / 'elsewhere.db'}")).get_table_names()


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'tasks.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER)"))
    with pytest.raises(Exception, match="notes already exists"):
        migrate(engine)
    assert inspect(engine).get_table_names() == ["notes"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_every_connection_is_set_to_lose_nothing(engine: Engine, pragma: str, value: str | int) -> None:
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_committed_row_survives_the_death_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    program = f"""
import os
from datetime import UTC, datetime
from tasks.storage import AccountRow, migrate, open_database, writing
engine = open_database("sqlite:///{path}")
migrate(engine)
row = dict(display_name="张律师", role="lawyer", password_hash="-", active=True, created_at=datetime.now(UTC))
with writing(engine) as session:
    session.add(AccountRow(sign_in_name="committed", **row))
with writing(engine) as session:
    session.add(AccountRow(sign_in_name="half", **row))
    session.flush()
    os.kill(os.getpid(), 9)
"""
    root = Path(__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, check=False)
    assert ended.returncode == -9
    with reading(open_database(f"sqlite:///{path}")) as session:
        assert session.scalars(select(AccountRow.sign_in_name)).all() == ["committed"]


def _write_one_good_row_and_one_bad(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("DELETE FROM alembic_version"))
        session.add(SessionRow(token_hash="0", account_id=99, expires_at=TODAY))


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        _write_one_good_row_and_one_bad(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_a_row_that_points_to_nobody_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(SessionRow(token_hash="0", account_id=99, expires_at=TODAY))


def test_a_moment_is_stored_as_utc_and_read_in_the_time_of_shanghai(engine: Engine, tmp_path: Path) -> None:
    _add_account(engine, datetime(2026, 3, 1, 20, 0, tzinfo=UTC))
    with sqlite3.connect(tmp_path / "tasks.db") as raw:
        assert raw.execute("SELECT created_at FROM accounts").fetchone()[0].startswith("2026-03-01 20:00:00")
    with reading(engine) as session:
        read = session.scalars(select(AccountRow.created_at)).one()
    assert read.isoformat() == "2026-03-02T04:00:00+08:00"


def test_a_moment_without_a_time_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        _add_account(engine, datetime(2026, 3, 1))


def _demonstrated(engine: Engine) -> tuple[Accounts, dict[str, DemonstrationSignIn], dict[str, Person]]:
    sign_ins = {entry.sign_in_name: entry for entry in add_demonstration(engine, lambda: TODAY)}
    accounts = Accounts(engine)
    people = {account.person.sign_in_name: account.person for account in accounts.people(Operator())}
    return accounts, sign_ins, people


def test_the_demonstration_can_be_signed_in_to_by_everybody_it_names(engine: Engine) -> None:
    accounts, sign_ins, people = _demonstrated(engine)
    assert set(sign_ins) == {"lawyer", "lawyer2", "judge", "researcher", "admin"}
    for name, entry in sign_ins.items():
        signed_in = accounts.sign_in(name, entry.password)
        assert signed_in.person == people[name]
        assert (entry.display_name, entry.role_label) == (
            signed_in.person.display_name,
            signed_in.person.role.label,
        )


def test_the_demonstration_has_tasks_of_many_kinds_and_of_every_state(engine: Engine) -> None:
    _, _, people = _demonstrated(engine)
    service = TaskService(engine)
    first = service.list_tasks(people["lawyer"], TaskFilter()).tasks
    second = service.list_tasks(people["lawyer2"], TaskFilter()).tasks
    assert (len(first), len(second)) == (12, 4)
    assert {task.state for task in first} == set(TaskState)
    assert len({task.kind for task in first + second}) == 16
    assert 0 < sum(task.is_livelihood for task in first) < len(first)
    assert service.list_tasks(people["judge"], TaskFilter()).total == 16


def test_every_task_of_the_demonstration_has_a_trail_that_ends_in_its_state_before_today(
    engine: Engine,
) -> None:
    _, _, people = _demonstrated(engine)
    service = TaskService(engine)
    noted = 0
    for task in service.list_tasks(people["judge"], TaskFilter()).tasks:
        events = service.events(people["judge"], task.id)
        moments = [event.at for event in events]
        assert events[0].to_state is TaskState.ASSIGNED
        assert events[-1].to_state is task.state
        assert moments == sorted(moments)
        assert moments[-1] <= TODAY
        noted += bool(service.notes(people["judge"], task.id))
    assert noted >= 8


def test_due_dates_of_the_demonstration_are_counted_from_today(engine: Engine) -> None:
    _, _, people = _demonstrated(engine)
    tasks = TaskService(engine).list_tasks(people["lawyer"], TaskFilter()).tasks
    days = {(task.due_date - TODAY.date()).days for task in tasks if task.due_date is not None}
    assert min(days) == -2
    assert max(days) == 20


def test_adding_the_demonstration_again_changes_nothing(engine: Engine) -> None:
    accounts, sign_ins, people = _demonstrated(engine)
    assert add_demonstration(engine, lambda: TODAY + timedelta(days=30)) == []
    assert TaskService(engine).list_tasks(people["admin"], TaskFilter()).total == 16
    assert accounts.sign_in("lawyer", sign_ins["lawyer"].password).person == people["lawyer"]


def test_two_installations_have_different_passwords(tmp_path: Path) -> None:
    passwords = []
    for name in ("one.db", "two.db"):
        engine = open_database(f"sqlite:///{tmp_path / name}")
        migrate(engine)
        passwords += [entry.password for entry in add_demonstration(engine)]
    assert len(set(passwords)) == 10


def test_the_demonstration_leaves_a_real_account_of_the_same_name_alone(engine: Engine) -> None:
    accounts = Accounts(engine)
    real = accounts.create(
        Operator(), NewAccount("lawyer", "赵律师", Role.LAWYER, "a real password", "真实律师事务所")
    )
    created = add_demonstration(engine, lambda: TODAY)
    assert "lawyer" not in {entry.sign_in_name for entry in created}
    assert accounts.sign_in("lawyer", "a real password").person == real
    assert TaskService(engine).list_tasks(real, TaskFilter()).total == 0
