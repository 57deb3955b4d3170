"""Files that outlive a power cut: written through to the disk before anybody is told of them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _


def sync_file(path: Path) -> None:
    """Write a file's content through to the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Write a folder's list of names through to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Write every file and folder in `folder` through to the disk, and `folder` last."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        else:
            sync_file(path)
    sync_folder(folder)


def move_in(source: Path, target: Path) -> None:
    """Move a file to `target`, which appears whole or not at all; within one disk nothing is copied."""
    try:
        source.replace(target)
    except OSError:
        shutil.copyfile(source, target)
        source.unlink()


def share(source: Path, target: Path) -> None:
    """Give a stored file, which never changes, a second name; a copy where the disk cannot."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def remove_tree(folder: Path) -> bool:
    """Remove a folder and all in it, whoever else is at it; tell whether it was there.

    Raises WorkspaceError when something in it cannot be removed.
    """
    if not folder.exists():
        return False
    for _attempt in range(3):
        # Another process may be removing the same: what is gone already is no error.
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return True
    raise WorkspaceError(
        _("Some stored files cannot be removed; ask whoever runs this app to look at its storage folder.")
    )
