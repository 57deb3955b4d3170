-- Average employed reps: rep-days over the days of the period that have passed.
SELECT part, coalesce(sum(sold), 0) AS numerator,
       coalesce(sum(days), 0) / (least($end, CAST(getvariable('as_of') + INTERVAL 1 DAY AS DATE)) - $start) AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM (
    SELECT {part} AS part, sum(amount) AS sold, 0 AS days FROM ledger
    WHERE hire_date IS NOT NULL AND day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part} AS part, 0, count(*) FROM rep_day WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
