"""Workspaces: uploads kept as immutable versions, seen by those who have the link, changed by their owners."""

from salesmetrics.workspace.changes import RowChange, TableChanges, changes
from salesmetrics.workspace.folders import default_folder
from salesmetrics.workspace.mappings import header_key
from salesmetrics.workspace.merging import Way
from salesmetrics.workspace.second_upload import SecondUpload
from salesmetrics.workspace.store import SAMPLE, Store, utc_now
from salesmetrics.workspace.values import FileFact, Step, Swept, Version, Workspace

__all__ = [
    "SAMPLE",
    "FileFact",
    "RowChange",
    "SecondUpload",
    "Step",
    "Store",
    "Swept",
    "TableChanges",
    "Version",
    "Way",
    "Workspace",
    "changes",
    "default_folder",
    "header_key",
    "utc_now",
]
