SELECT 'all' AS part, sum(x) FILTER (place <= ceil(n * 0.2)) AS numerator, sum(x) AS denominator,
       CASE WHEN any_value(n) >= 5 THEN numerator / denominator END AS value
FROM (
    SELECT sum(amount) AS x, row_number() OVER (ORDER BY sum(amount) DESC) AS place, count(*) OVER () AS n
    FROM ledger WHERE customer IS NOT NULL AND day >= $start AND day < $end AND {where}
    GROUP BY customer HAVING sum(amount) > 0
)
