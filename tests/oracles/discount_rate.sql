SELECT {part} AS part, sum(discount) AS numerator, sum(amount + discount) AS denominator,
       numerator / nullif(denominator, 0) AS value,
       coalesce(sum(amount) FILTER (discount IS NOT NULL), 0) / nullif(sum(amount), 0) AS coverage
FROM ledger WHERE kind = 'sale' AND day >= $start AND day < $end AND {where} GROUP BY ALL
