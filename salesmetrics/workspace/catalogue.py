"""What the database knows of workspaces: statements that any database takes, each within the caller's transaction."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.workspace.metadata import documents, mappings, owners, settings, versions, workspaces
from salesmetrics.workspace.values import FileFact, Version, Workspace


def not_yours() -> WorkspaceError:
    """Say that a workspace cannot be changed: the same words whether it is another's, deleted or never was."""
    return WorkspaceError(_("This workspace is not there any more, or it is not yours to change."))


def no_version() -> WorkspaceError:
    """Say that a workspace has no such version."""
    return WorkspaceError(_("This version is not there any more; open the workspace again."))


def hold(connection: Connection, workspace_id: str, owner: str) -> Row[Any]:
    """Give the row of `owner`'s workspace and let no other process change it within this transaction.

    Raises WorkspaceError when it is not there or not theirs.
    """
    # An id may come from a link: not every database takes every character.
    if not workspace_id.isalnum():
        raise not_yours()
    statement = select(workspaces).where(workspaces.c.id == workspace_id).with_for_update()
    found = connection.execute(statement).first()
    mine = select(owners.c.owner).where(owners.c.workspace_id == workspace_id, owners.c.owner == owner)
    if found is None or connection.execute(mine).first() is None:
        if found is not None and found.is_sample:
            raise WorkspaceError(_("The sample company cannot be changed; upload files of your own."))
        raise not_yours()
    return found


def by_id(connection: Connection, workspace_id: str, owner: str) -> Workspace | None:
    """Give a workspace when `owner` may change it, or anybody may see it."""
    if not workspace_id.isalnum():
        return None
    mine = select(owners.c.workspace_id).where(owners.c.owner == owner)
    may = workspaces.c.is_sample | workspaces.c.id.in_(mine)
    return next(iter(_loaded(connection, workspaces.c.id == workspace_id, may)), None)


def again(connection: Connection, workspace_id: str) -> Workspace | None:
    """Give a workspace as it is now, for whoever has it open."""
    return next(iter(_loaded(connection, workspaces.c.id == workspace_id)), None)


def by_link(connection: Connection, token: str) -> Workspace | None:
    """Give the workspace that `token` opens."""
    found = next(iter(_loaded(connection, workspaces.c.link == token)), None)
    # A database may compare without regard to case; and how long this takes tells nothing.
    return found if found and hmac.compare_digest(found.link or "", token) else None


def sample(connection: Connection) -> Workspace | None:
    """Give the sample workspace, once it is built."""
    return next(iter(_loaded(connection, workspaces.c.is_sample)), None)


def of(connection: Connection, owner: str) -> list[Workspace]:
    """Give the workspaces of `owner`, those used last first."""
    used = select(owners.c.workspace_id, owners.c.used_at).where(owners.c.owner == owner)
    order = {row.workspace_id: row.used_at for row in connection.execute(used)}
    found = _loaded(connection, workspaces.c.id.in_(order))
    return sorted(found, key=lambda one: (order[one.id], one.created_at, one.id), reverse=True)


def owned(connection: Connection, workspace_id: str, owner: str) -> bool:
    """Tell whether `owner` may change a workspace."""
    if not workspace_id.isalnum():
        return False
    mine = select(owners.c.owner).where(owners.c.workspace_id == workspace_id, owners.c.owner == owner)
    return connection.execute(mine).first() is not None


def claimed(connection: Connection, secret: str) -> str | None:
    """Give the id of the workspace whose owner's link has this hash, held within this transaction."""
    wanted = select(workspaces.c.id).where(workspaces.c.owner_secret == secret).with_for_update()
    found: str | None = connection.scalar(wanted)
    return found


def add(connection: Connection, id: str, name: str, link: str | None, now: datetime, is_sample: bool) -> None:
    """Add a workspace without versions and owners."""
    row = {"id": id, "name": name, "link": link, "created_at": now, "is_sample": is_sample, "last_number": 0}
    connection.execute(insert(workspaces).values(row))


def add_owner(connection: Connection, workspace_id: str, owner: str, now: datetime) -> None:
    """Let `owner` change a workspace, if they may not yet, and note that they used it."""
    if owned(connection, workspace_id, owner):
        mine = (owners.c.workspace_id == workspace_id) & (owners.c.owner == owner)
        connection.execute(update(owners).where(mine).values(used_at=now))
    else:
        connection.execute(insert(owners).values(workspace_id=workspace_id, owner=owner, used_at=now))


def change(connection: Connection, workspace_id: str, **columns: Any) -> None:
    """Change columns of a workspace's row."""
    connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(**columns))


