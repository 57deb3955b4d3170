"""Workspaces: uploads kept as immutable versions, seen by those who have the link, changed by their owners."""

from salesmetrics.workspace.folders import default_folder
from salesmetrics.workspace.mappings import header_key
from salesmetrics.workspace.store import SAMPLE, Store, utc_now
from salesmetrics.workspace.values import FileFact, Step, Swept, Version, Workspace

__all__ = [
    "SAMPLE",
    "FileFact",
    "Step",
    "Store",
    "Swept",
    "Version",
    "Workspace",
    "default_folder",
    "header_key",
    "utc_now",
]
