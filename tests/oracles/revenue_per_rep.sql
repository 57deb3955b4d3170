-- Average employed reps: rep-days over the days of the period that have passed.
SELECT part, coalesce(sum(sold), 0) AS numerator,
       coalesce(sum(days), 0) / (least($end, CAST(getvariable('as_of') + INTERVAL 1 DAY AS DATE)) - $start) AS denominator,
       numerator / nullif(denominator, 0) AS value,
       sum(used) / nullif(sum(every), 0) AS coverage
FROM (
    SELECT {part} AS part, sum(amount) FILTER (hire_date IS NOT NULL) AS sold, 0 AS days,
           coalesce(sum(abs(amount)) FILTER (hire_date IS NOT NULL), 0) AS used, sum(abs(amount)) AS every
    FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part} AS part, 0, count(*), 0, 0 FROM rep_day WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
