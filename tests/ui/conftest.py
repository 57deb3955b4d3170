"""What the tests of uploads share: a door of their own to knock at."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.door import ROOM, Door
from ui import incoming


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A door to a folder that is empty and has little room."""
    monkeypatch.setattr(incoming, "_place", incoming._Place(tmp_path / "incoming", ROOM))
    yield Door(tmp_path / "incoming")
    gc.collect()
