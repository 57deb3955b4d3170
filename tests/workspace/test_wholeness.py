"""A version that is not whole is never opened as if it were."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store, Version
from tests.workspace.conftest import READ_ON, Upload


@pytest.fixture
def version(store: Store, upload: Upload) -> Version:
    return store.add_version(store.create("me", "W").id, "me", [upload()], read_on=READ_ON)


PARTS = ["tables/orders.parquet", "files/0/orders.csv", "report.json", "manifest.json"]


@pytest.mark.parametrize("part", PARTS)
def test_a_truncated_file_is_noticed_at_opening(store: Store, version: Version, storage: Path, part: str) -> None:
    path = storage / "versions" / version.id / part
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(WorkspaceError, match=f"Version 1 is damaged: {path.name} is not as it was stored"):
        store.dataset(version)
    with pytest.raises(WorkspaceError, match="damaged"):
        store.report(version)


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_byte_is_noticed_by_its_checksum(
    store: Store, version: Version, storage: Path, part: str
) -> None:
    store.verify(version)
    path = storage / "versions" / version.id / part
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=f"damaged: {path.name}"):
        store.verify(version)


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_file_is_noticed(store: Store, version: Version, storage: Path, part: str) -> None:
    (storage / "versions" / version.id / part).unlink()
    with pytest.raises(WorkspaceError, match=r"Version 1 is (damaged|not stored)"):
        store.dataset(version)
