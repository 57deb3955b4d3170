"""A small company that sells office furniture: every canonical table as a CSV file, made by `generate.py`."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """Give the folder in which the sample company's CSV files lie.

    >>> (folder() / "orders.csv").is_file()
    True
    """
    return Path(str(files(__name__)))


def copy_to(directory: Path) -> list[Path]:
    """Copy the sample company's CSV files into `directory`, made where it is missing, and give their new paths.

    Raises OSError when the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as there:
    ...     copied = copy_to(Path(there) / "sample")
    >>> copied[0].name
    'activities.csv'
    """
    directory.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, directory / path.name)) for path in sorted(folder().glob("*.csv"))]
