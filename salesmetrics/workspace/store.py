"""The store of workspaces: a folder of immutable versions and a database that lists them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.workspace import catalogue, documents
from salesmetrics.workspace.folders import Folders
from salesmetrics.workspace.mappings import header_key
from salesmetrics.workspace.metadata import Database
from salesmetrics.workspace.second_upload import SecondUploads
from salesmetrics.workspace.texts import checked_settings, is_token, workspace_name
from salesmetrics.workspace.values import Document, Swept, Workspace
from salesmetrics.workspace.versions import SAMPLE, there

__all__ = ["ABANDONED", "SAMPLE", "Store", "utc_now"]

ABANDONED = timedelta(days=1)
"""After so long without a byte an upload that no version was made from is removed."""


def utc_now() -> datetime:
    """Give this moment."""
    return datetime.now(UTC)


class Store(SecondUploads):
    """Workspaces that outlive the process; safe to share between threads, and between processes on one folder.

    An `owner` is any text that only one person can give. Every change raises WorkspaceError, one plain sentence,
    when the workspace is not there or not the owner's.
    """

    @classmethod
    def open(cls, folder: Path, database_url: str | None = None, now: Callable[[], datetime] = utc_now) -> Store:
        """Open the store in `folder`, made where it is missing, and sweep what killed processes left.

        Without `database_url` (as SQLAlchemy writes it) the database is a SQLite file in the folder.
        Raises WorkspaceError when the folder or the database cannot be used.
        """
        folders = Folders(folder.expanduser().resolve())
        try:
            folders.make()
        except OSError as error:
            message = _("The storage folder {folder} cannot be written; name another or mend its rights.")
            raise WorkspaceError(message.format(folder=folder.name)) from error
        with folders.alone("database"):
            database = Database(database_url or f"sqlite:///{folders.root / 'workspaces.sqlite'}")
        store = cls(folders, database, now)
        store.sweep(now())
        return store

    def close(self) -> None:
        """Let go of the database; the store is of no use after."""
        self._database.close()

    @property
    def incoming_folder(self) -> Path:
        """The folder in which uploads land, each a file or folder of its own."""
        return self._folders.incoming

    def landing(self) -> AbstractContextManager[Path]:
        """Give a folder within it for the uploads of this process, which goes with the process, also if killed."""
        return self._folders.landing()

    def get(self, workspace_id: str, owner: str) -> Workspace | None:
        """Give a workspace that `owner` may change, or the sample; None for any other."""
        with self._database.reading() as connection:
            return catalogue.by_id(connection, workspace_id, owner)

    def of(self, owner: str) -> list[Workspace]:
        """Give the workspaces of `owner`, those used last first."""
        with self._database.reading() as connection:
            return catalogue.of(connection, owner)

    def owns(self, workspace_id: str, owner: str) -> bool:
        """Tell whether `owner` may change a workspace; nobody may change the sample."""
        with self._database.reading() as connection:
            return catalogue.owned(connection, workspace_id, owner)

    def by_link(self, token: str) -> Workspace | None:
        """Give the workspace that a link opens; None when it was revoked, deleted or never existed."""
        if not is_token(token):
            return None
        with self._database.reading() as connection:
            return catalogue.by_link(connection, token)

    def create(self, owner: str, name: str) -> Workspace:
        """Make a workspace without data, with a link of its own."""
        workspace_id, now = secrets.token_hex(16), self._now()
        with self._database.writing() as connection:
            catalogue.add(connection, workspace_id, workspace_name(name), _token(), now, is_sample=False)
            catalogue.add_owner(connection, workspace_id, owner, now)
            return there(catalogue.by_id(connection, workspace_id, owner))

    def rename(self, workspace_id: str, owner: str, name: str) -> None:
        """Give a workspace another name."""
        self._change(workspace_id, owner, name=workspace_name(name))

    def new_link(self, workspace_id: str, owner: str) -> str:
        """Make a link on which anybody sees a workspace, in the place of the one it had, and give its token."""
        token = _token()
        self._change(workspace_id, owner, link=token)
        return token

    def revoke_link(self, workspace_id: str, owner: str) -> None:
        """Let a workspace's link open nothing from now on."""
        self._change(workspace_id, owner, link=None)

    def owner_link(self, workspace_id: str, owner: str) -> str:
        """Make a secret that lets another browser change a workspace too, in the place of the one before."""
        token = _token()
        self._change(workspace_id, owner, owner_secret=_hashed(token))
        return token

    def claim(self, token: str, owner: str) -> Workspace | None:
        """Let `owner` change the workspace that an owner's link was made for; None when it opens nothing."""
        if not is_token(token):
            return None
        with self._database.writing() as connection:
            workspace_id = catalogue.claimed(connection, _hashed(token))
            if workspace_id is None:
                return None
            catalogue.add_owner(connection, workspace_id, owner, self._now())
            return catalogue.by_id(connection, workspace_id, owner)

    def opened(self, workspace_id: str, owner: str) -> None:
        """Note that `owner` turned to a workspace, so that it comes first among theirs."""
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            catalogue.add_owner(connection, workspace_id, owner, self._now())

    def set_settings(self, workspace_id: str, owner: str, settings: Mapping[str, str]) -> None:
        """Put `settings` in the place of those a workspace has; raises WorkspaceError for one that is too long."""
        checked = checked_settings(settings)
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            catalogue.set_settings(connection, workspace_id, checked)

    def remember_mapping(self, workspace_id: str, owner: str, header: Sequence[str], maps: Sequence[str]) -> None:
        """Remember what a person confirmed for files with these headers; no `maps` forgets it."""
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            catalogue.remember(connection, workspace_id, header_key(header), maps)

    def remembered(self, workspace_id: str) -> dict[str, tuple[str, ...]]:
        """Give what a workspace remembers: `header_key` of the headers -> maps."""
        with self._database.reading() as connection:
            return catalogue.remembered(connection, workspace_id)

    def documents(self, workspace_id: str) -> dict[str, Document]:
        """Give what people wrote beside the data of a workspace, by name."""
        with self._database.reading() as connection:
            return documents.of(connection, workspace_id)

    def keep_document(
        self, workspace_id: str, owner: str, name: str, body: Mapping[str, Any], seen: int
    ) -> Document:
        """Put `body` in the place of the document that was `seen` in that edition, 0 where there was none.

        Raises WorkspaceError also when somebody else changed it since, or it is too large.
        """
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            return documents.keep(connection, workspace_id, name, body, seen, self._now())

    def delete(self, workspace_id: str, owner: str) -> None:
        """Remove a workspace with all its versions, files and settings, for good."""
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            held = catalogue.remove(connection, workspace_id)
        self._remove(held)

    def _change(self, workspace_id: str, owner: str, **columns: object) -> None:
        with self._database.writing() as connection:
            catalogue.hold(connection, workspace_id, owner)
            catalogue.change(connection, workspace_id, **columns)

    def sweep(self, now: datetime) -> Swept:
        """Remove what killed processes left and uploads older than a day; what a live process writes stays."""
        folders = self._folders.sweep_versions(self._listed)
        self._database.forget_deleted()
        return Swept(folders, self._folders.sweep_incoming(now - ABANDONED))


def _token() -> str:
    return secrets.token_urlsafe(32)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
