"""Who may sign in: accounts, passwords, sessions, and the lock after too many failures."""

import hashlib
import math
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from legal.errors import InputError, NotPermittedError, SignInError
from tasks.model import Clock, Person, Role, now
from tasks.storage import AccountRow, FailureRow, SessionRow, reading, writing

SESSION_HOURS = 12
FAILURES_ALLOWED = 5
LOCK_MINUTES = 15
PASSWORD_LENGTH = 10

# A row of failures with no further one for a day is forgotten, so that guessed names do not pile up.
_FAILURES_KEPT = timedelta(days=1)
_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_WRONG = (
    "登录名或密码不正确，请核对后重试。"
    f"连续 {FAILURES_ALLOWED} 次失败后，须等待 {LOCK_MINUTES} 分钟才能再次登录。"
)


class Operator:
    """Whoever holds the machine's command line and thus the database: the first account is made by them."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is needed to open an account."""

    sign_in_name: str
    display_name: str
    role: Role
    password: str = field(repr=False)
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A person as an administrator sees them."""

    person: Person
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened; the token is known to nobody else and is not kept here."""

    person: Person
    token: str = field(repr=False)
    expires_at: datetime


class Accounts:
    """Opens and closes accounts and sessions."""

    def __init__(self, engine: Engine, clock: Clock = now, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        # What an unknown name is checked against, so that it takes as long as a wrong password.
        self._nobodys_hash = self._hasher.hash(secrets.token_urlsafe())

    def create(self, by: Person | Operator, new: NewAccount) -> Person:
        """Open an account; only an administrator or the operator may."""
        with reading(self._engine) as session:
            _require_administrator(session, by)
        password_hash = self._hasher.hash(_checked_password(new.password))
        with writing(self._engine) as session:
            _require_administrator(session, by)
            return insert_account(session, new, password_hash, self._clock())

    def deactivate(self, by: Person | Operator, person_id: int) -> None:
        """Close an account and end its sessions at once; its tasks and traces stay."""
        with writing(self._engine) as session:
            _require_administrator(session, by)
            if isinstance(by, Person) and by.id == person_id:
                raise InputError("不能停用您自己的账户，请由其他管理员办理。")
            account = session.get(AccountRow, person_id)
            if account is None:
                raise InputError("没有这个账户，请刷新账户列表后重试。")
            account.active = False
            session.execute(delete(SessionRow).where(SessionRow.account_id == person_id))

    def people(self, by: Person | Operator) -> tuple[Account, ...]:
        """All accounts, closed ones too, by sign-in name."""
        with reading(self._engine) as session:
            _require_administrator(session, by)
            rows = session.scalars(select(AccountRow).order_by(AccountRow.sign_in_name))
            return tuple(Account(row.person(), row.active, row.created_at) for row in rows)

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Open a session; SignInError says the same for an unknown name and for a wrong password."""
        sign_in_name = _folded(name)
        name_hash = _sha256(sign_in_name)
        with reading(self._engine) as session:
            self._refuse_when_locked(session, name_hash)
            account = _find(session, sign_in_name)
            known_hash = account.password_hash if account else self._nobodys_hash
        # Checked with no transaction open: it takes long on purpose, and would keep all others waiting.
        matches = self._matches(known_hash, password)
        if account is None or not matches:
            self._count_failure(name_hash)
            raise SignInError(_WRONG)
        new_hash = self._hasher.hash(password) if self._hasher.check_needs_rehash(known_hash) else None
        return self._open_session(account.id, name_hash, new_hash)

    def person_of(self, token: str) -> Person | None:
        """Who holds this token; None when it is unknown, expired or signed out."""
        with reading(self._engine) as session:
            row = session.get(SessionRow, _sha256(token))
            if row is None or row.expires_at <= self._clock() or not row.account.active:
                return None
            return row.account.person()

    def sign_out(self, token: str) -> None:
        """End the session of this token, if there is one."""
        with writing(self._engine) as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _sha256(token)))

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerifyMismatchError:
            return False

    def _refuse_when_locked(self, session: Session, name_hash: str) -> None:
        row = session.get(FailureRow, name_hash)
        if row is None or row.failures < FAILURES_ALLOWED:
            return
        left = row.last_at + timedelta(minutes=LOCK_MINUTES) - self._clock()
        if left > timedelta(0):
            minutes = math.ceil(left / timedelta(minutes=1))
            raise SignInError(f"连续 {FAILURES_ALLOWED} 次登录失败，已暂停登录，请约 {minutes} 分钟后再试。")

    def _count_failure(self, name_hash: str) -> None:
        moment = self._clock()
        with writing(self._engine) as session:
            # Others may have failed on the same name while this password was checked.
            self._refuse_when_locked(session, name_hash)
            session.execute(delete(FailureRow).where(FailureRow.last_at < moment - _FAILURES_KEPT))
            row = session.get(FailureRow, name_hash)
            if row is None:
                session.add(FailureRow(name_hash=name_hash, failures=1, last_at=moment))
                return
            # A lock that has run out leaves a clean sheet.
            row.failures = row.failures % FAILURES_ALLOWED + 1
            row.last_at = moment

    def _open_session(self, account_id: int, name_hash: str, new_hash: str | None) -> SignedIn:
        moment = self._clock()
        token = secrets.token_urlsafe(32)
        expires_at = moment + timedelta(hours=SESSION_HOURS)
        with writing(self._engine) as session:
            # Again: of many guesses sent at once, the right one must not pass after five have failed.
            self._refuse_when_locked(session, name_hash)
            account = session.get_one(AccountRow, account_id)
            if not account.active:
                raise SignInError("该账户已停用，请联系管理员。")
            account.password_hash = new_hash or account.password_hash
            session.execute(delete(FailureRow).where(FailureRow.name_hash == name_hash))
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= moment))
            session.add(SessionRow(token_hash=_sha256(token), account_id=account_id, expires_at=expires_at))
            return SignedIn(account.person(), token, expires_at)


def acting_person(session: Session, actor: Person) -> Person:
    """The actor as the database knows them now; refused when their account has been closed since."""
    account = session.get(AccountRow, actor.id)
    if account is None or not account.active:
        raise NotPermittedError("您的账户已停用，请联系管理员。")
    return account.person()


def account_named(session: Session, name: str) -> AccountRow | None:
    """The account with a sign-in name, typed in any case and width; None where there is none."""
    return _find(session, _folded(name))


def insert_account(session: Session, new: NewAccount, password_hash: str, at: datetime) -> Person:
    """Write a new account; the one place where its names are checked."""
    sign_in_name = _folded(new.sign_in_name)
    if not _SIGN_IN_NAME.fullmatch(sign_in_name):
        raise InputError("登录名须为 2 至 32 个小写字母、数字或“.”“_”“-”，并以字母或数字开头，请修改。")
    if _find(session, sign_in_name) is not None:
        raise InputError(f"登录名“{sign_in_name}”已被使用，请换一个。")
    row = AccountRow(
        sign_in_name=sign_in_name,
        display_name=_checked_name(new.display_name, 80, "姓名"),
        role=new.role.value,
        organisation=_checked_name(new.organisation, 200, "单位") if new.organisation else None,
        password_hash=password_hash,
        active=True,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row.person()


def _require_administrator(session: Session, by: Person | Operator) -> None:
    if isinstance(by, Operator):
        return
    if acting_person(session, by).role is not Role.ADMINISTRATOR:
        raise NotPermittedError("只有管理员可以管理账户。如需办理，请联系管理员。")


def _checked_password(password: str) -> str:
    if len(password) < PASSWORD_LENGTH:
        raise InputError(f"密码至少需要 {PASSWORD_LENGTH} 个字符，请设置更长的密码。")
    return password


def _checked_name(name: str, longest: int, what: str) -> str:
    stripped = name.strip()
    if not 0 < len(stripped) <= longest:
        raise InputError(f"{what}须为 1 至 {longest} 个字符，请修改。")
    return stripped


def _find(session: Session, sign_in_name: str) -> AccountRow | None:
    return session.scalar(select(AccountRow).where(AccountRow.sign_in_name == sign_in_name))


def _folded(name: str) -> str:
    # Chinese input methods readily produce full-width letters.
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
