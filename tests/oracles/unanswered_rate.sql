SELECT {part} AS part, count(*) FILTER (answered_at IS NULL) AS numerator, count(*) AS denominator,
       numerator / denominator AS value
FROM prospect
WHERE age_us > minutes(72 * 60) AND day >= $start AND day < $end AND {where} GROUP BY ALL
