SELECT {part} AS part, sum(amount - cost) AS value,
       coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
