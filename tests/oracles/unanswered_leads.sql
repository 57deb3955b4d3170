SELECT {part} AS part, count(*) AS value
FROM (SELECT * EXCLUDE (tenure), band(hire_date, $last_day) AS tenure FROM prospect)
WHERE day <= $last_day AND created_at + INTERVAL 72 HOURS < CAST($last_day AS TIMESTAMP) + INTERVAL 1 DAY
  AND (answered_at IS NULL OR CAST(answered_at AS DATE) > $last_day) AND {where} GROUP BY ALL
