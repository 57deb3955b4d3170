"""Files for data that is there: what storing them would change is told first, and is what storing them does."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import SecondUpload, Store, TableChanges, Version, Way, Workspace, changes
from tests.workspace.conftest import READ_ON, Upload, stored_folders

Row = dict[str, Any]
Weighed = Callable[..., SecondUpload]

DEALS = [
    {"opportunity_id": "D1", "status": "open", "amount": "100.10", "close_date": "2024-07-01", "rep": "R1"},
    {"opportunity_id": "D2", "status": "open", "amount": "200.20", "close_date": "2024-08-01", "rep": "R2"},
    {"opportunity_id": "D3", "status": "won", "amount": "300.30", "close_date": "2024-02-01", "rep": "R1"},
]
NEXT = [
    {"opportunity_id": "D2", "status": "lost", "amount": "250.25", "close_date": "2024-06-01", "rep": "R2"},
    {"opportunity_id": "D3", "status": "won", "amount": "300.30", "close_date": "2024-02-01", "rep": "R1"},
    {"opportunity_id": "D4", "status": "open", "amount": "400.40", "close_date": "2024-09-01", "rep": "R2"},
]
REPS = "rep_id,name,region,hire_date\nR1,Ann,North,2020-01-01\nR2,Ben,South,2021-01-01\n"
ORDERS = "order_date,amount,region\n2024-01-01,10,North\n2024-01-01,10,North\n2024-01-02,20,South\n"
LATER = "order_date,amount,region\n2024-01-01,10,North\n2024-01-02,20,South\n2024-01-02,20,South\n2024-01-03,30,South\n"


def as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def stored_rows(store: Store, version: Version, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Read what is stored by plain SQL, as text and in the order in which it lies."""
    path = store.dataset(version).folder / f"{table}.parquet"
    names = ", ".join(f'CAST("{column}" AS VARCHAR)' for column in columns)
    return duckdb.execute(f"SELECT {names} FROM read_parquet(?)", [str(path)]).fetchall()


def of(found: tuple[TableChanges, ...], table: str) -> TableChanges:
    [one] = [one for one in found if one.table == table]
    return one


@pytest.fixture
def deals(store: Store, upload: Upload) -> Workspace:
    """A workspace of deals and the reps who have them."""
    made = store.create("me", "W")
    store.add_version(
        made.id, "me", [upload(as_csv(DEALS), "deals.csv"), upload(REPS, "reps.csv")], read_on=READ_ON
    )
    now = store.get(made.id, "me")
    assert now is not None
    return now


@pytest.fixture
def weighed(store: Store, upload: Upload, tmp_path: Path) -> Weighed:
    def weigh(at: Workspace, text: str, name: str = "next.csv", owner: str = "me") -> SecondUpload:
        folder = tmp_path / f"weighed-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return store.weigh(at.id, owner, [upload(text, name)], folder)

    return weigh


def test_weighing_and_looking_store_nothing(
    store: Store, storage: Path, deals: Workspace, weighed: Weighed
) -> None:
    before = stored_folders(storage)
    second = weighed(deals, as_csv(NEXT))
    for way in second.ways():
        store.preview(second, way)
    assert stored_folders(storage) == before
    assert store.get(deals.id, "me") == deals
    assert second.paths[0].exists()


def test_an_update_puts_rows_in_the_place_of_those_with_their_key(
    store: Store, deals: Workspace, weighed: Weighed
) -> None:
    second = weighed(deals, as_csv(NEXT))
    found = of(store.preview(second, Way.UPDATE), "opportunities")
    assert (found.new, found.changed, found.gone, found.duplicate, found.unchanged) == (1, 1, 0, 1, 2)
    changed = next(one for one in found.samples if one.kind == "changed")
    assert changed.key == "D2"
    assert changed.values["amount"] == ("200.2", "250.25")
    assert changed.values["status"] == ("open", "lost")
    version = store.settle(second, "me", Way.UPDATE)
    assert stored_rows(store, version, "opportunities", "opportunity_id", "status", "amount") == [
        ("D1", "open", "100.100000"), ("D2", "lost", "250.250000"), ("D3", "won", "300.300000"),
        ("D4", "open", "400.400000"),
    ]  # fmt: skip
    store.verify(version)
    now = store.get(deals.id, "me")
    assert now is not None
    assert now.current == version
    assert version.number == 2
    assert not second.paths[0].exists(), "an upload moves in"


def test_new_rows_know_what_the_files_beside_them_tell(store: Store, deals: Workspace, weighed: Weighed) -> None:
    for way in (Way.UPDATE, Way.APPEND):
        second = weighed(deals, "opportunity_id,status,amount,rep\nD9,open,1,Ben\n", f"{way}.csv")
        version = store.settle(second, "me", way)
        added = stored_rows(store, version, "opportunities", "opportunity_id", "rep_id")[-1]
        assert added == ("D9", "R2"), "the name of a rep is one of the roster that was uploaded before"
        assert version.rows["reps"] == 2
        store.go_back(deals.id, "me", deals.versions[0].id)


