"""Order lines that a rule of the numbers treats in its own way: repeated, cancelled, returned without a sale, shared."""

from __future__ import annotations

from collections.abc import Iterator

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import COUNTED, SAMPLES, figure
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Finding, Severity

_COUNTED = COUNTED["orders"]


def order_rules(stored: Stored) -> Iterator[Finding]:
    """Find the order lines that numbers leave out, count twice, or give to another customer than they name."""
    if not stored.rows("orders"):
        return
    [(rows, amount)] = stored.ask("SELECT count(*), CAST(coalesce(sum(abs(amount)), 0) AS DOUBLE) FROM orders")
    for found in (_cancelled(stored), _unlinked_returns(stored), _shared_orders(stored)):
        if found is None or not found[0].rows:
            continue
        one, worth = found
        share, of = (worth / amount, "amount") if amount else (one.rows / rows, "rows")
        yield _with_share(one, share, of)


def _with_share(one: Finding, share: float, of: str) -> Finding:
    return Finding(
        one.code, one.severity, one.sentence, one.rows, share, of, one.samples, one.numbers, one.table, one.column
    )


def _cancelled(stored: Stored) -> tuple[Finding, float] | None:
    if not stored.has("orders.status"):
        return None
    words = stored.ask(
        f"SELECT t.status, count(*), CAST(sum(abs(t.amount)) AS DOUBLE) FROM orders t WHERE NOT ({_COUNTED}) "
        "GROUP BY 1 ORDER BY 2 DESC"
    )
    rows = sum(count for _word, count, _amount in words)
    said = ngettext(
        "{n} order line is cancelled, void or a draft by its status: revenue leaves it out.",
        "{n} order lines are cancelled, void or drafts by their status: revenue leaves them out.", rows,
    )  # fmt: skip
    samples = tuple(f"{word} ({count:,})" for word, count, _amount in words[:SAMPLES])
    found = Finding(
        "cancelled_left_out", Severity.MAY, said.format(n=f"{rows:,}"), rows, samples=samples,
        numbers=("revenue", "orders"), table="orders", column="status",
    )  # fmt: skip
    return found, sum(worth for _word, _count, worth in words)


def _unlinked_returns(stored: Stored) -> tuple[Finding, float] | None:
    if not stored.has("orders.order_id"):
        return None
    [(rows, worth, samples)] = stored.ask(
        f"WITH sold AS (SELECT DISTINCT t.order_id FROM orders t WHERE t.amount >= 0 AND {_COUNTED}) "
        "SELECT count(*), CAST(sum(abs(t.amount)) AS DOUBLE), "
        "arg_min(concat(coalesce(t.orig_order_id, t.order_id, CAST(t.order_date AS VARCHAR)), ': ', "
        f"{figure('t.amount')}), t.stands, {SAMPLES}) FROM orders t "
        f"LEFT JOIN sold ON sold.order_id = coalesce(t.orig_order_id, t.order_id) "
        f"WHERE t.amount < 0 AND sold.order_id IS NULL AND {_COUNTED}"
    )
    said = ngettext(
        "{n} return names no order that was sold: revenue goes down by it, the number of orders does not.",
        "{n} returns name no order that was sold: revenue goes down by them, the number of orders does not.", rows,
    )  # fmt: skip
    found = Finding(
        "unlinked_returns", Severity.MAY, said.format(n=f"{rows:,}"), rows, samples=tuple(samples or ()),
        numbers=("revenue", "orders", "average_transaction_value"), table="orders", column="orig_order_id",
    )  # fmt: skip
    return found, worth or 0.0


def _shared_orders(stored: Stored) -> tuple[Finding, float] | None:
    if not stored.has("orders.order_id", "orders.customer_id"):
        return None
    [(orders, rows, worth, samples)] = stored.ask(
        "SELECT count(*), sum(lines), CAST(sum(worth) AS DOUBLE), "
        f"arg_min(concat(order_id, ': ', one, ' / ', other), first, {SAMPLES}) FROM (SELECT t.order_id, "
        "count(*) AS lines, sum(abs(t.amount)) AS worth, min(t.customer_id) AS one, max(t.customer_id) AS other, "
        f"min(t.stands) AS first FROM orders t WHERE t.order_id IS NOT NULL AND t.amount >= 0 AND {_COUNTED} "
        "GROUP BY 1 HAVING min(t.customer_id) <> max(t.customer_id))"
    )
    said = ngettext(
        "{n} order stands under two customers: it counts for the one with the larger amount.",
        "{n} orders stand under two customers: each counts for the one with the larger amount.", orders,
    )  # fmt: skip
    found = Finding(
        "order_of_two_customers", Severity.CHANGES, said.format(n=f"{orders:,}"), int(rows or 0),
        samples=tuple(samples or ()), numbers=("active_customers", "new_customers"), table="orders",
        column="customer_id",
    )  # fmt: skip
    return found, worth or 0.0
