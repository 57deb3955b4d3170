-- Heads are counted every day of the period that has passed; the leave date is the last day employed.
SELECT {part} AS part, count(*) FILTER (day = leave_date) AS numerator,
       count(*) / (least($end, getvariable('as_of') + 1) - $start) AS denominator, numerator / nullif(denominator, 0) AS value
FROM employed WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
