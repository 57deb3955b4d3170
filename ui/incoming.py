"""Files on their way in: who may send them, how much of them there is room for, and where they lie until read."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from ui.file_names import path_name, shown_name

MEGABYTE = 1 << 20
USUAL_MEGABYTES = 2048
FILES_OF_LARGEST_SIZE = 4
"""One drop may hold as much as this many files of the largest size."""

_FILE_ID = re.compile(r"[a-z0-9-]{1,40}")


class Refusal(StrEnum):
    """Why a file is not taken; the uploader has the sentence for each."""

    NOT_ALLOWED = "not_allowed"
    SESSION_GONE = "session_gone"
    TOO_LARGE = "too_large"
    DROP_TOO_LARGE = "drop_too_large"
    TOO_MANY = "too_many"
    BUSY = "busy"
    DISK_FULL = "disk_full"
    INTERRUPTED = "interrupted"
    NOT_STORED = "not_stored"
    NOT_UNDERSTOOD = "not_understood"


class RefusedError(Exception):
    """A file, or a whole drop, is not taken."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True)
class Limits:
    """How much may come in: bytes a file and a drop, files a drop, files of a session at once, and patience."""

    file_bytes: int = USUAL_MEGABYTES * MEGABYTE
    drop_bytes: int = FILES_OF_LARGEST_SIZE * USUAL_MEGABYTES * MEGABYTE
    files: int = 200
    at_once: int = 6
    spare_bytes: int = 1024 * MEGABYTE
    """What has to stay free on the disk."""
    seconds: float = 12 * 3600
    """For so long after it was last used a ticket is good."""
    quiet_seconds: float = 120
    """A file of which nothing comes for so long has broken off."""


def largest_upload() -> int:
    """Give the bytes that one file may have: SALESMETRICS_MAX_UPLOAD_MB (whole megabytes), else 2048 MB.

    Raises SalesMetricsError when the variable holds anything else.
    """
    said = os.environ.get("SALESMETRICS_MAX_UPLOAD_MB", "").strip() or str(USUAL_MEGABYTES)
    if not re.fullmatch(r"[0-9]{1,9}", said) or int(said) == 0:
        raise SalesMetricsError(
            _(
                "SALESMETRICS_MAX_UPLOAD_MB is {value}: it has to be a whole number of megabytes, such as 2048."
            ).format(value=said)
        )
    return int(said) * MEGABYTE


@cache
def _own_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="salesmetrics-incoming-")


@dataclass
class _Place:
    folder: Path | None = None
    limits: Limits | None = None


_place = _Place()


def configure(folder: Path, max_bytes: int | None = None) -> None:
    """Say at start where files come in, and how many bytes one may have (else what `largest_upload` says)."""
    largest = largest_upload() if max_bytes is None else max_bytes
    _place.folder = folder
    _place.limits = replace(Limits(), file_bytes=largest, drop_bytes=FILES_OF_LARGEST_SIZE * largest)


def limits() -> Limits:
    """Give the limits that new tickets carry."""
    if _place.limits is None:
        largest = largest_upload()
        _place.limits = replace(Limits(), file_bytes=largest, drop_bytes=FILES_OF_LARGEST_SIZE * largest)
    return _place.limits


@dataclass(frozen=True)
class Arrived:
    """A file that is here in full: its name as the person knows it, where it lies, its bytes."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True)
class Batch:
    """The files of one drop; they are on disk for as long as someone holds the batch, or until `discard`."""

    files: tuple[Arrived, ...]
    folder: tempfile.TemporaryDirectory[str] = field(repr=False, compare=False)


def discard(batch: Batch) -> None:
    """Remove the files of `batch`, once they are read."""
    batch.folder.cleanup()


@dataclass
class Coming:
    """A file that is being received into `part`; `size` is what the browser announced."""

    id: str
    name: str
    size: int
    part: Path
    target: Path
    received: int = 0


_lock = threading.Lock()
# Only the session holds a ticket: when the session ends, the ticket and its folder go with it.
_tickets: weakref.WeakValueDictionary[str, Ticket] = weakref.WeakValueDictionary()


_folders: weakref.WeakSet[tempfile.TemporaryDirectory[str]] = weakref.WeakSet()


def _new_folder(root: Path) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="drop-", dir=root, ignore_cleanup_errors=True)
    _folders.add(folder)
    return folder


def close() -> None:
    """Remove all that came in: a server that is told to stop ends without Python's own tidying."""
    for folder in list(_folders):
        folder.cleanup()


