SELECT {part} AS part, count(*) FILTER (wait_us <= minutes(60)) AS numerator, count(*) AS denominator,
       numerator / denominator AS value
FROM prospect
WHERE age_us > minutes(60) AND (wait_us IS NULL OR wait_us >= 0)
  AND day >= $start AND day < $end AND {where} GROUP BY ALL
