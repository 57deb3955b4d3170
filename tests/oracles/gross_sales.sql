SELECT {part} AS part, sum(amount) AS value
FROM ledger WHERE kind = 'sale' AND day >= $start AND day < $end AND {where} GROUP BY ALL
