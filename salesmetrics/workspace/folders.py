"""Where a store keeps what: folders of versions, of those being written, of uploads, and the locks of writers.

Who writes a version holds a lock of its id from before its first byte until it is listed in the database, so that
what a killed process left can be told from what a live one is writing, in whichever process.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace.disk import remove_tree

_log = logging.getLogger("salesmetrics.workspace")
_GATE = "gate"
_VERSION_ID = re.compile(r"[0-9a-f]{32}")


def default_folder() -> Path:
    """Give the folder in which workspaces are stored when nobody names another."""
    return Path.home() / ".salesmetrics"


class Folders:
    """The folders of one storage."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.versions, self.aside = root / "versions", root / "aside"
        self.incoming, self._locks = root / "incoming", root / "locks"

    def make(self) -> None:
        """Make what is missing, for nobody's eyes but the server's."""
        for folder in (self.root, self.versions, self.aside, self.incoming, self._locks):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Let one process at a time, and one thread of it, do what `name` says."""
        with self._lock(name):
            yield

    @contextmanager
    def writing(self) -> Iterator[str]:
        """Give the id of a new version, held as being written until the end."""
        version_id = secrets.token_hex(16)
        lock = self._lock(version_id)
        # Within the gate no sweep comes between the making of the lock's file and the lock on it.
        with self.alone(_GATE):
            lock.acquire()
        try:
            yield version_id
        finally:
            self._let_go(version_id, lock)

    @contextmanager
    def landing(self) -> Iterator[Path]:
        """Give a folder in which uploads of this process land; it goes at the end, or with the next sweep if killed."""
        with self.writing() as held:
            folder = self.incoming / held
            folder.mkdir(mode=0o700)
            try:
                yield folder
            finally:
                remove_tree(folder)

    def sweep_versions(self, listed: Callable[[], set[str]]) -> int:
        """Remove what killed processes left: uploads, and versions that are not `listed`; count the folders removed."""
        places = (self.aside, self.versions, self.incoming)
        found = {path.name for place in places for path in place.iterdir()} - listed()
        found |= {path.stem for path in self._locks.iterdir()}
        ids = sorted(name for name in found if _VERSION_ID.fullmatch(name))
        return sum(self._remove_if_dead(version_id, listed) for version_id in ids)

    def _remove_if_dead(self, version_id: str, listed: Callable[[], set[str]]) -> int:
        lock = self._lock(version_id)
        try:
            with self.alone(_GATE):
                lock.acquire(blocking=False)
        except Timeout:
            return 0
        try:
            removed = int(remove_tree(self.aside / version_id)) + int(remove_tree(self.incoming / version_id))
            # Asked again: its writer may have listed it and let go since the first look.
            if version_id not in listed():
                removed += int(remove_tree(self.versions / version_id))
            return removed
        except WorkspaceError as error:
            # No reason not to start: the next sweep tries again.
            _log.warning("%s (%s)", error, version_id)
            return 0
        finally:
            self._let_go(version_id, lock)

    def sweep_incoming(self, before: datetime) -> int:
        """Remove uploads that nobody has touched since `before`, and count them."""
        landings = [path for path in self.incoming.iterdir() if _VERSION_ID.fullmatch(path.name)]
        uploads = [path for path in self.incoming.iterdir() if path not in landings]
        for landing in landings:
            with suppress(OSError):
                uploads += landing.iterdir()
        old = [path for path in uploads if _touched(path) < before.timestamp()]
        for path in old:
            if path.is_dir():
                remove_tree(path)
            else:
                path.unlink(missing_ok=True)
        return len(old)

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._locks / f"{name}.lock", thread_local=False)

    def _let_go(self, name: str, lock: FileLock) -> None:
        # While it is held: nobody else can have taken this file for theirs. No other version gets this name.
        with suppress(OSError):
            (self._locks / f"{name}.lock").unlink()
        lock.release()


def _touched(path: Path) -> float:
    try:
        inside = [child.stat().st_mtime for child in path.rglob("*")] if path.is_dir() else []
        return max([path.stat().st_mtime, *inside])
    except OSError:
        # It is moved or removed this very moment: somebody is at it.
        return float("inf")
