-- Half the mean difference between any two customers, over the mean.
WITH entity AS (
    SELECT CAST(sum(amount) AS DOUBLE) AS x FROM ledger
    WHERE customer IS NOT NULL AND day >= $start AND day < $end AND {where} GROUP BY customer HAVING sum(amount) > 0
)
SELECT 'all' AS part,
       CASE WHEN (SELECT count(*) FROM entity) >= 5 THEN avg(abs(a.x - b.x)) / 2 / (SELECT avg(x) FROM entity) END AS value
FROM entity a, entity b
