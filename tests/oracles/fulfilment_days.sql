-- Kaplan-Meier: lines that have not been delivered wait to the day `as_of`; a delivery precedes a wait of equal length.
WITH wait AS (
    SELECT {part} AS part, delivered_date IS NOT NULL AND delivered_date <= getvariable('as_of') AS arrived,
           least(coalesce(delivered_date, getvariable('as_of')), getvariable('as_of')) - order_date AS days
    FROM ledger
    WHERE kind = 'sale' AND day >= $start AND day < $end AND {where}
      AND (delivered_date IS NULL OR delivered_date >= order_date)
), step AS (
    SELECT part, days, count(*) FILTER (arrived) AS arrivals,
           sum(count(*)) OVER (PARTITION BY part ORDER BY days DESC) AS waiting
    FROM wait GROUP BY part, days
), survival AS (
    SELECT part, days, product(1 - arrivals / waiting) OVER (PARTITION BY part ORDER BY days) AS still FROM step
)
SELECT part, min(days) FILTER (still <= 0.5 + 1e-9) AS value FROM survival GROUP BY ALL
