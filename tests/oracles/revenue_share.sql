SELECT part, amount AS numerator, total AS denominator, CASE WHEN amount >= 0 AND total > 0 THEN amount / total END AS value
FROM (
    SELECT {part} AS part, sum(amount) AS amount, sum(sum(amount)) OVER () AS total
    FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
