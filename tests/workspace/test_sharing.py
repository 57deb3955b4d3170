"""Who sees a workspace, and who changes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store
from tests.workspace.conftest import READ_ON, Upload, amount

CHANGES: dict[str, Callable[[Store, str, str], object]] = {
    "rename": lambda store, at, owner: store.rename(at, owner, "Mine now"),
    "go_back": lambda store, at, owner: store.go_back(at, owner, "0" * 32),
    "add_version": lambda store, at, owner: store.add_version(at, owner, [Path(__file__)]),
    "weigh": lambda store, at, owner: store.weigh(at, owner, [Path(__file__)], Path(__file__).parent),
    "new_link": lambda store, at, owner: store.new_link(at, owner),
    "revoke_link": lambda store, at, owner: store.revoke_link(at, owner),
    "owner_link": lambda store, at, owner: store.owner_link(at, owner),
    "opened": lambda store, at, owner: store.opened(at, owner),
    "set_settings": lambda store, at, owner: store.set_settings(at, owner, {"currency": "EUR"}),
    "remember_mapping": lambda store, at, owner: store.remember_mapping(at, owner, ["a"], ["orders.amount=a"]),
    "keep_document": lambda store, at, owner: store.keep_document(at, owner, "kpis", {}, seen=0),
    "delete_version": lambda store, at, owner: store.delete_version(at, owner, "0" * 32),
    "delete": lambda store, at, owner: store.delete(at, owner),
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_an_owner_changes_a_workspace(store: Store, change: str) -> None:
    made = store.create("me", "Mine")
    for workspace_id, owner in ((made.id, "you"), (made.id, ""), ("0" * 32, "me"), ("../x\0", "me")):
        with pytest.raises(WorkspaceError, match="not there any more, or it is not yours"):
            CHANGES[change](store, workspace_id, owner)
    assert store.of("me") == [made]
    assert store.get(made.id, "you") is None
    assert [store.owns(made.id, owner) for owner in ("me", "you", "")] == [True, False, False]


def test_the_changes_tried_are_all_there_are() -> None:
    members = {name: getattr(Store, name) for name in dir(Store)}
    by_owner = {name for name, one in members.items() if "owner" in getattr(one, "__annotations__", {})}
    unowned = {"create", "claim", "get", "of", "owns", "read_again", "settle"}
    assert {name for name in by_owner if not name.startswith("_")} - unowned == set(CHANGES)


def test_reading_again_is_for_owners(store: Store, upload: Upload) -> None:
    made = store.create("me", "Mine")
    version = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    with pytest.raises(WorkspaceError, match="not yours"):
        store.read_again(made.id, "you", version.id, [])
    other = store.create("you", "Yours")
    with pytest.raises(WorkspaceError, match="version is not there"):
        store.read_again(other.id, "you", version.id, [])


def test_a_second_browser_sees_the_same_by_the_link(store: Store, storage: Path, upload: Upload) -> None:
    made = store.create("me", "Mine")
    version = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    other = Store.open(storage)
    seen = other.by_link(made.link or "")
    assert seen == store.get(made.id, "me")
    assert seen is not None
    assert seen.current is not None
    assert amount(other, seen.current) == amount(store, version) == sum(range(1, 21))
    second = store.add_version(made.id, "me", [upload()], read_on=READ_ON)
    again = other.by_link(made.link or "")
    assert again is not None
    assert again.current == second
    other.close()


def test_links_that_open_nothing_are_answered_alike(store: Store) -> None:
    revoked, deleted, renewed = (store.create("me", name) for name in ("revoked", "deleted", "renewed"))
    store.revoke_link(revoked.id, "me")
    store.delete(deleted.id, "me")
    token = store.new_link(renewed.id, "me")
    for link in (revoked.link, deleted.link, renewed.link, token.swapcase(), "x" * 43, "", "a'--\0" * 9, "é" * 30):
        assert store.by_link(link or "") is None
    seen = store.by_link(token)
    assert seen is not None
    assert seen.id == renewed.id
    still = store.get(revoked.id, "me")
    assert still is not None
    assert still.link is None


def test_links_cannot_be_guessed(store: Store) -> None:
    links = {store.create("me", "W").link or "" for _n in range(50)}
    assert len(links) == 50
    assert min(len(link) for link in links) >= 32
    assert len({link[:8] for link in links}) == 50


def test_an_owners_link_makes_another_browser_an_owner(store: Store) -> None:
    made, other = store.create("me", "Mine"), store.create("me", "Other")
    secret = store.owner_link(made.id, "me")
    assert store.by_link(secret) is None, "it is no link for viewers"
    assert store.claim(made.link or "", "you") is None, "and theirs is none for owners"
    claimed = store.claim(secret, "you")
    assert claimed is not None
    assert claimed.id == made.id
    store.rename(made.id, "you", "Ours")
    assert [one.name for one in store.of("you")] == ["Ours"]
    assert store.get(other.id, "you") is None

    newer = store.owner_link(made.id, "you")
    assert store.claim(secret, "them") is None, "the one before is void"
    assert store.claim(newer, "them") is not None
    assert store.claim(newer, "them") is not None, "claiming twice changes nothing"
    assert len(store.of("them")) == 1
    store.delete(made.id, "them")
    assert store.claim(newer, "late") is None


def test_owners_secrets_are_not_stored(store: Store, storage: Path) -> None:
    secret = store.owner_link(store.create("me", "Mine").id, "me")
    assert all(secret.encode() not in path.read_bytes() for path in storage.rglob("*") if path.is_file())
