"""Where workspaces are kept, for this process: the store, and the memory of what was read from it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from salesmetrics.engine import default_engine
from salesmetrics.model.dataset import Dataset
from salesmetrics.workspace import Store, Version, default_folder, utc_now
from ui import answers
from ui.memory import Memory

_datasets: Memory[Dataset] = Memory(64)
_seen: dict[str, Dataset] = {}


@cache
def store() -> Store:
    """Give the store of this process, opened at the first call.

    It lies in the folder SALESMETRICS_STORAGE (else in the home folder) and is listed in the database
    SALESMETRICS_DATABASE (as SQLAlchemy writes its address; else in a file beside the data).
    """
    folder = os.environ.get("SALESMETRICS_STORAGE")
    return Store.open(
        Path(folder) if folder else default_folder(), os.environ.get("SALESMETRICS_DATABASE") or None
    )


def close() -> None:
    """Let go of the store when the server stops."""
    if store.cache_info().currsize:
        store().close()
        store.cache_clear()


def dataset(version: Version) -> Dataset:
    """Give the data of a version, opened once; raises WorkspaceError when it is gone or not whole."""

    def opened() -> Dataset:
        _seen[version.content] = store().dataset(version)
        return _seen[version.content]

    return _datasets.get(version.content, "dataset", opened)


def tidy() -> None:
    """Sweep what nobody needs any more, and let go of what other processes deleted."""
    store().sweep(utc_now())
    known = store().known_contents()
    for content in [content for content in _seen if content not in known]:
        forget(content)


def forget(content: str) -> None:
    """Let nothing of a version's data stay in memory."""
    from ui import datasets, version_pairs

    data = _seen.pop(content, None)
    if data is not None:
        default_engine().forget(data)
    _datasets.forget(content)
    answers.forget(content)
    datasets.forget(content)
    version_pairs.forget(content)
