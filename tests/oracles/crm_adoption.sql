SELECT {part} AS part, count(*) FILTER (worked) AS numerator, count(*) AS denominator, numerator / denominator AS value
FROM (
    SELECT *, band(hire_date, $last_day) AS tenure, EXISTS (
        SELECT * FROM activities a WHERE a.opportunity_id = deal.opportunity_id
        AND CAST(a."at" AS DATE) > $last_day - 14 AND CAST(a."at" AS DATE) <= $last_day) AS worked
    FROM deal
)
WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
  AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
