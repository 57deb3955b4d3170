"""Discounts above 100%: what becomes of the lines that have them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import SAMPLES
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.finding import Finding, Severity


def above_the_whole(connection: duckdb.DuckDBPyConnection, typed: Typed) -> Iterator[Finding]:
    """Find the lines of a sheet of orders whose discount is more than the whole price."""
    read = typed.coerced.get("discount_rate")
    if typed.table != "orders" or read is None or read.question:
        return
    match = typed.recognition.match("discount_rate")
    cell = f"c{match.index}" if match else "NULL"
    [(rows, samples)] = connection.execute(
        f"SELECT count(*), arg_min(concat('row ', row, ': ', {cell}), row, {SAMPLES}) FROM {typed.sheet.relation} "
        f"WHERE ({read.expression}) > 1"
    ).fetchall()
    if not rows:
        return
    if typed.recognition.match("amount"):
        said = ngettext(
            "{n} order line has a discount above 100%: what it was in money is not known, and discount rate leaves "
            "it out.",
            "{n} order lines have a discount above 100%: what it was in money is not known, and discount rate leaves "
            "them out.", rows,
        )  # fmt: skip
        numbers: tuple[str, ...] = ("discount_rate",)
    else:
        said = ngettext(
            "{n} order line has a discount above 100%: price x quantity less the discount is below zero, and counts "
            "as a return.",
            "{n} order lines have a discount above 100%: price x quantity less the discount is below zero, and counts "
            "as a return.", rows,
        )  # fmt: skip
        numbers = ("revenue", "return_amount", "discount_rate")
    yield Finding(
        "discount_above_whole", Severity.CHANGES, said.format(n=f"{rows:,}"), rows, rows / max(typed.sheet.rows, 1),
        "rows", tuple(samples or ()), numbers, "orders", "discount",
    )  # fmt: skip
