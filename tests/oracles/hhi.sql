SELECT 'all' AS part, CASE WHEN count(*) >= 5 THEN sum(CAST(x AS DOUBLE) ^ 2) / CAST(sum(x) AS DOUBLE) ^ 2 END AS value
FROM (
    SELECT sum(amount) AS x FROM ledger
    WHERE customer IS NOT NULL AND day >= $start AND day < $end AND {where} GROUP BY customer HAVING sum(amount) > 0
)
