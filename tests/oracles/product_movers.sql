SELECT product AS part, coalesce(sum(amount) FILTER (day >= $start AND day < $end), 0)
       - coalesce(sum(amount) FILTER (day >= $base_start AND day < $base_end), 0) AS value
FROM ledger
WHERE ((day >= $start AND day < $end) OR (day >= $base_start AND day < $base_end)) AND {where} GROUP BY ALL
