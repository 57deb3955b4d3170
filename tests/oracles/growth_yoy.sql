SELECT {part} AS part, coalesce(sum(amount) FILTER (day >= $base_start AND day < $base_end), 0) AS denominator,
       coalesce(sum(amount) FILTER (day >= $start AND day < $end), 0) - denominator AS numerator,
       CASE WHEN denominator > 0 THEN numerator / denominator END AS value
FROM ledger
WHERE ((day >= $start AND day < $end) OR (day >= $base_start AND day < $base_end)) AND {where} GROUP BY ALL
