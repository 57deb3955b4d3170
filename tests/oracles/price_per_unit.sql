SELECT {part} AS part, sum(amount) FILTER (quantity IS NOT NULL) AS numerator, sum(quantity) AS denominator,
       CASE WHEN denominator > 0 THEN numerator / denominator END AS value,
       coalesce(sum(abs(amount)) FILTER (quantity IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
