"""The Overview's numbers by hand-written DuckDB SQL, as an engineer who knows this data would write it."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from benchmarks.answer import Booked, Ordered, Part, Table, arranged
from benchmarks.overview_request import BEFORE, WINDOW, YEAR, Where
from salesmetrics.engine.duckdb import Settings
from salesmetrics.model.calendar import Grain, Period, bucket
from salesmetrics.model.dataset import Dataset

_TYPES = """
    CREATE TYPE region AS ENUM (SELECT DISTINCT region FROM '{orders}');
    CREATE TYPE product AS ENUM (SELECT DISTINCT product FROM '{orders}');
    CREATE TYPE tenure AS ENUM ('0-3m', '3-6m', '6-12m', '1-2y', '2-5y', '5y+', '(pre-hire)', '(unknown)');
"""

_TENURE = """
    CREATE MACRO completed(hired, day) AS
        (year(day) - year(hired)) * 12 + month(day) - month(hired)
        - (day(day) < day(hired) AND day <> last_day(day))::INTEGER;
    CREATE MACRO tenure(hired, day) AS CASE
        WHEN hired IS NULL OR day IS NULL THEN '(unknown)' WHEN day < hired THEN '(pre-hire)'
        WHEN completed(hired, day) < 3 THEN '0-3m' WHEN completed(hired, day) < 6 THEN '3-6m'
        WHEN completed(hired, day) < 12 THEN '6-12m' WHEN completed(hired, day) < 24 THEN '1-2y'
        WHEN completed(hired, day) < 60 THEN '2-5y' ELSE '5y+' END;
"""

_LEDGER = """
CREATE TABLE ledger AS
WITH lines AS (
    SELECT *, if(amount < 0, coalesce(orig_order_id, order_id), order_id) AS of_order
    FROM read_parquet('{orders}', file_row_number = true)
), credits AS (
    SELECT of_order, product, -amount AS size, count(*) AS credits FROM lines WHERE amount < 0 GROUP BY ALL
), flagged AS (
    SELECT *, row_number() OVER (PARTITION BY of_order, product, amount ORDER BY file_row_number) AS place
    FROM lines WHERE returned AND amount >= 0
), entries AS (
    SELECT of_order, order_date AS date, amount >= 0 AS sale, amount, cost,
        customer_id, rep_id, region::region AS region, product::product AS product
    FROM lines
    UNION ALL
    -- A flagged line that a credit line reverses has come back already.
    SELECT flagged.of_order, coalesce(return_date, order_date), false, -amount, -cost,
        customer_id, rep_id, region::region, flagged.product::product
    FROM flagged LEFT JOIN credits
        ON flagged.of_order = credits.of_order AND flagged.product = credits.product AND amount = size
    WHERE place > coalesce(credits, 0)
), orders AS (
    SELECT of_order, min(date) FILTER (sale) AS order_date FROM entries GROUP BY of_order
    HAVING bool_and(sale) OR sum(amount) > 0
), customers AS (
    SELECT customer_id, min(orders.order_date) AS first_purchase
    FROM entries JOIN orders USING (of_order) WHERE sale GROUP BY customer_id
)
SELECT entries.* EXCLUDE (rep_id), order_date, first_purchase,
    date_trunc('month', date)::DATE AS month, date_trunc('month', order_date)::DATE AS order_month,
    tenure(hire_date, date)::tenure AS tenure, tenure(hire_date, order_date)::tenure AS order_tenure
FROM entries LEFT JOIN orders USING (of_order) LEFT JOIN customers USING (customer_id)
    LEFT JOIN (SELECT rep_id, hire_date FROM '{reps}') USING (rep_id)
"""

_BOOKED = """
SELECT month, date >= $year AS this_year, region, product, tenure,
    sum(amount)::DOUBLE, sum(amount - cost)::DOUBLE, count(*)
FROM ledger WHERE date >= $start AND date < $end {filters}
GROUP BY GROUPING SETS ((month), (this_year), (this_year, region), (this_year, product), (this_year, tenure))
"""

_ORDERED = """
WITH per_order AS (
    SELECT of_order, any_value(order_month) AS month, bool_or(sale) AS sold, sum(amount) AS worth
    FROM ledger WHERE order_date >= $start AND order_date < $end {filters} GROUP BY of_order
)
SELECT month, month >= $year AS this_year, count(*) FILTER (sold), sum(worth)::DOUBLE, median(worth::DOUBLE)
FROM per_order GROUP BY GROUPING SETS ((month), (this_year))
"""

_NEW = """
SELECT order_month, order_month >= $year AS this_year,
    count(DISTINCT customer_id) FILTER (first_purchase >= order_month),
    count(DISTINCT customer_id)
FROM ledger WHERE sale AND order_date >= $start AND order_date < $end {filters}
    AND first_purchase >= if(order_date >= $year, $year, $start)
GROUP BY GROUPING SETS ((order_month), (this_year))
"""


class BySQL:
    """Prepares the ledger as a table; a request is three statements over it."""

    name = "hand-written SQL"

    def __init__(self, data: Dataset) -> None:
        bounds = Settings()
        self.connection = duckdb.connect(
            config={
                "memory_limit": bounds.memory_limit,
                "threads": bounds.threads,
                "temp_directory": str(data.folder / "spill"),
            }
        )
        self.connection.execute("SET enable_progress_bar = false")
        files = {name: data.folder / f"{name}.parquet" for name in ("orders", "reps")}
        for statement in (_TYPES, _TENURE, _LEDGER):
            self.connection.execute(statement.format(**files))

    def ask(self, where: Where) -> Table:
        """Answer the request."""
        booked: dict[Period, Booked] = {}
        revenue: dict[tuple[str, str, bool], tuple[float, int]] = {}
        for month, this_year, region, product, tenure, amount, profit, rows in self._rows(_BOOKED, where):
            for dimension, value in (("region", region), ("product", product), ("tenure", tenure)):
                if value is not None:
                    revenue[dimension, value, this_year] = amount, rows
            if region is product is tenure is None:
                booked[_period(month, this_year)] = Booked(amount, profit, rows)
        new = {
            _period(month, this_year): in_month if month else in_year
            for month, this_year, in_month, in_year in self._rows(_NEW, where, "order_tenure")
        }
        ordered = {
            (period := _period(month, this_year)): Ordered(orders, worth, median, new.get(period, 0))
            for month, this_year, orders, worth, median in self._rows(_ORDERED, where, "order_tenure")
        }
        parts = {}
        for dimension, value, _this_year in revenue:
            amount, rows = revenue.get((dimension, value, True), (0.0, 0))
            parts[dimension, value] = Part(amount, rows, revenue.get((dimension, value, False), (0.0, 0))[0])
        return arranged(booked, ordered, parts)

    def table(self, answer: Table) -> Table:
        """Set out an answer for comparison."""
        return answer

    def _rows(self, statement: str, where: Where, tenure: str = "tenure") -> list[tuple[Any, ...]]:
        filters, values = "", {}
        for place, item in enumerate(where):
            column = tenure if item.dimension == "tenure" else item.dimension
            filters += f" AND {column} IN $value_{place}"
            values[f"value_{place}"] = list(item.values)
        given = {"start": WINDOW.start, "end": WINDOW.end, "year": YEAR.start} | values
        used = {name: value for name, value in given.items() if f"${name}" in statement + filters}
        return self.connection.execute(statement.format(filters=filters), used).fetchall()


def _period(month: date | None, this_year: bool | None) -> Period:
    """Name the month or, where rows are summed over it, the year of a row."""
    if month is not None:
        return bucket(month, Grain.MONTH)
    return YEAR if this_year else BEFORE
