-- A market has no reps: a filter by them leaves nothing.
WITH market AS (
    SELECT {part} AS part, sum(amount) AS amount
    FROM (SELECT *, NULL AS tenure, NULL AS rep FROM market_between($start, least($end, getvariable('as_of') + 1)))
    WHERE {where} GROUP BY ALL
), sold AS (
    SELECT {part} AS part, coalesce(sum(amount) FILTER (inside), 0) AS amount,
           coalesce(sum(abs(amount)) FILTER (inside), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM (SELECT *, NULL AS tenure, NULL AS rep FROM market_sale)
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT m.part, coalesce(s.amount, 0) AS numerator, nullif(m.amount, 0) AS denominator,
       numerator / denominator AS value, CASE WHEN m.amount IS NOT NULL THEN s.coverage END AS coverage
FROM market m LEFT JOIN sold s ON s.part = m.part
