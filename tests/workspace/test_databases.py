"""The same story on every database: SQLite in the storage folder, and a PostgreSQL server by its URL."""

from __future__ import annotations

import getpass
import importlib.util
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store
from tests.workspace.conftest import READ_ON, Upload, amount, orders, stored_folders


def _program(name: str) -> str | None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL server of our own, on a socket in a folder of its own; its URL."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if not importlib.util.find_spec("psycopg") or initdb is None or pg_ctl is None:
        pytest.skip("needs psycopg and the programs of a PostgreSQL server (Debian: postgresql)")
    # PostgreSQL will not run as root.
    user = pwd.getpwnam("postgres" if os.geteuid() == 0 else getpass.getuser())
    # A short path: that of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user: dict[str, Any] = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, "timeout": 120}
    as_user["env"] = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    if os.geteuid() == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    subprocess.run([initdb, "-D", "data", "-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync"], **as_user)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run([pg_ctl, "-D", "data", "-l", "log", "-w", "-t", "60", "-o", options, "start"], **as_user)
    yield f"postgresql+psycopg://app@/postgres?host={folder}"
    subprocess.run([pg_ctl, "-D", "data", "-m", "immediate", "-w", "stop"], **as_user)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of a database; None is the one in the storage folder."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("server"))


def test_a_whole_life(url: str | None, storage: Path, tmp_path: Path) -> None:
    beijing = timezone(timedelta(hours=8))
    store = Store.open(storage, url, now=lambda: datetime(2024, 6, 1, 2, 30, 15, 123456, tzinfo=beijing))
    second = Store.open(storage, url)
    (tmp_path / "orders.csv").write_text(orders())
    sample = store.ensure_sample([tmp_path / "orders.csv"], READ_ON)
    made = store.create("me", "华东 ' 销售")
    assert made.created_at == datetime(2024, 5, 31, 18, 30, 15, 123456, tzinfo=UTC)
    assert made.created_at.utcoffset() == timedelta(0)

    first = store.add_version(made.id, "me", [tmp_path / "orders.csv"], read_on=READ_ON, names=["订单.csv"])
    again = store.read_again(made.id, "me", first.id, ["orders.amount=amount"])
    store.set_settings(made.id, "me", {"currency": "€"})
    store.remember_mapping(made.id, "me", ["amount"], ["orders.amount=amount"])
    store.keep_document(made.id, "me", "targets", {"团队": [1.5, None]}, seen=0)
    assert {name: (one.body, one.edition) for name, one in second.documents(made.id).items()} == {
        "targets": ({"团队": [1.5, None]}, 1)
    }
    seen = second.by_link(made.link or "")
    assert seen == second.get(made.id, "me")
    assert seen is not None
    assert (seen.versions, seen.current, dict(seen.settings)) == ((again, first), again, {"currency": "€"})
    assert amount(second, again) == sum(range(1, 21))
    assert second.report(again) == store.report(again)

    second.go_back(made.id, "me", first.id)
    second.rename(made.id, "me", "Renamed")
    assert second.claim(store.owner_link(made.id, "me"), "you") is not None
    assert [(one.name, one.current) for one in store.of("you")] == [("Renamed", first)]
    store.delete_version(made.id, "you", again.id)
    assert store.known_contents() == {first.content, *(one.content for one in sample.versions)}
    store.revoke_link(made.id, "you")
    assert second.by_link(made.link or "") is None
    for strange in ("a\0b", "\ud800", "x" * 500, "' OR 1=1 --"):
        assert store.get(strange, "me") is None
        assert store.by_link(strange) is None
        assert store.claim(strange, "me") is None
        with pytest.raises(WorkspaceError, match="not yours"):
            store.delete(strange, "me")

    store.delete(made.id, "me")
    assert second.of("me") == second.of("you") == []
    assert second.sample() == sample
    assert stored_folders(storage) == {one.id for one in sample.versions}
    for one in (store, second):
        one.close()


def test_versions_added_at_once_are_all_there_under_numbers_of_their_own(url: str | None, storage: Path) -> None:
    stores = [Store.open(storage, url) for _n in range(2)]
    made = stores[0].create("crowd", "W")

    def add(n: int) -> int:
        store = stores[n % 2]
        path = store.incoming_folder / f"upload-{n}"
        path.write_text(orders(n * 100))
        return store.add_version(made.id, "crowd", [path], read_on=READ_ON).number

    with ThreadPoolExecutor(4) as threads:
        numbers = list(threads.map(add, range(6)))
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    seen = stores[1].get(made.id, "crowd")
    assert seen is not None
    assert [version.number for version in seen.versions] == [6, 5, 4, 3, 2, 1]
    assert seen.current == seen.versions[0]
    assert stored_folders(storage) == {version.id for version in seen.versions}
    stores[0].delete(made.id, "crowd")
    for store in stores:
        store.close()


def test_a_workspace_deleted_while_files_are_read_for_it(url: str | None, storage: Path, tmp_path: Path) -> None:
    store = Store.open(storage, url)
    made = store.create("me", "W")
    path = store.incoming_folder / "upload"
    path.write_text(orders())
    with pytest.raises(WorkspaceError, match="not there any more"):
        store.add_version(
            made.id, "me", [path], progress=lambda _step: store.of("me") and store.delete(made.id, "me")
        )
    assert stored_folders(storage) == set()
    assert path.read_text() == orders()
    store.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "address is not understood"),
        ("oracle+nodriver://x/y", "address is not understood"),
        ("sqlite:////proc/none/such/file.sqlite", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(storage: Path, address: str, said: str) -> None:
    with pytest.raises(WorkspaceError, match=said):
        Store.open(storage, address)


def test_a_storage_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="storage folder inside cannot be written"):
        Store.open(tmp_path / "file" / "inside")


def test_a_storage_of_an_earlier_release_is_opened(storage: Path, upload: Upload) -> None:
    store = Store.open(storage)
    made = store.create("me", "From before")
    before = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    store.close()
    with closing(sqlite3.connect(storage / "workspaces.sqlite")) as database:
        database.execute("ALTER TABLE versions DROP COLUMN shape")
        database.execute("DROP TABLE documents")
        database.commit()
    store = Store.open(storage)
    seen = store.get(made.id, "me")
    assert seen is not None
    assert seen.current is not None
    assert (seen.current.id, seen.current.shape) == (before.id, "")
    assert store.documents(made.id) == {}
    now = store.refreshed(seen).current
    assert now is not None
    assert amount(store, now) == sum(range(1, 21))
