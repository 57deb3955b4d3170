-- Months of 30.4375 days; what reps without a hire date sold is on neither side.
SELECT part, coalesce(sum(sold), 0) AS numerator, coalesce(sum(days), 0) / 30.4375 AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM (
    SELECT {part} AS part, sum(amount) AS sold, 0 AS days FROM ledger
    WHERE hire_date IS NOT NULL AND day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part} AS part, 0, count(*) FROM rep_day WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
