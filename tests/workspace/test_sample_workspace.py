"""The workspace that everybody may open and nobody may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store
from tests.workspace.conftest import READ_ON, amount, orders, stored_folders
from tests.workspace.processes import ensure_sample, start
from tests.workspace.test_sharing import CHANGES


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "shipped" / "orders.csv"
    path.parent.mkdir()
    path.write_text(orders())
    return path


def test_everybody_sees_the_sample(store: Store, storage: Path, shipped: Path) -> None:
    assert store.sample() is None
    made = store.ensure_sample([shipped], READ_ON)
    assert made.current is not None
    assert (made.is_sample, made.link, made.name) == (True, None, "Sample company")
    assert store.get(made.id, "anybody") == store.sample() == made
    assert store.of("anybody") == []
    assert not store.owns(made.id, "anybody")
    assert amount(store, made.current) == sum(range(1, 21))
    assert shipped.read_text() == orders(), "what is shipped stays"

    other = Store.open(storage)
    assert other.ensure_sample([shipped], READ_ON) == made, "it is built once"
    other.close()


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_the_sample(store: Store, shipped: Path, change: str) -> None:
    made = store.ensure_sample([shipped], READ_ON)
    with pytest.raises(WorkspaceError, match="sample company cannot be changed"):
        CHANGES[change](store, made.id, "me")
    assert store.sample() == made


def test_other_files_make_another_sample(store: Store, storage: Path, shipped: Path) -> None:
    first = store.ensure_sample([shipped], READ_ON).current
    numbers = []
    for first_id in (100, 200):
        shipped.write_text(orders(first_id))
        made = store.ensure_sample([shipped], READ_ON)
        numbers.append([version.number for version in made.versions])
        assert made.current is not None
        assert amount(store, made.current) == sum(range(first_id, first_id + 20))
    assert numbers == [[2, 1], [3, 2]], "the one before stays for who is looking at it"
    assert first is not None
    assert len(stored_folders(storage)) == 2
    assert first.id not in stored_folders(storage)


def test_a_damaged_sample_is_built_again(store: Store, storage: Path, shipped: Path) -> None:
    first = store.ensure_sample([shipped], READ_ON).current
    assert first is not None
    (storage / "versions" / first.id / "tables" / "orders.parquet").write_bytes(b"")
    second = store.ensure_sample([shipped], READ_ON).current
    assert second is not None
    assert amount(store, second) == sum(range(1, 21))


def test_processes_that_start_at_once_build_one_sample(storage: Path, shipped: Path) -> None:
    started = [start(ensure_sample, storage, shipped) for _n in range(3)]
    told = set()
    for process, pipe in started:
        assert pipe.poll(60)
        told.add(pipe.recv())
        process.join(10)
    assert len(told) == 1
    assert stored_folders(storage) == told
