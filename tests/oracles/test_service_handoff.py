"""The hand-over that is not asked for by default, from sales to service, against a statement written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import salesmetrics as sm
from tests.oracles.answers_in_sql import stand_at, tables_of

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
AS_OF = date(2025, 12, 31)

# A close counts from the start of its day; deals without service wait to the end of the day `as_of`.
STATEMENT = """
WITH won AS (
    SELECT d.opportunity_id, CAST(d.closed_on AS TIMESTAMP) AS closed, o.customer_id
    FROM deal d JOIN opportunities o USING (opportunity_id)
    WHERE d.status = 'won' AND d.closed_on >= $start AND d.closed_on < $end
), served AS (
    SELECT w.opportunity_id, w.closed, min(a."at") AS first_at
    FROM won w LEFT JOIN activities a ON lower(a.type) = 'service' AND a."at" >= w.closed
         AND a."at" < getvariable('as_of') + 1
         AND (a.opportunity_id = w.opportunity_id OR a.customer_id = w.customer_id)
    GROUP BY ALL
), wait AS (
    SELECT first_at, epoch(coalesce(first_at, CAST(getvariable('as_of') + 1 AS TIMESTAMP)) - closed) / 3600 AS hours,
           epoch(CAST(getvariable('as_of') + 1 AS TIMESTAMP) - closed) / 3600 AS age
    FROM served
), step AS (
    SELECT hours, count(*) FILTER (first_at IS NOT NULL) AS ends, sum(count(*)) OVER (ORDER BY hours DESC) AS waiting
    FROM wait GROUP BY hours
), survival AS (
    SELECT hours, product(1 - ends / waiting) OVER (ORDER BY hours) AS still FROM step
)
SELECT (SELECT min(hours) FILTER (still <= 0.5 + 1e-9) FROM survival),
       (SELECT min(hours) FILTER (still <= 0.1 + 1e-9) FROM survival), count(*),
       count(*) FILTER (age >= 336 AND (first_at IS NULL OR hours > 336)), count(*) FILTER (age >= 336)
FROM wait
"""


@pytest.mark.parametrize(
    ("start", "end", "as_of"),
    [
        ("2024-01-01", "2025-01-01", AS_OF),
        ("2025-07-01", "2026-01-01", AS_OF),
        ("2024-01-01", "2025-01-01", date(2024, 8, 17)),
    ],
)
def test_the_hand_over_to_service_agrees(start, end, as_of):
    data = sm.read([SAMPLE])
    period = sm.Period(date.fromisoformat(start), date.fromisoformat(end))
    metrics = ("handoff_time", "handoff_lost_rate")
    query = sm.MetricQuery(
        metrics, period, as_of=as_of, params=tuple((f"{metric}.handoff", "sales_to_service") for metric in metrics)
    )
    time, lost = sm.compute(data, query).frame.to_dict("records")
    with tables_of(data) as connection:
        stand_at(connection, as_of)
        [(median, ninth, won, not_served, old)] = connection.execute(
            STATEMENT, {"start": period.start, "end": period.end}
        ).fetchall()
    assert (time["value"], time["details"]["p90"]) == pytest.approx((median, ninth or float("nan")), nan_ok=True)
    assert (time["n"], lost["numerator"], lost["denominator"]) == (won, not_served, old)
