-- Classical decomposition of the whole months up to the period's end; of the index the mean over the period's months.
WITH sold AS (
    SELECT {part} AS part, CAST(date_trunc('month', day) AS DATE) AS month, sum(amount) AS amount
    FROM ledger WHERE {where} GROUP BY ALL
), stretch AS (
    SELECT part, min(month) AS first, CAST(date_trunc('month', $last_day + 1) - INTERVAL 1 MONTH AS DATE) AS last
    FROM sold WHERE month + INTERVAL 1 MONTH <= $last_day + 1 GROUP BY part
), each AS (
    SELECT part, CAST(unnest(generate_series(first, last, INTERVAL 1 MONTH)) AS DATE) AS month FROM stretch
), series AS (
    SELECT part, month, CAST(coalesce(s.amount, 0) AS DOUBLE) AS y,
           min(CAST(coalesce(s.amount, 0) AS DOUBLE)) OVER (PARTITION BY part) <= 0 AS additive,
           count(*) OVER (PARTITION BY part) AS months, avg(CAST(coalesce(s.amount, 0) AS DOUBLE)) OVER (PARTITION BY part) AS level
    FROM each LEFT JOIN sold s USING (part, month)
), beside AS (
    SELECT *, lag(y, 6) OVER w AS before, lead(y, 6) OVER w AS after,
           sum(y) OVER (w ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING) AS inner_months
    FROM series WINDOW w AS (PARTITION BY part ORDER BY month)
), apart AS (
    SELECT part, month(month) AS place, additive, level,
           CASE WHEN additive THEN y - (before / 2 + inner_months + after / 2) / 12
                ELSE y / ((before / 2 + inner_months + after / 2) / 12) END AS d
    FROM beside WHERE before IS NOT NULL AND after IS NOT NULL AND months >= 24 AND level > 0
), usual AS (
    SELECT part, place, additive, level, quantile_cont(d, 0.5) AS d FROM apart GROUP BY ALL
), season AS (
    SELECT part, place, CASE WHEN additive THEN 1 + (d - avg(d) OVER (PARTITION BY part)) / level
                             ELSE d / avg(d) OVER (PARTITION BY part) END AS index
    FROM usual
)
SELECT s.part, avg(s.index) AS value
FROM season s JOIN sold m ON m.part = s.part AND month(m.month) = s.place
WHERE m.month < $end AND m.month + INTERVAL 1 MONTH > $start GROUP BY ALL