def test_a_column_that_the_new_files_do_not_have_keeps_its_values(
    store: Store, deals: Workspace, weighed: Weighed
) -> None:
    second = weighed(deals, "opportunity_id,status,close_date\nD1,won,2024-06-30\n")
    found = of(store.preview(second, Way.UPDATE), "opportunities")
    assert dict(found.columns).keys() & {"amount", "rep_id"} == set()
    version = store.settle(second, "me", Way.UPDATE)
    columns = ("opportunity_id", "status", "amount", "rep_id", "close_date")
    assert stored_rows(store, version, "opportunities", *columns)[0] == (
        "D1", "won", "100.100000", "R1", "2024-06-30",
    )  # fmt: skip


def test_adding_leaves_out_rows_whose_key_is_there_and_says_so(
    store: Store, deals: Workspace, weighed: Weighed
) -> None:
    second = weighed(deals, as_csv(NEXT))
    found = of(store.preview(second, Way.APPEND), "opportunities")
    assert (found.new, found.changed, found.left_out, found.duplicate, found.unchanged) == (1, 0, 1, 1, 3)
    version = store.settle(second, "me", Way.APPEND)
    amounts = dict(stored_rows(store, version, "opportunities", "opportunity_id", "amount"))
    assert amounts == {"D1": "100.100000", "D2": "200.200000", "D3": "300.300000", "D4": "400.400000"}
    [sheet] = [sheet for sheet in store.report(version).sheets if sheet.file == "next.csv"]
    assert any("1 row of opportunities is left out" in note for note in sheet.notes)


def test_replacing_loses_what_the_new_files_do_not_hold(store: Store, deals: Workspace, weighed: Weighed) -> None:
    second = weighed(deals, as_csv(NEXT))
    found = store.preview(second, Way.REPLACE)
    told = of(found, "opportunities")
    assert (told.new, told.changed, told.gone, told.unchanged) == (1, 1, 1, 1)
    version = store.settle(second, "me", Way.REPLACE)
    assert [one[0] for one in stored_rows(store, version, "opportunities", "opportunity_id")] == ["D2", "D3", "D4"]
    assert [one.name for one in version.files] == ["next.csv"]


def test_a_file_takes_the_place_of_the_one_of_its_name(store: Store, deals: Workspace, weighed: Weighed) -> None:
    second = weighed(deals, as_csv(NEXT), "deals.csv")
    assert second.same_names == ("deals.csv",)
    assert of(store.preview(second, Way.TOGETHER), "opportunities").gone == 1
    version = store.settle(second, "me", Way.TOGETHER)
    assert {one.name for one in version.files} == {"deals.csv", "reps.csv"}
    assert version.rows == {"opportunities": 3, "reps": 2, **_lists(version)}


def _lists(version: Version) -> dict[str, int]:
    return {name: rows for name, rows in version.rows.items() if name not in ("opportunities", "reps")}


@pytest.mark.parametrize("doubles", [False, True])
def test_rows_without_a_key_are_counted_against_each_other(
    store: Store, upload: Upload, weighed: Weighed, doubles: bool
) -> None:
    made = store.create("me", "W")
    store.add_version(made.id, "me", [upload(ORDERS)], read_on=READ_ON)
    second = weighed(made, LATER)
    assert second.keyless == ("orders",)
    assert Way.UPDATE not in second.ways()
    found = of(store.preview(second, Way.APPEND), "orders")
    # By hand: of four rows one of the 1st and one of the 2nd are there; a second of the 2nd and the 3rd are new.
    assert (found.new, found.duplicate, found.gone, found.unchanged) == (2, 2, 0, 3)
    version = store.settle(second, "me", Way.APPEND, doubles=doubles)
    rows = Counter(one[0] for one in stored_rows(store, version, "orders", "order_date"))
    expected = {"2024-01-01": 2, "2024-01-02": 2, "2024-01-03": 1}
    if doubles:
        expected = {"2024-01-01": 3, "2024-01-02": 3, "2024-01-03": 1}
    assert rows == expected
    assert store.dataset(version).tables["orders"].notes["order_id_synthesized"] == sum(expected.values())


def test_the_same_file_again_changes_nothing(store: Store, upload: Upload, weighed: Weighed) -> None:
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload(ORDERS)], read_on=READ_ON)
    second = weighed(made, ORDERS)
    assert not any(one.any for one in store.preview(second, Way.APPEND))
    version = store.settle(second, "me", Way.APPEND)
    assert not any(one.any for one in changes(store.dataset(old), store.dataset(version)))


def test_ids_made_up_from_places_in_a_file_are_no_key(store: Store, upload: Upload, weighed: Weighed) -> None:
    nameless = "deal name,status,amount,created date\nA,open,1,2024-01-01\nB,open,2,2024-01-02\n"
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload(nameless)], read_on=READ_ON)
    assert store.dataset(old).tables["opportunities"].notes["opportunity_id_synthesized"] == 2
    second = weighed(made, nameless.replace("B,open,2", "C,open,3"))
    assert second.keyless == ("opportunities",)
    version = store.settle(second, "me", Way.APPEND)
    rows = stored_rows(store, version, "opportunities", "opportunity_id", "amount")
    assert [amount for _id, amount in rows] == ["1.000000", "2.000000", "3.000000"]
    assert len({one for one, _amount in rows}) == 3


