"""The manifest of a version: every file with size and checksum, and what is known of its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from salesmetrics.errors import WorkspaceError
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset, TableFacts
from salesmetrics.workspace.disk import sync_file
from salesmetrics.workspace.values import FileFact, Version

MANIFEST, REPORT, TABLES, FILES = "manifest.json", "report.json", "tables", "files"
_FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a version's folder holds: `files` by path within it, and the dataset that lies in its `tables`."""

    files: tuple[FileFact, ...]
    content: str
    read_on: date
    tables: Mapping[str, TableFacts]

    def dataset(self, folder: Path) -> Dataset:
        """Give the dataset, as it lies in the version's `folder`."""
        return Dataset(folder / TABLES, self.content, self.read_on, self.tables)


def fact_of(path: Path, name: str) -> FileFact:
    """Measure a file."""
    with path.open("rb") as file:
        return FileFact(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def write_manifest(folder: Path, dataset: Dataset) -> str:
    """Write the manifest of all that lies in `folder`, through to the disk, and give its own SHA-256."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {
        "format": _FORMAT,
        "content": dataset.version,
        "read_on": dataset.read_on.isoformat(),
        "tables": {
            name: {"rows": facts.rows, "columns": sorted(facts.columns), "notes": dict(facts.notes)}
            for name, facts in dataset.tables.items()
        },
        "files": [vars(fact_of(path, path.relative_to(folder).as_posix())) for path in paths],
    }
    text = json.dumps(found, ensure_ascii=False, indent=1).encode()
    (folder / MANIFEST).write_bytes(text)
    sync_file(folder / MANIFEST)
    return hashlib.sha256(text).hexdigest()


def read_manifest(folder: Path, version: Version) -> Manifest:
    """Read a version's manifest and see that every file is there in its size.

    Raises WorkspaceError when the folder is gone or something in it is not whole.
    """
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as error:
        message = _("Version {number} is not stored any more; open the workspace again.")
        raise WorkspaceError(message.format(number=version.number)) from error
    if hashlib.sha256(text).hexdigest() != version.manifest:
        raise not_whole(version, MANIFEST)
    manifest = _parsed(json.loads(text))
    for fact in manifest.files:
        path = folder / fact.name
        if not path.is_file() or path.stat().st_size != fact.size:
            raise not_whole(version, Path(fact.name).name)
    return manifest


def verify(folder: Path, version: Version) -> None:
    """See that every file of a version has the content that it was stored with.

    Raises WorkspaceError for the first that has not.
    """
    for fact in read_manifest(folder, version).files:
        if fact_of(folder / fact.name, fact.name) != fact:
            raise not_whole(version, Path(fact.name).name)


def not_whole(version: Version, name: str) -> WorkspaceError:
    """Say that a stored file is damaged."""
    message = _("Version {number} is damaged: {file} is not as it was stored; go back to another version.")
    return WorkspaceError(message.format(number=version.number, file=name))


def _parsed(found: Mapping[str, Any]) -> Manifest:
    return Manifest(
        tuple(FileFact(**one) for one in found["files"]),
        found["content"],
        date.fromisoformat(found["read_on"]),
        {
            name: TableFacts(facts["rows"], frozenset(facts["columns"]), facts["notes"])
            for name, facts in found["tables"].items()
        },
    )
