"""Processes of their own that work on a storage: forked from a clean server, so that each starts at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from salesmetrics.workspace import Store, building, catalogue, disk, folders, metadata, versions
from tests.workspace.conftest import READ_ON, orders

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["salesmetrics.workspace", "tests.workspace.processes"])


def start(work: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """Start `work(its end of a pipe, *arguments)` and give the process and the other end."""
    ours, theirs = _context.Pipe()
    process = _context.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def kill(process: ForkServerProcess) -> None:
    """End a process as a power cut would, and wait until it is gone."""
    if process.pid and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(10)


def upload(store: Store, text: str) -> Path:
    """Let a file land in the incoming folder."""
    path = store.incoming_folder / f"{random.getrandbits(64):x}"
    path.write_text(text)
    return path


def work_on(pipe: Connection, storage: Path, seed: int) -> None:
    """Upload, read again and delete for ever, telling before and after each step what it is."""
    chance = random.Random(seed)
    store = Store.open(storage)
    pipe.send(("ready", ""))
    for start_id in itertools.count(1, 100):
        made = store.create("me", f"W{start_id}")
        pipe.send(("made", made.id))
        paths = [upload(store, orders(start_id)), upload(store, orders(start_id + 50))]
        version = store.add_version(made.id, "me", paths, read_on=READ_ON, names=["a.csv", "b.csv"])
        pipe.send(("added", version.id))
        again = store.read_again(made.id, "me", version.id, ["orders.amount=amount"])
        pipe.send(("added", again.id))
        pipe.send(("deleting", version.id))
        store.delete_version(made.id, "me", version.id)
        pipe.send(("deleted", version.id))
        victim = chance.choice(store.of("me"))
        pipe.send(("deleting", victim.id))
        for one in victim.versions:
            pipe.send(("deleting", one.id))
        store.delete(victim.id, "me")
        pipe.send(("deleted", victim.id))
        for one in victim.versions:
            pipe.send(("deleted", one.id))
        pipe.send(("cycle", ""))


MOMENTS: dict[str, tuple[Any, str]] = {
    "an upload moves in": (building, "move_in"),
    "its files are read": (building.ingest, "read"),
    "its files are written through": (building, "sync_tree"),
    "its manifest is written": (building, "write_manifest"),
    "it is swapped in": (building.Path, "rename"),
    "it is listed": (catalogue, "add_version"),
    "the lock is let go": (folders.Folders, "_let_go"),
    "the workspace is unlisted": (catalogue, "remove"),
    "the database forgets": (metadata.Database, "forget_deleted"),
    "the folder is removed": (versions, "remove_tree"),
    "a folder is half removed": (disk.shutil, "rmtree"),
}
"""Steps of adding a version and of deleting one, each by the function that takes it."""


def die_at(pipe: Connection, storage: Path, moment: str, when: str, workspace_id: str) -> None:
    """Add a version, or delete the workspace, and die just before or just after the step `moment`."""
    owner, name = MOMENTS[moment]
    done = getattr(owner, name)
    store = Store.open(storage)

    def dying(*arguments: Any, **options: Any) -> Any:
        if when == "after":
            done(*arguments, **options)
        elif name == "rmtree":
            next(path for path in Path(arguments[0]).rglob("*.parquet")).unlink()
        pipe.send("dying")
        os.kill(os.getpid(), signal.SIGKILL)

    path = upload(store, orders(500))
    setattr(owner, name, dying)
    if name in {"remove", "forget_deleted", "remove_tree", "rmtree"}:
        store.delete(workspace_id, "me")
    else:
        store.add_version(workspace_id, "me", [path], read_on=READ_ON)


def wait_at(pipe: Connection, storage: Path, moment: str, workspace_id: str) -> None:
    """Add a version, and wait just after the step `moment` until told to go on."""
    owner, name = MOMENTS[moment]
    done = getattr(owner, name)
    store = Store.open(storage)

    def waiting(*arguments: Any, **options: Any) -> Any:
        given = done(*arguments, **options)
        pipe.send("waiting")
        pipe.recv()
        return given

    path = upload(store, orders(500))
    setattr(owner, name, waiting)
    version = store.add_version(workspace_id, "me", [path], read_on=READ_ON)
    pipe.send(version.id)


def ensure_sample(pipe: Connection, storage: Path, path: Path) -> None:
    """Ask for the sample and tell the version that is on."""
    current = Store.open(storage).ensure_sample([path], READ_ON).current
    pipe.send(current and current.id)