def test_a_preview_is_what_storing_does(store: Store, deals: Workspace, weighed: Weighed) -> None:
    base = deals.current
    assert base is not None
    second = weighed(deals, as_csv(NEXT))
    told = {way: store.preview(second, way) for way in second.ways()}
    for way in second.ways():
        again = weighed(deals, as_csv(NEXT))
        version = store.settle(again, "me", way)
        held = {one.table: one for one in changes(store.dataset(base), store.dataset(version))}
        for one in told[way]:
            kept = held.get(one.table)
            assert kept is not None
            assert (one.new, one.changed, one.gone) == (kept.new, kept.changed, kept.gone), (way, one.table)
            assert version.rows.get(one.table, 0) == one.unchanged + one.changed + one.new, (way, one.table)
        store.go_back(deals.id, "me", base.id)


def test_a_merged_version_can_be_made_again_from_its_files(
    store: Store, deals: Workspace, weighed: Weighed
) -> None:
    store.settle(weighed(deals, as_csv(NEXT)), "me", Way.UPDATE)
    now = store.get(deals.id, "me")
    assert now is not None
    second = store.settle(weighed(now, "opportunity_id,status,amount\nD5,open,5\nD1,open,7\n"), "me", Way.APPEND)
    again = store.read_again(
        deals.id, "me", second.id, [*second.maps, "ignore=next.csv:rep", "ignore=next (2).csv:amount"]
    )
    assert again.rows["opportunities"] == second.rows["opportunities"] == 5
    found = of(changes(store.dataset(second), store.dataset(again)), "opportunities")
    # The two files of one name are two: one is read without its reps, the other without its amounts.
    assert dict(stored_rows(store, again, "opportunities", "opportunity_id", "rep_id"))["D4"] is None
    assert dict(stored_rows(store, again, "opportunities", "opportunity_id", "amount"))["D5"] is None
    assert dict(stored_rows(store, again, "opportunities", "opportunity_id", "amount"))["D4"] == "400.400000"
    assert (found.new, found.gone) == (0, 0)
    assert {sheet.file for sheet in store.report(second).sheets} == {one.name for one in second.files}
    plain = store.read_again(deals.id, "me", second.id, second.maps)
    assert not any(one.any for one in changes(store.dataset(second), store.dataset(plain)))


def test_a_file_of_another_kind_joins_a_merged_version(
    store: Store, upload: Upload, deals: Workspace, weighed: Weighed
) -> None:
    store.settle(weighed(deals, as_csv(NEXT)), "me", Way.UPDATE)
    version = store.add_version(deals.id, "me", [upload(ORDERS)], read_on=READ_ON, add=True)
    assert version.rows["opportunities"] == 4
    assert version.rows["orders"] == 3


def test_a_version_put_on_meanwhile_is_not_run_over(
    store: Store, storage: Path, upload: Upload, deals: Workspace, weighed: Weighed
) -> None:
    second = weighed(deals, as_csv(NEXT))
    other = store.add_version(deals.id, "me", [upload(ORDERS)], read_on=READ_ON, add=True)
    before = stored_folders(storage)
    with pytest.raises(WorkspaceError, match="Another version was put on meanwhile"):
        store.settle(second, "me", Way.UPDATE)
    now = store.get(deals.id, "me")
    assert now is not None
    assert now.current == other
    assert stored_folders(storage) == before
    assert second.paths[0].exists(), "the files lie where they lay"


def test_a_merge_that_fails_leaves_the_version_before(
    store: Store, storage: Path, deals: Workspace, weighed: Weighed, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, before = weighed(deals, as_csv(NEXT)), stored_folders(storage)

    def broken(*_arguments: object, **_options: object) -> None:
        raise duckdb.OutOfMemoryException("no memory left")

    monkeypatch.setattr("salesmetrics.workspace.merging.store", broken)
    with pytest.raises(duckdb.OutOfMemoryException):
        store.settle(second, "me", Way.UPDATE)
    assert store.get(deals.id, "me") == deals
    assert stored_folders(storage) == before
    assert second.paths[0].exists()


def test_only_an_owner_settles(store: Store, deals: Workspace, weighed: Weighed) -> None:
    second = weighed(deals, as_csv(NEXT))
    with pytest.raises(WorkspaceError, match="not yours"):
        store.settle(second, "you", Way.UPDATE)
    assert store.get(deals.id, "me") == deals


def test_two_versions_are_compared_like_sets(store: Store, upload: Upload) -> None:
    made = store.create("me", "W")
    old = store.add_version(made.id, "me", [upload(ORDERS)], read_on=date(2024, 6, 1))
    new = store.add_version(made.id, "me", [upload(LATER)], read_on=date(2024, 6, 1))
    found = of(changes(store.dataset(old), store.dataset(new)), "orders")
    before, after = (Counter(text.splitlines()[1:]) for text in (ORDERS, LATER))
    assert found.new == (after - before).total()
    assert found.gone == (before - after).total()
    assert found.unchanged == (after & before).total()
