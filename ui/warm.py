"""What takes long the first time is done before the first person comes."""

from __future__ import annotations

import salesmetrics.charts  # noqa: F401  (Altair is slow to import)
from ui import datasets


def up() -> None:
    """Read the sample company and load what pages need."""
    opened = datasets.sample()
    datasets.covers(opened.data)