class Ticket:
    """Leave for one session to send one drop of files; nothing in it comes from the browser unchecked."""

    def __init__(self, session: str, xsrf: bytes | None, root: Path, allowed: Limits) -> None:
        self.session, self.xsrf, self.limits = session, xsrf, allowed
        self._root = root
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._coming: dict[str, Coming] = {}
        self._arrived: dict[str, Arrived] = {}
        self._begun = 0
        self._settled: tuple[str, ...] | None = None
        self._taken = False
        self.renew()

    def renew(self) -> None:
        """Make the ticket good for its full time again."""
        self._good_until = time.monotonic() + self.limits.seconds

    @property
    def expired(self) -> bool:
        """Whether nobody used the ticket for too long."""
        return time.monotonic() > self._good_until

    def check(self, file_id: str, size: int) -> None:
        """Say whether a file of `size` bytes would be taken now; raises RefusedError when not."""
        with _lock:
            self._check(file_id, size)

    def _check(self, file_id: str, size: int) -> None:
        if not _FILE_ID.fullmatch(file_id) or size < 0 or file_id in self._arrived:
            raise RefusedError(Refusal.NOT_UNDERSTOOD)
        # A browser sends again by itself where a connection broke, before we may have noticed that it did.
        if file_id in self._coming:
            raise RefusedError(Refusal.INTERRUPTED)
        if self._settled is not None:
            raise RefusedError(Refusal.SESSION_GONE)
        if size > self.limits.file_bytes:
            raise RefusedError(Refusal.TOO_LARGE)
        sizes = [file.size for file in self._coming.values()] + [file.size for file in self._arrived.values()]
        if len(sizes) >= self.limits.files:
            raise RefusedError(Refusal.TOO_MANY)
        if sum(sizes) + size > self.limits.drop_bytes:
            raise RefusedError(Refusal.DROP_TOO_LARGE)
        others = list(_tickets.values())
        if sum(len(one._coming) for one in others if one.session == self.session) >= self.limits.at_once:
            raise RefusedError(Refusal.BUSY)
        promised = sum(max(0, file.size - file.received) for one in others for file in one._coming.values())
        self._root.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._root).free - promised < size + self.limits.spare_bytes:
            raise RefusedError(Refusal.DISK_FULL)

    def begin(self, file_id: str, name: str, size: int) -> Coming:
        """Make room for a file that is about to come; raises RefusedError."""
        with _lock:
            self._check(file_id, size)
            self.renew()
            self._begun += 1
            if self._folder is None:
                self._folder = _new_folder(self._root)
            # Numbered by us: two files of one name are two files, and the browser's name leads nowhere.
            folder = Path(self._folder.name) / str(self._begun)
            shown = shown_name(name)
            coming = Coming(file_id, shown, size, folder.with_suffix(".part"), folder / path_name(shown))
            self._coming[file_id] = coming
            return coming

    def arrive(self, coming: Coming) -> Arrived:
        """Put a file that was received in full into its place; raises RefusedError when it is not all here."""
        if coming.received != coming.size:
            raise RefusedError(Refusal.INTERRUPTED)
        coming.target.parent.mkdir()
        coming.part.replace(coming.target)
        with _lock:
            if self._settled is not None:
                raise RefusedError(Refusal.SESSION_GONE)
            del self._coming[coming.id]
            self._arrived[coming.id] = arrived = Arrived(coming.name, coming.target, coming.size)
            self.renew()
        return arrived

    def give_up(self, coming: Coming) -> None:
        """Remove what came of a file that will not arrive."""
        with _lock:
            self._coming.pop(coming.id, None)
        coming.part.unlink(missing_ok=True)
        shutil.rmtree(coming.target.parent, ignore_errors=True)

    def settle(self, file_ids: Sequence[str]) -> None:
        """Close the drop with these files, which have all arrived; others are removed. Saying it twice is fine.

        Raises RefusedError when one of them is not here.
        """
        wanted = tuple(dict.fromkeys(file_ids))
        with _lock:
            if self._settled == wanted:
                return
            if not wanted or self._settled is not None or not set(wanted) <= set(self._arrived):
                raise RefusedError(Refusal.NOT_UNDERSTOOD)
            self._settled = wanted
            left = [self._arrived.pop(one) for one in list(self._arrived) if one not in wanted]
        for file in left:
            shutil.rmtree(file.path.parent, ignore_errors=True)

    @property
    def settled(self) -> bool:
        """Whether the drop is closed, and the next one needs a ticket of its own."""
        return self._settled is not None

    @property
    def waits(self) -> bool:
        """Whether the drop is settled and nobody took its files yet."""
        return self._settled is not None and not self._taken

    def take(self) -> Batch | None:
        """Give the files of a settled drop, in the order in which it named them: once, and then None."""
        with _lock:
            if self._settled is None or self._folder is None or self._taken:
                return None
            # From here on the batch alone holds the folder.
            self._taken, folder, self._folder = True, self._folder, None
            return Batch(tuple(self._arrived[one] for one in self._settled), folder)


def issue(session: str, xsrf: bytes | None = None) -> tuple[str, Ticket]:
    """Give a new ticket for `session`, with the secret by which the browser names it."""
    token = secrets.token_urlsafe(32)
    ticket = Ticket(session, xsrf, _place.folder or Path(_own_folder().name), limits())
    with _lock:
        _tickets[_digest(token)] = ticket
    return token, ticket


def find(token: str) -> Ticket:
    """Give the ticket that `token` names; raises RefusedError when there is none, or it is too old."""
    ticket = _tickets.get(_digest(token))
    if ticket is None or ticket.expired:
        raise RefusedError(Refusal.SESSION_GONE)
    return ticket


def _digest(token: str) -> str:
    # What lies in memory for hours is not what opens the door.
    return hashlib.sha256(token.encode()).hexdigest()
