"""Accounts: what one must be, and who may manage them."""

from pathlib import Path

import pytest
from account_world import OPERATOR, PASSWORD, QUICK, Clock, new_account, new_database
from sqlalchemy import Engine

from legal.errors import InputError, NotPermittedError
from tasks.accounts import Accounts, NewAccount
from tasks.model import Person, Role


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


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (new_account(password="123456789"), "至少需要 10 个字符"),
        (new_account(name="a"), "登录名须为"),
        (new_account(name="张律师"), "登录名须为"),
        (new_account(name="a b"), "登录名须为"),
        (new_account(name="-ab"), "登录名须为"),
        (new_account(name="x" * 33), "登录名须为"),
        (NewAccount("abc", "  ", Role.JUDGE, PASSWORD), "姓名须为"),
        (NewAccount("abc", "长" * 81, Role.JUDGE, PASSWORD), "姓名须为"),
        (NewAccount("abc", "王法官", Role.JUDGE, PASSWORD, "院" * 201), "单位须为"),
    ],
    ids=[
        "short password",
        "short name",
        "Chinese name",
        "space",
        "hyphen first",
        "long name",
        "no display name",
        "long display name",
        "long organisation",
    ],
)
def test_an_account_with_a_flaw_is_refused(accounts: Accounts, new: NewAccount, message: str) -> None:
    with pytest.raises(InputError, match=message):
        accounts.create(OPERATOR, new)
    assert accounts.people(OPERATOR) == ()


@pytest.mark.parametrize("name", ["zhang.wei", "ZHANG.WEI"])
def test_a_name_in_use_is_refused(accounts: Accounts, lawyer: Person, name: str) -> None:
    with pytest.raises(InputError, match="已被使用"):
        accounts.create(OPERATOR, new_account(name))


def test_a_person_without_an_organisation_has_none(accounts: Accounts) -> None:
    person = accounts.create(OPERATOR, NewAccount("abc", "陈研究员", Role.RESEARCHER, PASSWORD))
    assert person.organisation is None


def test_an_administrator_manages_accounts(accounts: Accounts, lawyer: Person) -> None:
    administrator = accounts.create(OPERATOR, new_account("admin", Role.ADMINISTRATOR))
    judge = accounts.create(administrator, new_account("judge", Role.JUDGE))
    accounts.deactivate(administrator, lawyer.id)
    listed = {account.person: account.active for account in accounts.people(administrator)}
    assert listed == {administrator: True, judge: True, lawyer: False}


@pytest.mark.parametrize("role", [Role.LAWYER, Role.JUDGE, Role.RESEARCHER])
def test_nobody_but_an_administrator_manages_accounts(accounts: Accounts, lawyer: Person, role: Role) -> None:
    person = accounts.create(OPERATOR, new_account("somebody", role))
    with pytest.raises(NotPermittedError):
        accounts.create(person, new_account("friend"))
    with pytest.raises(NotPermittedError):
        accounts.deactivate(person, lawyer.id)
    with pytest.raises(NotPermittedError):
        accounts.people(person)
    assert [account.active for account in accounts.people(OPERATOR)] == [True, True]


def test_a_person_who_only_claims_to_be_an_administrator_is_refused(
    accounts: Accounts, lawyer: Person
) -> None:
    pretender = Person(lawyer.id, lawyer.sign_in_name, lawyer.display_name, Role.ADMINISTRATOR)
    with pytest.raises(NotPermittedError):
        accounts.create(pretender, new_account("friend"))


def test_a_deactivated_administrator_manages_nothing(accounts: Accounts, lawyer: Person) -> None:
    administrator = accounts.create(OPERATOR, new_account("admin", Role.ADMINISTRATOR))
    accounts.deactivate(OPERATOR, administrator.id)
    with pytest.raises(NotPermittedError, match="已停用"):
        accounts.deactivate(administrator, lawyer.id)


def test_an_administrator_cannot_lock_themselves_out(accounts: Accounts) -> None:
    administrator = accounts.create(OPERATOR, new_account("admin", Role.ADMINISTRATOR))
    with pytest.raises(InputError, match="自己"):
        accounts.deactivate(administrator, administrator.id)
    assert accounts.sign_in("admin", PASSWORD).person == administrator


def test_an_account_that_is_not_there_cannot_be_deactivated(accounts: Accounts) -> None:
    with pytest.raises(InputError, match="没有这个账户"):
        accounts.deactivate(OPERATOR, 99)
