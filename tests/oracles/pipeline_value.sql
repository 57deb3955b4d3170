-- The state at the end of the period's last day that has passed; a deal without created_date is known of today only.
SELECT {part} AS part, sum(amount) AS value, count(amount) / nullif(count(*), 0) AS coverage
FROM (SELECT *, band(hire_date, $last_day) AS tenure FROM deal)
WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
  AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
