"""What a workspace is: a name, versions of its data, which one is on, its settings and its link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class FileFact:
    """One file: its name, its size in bytes and the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Version:
    """One immutable state of a workspace's data, made from the uploaded `files` as `maps` say they are read.

    `number` counts from 1 within the workspace; `rows` is rows by canonical table; `content` is the `version` of its
    Dataset, which no other version shares. `manifest` is the SHA-256 of the manifest beside its files; `shape` names
    the tables and columns that the release knew that stored it.
    """

    id: str
    number: int
    created_at: datetime
    read_on: date
    files: tuple[FileFact, ...]
    maps: tuple[str, ...]
    rows: Mapping[str, int]
    content: str
    manifest: str
    shape: str


@dataclass(frozen=True)
class Workspace:
    """Data that belongs together: all its versions, newest first, and the one that is on.

    `link` is the token of the link on which anybody sees it, None when it is revoked. `settings` are names and
    texts whose meaning lives with those who read them.
    """

    id: str
    name: str
    created_at: datetime
    versions: tuple[Version, ...]
    current: Version | None
    settings: Mapping[str, str]
    link: str | None
    is_sample: bool = False


@dataclass(frozen=True)
class Document:
    """What people write beside the data, such as targets, KPIs and reviews: plain JSON under a name.

    `edition` counts its changes from 1; the meaning of the `body` lives with those who write and read it.
    """

    name: str
    body: Mapping[str, Any]
    edition: int
    changed_at: datetime


@dataclass(frozen=True)
class Swept:
    """How much a sweep removed: folders that a killed process left, and uploads that nobody came back for."""

    folders: int = 0
    uploads: int = 0


class Step(StrEnum):
    """How far the making of a version is."""

    READING = "reading"
    STORING = "storing"
    DONE = "done"
