-- Hours from what was done to its being written down; a note before it is left out.
SELECT {part} AS part, quantile_cont(hours, 0.5) AS value, avg(hours) AS mean,
       CASE WHEN count(*) >= 5 THEN quantile_cont(hours, 0.9) END AS p90
FROM (
    SELECT CAST(a."at" AS DATE) AS day, (epoch_us(a.logged_at) - epoch_us(a."at")) / 3600000000 AS hours,
           coalesce(p.rep, a.rep_id, '(unknown)') AS rep, coalesce(p.region, '(unknown)') AS region,
           band(p.hire_date, CAST(a."at" AS DATE)) AS tenure
    FROM activities a LEFT JOIN person p USING (rep_id)
)
WHERE hours >= 0 AND day >= $start AND day < $end AND day <= getvariable('as_of') AND {where} GROUP BY ALL
