SELECT {part} AS part, coalesce(-sum(amount) FILTER (kind = 'return'), 0) AS numerator,
       coalesce(sum(amount) FILTER (kind = 'sale'), 0) AS denominator, numerator / nullif(denominator, 0) AS value
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
