"""A database for accounts, a clock that is moved by hand, and passwords that are hashed quickly."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from legal.errors import SignInError
from tasks.accounts import Accounts, NewAccount, Operator
from tasks.model import SHANGHAI, Role
from tasks.storage import migrate, open_database

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse 律执"
OPERATOR = Operator()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


def new_database(folder: Path) -> Engine:
    """A database without accounts, in `folder`."""
    engine = open_database(f"sqlite:///{folder / 'tasks.db'}")
    migrate(engine)
    return engine


def new_account(name: str = "zhang.wei", role: Role = Role.LAWYER, password: str = PASSWORD) -> NewAccount:
    return NewAccount(name, "张律师", role, password, "某某律师事务所")


def fail_to_sign_in(accounts: Accounts, name: str, times: int) -> str:
    """What the last of so many tries with a wrong password is answered."""
    message = ""
    for _ in range(times):
        with pytest.raises(SignInError) as caught:
            accounts.sign_in(name, "not the password")
        message = caught.value.message
    return message
