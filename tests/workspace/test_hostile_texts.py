"""Names that people or their programs make up."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesmetrics.errors import WorkspaceError
from salesmetrics.workspace import Store
from tests.workspace.conftest import READ_ON, Upload, orders

FILE_NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\orders.csv": "orders.csv",
    "/abs/orders.csv": "orders.csv",
    "..": "file",
    "": "file",
    "...": "file",
    "a\0b\nc.csv": "a b c.csv",
    "x" * 300 + ".csv": "x" * 176 + ".csv",
    "订" * 300 + ".xlsx": "订" * 58 + ".xlsx",
    "订单 2024.csv": "订单 2024.csv",
    "\u202egnp.csv": "gnp.csv",
    "\ud800.csv": ".csv",
    "o'r\"d;--.csv": "o'r\"d;--.csv",
}


@pytest.mark.parametrize(("given", "stored"), FILE_NAMES.items(), ids=ascii)
def test_a_files_name_stays_a_name(store: Store, upload: Upload, storage: Path, given: str, stored: str) -> None:
    made = store.create("me", "W")
    version = store.add_version(made.id, "me", [upload()], read_on=READ_ON, names=[given])
    assert [fact.name for fact in version.files] == [stored]
    assert store.report(version).sheets[0].file == stored
    [place] = (storage / "versions" / version.id / "files").rglob("*.*" if "." in stored else stored)
    assert place.read_text() == orders()
    store.verify(version)
    assert {path.name for path in storage.iterdir() if path.is_dir()} == {"aside", "incoming", "locks", "versions"}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("../../x", "../../x"),
        ("华东区 2024 年销售", "华东区 2024 年销售"),
        ("a\0b\x1b[31m\r\nc", "a b [31m c"),
        ("y" * 300, "y" * 120),
        ("'; DROP TABLE workspaces; --", "'; DROP TABLE workspaces; --"),
        ("\u202eevil\ud800", "evil"),
        ("👩‍💻 Team", "👩‍💻 Team"),
    ],
    ids=ascii,
)
def test_a_workspaces_name_is_one_line_of_text(store: Store, given: str, stored: str) -> None:
    made = store.create("me", given)
    store.rename(made.id, "me", given)
    assert [one.name for one in store.of("me")] == [made.name] == [stored]


@pytest.mark.parametrize("given", ["", "  ", "\0\n", "\u202e"], ids=ascii)
def test_a_name_of_nothing_is_refused(store: Store, given: str) -> None:
    with pytest.raises(WorkspaceError, match="needs a name"):
        store.create("me", given)


@pytest.mark.parametrize(
    "settings",
    [
        {"": "x"},
        {"n" * 121: "x"},
        {"n": "x" * 5_000},
        {"n": "a\0b"},
        {"n": "\ud800"},
        {f"n{i}": "" for i in range(201)},
    ],
    ids=["nameless", "long name", "long text", "nul", "half a character", "many"],
)
def test_settings_that_cannot_be_stored_are_refused(store: Store, settings: dict[str, str]) -> None:
    made = store.create("me", "W")
    store.set_settings(made.id, "me", {"currency": "€ \n'"})
    with pytest.raises(WorkspaceError):
        store.set_settings(made.id, "me", settings)
    assert [one.settings for one in store.of("me")] == [{"currency": "€ \n'"}]
