"""A workspace from its first upload to its end."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from salesmetrics.errors import FileError, MappingError, WorkspaceError
from salesmetrics.ingest import read
from salesmetrics.workspace import Step, Store, header_key
from salesmetrics.workspace.metadata import Database
from tests.workspace.conftest import READ_ON, Upload, amount, orders, stored_folders


def test_an_upload_becomes_a_version_that_is_on(store: Store, upload: Upload) -> None:
    made = store.create("me", "North")
    path, steps = upload(), list[Step]()
    version = store.add_version(made.id, "me", [path], read_on=READ_ON, progress=steps.append)

    seen = store.get(made.id, "me")
    assert seen is not None
    assert (seen.name, seen.current, seen.versions) == ("North", version, (version,))
    assert (version.number, version.rows, version.read_on) == (1, {"orders": 20}, READ_ON)
    assert [(fact.name, fact.size) for fact in version.files] == [("orders.csv", len(orders()))]
    assert amount(store, version) == sum(range(1, 21))
    assert steps == [Step.READING, Step.STORING, Step.DONE]
    assert not path.exists(), "the upload moved into the version"


def test_what_is_stored_reads_back_as_reading_gave_it(store: Store, upload: Upload, tmp_path: Path) -> None:
    odd = "order_id,order_date,region,amount\n1,2024-01-02,North,10\n2,not a day,South,20\n3,2024-01-04,,x\n"
    (tmp_path / "orders.csv").write_text(odd)
    reading = read([tmp_path / "orders.csv"], into=tmp_path / "plain", read_on=READ_ON)
    version = store.add_version(store.create("me", "W").id, "me", [upload(odd)], read_on=READ_ON)

    assert reading.report.set_aside
    assert store.report(version) == reading.report
    data = store.dataset(version)
    assert (data.tables, data.read_on) == (reading.dataset.tables, reading.dataset.read_on)
    assert (data.folder / "orders.parquet").read_bytes() == (tmp_path / "plain/orders.parquet").read_bytes()


def test_a_second_version_is_on_and_the_first_can_be_put_back(store: Store, upload: Upload) -> None:
    made = store.create("me", "W")
    first = store.add_version(made.id, "me", [upload(orders(1))], read_on=READ_ON)
    second = store.add_version(made.id, "me", [upload(orders(100))], read_on=READ_ON)
    seen = store.get(made.id, "me")
    assert seen is not None
    assert (seen.current, seen.versions) == (second, (second, first))

    store.go_back(made.id, "me", first.id)
    seen = store.get(made.id, "me")
    assert seen is not None
    assert seen.current == first
    assert seen.versions == (second, first), "none is lost"
    third = store.add_version(made.id, "me", [upload(orders(200))], read_on=READ_ON)
    assert third.number == 3


def test_a_correction_makes_a_version_from_the_same_files(store: Store, upload: Upload, storage: Path) -> None:
    two = orders().replace("amount", "amount,net").replace(".00", ".00,7")
    made = store.create("me", "W")
    first = store.add_version(made.id, "me", [upload(two)], read_on=READ_ON)
    assert amount(store, first) == sum(range(1, 21))
    second = store.read_again(made.id, "me", first.id, ["orders.amount=net"])

    assert amount(store, second) == 20 * 7
    assert (second.number, second.maps, second.files) == (2, ("orders.amount=net",), first.files)
    assert second.read_on == first.read_on
    nodes = {path.stat().st_ino for path in (storage / "versions").rglob("orders.csv")}
    assert len(nodes) == 1, "the original lies on the disk once"
    store.delete_version(made.id, "me", first.id)
    store.verify(second)


@pytest.mark.parametrize(
    ("text", "maps", "error"),
    [("", [], FileError), ("a,b\n1,2\n", [], MappingError), (orders(), ["orders.amount=Gone"], MappingError)],
)
def test_what_cannot_be_read_leaves_everything_as_it_was(
    store: Store, upload: Upload, storage: Path, text: str, maps: list[str], error: type[Exception]
) -> None:
    made = store.create("me", "W")
    version = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    bad = upload(text, "bad.csv")
    with pytest.raises(error):
        store.add_version(made.id, "me", [bad], maps)

    seen = store.get(made.id, "me")
    assert seen is not None
    assert seen.versions == (version,)
    assert stored_folders(storage) == {version.id}
    assert bad.read_text(encoding="utf-8") == text, "it lies where it lay, to be read otherwise"


def test_files_that_are_no_uploads_are_copied(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "orders.csv"
    mine.write_text(orders())
    version = store.add_version(store.create("me", "W").id, "me", [mine], read_on=READ_ON)
    assert mine.read_text() == orders()
    mine.write_text("changed")
    store.verify(version)


def test_an_upload_that_is_gone_is_said_so(store: Store, storage: Path) -> None:
    made = store.create("me", "W")
    with pytest.raises(WorkspaceError, match="upload them again"):
        store.add_version(made.id, "me", [store.incoming_folder / "swept" / "orders.csv"])
    assert stored_folders(storage) == set()


def test_two_files_of_one_name_are_two_files(store: Store, upload: Upload) -> None:
    paths = [upload(orders(1)), upload(orders(100))]
    version = store.add_version(store.create("me", "W").id, "me", paths, read_on=READ_ON)
    assert [fact.name for fact in version.files] == ["orders.csv", "orders.csv"]
    assert version.rows == {"orders": 40}


def test_settings_and_confirmed_mappings_stay_with_the_workspace(store: Store) -> None:
    one, other = store.create("me", "One"), store.create("me", "Other")
    store.set_settings(one.id, "me", {"currency": "EUR", "fiscal_year_start": "4"})
    store.set_settings(one.id, "me", {"currency": "CNY"})
    store.remember_mapping(one.id, "me", ["Date", "Net Amount"], ["orders.amount=Net Amount"])

    seen, untouched = store.get(one.id, "me"), store.get(other.id, "me")
    assert seen is not None
    assert untouched is not None
    assert (seen.settings, untouched.settings) == ({"currency": "CNY"}, {})
    assert store.remembered(one.id) == {header_key(["net_amount", "DATE"]): ("orders.amount=Net Amount",)}
    assert store.remembered(other.id) == {}
    store.remember_mapping(one.id, "me", ["Net Amount", "Date"], [])
    assert store.remembered(one.id) == {}


def test_workspaces_are_listed_by_their_last_use(store: Store, upload: Upload) -> None:
    first, second, third = (store.create("me", name) for name in ("first", "second", "third"))
    assert [one.name for one in store.of("me")] == ["third", "second", "first"]
    store.opened(first.id, "me")
    store.add_version(second.id, "me", [upload()], read_on=READ_ON)
    assert [one.name for one in store.of("me")] == ["second", "first", "third"]
    assert third.current is None
    assert store.of("somebody else") == []


def test_versions_of_the_same_files_do_not_share_a_name(store: Store, upload: Upload) -> None:
    one, other = store.create("me", "One"), store.create("me", "Other")
    kept = store.add_version(one.id, "me", [upload()], read_on=READ_ON)
    gone = store.add_version(other.id, "me", [upload()], read_on=READ_ON)
    assert store.dataset(kept) != store.dataset(gone), "what is kept ready for one is not the other's"
    assert store.known_contents() == {store.dataset(kept).version, store.dataset(gone).version}
    store.delete(other.id, "me")
    assert store.known_contents() == {kept.content}


def test_the_version_that_is_on_cannot_be_deleted(store: Store, upload: Upload, storage: Path) -> None:
    made = store.create("me", "W")
    first = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    second = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    with pytest.raises(WorkspaceError, match="Version 2 is the one that is on"):
        store.delete_version(made.id, "me", second.id)
    store.delete_version(made.id, "me", first.id)
    assert stored_folders(storage) == {second.id}
    with pytest.raises(WorkspaceError, match="not there any more"):
        store.go_back(made.id, "me", first.id)


def test_what_another_release_stored_is_read_again(
    store: Store, upload: Upload, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.create("me", "W")
    with monkeypatch.context() as past:
        past.setattr("salesmetrics.workspace.versions.declared_shape", lambda: "past")
        old = store.add_version(made.id, "me", [upload()], ["orders.amount=amount"], READ_ON)
    before = store.get(made.id, "me")
    assert before is not None
    after = store.refreshed(before)

    assert after.current is not None
    assert after.versions == (after.current,)
    assert after.current.id != old.id
    facts = ("number", "created_at", "read_on", "maps", "files", "rows")
    assert [getattr(after.current, name) for name in facts] == [getattr(old, name) for name in facts]
    assert stored_folders(storage) == {after.current.id}
    store.verify(after.current)
    assert store.refreshed(after) is after
    assert store.refreshed(before) == after, "who opened it a moment before sees the same"


def test_files_added_to_those_that_are_on(store: Store, upload: Upload) -> None:
    two = orders(1).replace("amount", "amount,net").replace(".00", ".00,7")
    made = store.create("me", "W")
    store.add_version(made.id, "me", [upload(two, "a.csv")], ["orders.amount=a.csv:net"], READ_ON)
    both = store.add_version(made.id, "me", [upload(orders(100), "b.csv")], read_on=READ_ON, add=True)
    assert [fact.name for fact in both.files] == ["a.csv", "b.csv"]
    assert both.maps == ("orders.amount=a.csv:net",)
    assert amount(store, both) == 20 * 7 + sum(range(100, 120))
    newer = store.add_version(made.id, "me", [upload(orders(200), "b.csv")], read_on=READ_ON, add=True)
    assert [fact.name for fact in newer.files] == ["a.csv", "b.csv"], "a file of the same name takes its place"
    assert amount(store, newer) == 20 * 7 + sum(range(200, 220))


def test_a_full_disk_is_said_and_leaves_everything_as_it_was(
    store: Store, upload: Upload, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    made, path = store.create("me", "W"), upload()
    monkeypatch.setattr("salesmetrics.workspace.building.sync_tree", full)
    with pytest.raises(WorkspaceError, match="no room left"):
        store.add_version(made.id, "me", [path], read_on=READ_ON)
    assert path.read_text() == orders()
    assert stored_folders(storage) == set()
    assert store.of("me") == [made]


def test_a_version_that_was_listed_though_nobody_heard_of_it_stays(
    store: Store, upload: Upload, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.create("me", "W")
    writing = Database.writing

    @contextmanager
    def unheard(self: Database) -> Iterator[Connection]:
        with writing(self) as connection:
            yield connection
        if stored_folders(storage) and list((storage / "versions").iterdir()):
            raise WorkspaceError("The connection broke just after the commit.")

    with monkeypatch.context() as broken:
        broken.setattr(Database, "writing", unheard)
        with pytest.raises(WorkspaceError, match="just after the commit"):
            store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    seen = store.get(made.id, "me")
    assert seen is not None
    assert seen.current is not None
    store.verify(seen.current)
