SELECT {part} AS part, coalesce(sum(amount) FILTER (first_on >= $start AND first_on < $end), 0) AS value,
       coalesce(sum(abs(amount)) FILTER (customer IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM ledger LEFT JOIN first_purchase ON buyer = customer
WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
