"""Amounts far from the usual: more than a hundred times the median of their table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import COUNTED, Check, figure
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Severity

TIMES = 100
_FEWEST = 20
"""Amounts without which nobody can say what is usual."""

_SENTENCES: dict[str, tuple[str, Callable[[int], str], tuple[str, ...]]] = {
    "orders": (
        "t.product",
        lambda n: ngettext(
            "{n} order line is more than a hundred times the usual one ({usual}): revenue counts it as it stands.",
            "{n} order lines are more than a hundred times the usual one ({usual}): revenue counts them as they stand.",
            n,
        ),
        ("revenue", "average_transaction_value"),
    ),
    "opportunities": (
        "t.status",
        lambda n: ngettext(
            "{n} deal is more than a hundred times the usual one ({usual}): amounts of deals count it as it stands.",
            "{n} deals are more than a hundred times the usual one ({usual}): amounts of deals count them as they "
            "stand.", n,
        ),
        ("pipeline_value", "avg_deal_size"),
    ),
    "spend": (
        "t.date",
        lambda n: ngettext(
            "{n} booking of spend is more than a hundred times the usual one ({usual}): it counts as it stands.",
            "{n} bookings of spend are more than a hundred times the usual one ({usual}): they count as they stand.",
            n,
        ),
        ("cac",),
    ),
}  # fmt: skip


def checks(stored: Stored) -> Iterator[Check]:
    """List the checks of amounts against the median of their table."""
    for table, (beside, says, numbers) in _SENTENCES.items():
        if not stored.has(f"{table}.amount"):
            continue
        counted = COUNTED.get(table, "true")
        [(usual, amounts)] = stored.ask(
            f"SELECT median(abs(t.amount)), count(*) FROM {table} t WHERE t.amount <> 0 AND {counted}"
        )
        if amounts < _FEWEST:
            continue
        yield Check(
            "amount_far_off", table, "amount", Severity.MAY, (), f"abs(t.amount) > {TIMES * usual}",
            _with_usual(says, f"{float(usual):,.2f}"), (beside, figure("t.amount")), numbers,
        )  # fmt: skip


def _with_usual(says: Callable[[int], str], usual: str) -> Callable[[int], str]:
    return lambda n: says(n).replace("{usual}", usual)
