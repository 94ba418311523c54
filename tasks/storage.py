"""The tables of accounts, keys and tasks, how the database is opened, and how its schema is renewed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from tasks.model import (
    SHANGHAI,
    Event,
    EventKind,
    Note,
    Person,
    Role,
    Task,
    TaskKind,
    TaskState,
)

_BUSY_MILLISECONDS = 10_000
_WRITES = "lvzhi_writes"


class Moment(TypeDecorator[datetime]):
    """A moment, kept as UTC and given back as the time in Shanghai."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC).astimezone(SHANGHAI)


class Base(DeclarativeBase):
    """Constraints have names, because a migration can only change what it can name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 (SQLAlchemy's own declaration)


class AccountRow(Base):
    """Somebody who can sign in. Rows are never deleted: the audit trail points at them."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(String(32), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(32))
    organisation: Mapped[str | None] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool]
    created_at: Mapped[datetime]

    def person(self) -> Person:
        return Person(self.id, self.sign_in_name, self.display_name, Role(self.role), self.organisation)


class SessionRow(Base):
    """A sign-in that still holds; signing out deletes it. Only the token's SHA-256 is known here."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    account: Mapped[AccountRow] = relationship(lazy="joined", innerjoin=True)


class FailureRow(Base):
    """Sign-ins in a row that failed, by the SHA-256 of the name that was typed.

    Names without an account are counted too, or the lock would tell which names exist. They are hashed,
    because people type their password into the wrong field.
    """

    __tablename__ = "sign_in_failures"

    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


class ApiKeyRow(Base):
    """A key of the HTTP API, of which only the secret's SHA-256 is known here. Rows are never deleted."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_used: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    account: Mapped[AccountRow] = relationship(lazy="joined", innerjoin=True)


class TaskRow(Base):
    """An enforcement task; money is in fen."""

    __tablename__ = "tasks"
    __table_args__ = (Index(None, "assigned_to_id", "state"), Index(None, "assigned_by_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(String(80), index=True)
    court: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str]
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(32))
    assigned_to_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    due_date: Mapped[date | None]
    due_basis: Mapped[str | None] = mapped_column(String(200))
    claim_amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    is_livelihood: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    assigned_to: Mapped[AccountRow] = relationship(
        lazy="joined", innerjoin=True, foreign_keys="TaskRow.assigned_to_id"
    )
    assigned_by: Mapped[AccountRow] = relationship(
        lazy="joined", innerjoin=True, foreign_keys="TaskRow.assigned_by_id"
    )

    def task(self) -> Task:
        return Task(
            id=self.id,
            case_number=self.case_number,
            court=self.court,
            title=self.title,
            description=self.description,
            kind=TaskKind(self.kind),
            state=TaskState(self.state),
            assigned_to=self.assigned_to.person(),
            assigned_by=self.assigned_by.person(),
            due_date=self.due_date,
            due_basis=self.due_basis,
            claim_amount_fen=self.claim_amount_fen,
            is_livelihood=self.is_livelihood,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )


class NoteRow(Base):
    """A note on a task."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]

    author: Mapped[AccountRow] = relationship(lazy="joined", innerjoin=True)

    def note(self) -> Note:
        return Note(self.id, self.author.person(), self.text, self.created_at)


class EventRow(Base):
    """A line of the audit trail."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    what: Mapped[str] = mapped_column(String(32))
    from_state: Mapped[str | None] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str | None]
    at: Mapped[datetime]

    account: Mapped[AccountRow] = relationship(lazy="joined", innerjoin=True)

    def event(self) -> Event:
        return Event(
            id=self.id,
            who=self.account.person(),
            what=EventKind(self.what),
            from_state=TaskState(self.from_state) if self.from_state else None,
            to_state=TaskState(self.to_state),
            reason=self.reason,
            at=self.at,
        )


def open_database(url: str) -> Engine:
    """An engine on the database at `url`; call `migrate` before it is used."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version: all of it or, on an error, nothing."""
    config = Config()
    config.set_main_option("script_location", "tasks:migrations")
    with engine.execution_options(**{_WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database throughout."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that is committed whole at the end, or not at all."""
    with Session(engine.execution_options(**{_WRITES: True})) as session, session.begin():
        yield session


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    # WAL alone may lose the last commits at a power cut; FULL does not.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Left alone, Python's driver begins late, and leaves reads and schema changes outside.
    # A transaction that reads first and writes later fails at once when another has written in between,
    # whatever the busy timeout. One that is going to write therefore takes the lock at its start.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
