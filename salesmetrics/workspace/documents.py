"""What people write beside the data of a workspace: statements within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.workspace.metadata import documents
from salesmetrics.workspace.values import Document

LARGEST = 2_000_000
"""Characters that one document may have as JSON."""


def of(connection: Connection, workspace_id: str) -> dict[str, Document]:
    """Give the documents of a workspace by name."""
    rows = connection.execute(select(documents).where(documents.c.workspace_id == workspace_id))
    return {row.name: Document(row.name, row.body, row.edition, row.changed_at) for row in rows}


def keep(
    connection: Connection, workspace_id: str, name: str, body: Mapping[str, Any], seen: int, now: datetime
) -> Document:
    """Put `body` in the place of the document that was `seen` in that edition, 0 where there was none.

    Raises WorkspaceError when somebody else changed it since, or it is too large.
    """
    if len(json.dumps(body, allow_nan=False)) > LARGEST:
        raise WorkspaceError(
            _("This is too much to be kept with the workspace; take out what is no longer needed.")
        )
    one = (documents.c.workspace_id == workspace_id) & (documents.c.name == name)
    held = connection.scalar(select(documents.c.edition).where(one)) or 0
    if held != seen:
        raise WorkspaceError(_("Somebody changed this meanwhile; open it again and make your change once more."))
    kept = Document(name, body, held + 1, now)
    connection.execute(delete(documents).where(one))
    connection.execute(insert(documents).values(workspace_id=workspace_id, **vars(kept)))
    return kept
