"""Keys of the HTTP API: made once, known by their hash, good until they are revoked."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from account_world import OPERATOR, QUICK, Clock, new_account, new_database
from sqlalchemy import Engine, event

from legal.errors import InputError
from tasks.accounts import Accounts, NewAccount
from tasks.api_keys import ApiKeys, Holder
from tasks.model import SHANGHAI, Person, Role
from tasks.storage import ApiKeyRow, migrate, open_database, reading

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return new_database(tmp_path)


@pytest.fixture
def accounts(engine: Engine) -> Accounts:
    return Accounts(engine, hasher=QUICK)


@pytest.fixture
def owner(accounts: Accounts) -> Person:
    return accounts.create(OPERATOR, new_account("zhang"))


@pytest.fixture
def keys(engine: Engine, clock: Clock, owner: Person) -> ApiKeys:
    return ApiKeys(engine, clock)


def test_a_key_acts_for_the_account_that_owns_it(keys: ApiKeys, owner: Person) -> None:
    made = keys.create("Ｚhang ")
    assert keys.holder(made.text) == Holder(made.key.number, owner)


def test_a_key_has_256_random_bits_of_which_only_the_hash_is_stored(
    keys: ApiKeys, engine: Engine, tmp_path: Path
) -> None:
    made, other = keys.create("zhang"), keys.create("zhang")
    secret = re.fullmatch(rf"lz_{made.key.number}_([A-Za-z0-9_-]{{43}})", made.text)[1]
    assert secret not in other.text
    with reading(engine) as session:
        stored = session.get_one(ApiKeyRow, made.key.number).secret_hash
    assert stored == hashlib.sha256(secret.encode()).hexdigest()
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert stored.encode() in files
    assert secret.encode() not in files
    assert secret not in repr(made)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda key, other: key[:-1] + ("A" if key[-1] != "A" else "B"), id="last character"),
        pytest.param(lambda key, other: key[:-1], id="cut short"),
        pytest.param(lambda key, other: key + "A", id="one more"),
        pytest.param(lambda key, other: key + "\n", id="a line's end"),
        pytest.param(lambda key, other: key.replace("lz_1_", "lz_2_"), id="number of another key"),
        pytest.param(lambda key, other: key.replace("lz_1_", "lz_9_"), id="number of no key"),
        pytest.param(lambda key, other: key.replace("lz_1_", "lz_１_"), id="full-width number"),
        pytest.param(lambda key, other: key.partition("_")[2], id="without its beginning"),
        pytest.param(lambda key, other: "", id="nothing"),
    ],
)
def test_what_is_not_exactly_a_key_opens_nothing(keys: ApiKeys, changed: object) -> None:
    made, other = keys.create("zhang"), keys.create("zhang")
    assert made.key.number == 1
    assert keys.holder(made.text) is not None
    assert keys.holder(changed(made.text, other.text)) is None


def test_a_revoked_key_opens_nothing_and_the_others_of_its_owner_still_do(
    keys: ApiKeys, clock: Clock
) -> None:
    made, other = keys.create("zhang"), keys.create("zhang")
    keys.revoke(made.key.number)
    revoked_at = clock.moment
    assert keys.holder(made.text) is None
    assert keys.holder(other.text) is not None
    clock.advance(days=1)
    assert keys.revoke(made.key.number).revoked_at == revoked_at


def test_a_key_of_a_closed_account_opens_nothing(keys: ApiKeys, accounts: Accounts, owner: Person) -> None:
    made = keys.create("zhang")
    accounts.deactivate(OPERATOR, owner.id)
    assert keys.holder(made.text) is None
    assert [key.owner_active for key in keys.all()] == [False]
    with pytest.raises(InputError, match="已停用"):
        keys.create("zhang")


def test_the_last_day_of_use_is_that_of_china_and_written_once_a_day(
    keys: ApiKeys, engine: Engine, clock: Clock
) -> None:
    made = keys.create("zhang")
    assert keys.all()[0].last_used is None
    written: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: written.append(arguments[2]))
    clock.moment = datetime(2026, 3, 3, 0, 30, tzinfo=SHANGHAI)  # still the day before in Greenwich
    for _ in range(3):
        keys.holder(made.text)
    assert sum(statement.startswith("UPDATE") for statement in written) == 1
    assert keys.all()[0].last_used == date(2026, 3, 3)


@contextmanager
def another_writes(engine: Engine) -> Iterator[None]:
    """Meanwhile another process holds the lock for writing, and nobody waits for it for long."""
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 1"))
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_where_the_use_cannot_be_noted_the_key_opens_all_the_same_and_it_is_tried_again_the_next_day(
    keys: ApiKeys, engine: Engine, clock: Clock
) -> None:
    made = keys.create("zhang")
    tried: list[str] = []
    event.listen(engine, "handle_error", lambda context: tried.append(str(context.original_exception)))
    with another_writes(engine):
        assert [keys.holder(made.text).number for _ in range(3)] == [made.key.number] * 3
        assert tried == ["database is locked"]
    keys.holder(made.text)
    assert keys.all()[0].last_used is None
    clock.advance(days=1)
    keys.holder(made.text)
    assert keys.all()[0].last_used == clock.moment.date()


def test_a_failed_note_of_use_is_logged_without_the_key(
    keys: ApiKeys, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    made = keys.create("zhang")
    with another_writes(engine):
        keys.holder(made.text)
    (record,) = caplog.records
    assert "could not be noted: OperationalError" in record.getMessage()
    assert made.text not in caplog.text


def test_a_wrong_secret_does_not_count_as_use(keys: ApiKeys) -> None:
    made = keys.create("zhang")
    keys.holder(made.text.swapcase().replace("LZ", "lz", 1))
    assert keys.all()[0].last_used is None


def lvzhi(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command of this tree with data of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LVZHI_")}
    environment |= {"LVZHI_DATA": str(home / "data"), "COLUMNS": "200", "PYTHONPATH": str(PROJECT)}
    program = "from app.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "key", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=home,
        check=False,
    )


def test_the_command_shows_a_key_once_lists_it_and_revokes_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    engine = open_database(f"sqlite:///{tmp_path / 'data' / 'lvzhi.db'}")
    migrate(engine)
    owner = Accounts(engine, hasher=QUICK).create(
        OPERATOR, NewAccount("zhang", "张[律师]", Role.LAWYER, "a long password")
    )
    made = lvzhi(tmp_path, "add", "zhang")
    key = made.stdout.removesuffix("\n")
    assert ApiKeys(engine).holder(key) == Holder(1, owner)
    assert key not in made.stderr
    listed = lvzhi(tmp_path, "list").stdout
    assert "张[律师]" in listed
    assert "有效" in listed
    assert key not in listed
    assert "密钥 1（zhang）已于" in lvzhi(tmp_path, "revoke", "1").stdout
    assert ApiKeys(engine).holder(key) is None
    assert "撤销" in lvzhi(tmp_path, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["add", "nobody"], "没有登录名为“nobody”的账户", id="no such owner"),
        pytest.param(["revoke", "99"], "没有编号为 99 的密钥", id="no such key"),
    ],
)
def test_a_mistake_on_the_command_line_ends_in_one_clear_line(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = lvzhi(tmp_path, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
