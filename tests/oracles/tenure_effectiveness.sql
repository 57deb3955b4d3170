-- Months of 30.4375 days; what reps without a hire date sold is on neither side.
SELECT part, coalesce(sum(sold), 0) AS numerator, coalesce(sum(days), 0) / 30.4375 AS denominator,
       numerator / nullif(denominator, 0) AS value,
       sum(used) / nullif(sum(every), 0) AS coverage
FROM (
    SELECT {part} AS part, sum(amount) FILTER (hire_date IS NOT NULL) AS sold, 0 AS days,
           coalesce(sum(abs(amount)) FILTER (hire_date IS NOT NULL), 0) AS used, sum(abs(amount)) AS every
    FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part} AS part, 0, count(*), 0, 0 FROM rep_day WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
