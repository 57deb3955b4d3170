"""A process killed at any moment leaves whole versions and nothing else; a live one is left alone."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb
import pytest

from salesmetrics.workspace import Store, Version
from tests.workspace.conftest import READ_ON, Upload, amount, orders, stored_folders
from tests.workspace.processes import MOMENTS, die_at, kill, start, wait_at, work_on

KILLS = int(os.environ.get("KILLS", "6"))
"""How often the long test kills: 50 by hand (KILLS=50), few where every change is tested."""

DELETING = [
    "the workspace is unlisted",
    "the database forgets",
    "the folder is removed",
    "a folder is half removed",
]
ADDING = [moment for moment in MOMENTS if moment not in {*DELETING, "the lock is let go"}]


def assert_whole(store: Store, storage: Path) -> dict[str, Version]:
    """See that every workspace opens on whole versions and nothing is orphaned; give the versions there are."""
    found: dict[str, Version] = {}
    for workspace in store.of("me"):
        assert (workspace.current is None) == (workspace.versions == ())
        for version in workspace.versions:
            store.verify(version)
            path = str(store.dataset(version).folder / "orders.parquet")
            rows = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [path]).fetchall()
            assert rows == [(version.rows["orders"],)]
            assert store.report(version).sheets
            found[version.id] = version
    # Seen from outside, by other means than the store's.
    with sqlite3.connect(storage / "workspaces.sqlite") as database:
        assert {row[0] for row in database.execute("SELECT id FROM versions")} == set(found)
        [(owned, all_there_are)] = database.execute(
            "SELECT (SELECT count(DISTINCT workspace_id) FROM owners), (SELECT count(*) FROM workspaces)"
        )
        assert owned == all_there_are
    database.close()
    assert stored_folders(storage) == set(found)
    assert {path.name for path in (storage / "locks").iterdir()} <= {"gate.lock", "database.lock"}
    return found


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("moment", ADDING)
def test_killed_while_uploading(store: Store, storage: Path, upload: Upload, moment: str, when: str) -> None:
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload(orders(1))], read_on=READ_ON)
    process, pipe = start(die_at, storage, moment, when, made.id)
    assert pipe.poll(60)
    assert pipe.recv() == "dying"
    process.join(10)

    reopened = Store.open(storage)
    assert set(assert_whole(reopened, storage)) == {old.id}, "the version that was on is on"
    seen = reopened.get(made.id, "me")
    assert seen is not None
    assert seen.current == old
    # An upload that had not moved in yet is one that nobody came back for.
    reopened.sweep(datetime.now(UTC) + timedelta(days=2))
    assert list((storage / "incoming").glob("*")) == []
    again = reopened.add_version(made.id, "me", [upload(orders(9))], read_on=READ_ON)
    assert amount(reopened, again) == sum(range(9, 29))
    reopened.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_when_all_is_done_but_the_lock(store: Store, storage: Path, upload: Upload, when: str) -> None:
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload(orders(1))], read_on=READ_ON)
    process, pipe = start(die_at, storage, "the lock is let go", when, made.id)
    assert pipe.poll(60)
    assert pipe.recv() == "dying"
    process.join(10)

    reopened = Store.open(storage)
    assert_whole(reopened, storage)
    seen = reopened.get(made.id, "me")
    assert seen is not None
    assert seen.current is not None
    assert seen.versions == (seen.current, old), "it was listed, so it is on"
    assert amount(reopened, seen.current) == sum(range(500, 520))
    reopened.close()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("moment", DELETING)
def test_killed_while_deleting(store: Store, storage: Path, upload: Upload, moment: str, when: str) -> None:
    made, other = store.create("me", "Vermilion"), store.create("me", "Other")
    version = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    kept = store.add_version(other.id, "me", [upload()], read_on=READ_ON)
    process, pipe = start(die_at, storage, moment, when, made.id)
    assert pipe.poll(60)
    assert pipe.recv() == "dying"
    process.join(10)

    reopened = Store.open(storage)
    committed = moment != "the workspace is unlisted"
    assert set(assert_whole(reopened, storage)) == ({kept.id} if committed else {kept.id, version.id})
    assert (reopened.by_link(made.link or "") is None) == committed
    # The store of this process is open all along: nothing waits for the last one to close.
    in_bytes = any(b"Vermilion" in path.read_bytes() for path in storage.glob("workspaces.*"))
    assert in_bytes != committed
    reopened.close()


@pytest.mark.parametrize("moment", ADDING)
def test_a_sweep_leaves_a_live_writer_alone(store: Store, storage: Path, upload: Upload, moment: str) -> None:
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    process, pipe = start(wait_at, storage, moment, made.id)
    assert pipe.poll(60)
    assert pipe.recv() == "waiting"
    if moment == "it is listed":
        # It holds the database now; who opens the store waits for it, as do those who write.
        sweeping, swept = start(sweep_once, storage)
    else:
        other = Store.open(storage)
        other.sweep(datetime.now(UTC) + timedelta(hours=1))
        other.close()
    assert len(stored_folders(storage) - {old.id}) == 1, "what it writes is there"
    pipe.send("go on")
    assert pipe.poll(60)
    added = pipe.recv()
    process.join(10)
    if moment == "it is listed":
        assert swept.poll(60)
        assert swept.recv() == 0
        sweeping.join(10)
    assert set(assert_whole(store, storage)) == {old.id, added}


def sweep_once(pipe: Connection, storage: Path) -> None:
    pipe.send(Store.open(storage).sweep(datetime.now(UTC)).folders)


def test_killed_at_random_moments(storage: Path) -> None:
    chance = random.Random(20240601)
    process, pipe = start(work_on, storage, 0)
    said = list[tuple[str, str]]()
    began = 0.0
    while said[-1:] != [("cycle", "")]:
        assert pipe.poll(60)
        said.append(pipe.recv())
        began = began or time.monotonic()
    cycle = time.monotonic() - began
    kill(process)
    said += drained(pipe)

    live, gone, in_doubt, cut_short = set[str](), set[str](), set[str](), 0
    for number in range(KILLS):
        for what, name in said:
            if what in {"made", "added"}:
                live.add(name)
            elif what == "deleting":
                in_doubt.add(name)
            elif what == "deleted":
                gone.add(name)
        cut_short += bool(list((storage / "aside").iterdir()))
        store = Store.open(storage)
        versions = assert_whole(store, storage)
        there = {workspace.id for workspace in store.of("me")} | set(versions)
        assert live - in_doubt - gone <= there, "what was told as done is there"
        assert not gone & there, "what was told as deleted is not"
        store.sweep(datetime.now(UTC) + timedelta(days=2))
        assert list((storage / "incoming").iterdir()) == []
        store.close()
        live, in_doubt = there, set()

        process, pipe = start(work_on, storage, number + 1)
        assert pipe.poll(60)
        said = [pipe.recv()]
        # Spread over the whole of a cycle, whatever this machine's pace.
        time.sleep((number + chance.random()) / KILLS * cycle)
        kill(process)
        said += drained(pipe)
    store = Store.open(storage)
    assert_whole(store, storage)
    store.close()
    assert cut_short, "some kill came in the midst of writing"


def drained(pipe: Connection) -> list[tuple[str, str]]:
    """Give what a process had said before it was killed."""
    said = []
    try:
        while pipe.poll():
            said.append(pipe.recv())
    except (EOFError, OSError):
        pass
    pipe.close()
    return said
