SELECT {part} AS part, count(*) AS value
FROM (SELECT * EXCLUDE (tenure), band(hire_date, qualified_on) AS tenure FROM prospect)
WHERE qualified_on >= $start AND qualified_on < $end AND {where} GROUP BY ALL
