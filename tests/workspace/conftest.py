"""A store in a folder of its own, small sales files that land in it, and a look at its bytes from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from salesmetrics.workspace import Store, Version

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
READ_ON = date(2024, 12, 31)
CUSTOMER = "Quillfeather Ltd"
Upload = Callable[..., Path]


def orders(first_id: int = 1, rows: int = 20) -> str:
    """A small export of orders; its amounts are its ids."""
    ids = range(first_id, first_id + rows)
    lines = (f"{n},2024-01-{n % 28 + 1:02},North,Desk,{CUSTOMER},{n}.00" for n in ids)
    return "order_id,order_date,region,product,customer,amount\n" + "\n".join(lines) + "\n"


class Clock:
    """A clock that goes on by a minute at every look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    return tmp_path / "storage"


@pytest.fixture
def store(storage: Path) -> Iterator[Store]:
    opened = Store.open(storage, now=Clock())
    yield opened
    opened.close()


@pytest.fixture
def upload(store: Store) -> Upload:
    """Let a file land as the server's route does, and give its path."""

    def land(text: str | None = None, name: str = "orders.csv") -> Path:
        folder = store.incoming_folder / f"upload-{len(list(store.incoming_folder.iterdir()))}"
        folder.mkdir()
        (folder / name).write_text(orders() if text is None else text, encoding="utf-8")
        return folder / name

    return land


def amount(store: Store, version: Version) -> float:
    """Add up a version's orders by plain SQL on its file."""
    path = store.dataset(version).folder / "orders.parquet"
    with duckdb.connect() as connection:
        [(total,)] = connection.execute("SELECT sum(amount) FROM read_parquet(?)", [str(path)]).fetchall()
    return float(total)


def stored_bytes(storage: Path) -> bytes:
    """Everything that lies in a storage, file after file, their names too."""
    paths = [path for path in storage.rglob("*") if path.is_file()]
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in paths)


def stored_folders(storage: Path) -> set[str]:
    """The folders of versions and of what is half done."""
    return {path.name for place in ("versions", "aside") for path in (storage / place).iterdir()}