def add_version(connection: Connection, workspace_id: str, version: Version) -> None:
    """Add a version and put it on."""
    _insert(connection, workspace_id, version)
    change(connection, workspace_id, current=version.id, last_number=version.number)


def replace_version(connection: Connection, workspace_id: str, old: Version, new: Version) -> None:
    """Put a version in the place of another; raises WorkspaceError when the other is gone."""
    version_of(connection, workspace_id, old.id)
    remove_version(connection, old.id)
    _insert(connection, workspace_id, new)
    was_on = (workspaces.c.id == workspace_id) & (workspaces.c.current == old.id)
    connection.execute(update(workspaces).where(was_on).values(current=new.id))


def _insert(connection: Connection, workspace_id: str, version: Version) -> None:
    files = [vars(fact) for fact in version.files]
    columns = {**vars(version), "files": files, "maps": list(version.maps), "rows": dict(version.rows)}
    connection.execute(insert(versions).values({**columns, "workspace_id": workspace_id}))


def version_of(connection: Connection, workspace_id: str, version_id: str) -> Version:
    """Give a version of a workspace; raises WorkspaceError when it has none of that id."""
    wanted = (versions.c.id == version_id) & (versions.c.workspace_id == workspace_id)
    row = connection.execute(select(versions).where(wanted)).first()
    if row is None:
        raise no_version()
    return _version(row)


def remove_version(connection: Connection, version_id: str) -> None:
    """Remove a version's row."""
    connection.execute(delete(versions).where(versions.c.id == version_id))


def remove(connection: Connection, workspace_id: str) -> list[str]:
    """Remove all that is known of a workspace and give the ids of the versions it had."""
    held = list(connection.scalars(select(versions.c.id).where(versions.c.workspace_id == workspace_id)))
    for table in (versions, owners, settings, mappings, documents):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id))
    connection.execute(delete(workspaces).where(workspaces.c.id == workspace_id))
    return held


def version_ids(connection: Connection) -> set[str]:
    """Give the ids of all versions of all workspaces."""
    return set(connection.scalars(select(versions.c.id)))


def contents(connection: Connection) -> set[str]:
    """Give the content of all versions of all workspaces."""
    return set(connection.scalars(select(versions.c.content)))


def set_settings(connection: Connection, workspace_id: str, wanted: Mapping[str, str]) -> None:
    """Put `wanted` in the place of a workspace's settings."""
    connection.execute(delete(settings).where(settings.c.workspace_id == workspace_id))
    if wanted:
        rows = [{"workspace_id": workspace_id, "name": name, "text": text} for name, text in wanted.items()]
        connection.execute(insert(settings), rows)


def remember(connection: Connection, workspace_id: str, header: str, maps: Sequence[str]) -> None:
    """Put `maps` in the place of what a workspace remembers for a set of headers."""
    one = (mappings.c.workspace_id == workspace_id) & (mappings.c.header == header)
    connection.execute(delete(mappings).where(one))
    if maps:
        connection.execute(insert(mappings).values(workspace_id=workspace_id, header=header, maps=list(maps)))


def remembered(connection: Connection, workspace_id: str) -> dict[str, tuple[str, ...]]:
    """Give what a workspace remembers, by the key of the headers."""
    found = select(mappings.c.header, mappings.c.maps).where(mappings.c.workspace_id == workspace_id)
    return {row.header: tuple(row.maps) for row in connection.execute(found)}


def _loaded(connection: Connection, *where: Any) -> list[Workspace]:
    rows = connection.execute(select(workspaces).where(*where)).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    held: dict[str, list[Version]] = {row.id: [] for row in rows}
    newest_first = select(versions).where(versions.c.workspace_id.in_(ids)).order_by(versions.c.number.desc())
    for row in connection.execute(newest_first):
        held[row.workspace_id].append(_version(row))
    said: dict[str, dict[str, str]] = {row.id: {} for row in rows}
    for row in connection.execute(select(settings).where(settings.c.workspace_id.in_(ids))):
        said[row.workspace_id][row.name] = row.text
    return [_workspace(row, tuple(held[row.id]), said[row.id]) for row in rows]


def _workspace(row: Row[Any], held: tuple[Version, ...], said: Mapping[str, str]) -> Workspace:
    current = next((version for version in held if version.id == row.current), None)
    return Workspace(row.id, row.name, row.created_at, held, current, said, row.link, row.is_sample)


def _version(row: Row[Any]) -> Version:
    return Version(
        id=row.id,
        number=row.number,
        created_at=row.created_at,
        read_on=row.read_on,
        files=tuple(FileFact(**one) for one in row.files),
        maps=tuple(row.maps),
        rows=row.rows,
        content=row.content,
        manifest=row.manifest,
        shape=row.shape,
    )
