"""Compare, then time: `python -m benchmarks [forecast] [--lines N...] [--ingest N...] [--customers N...]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import customer_value, forecast, ingest, report, rerun
from benchmarks.company import made
from benchmarks.contest import CONTESTANTS, answered, disagreements, timed

SHOWN = 20


def _apart(work: Callable[..., Any], *given: object) -> Any:
    """Run in a fresh process, so that the memory one needs is never counted for, or kept from, the next."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _contest(lines: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="salesmetrics-benchmark-") as folder:
        print(f"Making {lines:,} order lines ...", file=sys.stderr)
        data = _apart(made, lines, Path(folder))
        found = {}
        for name in CONTESTANTS:
            print(f"Asking {name} for the numbers ...", file=sys.stderr)
            found[name] = _apart(answered, name, data)
        apart = disagreements(found)
        if apart:
            print(f"Not timed: on {lines:,} order lines the contestants disagree on {len(apart):,} numbers.")
            print("\n".join(apart[:SHOWN]))
            return False
        timings = []
        runs = 9 if lines <= 2_000_000 else 5
        for name in CONTESTANTS:
            print(f"Timing {name} ...", file=sys.stderr)
            timings.append(_apart(timed, name, data, runs))
    unfiltered = next(iter(found.values()))[0]
    print(report.table(lines, timings), *report.shares(timings), sep="\n", end="\n\n")
    print(report.NOTES.format(runs=runs, numbers=len(unfiltered)), flush=True)
    return True


def _ingests(lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="salesmetrics-benchmark-") as folder:
        csv = Path(folder, "orders.csv")
        print(f"Making a CSV of {lines:,} order lines ...", file=sys.stderr)
        size = _apart(ingest.made_csv, lines, csv)
        took = []
        runs = 3 if lines <= 2_000_000 else 1
        for turn in range(runs):
            for name in ingest.CONTESTANTS:
                print(f"Ingesting by {name} ...", file=sys.stderr)
                took.append(_apart(ingest.ingested, name, csv, Path(folder, f"{name}-{turn}")))
    print(ingest.table(lines, size, took), ingest.NOTES.format(runs=runs), sep="\n\n", flush=True)


def _reruns() -> None:
    found = []
    for page in rerun.PAGES:
        print(f"Setting filters on the page {page} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="salesmetrics-benchmark-") as storage:
            found.append((page, _apart(rerun.reruns, page, storage)))
    print(rerun.table(found), rerun.note(found), sep="\n\n", flush=True)


def _customer_values(customers: int) -> None:
    print(f"Foretelling {customers:,} customers ...", file=sys.stderr)
    took = _apart(customer_value.learnt, customers)
    print(customer_value.table(took), customer_value.NOTES, sep="\n\n", end="\n\n", flush=True)


def _forecasts() -> bool:
    print("Forecasting the last 12 months of many series ...", file=sys.stderr)
    told, missed = _apart(forecast.report)
    print(told, *missed, sep="\n", flush=True)
    return not missed


def main(arguments: Sequence[str] | None = None) -> int:
    """Time reruns, forecast, then run the contest at each size; 1 where forecasts fall short or numbers differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="?", choices=("forecast",), help="how well it forecasts, and nothing else")
    parser.add_argument(
        "--lines", type=int, nargs="+", default=[1_000_000, 10_000_000], metavar="N", help="how many order lines"
    )
    parser.add_argument(
        "--ingest", type=int, nargs="*", default=[1_000_000], metavar="N", help="how many order lines of a CSV"
    )
    parser.add_argument(
        "--customers", type=int, nargs="*", default=[customer_value.CUSTOMERS], metavar="N",
        help="how many customers to foretell the purchases of",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    if asked.only:
        return 0 if _forecasts() else 1
    for lines in asked.ingest:
        _ingests(lines)
    for customers in asked.customers:
        _customer_values(customers)
    _reruns()
    if not _forecasts():
        return 1
    return 0 if all(_contest(lines) for lines in asked.lines) else 1


if __name__ == "__main__":
    sys.exit(main())
