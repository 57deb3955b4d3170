SELECT {part} AS part, sum(amount) AS value
FROM ledger JOIN first_purchase ON buyer = customer
WHERE day >= $start AND day < $end AND first_on >= $start AND first_on < $end AND {where} GROUP BY ALL
