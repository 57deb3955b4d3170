"""What a changed filter costs on the sample company: a rerun of the app's script, and how much of it is Python."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

MAIN = Path(__file__).resolve().parents[1] / "ui" / "main.py"
PAGES = (
    "overview", "revenue", "customers", "acquisition", "pipeline", "team", "voice", "diagnose", "forecast", "reviews",
)  # fmt: skip
RUNS = 9
FILTERED_BY = "product"
WARMED_UP = 2
"""Filters set before any is timed: statements are compiled and caches filled by them."""


class Rerun(NamedTuple):
    """Seconds that one run of the script took, and those of them in the engine."""

    script: float
    in_engine: float

    @property
    def python(self) -> float:
        """Seconds in Python around the engine."""
        return self.script - self.in_engine


@dataclass
class Clock:
    """Adds up the seconds spent in the functions that it times."""

    seconds: float = 0.0

    def timing(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Give `work`, timed."""

        @wraps(work)
        def timed(*given: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                self.seconds += time.perf_counter() - begun

        return timed


@contextmanager
def clocks() -> Iterator[tuple[Clock, Clock]]:
    """Time all that runs in the meantime: scripts of the app, and answers of this process's engine."""
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

    from salesmetrics.engine import default_engine

    script, engine, used = Clock(), Clock(), default_engine()
    answers = {name: engine.timing(getattr(used, name)) for name in ("run", "answer", "columns")}
    with (
        patch.object(ScriptRunner, "_run_script", script.timing(ScriptRunner._run_script)),
        patch.multiple(used, **answers),
    ):
        yield script, engine


def reruns(page: str, storage: str, runs: int = RUNS) -> list[Rerun]:
    """Open a page of the app on the sample company, set one filter after another, and time each rerun."""
    # The app asks for its storage when it is imported.
    os.environ["SALESMETRICS_STORAGE"] = storage
    from streamlit.testing.v1 import AppTest

    from ui import datasets, state

    app = AppTest.from_file(MAIN, default_timeout=300).run()
    if page != PAGES[0]:
        app = app.switch_page(f"../pages/{page}.py").run()
    # As the server does once it has started: what is there to stay is not looked through again and again.
    gc.collect()
    gc.freeze()
    values = [value for value, _rows in datasets.values(datasets.sample().data, FILTERED_BY)]
    found = []
    with clocks() as (script, engine):
        for value in values[: runs + WARMED_UP]:
            script.seconds = engine.seconds = 0.0
            app.multiselect(key=state.widget(FILTERED_BY)).set_value([value]).run()
            if app.exception:
                raise RuntimeError(f"{page}: {app.exception[0].message}")
            found.append(Rerun(script.seconds, engine.seconds))
    return found[WARMED_UP:]


def median(found: Sequence[Rerun]) -> Rerun:
    """Give the rerun with the median time in Python: its parts add up."""
    return sorted(found, key=lambda one: one.python)[len(found) // 2]


def table(found: Sequence[tuple[str, Sequence[Rerun]]]) -> str:
    """Write the medians in aligned columns.

    >>> print(table([("overview", [Rerun(0.3, 0.2), Rerun(0.2, 0.125), Rerun(0.1, 0.05)])]))
    page         script s  engine s  Python s
    overview        0.200     0.125     0.075
    """
    rows = [f"{'page':<11}  script s  engine s  Python s"]
    for page, each in found:
        one = median(each)
        rows.append(f"{page:<11}  {one.script:8.3f}  {one.in_engine:8.3f}  {one.python:8.3f}")
    return "\n".join(rows)


NOTE = """\
A rerun of the app's script on the sample company with another {by} filtered; of {runs} reruns the one with the median
time in Python. Spread of Python over all of them: {spread}.
"""


def note(found: Sequence[tuple[str, Sequence[Rerun]]], runs: int = RUNS) -> str:
    """Say how the table was measured, and how far apart the reruns were."""
    spreads = []
    for page, each in found:
        seconds = [one.python for one in each]
        spreads.append(f"{page} {min(seconds):.3f} to {max(seconds):.3f} s")
    return NOTE.format(by=FILTERED_BY, runs=runs, spread=", ".join(spreads))
