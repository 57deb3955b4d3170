"""What is deleted is gone from every byte of the storage."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store, Swept
from tests.workspace.conftest import CUSTOMER, NOON, READ_ON, Upload, orders, stored_bytes, stored_folders


def test_a_deleted_workspace_leaves_no_byte(store: Store, upload: Upload, storage: Path) -> None:
    store.create("me", "Another that stays")
    made = store.create("me", "Plan for Heliotrope")
    store.rename(made.id, "me", "Plan for Vermilion")
    first = store.add_version(made.id, "me", [upload(name="heron.csv")], read_on=READ_ON)
    store.add_version(made.id, "me", [upload(orders(50), "heron.csv")], read_on=READ_ON)
    store.read_again(made.id, "me", first.id, ["orders.customer_name=customer"])
    store.set_settings(made.id, "me", {"note": "Cinnabar"})
    store.remember_mapping(made.id, "me", ["customer"], ["orders.customer=Marigold"])
    store.keep_document(made.id, "me", "reviews", {"notes": "Periwinkle"}, seen=0)
    secrets = [
        *("Vermilion", "heron", "Cinnabar", "Marigold", "Periwinkle", CUSTOMER),
        made.link or "",
        made.id,
        first.id,
    ]
    before = stored_bytes(storage)
    assert [secret for secret in secrets if secret.encode() not in before] == []

    store.delete(made.id, "me")
    after = stored_bytes(storage)
    assert [secret for secret in [*secrets, "Heliotrope"] if secret.encode() in after] == []
    assert b"Another that stays" in after
    assert stored_folders(storage) == set()
    assert store.by_link(made.link or "") is None
    with pytest.raises(WorkspaceError, match="not stored any more"):
        store.dataset(first)


def test_deleting_among_many_leaves_no_name_in_the_database(store: Store, storage: Path) -> None:
    # So many that the database moves rows from page to page.
    made = [store.create("me", f"Secret{n:04}{'x' * (n % 70)}") for n in range(60)]
    for workspace in made[::2]:
        store.delete(workspace.id, "me")
    left = stored_bytes(storage)
    assert [one.name for one in made[::2] if f"{one.name[:10]}".encode() in left] == []
    assert [one.name for one in made[1::2] if one.name.encode() not in left] == []


def test_uploads_that_nobody_came_back_for_are_swept(store: Store, upload: Upload, storage: Path) -> None:
    fresh, old, half = upload(), upload(), store.incoming_folder / "half.part"
    half.write_text("order_id,")
    hours = {fresh: 23, fresh.parent: 40, old: 25, old.parent: 25, half: 25}
    for path, age in hours.items():
        moment = (NOON - timedelta(hours=age)).timestamp()
        os.utime(path, (moment, moment))
    assert store.sweep(NOON) == Swept(uploads=2)
    assert set(store.incoming_folder.iterdir()) == {fresh.parent}, "its file was touched within a day"
    assert store.sweep(NOON) == Swept()
