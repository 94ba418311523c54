"""Keys of the HTTP API: made and revoked by the operator, each acts for the account that owns it."""

import hashlib
import hmac
import logging
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from legal.errors import InputError
from tasks.accounts import account_named
from tasks.model import Clock, Person, now
from tasks.storage import ApiKeyRow, reading, writing

_LOG = logging.getLogger(__name__)
_SECRET_BYTES = 32
# The number finds the row, so that no look-up depends on the secret; the beginning tells what was leaked.
_KEY = re.compile(r"lz_(?P<number>[0-9]{1,9})_(?P<secret>[A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the operator sees it: nothing in it opens anything. `last_used` is a day in China.

    `owner_active` is whether the owner's account is open; while it is closed the key opens nothing.
    """

    number: int
    owner: Person
    owner_active: bool
    created_at: datetime
    last_used: date | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; the text to send is known to nobody else and is not kept here."""

    key: ApiKey
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a request acts for, and by which key."""

    number: int
    person: Person


class ApiKeys:
    """Makes, lists, revokes and recognises keys. All but recognising is for the machine's command line."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = Lock()
        self._noted: dict[int, date] = {}  # the last day for which a note of each key's use was tried

    def create(self, owner_name: str) -> NewKey:
        """A key for the account of that sign-in name. Raises InputError where it is unknown or closed."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with writing(self._engine) as session:
            owner = account_named(session, owner_name)
            if owner is None:
                raise InputError(f"没有登录名为“{owner_name}”的账户。请先用 lvzhi account add 添加。")
            if not owner.active:
                raise InputError(f"账户“{owner.sign_in_name}”已停用，不能添加密钥。")
            row = ApiKeyRow(account=owner, secret_hash=_sha256(secret), created_at=self._clock())
            session.add(row)
            session.flush()
            return NewKey(_key(row), f"lz_{row.id}_{secret}")

    def all(self) -> tuple[ApiKey, ...]:
        """All keys, revoked ones too, in the order in which they were made."""
        with reading(self._engine) as session:
            return tuple(_key(row) for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.id)))

    def revoke(self, number: int) -> ApiKey:
        """End a key at once; one that has ended stays as it is. Raises InputError for an unknown number."""
        with writing(self._engine) as session:
            row = session.get(ApiKeyRow, number)
            if row is None:
                raise InputError(f"没有编号为 {number} 的密钥。请用 lvzhi key list 查看编号。")
            row.revoked_at = row.revoked_at or self._clock()
            return _key(row)

    def holder(self, text: str) -> Holder | None:
        """Who a key acts for; None where it is unknown or revoked, or its owner's account is closed."""
        written = _KEY.fullmatch(text)
        if written is None:
            return None
        number, today = int(written["number"]), self._clock().date()
        with reading(self._engine) as session:
            row = session.get(ApiKeyRow, number)
            if row is None or not hmac.compare_digest(row.secret_hash, _sha256(written["secret"])):
                return None
            if row.revoked_at is not None or not row.account.active:
                return None
            holder, last_used = Holder(number, row.account.person()), row.last_used
        if last_used != today:
            self._note_use(number, today)
        return holder

    def _note_use(self, number: int, today: date) -> None:
        """Notes the day, if this was not tried before: a request does not wait again for a locked database.

        Nobody is refused because it fails: the day is for the operator's list alone.
        """
        with self._lock:
            if self._noted.get(number) == today:
                return
            self._noted[number] = today
        try:
            with writing(self._engine) as session:
                session.get_one(ApiKeyRow, number).last_used = today
        except SQLAlchemyError as error:
            _LOG.warning("the use of key %d could not be noted: %s", number, type(error).__name__)


def _key(row: ApiKeyRow) -> ApiKey:
    owner = row.account
    return ApiKey(row.id, owner.person(), owner.active, row.created_at, row.last_used, row.revoked_at)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
