"""What every test may ask for: the checkout, the trial files beside it, and the reader's language as it was."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from salesmetrics.i18n import use_language

# CI tries the same cases every time, so that what fails is what was changed; elsewhere each run tries others.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# Whatever a test opens, it never opens the workspaces of whoever runs it.
STORAGE = Path(tempfile.mkdtemp(prefix="salesmetrics-tests-"))
atexit.register(shutil.rmtree, STORAGE, ignore_errors=True)
os.environ["SALESMETRICS_STORAGE"] = str(STORAGE)
os.environ.pop("SALESMETRICS_DATABASE", None)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def trial_files() -> Path:
    """The folder of real files tried by hand; they are no part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the trial files are not here: they belong in a folder shared/data beside the checkout")
    return folder


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """An app under test takes the place of the main module: processes started later would run it again."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test starts in English, whatever the one before it chose."""
    use_language("en")
    yield
    use_language("en")
