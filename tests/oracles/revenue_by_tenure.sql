SELECT tenure AS part, sum(amount) AS value
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
