SELECT {part} AS part, sum(amount * probability) AS value,
       coalesce(sum(amount) FILTER (probability IS NOT NULL), 0) / nullif(sum(amount), 0) AS coverage
FROM (SELECT *, band(hire_date, $last_day) AS tenure FROM deal)
WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
  AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
