"""Signing in: sessions, what is stored of secrets, and the lock after failures."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from account_world import OPERATOR, PASSWORD, QUICK, Clock, fail_to_sign_in, new_account, new_database
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, text

from legal.errors import SignInError
from tasks.accounts import Accounts
from tasks.model import Person
from tasks.storage import AccountRow, FailureRow, SessionRow, open_database, reading


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return new_database(tmp_path)


@pytest.fixture
def accounts(engine: Engine, clock: Clock) -> Accounts:
    return Accounts(engine, clock, QUICK)


@pytest.fixture
def lawyer(accounts: Accounts) -> Person:
    return accounts.create(OPERATOR, new_account())


def test_a_session_token_leads_back_to_its_person(accounts: Accounts, lawyer: Person) -> None:
    signed_in = accounts.sign_in("zhang.wei", PASSWORD)
    assert signed_in.person == lawyer
    assert accounts.person_of(signed_in.token) == lawyer


@pytest.mark.parametrize("typed", ["Zhang.Wei", "  zhang.wei ", "ｚｈａｎｇ．ｗｅｉ"])
def test_a_sign_in_name_may_be_typed_in_any_case_and_width(
    accounts: Accounts, lawyer: Person, typed: str
) -> None:
    assert accounts.sign_in(typed, PASSWORD).person == lawyer


def test_a_token_that_was_never_given_leads_to_nobody(accounts: Accounts, lawyer: Person) -> None:
    token = accounts.sign_in("zhang.wei", PASSWORD).token
    assert accounts.person_of(token[:-1]) is None
    assert accounts.person_of("") is None


def test_only_hashes_of_the_token_and_the_password_are_stored(
    accounts: Accounts, engine: Engine, lawyer: Person, tmp_path: Path
) -> None:
    token = accounts.sign_in("zhang.wei", PASSWORD).token
    with reading(engine) as session:
        assert (
            session.scalars(select(SessionRow.token_hash)).one() == hashlib.sha256(token.encode()).hexdigest()
        )
        assert session.scalars(select(AccountRow.password_hash)).one().startswith("$argon2id$")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"zhang.wei" in stored
    assert token.encode() not in stored
    assert PASSWORD.encode() not in stored


def test_values_that_hold_a_secret_do_not_show_it(accounts: Accounts, lawyer: Person) -> None:
    signed_in = accounts.sign_in("zhang.wei", PASSWORD)
    assert signed_in.token not in repr(signed_in)
    assert PASSWORD not in repr(new_account())


@pytest.mark.parametrize(("hours", "still_in"), [(0, True), (11.99, True), (12, False), (13, False)], ids=str)
def test_a_session_ends_after_twelve_hours(
    accounts: Accounts, clock: Clock, lawyer: Person, hours: float, still_in: bool
) -> None:
    token = accounts.sign_in("zhang.wei", PASSWORD).token
    clock.advance(hours=hours)
    assert (accounts.person_of(token) is not None) is still_in


def test_expired_sessions_are_cleared_away_at_the_next_sign_in(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person
) -> None:
    accounts.sign_in("zhang.wei", PASSWORD)
    clock.advance(hours=12)
    accounts.sign_in("zhang.wei", PASSWORD)
    with reading(engine) as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1


def test_signing_out_ends_this_session_and_no_other(accounts: Accounts, lawyer: Person) -> None:
    here, there = (accounts.sign_in("zhang.wei", PASSWORD).token for _ in range(2))
    accounts.sign_out(here)
    assert accounts.person_of(here) is None
    assert accounts.person_of(there) == lawyer
    accounts.sign_out(here)


def test_deactivating_an_account_ends_its_sessions_and_nobody_elses(
    accounts: Accounts, engine: Engine, lawyer: Person
) -> None:
    accounts.create(OPERATOR, new_account("other"))
    token, other = accounts.sign_in("zhang.wei", PASSWORD).token, accounts.sign_in("other", PASSWORD).token
    accounts.deactivate(OPERATOR, lawyer.id)
    assert accounts.person_of(token) is None
    assert accounts.person_of(other) is not None
    with reading(engine) as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1


def test_a_deactivated_person_with_the_right_password_is_told_so(accounts: Accounts, lawyer: Person) -> None:
    accounts.deactivate(OPERATOR, lawyer.id)
    with pytest.raises(SignInError, match="已停用"):
        accounts.sign_in("zhang.wei", PASSWORD)


def test_a_deactivated_person_with_a_wrong_password_learns_nothing(
    accounts: Accounts, lawyer: Person
) -> None:
    accounts.deactivate(OPERATOR, lawyer.id)
    assert "停用" not in fail_to_sign_in(accounts, "zhang.wei", 1)


@pytest.mark.parametrize("times", [1, 4, 5, 6])
def test_an_unknown_name_and_a_wrong_password_give_the_same_errors(
    accounts: Accounts, lawyer: Person, times: int
) -> None:
    assert fail_to_sign_in(accounts, "zhang.wei", times) == fail_to_sign_in(accounts, "nobody", times)


def test_an_unknown_name_is_checked_against_a_hash_as_costly_as_a_real_one(
    engine: Engine, clock: Clock, lawyer: Person
) -> None:
    checked: list[str] = []

    class Recorder(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 (argon2's name)
            checked.append(str(hash).rsplit("$", 2)[0])
            return super().verify(hash, password)

    accounts = Accounts(engine, clock, Recorder(time_cost=1, memory_cost=8, parallelism=1))
    fail_to_sign_in(accounts, "nobody", 1)
    fail_to_sign_in(accounts, "zhang.wei", 1)
    assert len(checked) == 2
    assert checked[0] == checked[1]


class Interrupted(PasswordHasher):
    """A hasher during whose long work something else happens."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self._meanwhile = meanwhile

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 (argon2's name)
        self._meanwhile()
        return super().verify(hash, password)


@pytest.mark.parametrize("password", [PASSWORD, "not the password"], ids=["right", "wrong"])
def test_a_guess_sent_along_with_five_failures_is_locked_out_too(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person, password: str
) -> None:
    at_once = Accounts(engine, clock, Interrupted(lambda: fail_to_sign_in(accounts, "zhang.wei", 5)))
    with pytest.raises(SignInError, match="已暂停登录"):
        at_once.sign_in("zhang.wei", password)
    with reading(engine) as session:
        assert session.scalars(select(SessionRow)).all() == []
        assert session.scalars(select(FailureRow.failures)).one() == 5


def test_an_account_closed_during_the_sign_in_gets_no_session(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person
) -> None:
    at_once = Accounts(engine, clock, Interrupted(lambda: accounts.deactivate(OPERATOR, lawyer.id)))
    with pytest.raises(SignInError, match="已停用"):
        at_once.sign_in("zhang.wei", PASSWORD)
    with reading(engine) as session:
        assert session.scalars(select(SessionRow)).all() == []


def test_five_failures_in_a_row_lock_for_fifteen_minutes(
    accounts: Accounts, clock: Clock, lawyer: Person
) -> None:
    fail_to_sign_in(accounts, "zhang.wei", 5)
    with pytest.raises(SignInError, match="约 15 分钟后"):
        accounts.sign_in("zhang.wei", PASSWORD)
    clock.advance(minutes=14)
    with pytest.raises(SignInError, match="约 1 分钟后"):
        accounts.sign_in("zhang.wei", PASSWORD)
    clock.advance(minutes=1)
    assert accounts.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_four_failures_do_not_lock(accounts: Accounts, lawyer: Person) -> None:
    fail_to_sign_in(accounts, "zhang.wei", 4)
    assert accounts.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_a_success_begins_the_count_anew(accounts: Accounts, lawyer: Person) -> None:
    for _ in range(2):
        fail_to_sign_in(accounts, "zhang.wei", 4)
        accounts.sign_in("zhang.wei", PASSWORD)


def test_a_lock_that_has_run_out_begins_the_count_anew(
    accounts: Accounts, clock: Clock, lawyer: Person
) -> None:
    fail_to_sign_in(accounts, "zhang.wei", 5)
    clock.advance(minutes=15)
    fail_to_sign_in(accounts, "zhang.wei", 4)
    assert accounts.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_tries_during_the_lock_do_not_prolong_it(accounts: Accounts, clock: Clock, lawyer: Person) -> None:
    fail_to_sign_in(accounts, "zhang.wei", 5)
    clock.advance(minutes=10)
    fail_to_sign_in(accounts, "zhang.wei", 3)
    clock.advance(minutes=5)
    assert accounts.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_the_lock_outlives_the_process(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person
) -> None:
    fail_to_sign_in(accounts, "zhang.wei", 5)
    restarted = Accounts(open_database(str(engine.url)), clock, QUICK)
    with pytest.raises(SignInError, match="已暂停登录"):
        restarted.sign_in("zhang.wei", PASSWORD)


def test_the_lock_of_one_name_leaves_the_others_free(accounts: Accounts, lawyer: Person) -> None:
    fail_to_sign_in(accounts, "nobody", 5)
    assert accounts.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_a_name_that_was_typed_is_not_kept_in_the_clear(
    accounts: Accounts, engine: Engine, tmp_path: Path
) -> None:
    fail_to_sign_in(accounts, "my-secret-password", 1)
    with reading(engine) as session:
        assert session.scalars(select(FailureRow.failures)).one() == 1
    assert b"my-secret-password" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_failures_are_forgotten_after_a_day(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person
) -> None:
    fail_to_sign_in(accounts, "nobody", 1)
    clock.advance(days=1, seconds=1)
    fail_to_sign_in(accounts, "zhang.wei", 1)
    with reading(engine) as session:
        assert len(session.scalars(select(FailureRow)).all()) == 1


def test_a_password_is_hashed_anew_when_the_parameters_have_changed(
    accounts: Accounts, engine: Engine, clock: Clock, lawyer: Person
) -> None:
    def stored() -> str:
        with reading(engine) as session:
            return session.scalars(select(AccountRow.password_hash)).one()

    before = stored()
    accounts.sign_in("zhang.wei", PASSWORD)
    assert stored() == before
    stronger = Accounts(engine, clock, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    stronger.sign_in("zhang.wei", PASSWORD)
    assert "m=16,t=2" in stored()
    assert stronger.sign_in("zhang.wei", PASSWORD).person == lawyer


def test_a_session_of_an_account_closed_behind_our_back_does_not_hold(
    accounts: Accounts, engine: Engine, lawyer: Person
) -> None:
    token = accounts.sign_in("zhang.wei", PASSWORD).token
    with engine.begin() as connection:
        connection.execute(text("UPDATE accounts SET active = 0"))
    assert accounts.person_of(token) is None
