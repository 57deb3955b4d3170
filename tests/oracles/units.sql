SELECT {part} AS part, sum(quantity) AS value,
       coalesce(sum(abs(amount)) FILTER (quantity IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
