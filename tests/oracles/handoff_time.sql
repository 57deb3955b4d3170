-- Kaplan-Meier in hours: leads that nobody took up wait to the end of the day `as_of`.
WITH step AS (
    SELECT part, wait / 60 AS hours, count(*) FILTER (taken) AS ends,
           sum(count(*)) OVER (PARTITION BY part ORDER BY wait DESC) AS waiting
    FROM (SELECT {part} AS part, * FROM handed_lead WHERE handed_on >= $start AND handed_on < $end AND {where})
    GROUP BY part, wait
), survival AS (
    SELECT part, hours, max(waiting) OVER (PARTITION BY part) AS cases,
           product(1 - ends / waiting) OVER (PARTITION BY part ORDER BY hours) AS still
    FROM step
)
SELECT part, min(hours) FILTER (still <= 0.5 + 1e-9) AS value,
       CASE WHEN max(cases) >= 5 THEN min(hours) FILTER (still <= 0.1 + 1e-9) END AS p90
FROM survival GROUP BY ALL
