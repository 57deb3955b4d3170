SELECT part, coalesce(sum(spent), 0) AS denominator, coalesce(sum(profit), 0) - denominator AS numerator,
       numerator / nullif(denominator, 0) AS value, CASE WHEN value IS NOT NULL THEN min(known) END AS coverage
FROM (
    SELECT {part} AS part, sum(amount - cost) AS profit, 0 AS spent,
           coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS known
    FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
    UNION ALL
    SELECT {part}, 0, sum(amount), NULL FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
WHERE part <> '(unknown)' GROUP BY ALL
