"""The app in a session of its own, with files dropped as if they had arrived from a browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.model.dataset import Dataset
from ui import datasets, storage, uploader
from ui.incoming import Arrived, Batch

MAIN = Path(__file__).resolve().parents[2] / "ui" / "main.py"

Start = Callable[..., AppTest]
Drop = Callable[..., AppTest]


def opening(page: str = "") -> Start:
    """Give what opens a page anew, the first one where none is named.

    It opens it as from a link with the parameters that it is given (`from_` stands for `from`).
    """

    def run(**parameters: str | Sequence[str]) -> AppTest:
        at = AppTest.from_file(MAIN, default_timeout=180)
        for name, asked in parameters.items():
            at.query_params[name.rstrip("_")] = asked if isinstance(asked, str) else list(asked)
        if page:
            at.switch_page(f"../pages/{page}.py")
        at.run()
        assert not at.exception, at.exception
        return at

    return run


def opened(at: AppTest, page: str) -> AppTest:
    """Go on to another page of the same session."""
    at.switch_page(f"../pages/{page}.py").run()
    assert not at.exception, at.exception
    return at


@pytest.fixture
def start() -> Start:
    """Open the app anew, as from a link with these parameters (`from_` stands for `from`)."""
    return opening()


@pytest.fixture
def data_page(start: Start) -> AppTest:
    """The Data page of a new visitor."""
    return opened(start(), "data")


@pytest.fixture(scope="module")
def sample() -> Dataset:
    """The sample company's data."""
    return datasets.sample().data


@pytest.fixture
def drop(monkeypatch: pytest.MonkeyPatch) -> Drop:
    """Let files arrive on the Data page: `drop(at, {"name.csv": b"..."})`."""
    arrived: list[Batch] = []
    monkeypatch.setattr(uploader, "show", lambda _key: None)
    monkeypatch.setattr(uploader, "waiting", lambda _key: bool(arrived))
    monkeypatch.setattr(uploader, "take", lambda _key: arrived.pop())

    def let_arrive(at: AppTest, files: dict[str, bytes]) -> AppTest:
        folder = tempfile.TemporaryDirectory(dir=storage.store().incoming_folder)
        listed = []
        for number, (name, content) in enumerate(files.items()):
            path = Path(folder.name) / str(number) / name
            path.parent.mkdir()
            path.write_bytes(content)
            listed.append(Arrived(name, path, len(content)))
        arrived.append(Batch(tuple(listed), folder))
        at.run()
        assert not at.exception, at.exception
        assert not arrived
        return at

    return let_arrive
