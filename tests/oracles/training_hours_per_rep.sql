-- Hours over average employed reps; what reps without a hire date learnt is on neither side.
SELECT part, coalesce(sum(learnt), 0) AS numerator,
       coalesce(sum(days), 0) / (least($end, CAST(getvariable('as_of') + INTERVAL 1 DAY AS DATE)) - $start) AS denominator,
       numerator / nullif(denominator, 0) AS value, sum(learnt) / nullif(sum(every), 0) AS coverage
FROM (
    SELECT {part} AS part, coalesce(sum(hours) FILTER (hire_date IS NOT NULL), 0) AS learnt, sum(hours) AS every, 0 AS days
    FROM (SELECT t.*, p.hire_date, coalesce(p.rep, t.rep_id) AS rep, coalesce(p.region, '(unknown)') AS region,
                 band(p.hire_date, t.date) AS tenure
          FROM training t LEFT JOIN person p USING (rep_id))
    WHERE date >= $start AND date < $end AND date <= getvariable('as_of') AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part}, 0, 0, count(*) FROM employed WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
) GROUP BY ALL
