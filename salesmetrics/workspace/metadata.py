"""The tables in which workspaces are listed, and the database that holds them: SQLite, or a server by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
    inspect,
)  # fmt: skip
from sqlalchemy.exc import ArgumentError, InvalidRequestError, NoSuchModuleError, SQLAlchemyError

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _


class Moment(TypeDecorator[datetime]):
    """A moment in UTC on every database: SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment as it is stored."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment as it was."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_metadata = MetaData()


def _of_workspace(**options: Any) -> Column[str]:
    return Column("workspace_id", String(32), ForeignKey("workspaces.id", ondelete="CASCADE"), **options)


workspaces = Table(
    "workspaces", _metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("is_sample", Boolean, nullable=False, default=False),
    # The version that is on; no foreign key, since versions point at their workspace.
    Column("current", String(32)),
    Column("last_number", Integer, nullable=False, default=0),
    # As it stands in the link, so that it can be shown again: who reads this database reads the data anyway.
    Column("link", String(100), unique=True),
    # A hash: it lets one change things, and nobody has to see it a second time.
    Column("owner_secret", String(64), unique=True),
)  # fmt: skip

owners = Table(
    "owners", _metadata,
    _of_workspace(primary_key=True),
    Column("owner", String(320), primary_key=True, index=True),
    Column("used_at", Moment, nullable=False),
)  # fmt: skip

versions = Table(
    "versions", _metadata,
    Column("id", String(32), primary_key=True),
    _of_workspace(nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("files", JSON, nullable=False),
    Column("maps", JSON, nullable=False),
    Column("rows", JSON, nullable=False),
    Column("content", String(64), nullable=False),
    Column("manifest", String(64), nullable=False),
    Column("shape", String(16), nullable=False),
)  # fmt: skip

settings = Table(
    "settings", _metadata,
    _of_workspace(primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("text", Text, nullable=False),
)  # fmt: skip

mappings = Table(
    "mappings", _metadata,
    _of_workspace(primary_key=True),
    Column("header", String(64), primary_key=True),
    Column("maps", JSON, nullable=False),
)  # fmt: skip

documents = Table(
    "documents", _metadata,
    _of_workspace(primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("body", JSON, nullable=False),
    # Counts its changes, so that what one person wrote is not overwritten by one who never saw it.
    Column("edition", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)  # fmt: skip


class Database:
    """The database of a store; safe to share between threads."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
            if self._engine.dialect.name == "sqlite":
                _prepare_sqlite(self._engine)
            _metadata.create_all(self._engine)
            _add_missing_columns(self._engine)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, InvalidRequestError) as error:
            raise WorkspaceError(
                _("The database's address is not understood; write for example {example} and install its driver.")
                .format(example="postgresql+psycopg://user@host/name")
            ) from error  # fmt: skip
        except SQLAlchemyError as error:
            raise WorkspaceError(
                _("The database of workspaces cannot be opened; check its address, and that it runs.")
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads; raises WorkspaceError when the database does not answer."""
        with _answering(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes, all of it or nothing; raises WorkspaceError as `reading` does."""
        with _answering(), self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def forget_deleted(self) -> None:
        """Leave no byte of what was deleted in SQLite's files: its log still holds pages as they were."""
        if self._engine.dialect.name != "sqlite":
            return
        with _answering(), closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        message = _("The list of workspaces does not answer just now; try again in a moment.")
        raise WorkspaceError(message) from error


def _add_missing_columns(engine: Engine) -> None:
    """Bring the tables of an earlier release up to this one's; what it did not know of its rows is empty."""
    known = inspect(engine)
    with engine.begin() as connection:
        for table in _metadata.sorted_tables:
            there = {column["name"] for column in known.get_columns(table.name)}
            for column in table.columns:
                if column.name not in there:
                    empty = "" if column.nullable else " NOT NULL DEFAULT ''"
                    kind = column.type.compile(engine.dialect)
                    connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}{empty}")


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # Python's driver would begin transactions by itself, and late: two that read first could then not write.
        connection.isolation_level = None
        for pragma in (
            "busy_timeout = 30000",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
