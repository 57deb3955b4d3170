SELECT {part} AS part, sum(amount) AS value
FROM (
    SELECT l.*, coalesce(o.lead_source, '(unknown)') AS lead_source
    FROM ledger l LEFT JOIN origin o ON o.buyer = l.customer
)
WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
