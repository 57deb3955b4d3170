"""What people write beside the data is kept, and nobody overwrites what they have not seen."""

from __future__ import annotations

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store


def bodies(store: Store, workspace_id: str) -> dict[str, object]:
    return {name: (one.body, one.edition) for name, one in store.documents(workspace_id).items()}


def test_documents_stay_with_their_workspace(store: Store) -> None:
    one, other = store.create("me", "One"), store.create("me", "Other")
    store.keep_document(one.id, "me", "kpis", {"kpis": []}, seen=0)
    store.keep_document(one.id, "me", "kpis", {"kpis": ["revenue"]}, seen=1)
    store.keep_document(one.id, "me", "reviews", {}, seen=0)
    assert bodies(store, one.id) == {"kpis": ({"kpis": ["revenue"]}, 2), "reviews": ({}, 1)}
    assert bodies(store, other.id) == {}


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_what_was_changed_since_is_not_overwritten(store: Store, seen: int) -> None:
    made = store.create("me", "One")
    store.keep_document(made.id, "me", "targets", {"by": "Ann"}, seen=0)
    store.keep_document(made.id, "me", "targets", {"by": "Bo"}, seen=1)
    with pytest.raises(WorkspaceError, match="Somebody changed this meanwhile"):
        store.keep_document(made.id, "me", "targets", {"by": "Cy"}, seen=seen)
    assert bodies(store, made.id) == {"targets": ({"by": "Bo"}, 2)}


def test_too_much_is_refused_and_the_old_stays(store: Store) -> None:
    made = store.create("me", "One")
    store.keep_document(made.id, "me", "reviews", {"notes": "short"}, seen=0)
    with pytest.raises(WorkspaceError, match="too much"):
        store.keep_document(made.id, "me", "reviews", {"notes": "x" * 2_000_001}, seen=1)
    assert bodies(store, made.id) == {"reviews": ({"notes": "short"}, 1)}
